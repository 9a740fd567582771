"""Casework's pages."""

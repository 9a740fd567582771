"""The core room's pages."""

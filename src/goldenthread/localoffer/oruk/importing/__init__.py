"""Reads services that another system gives out: a feed, its files, or its tables as CSV. No database here."""

"""Statutory returns: the SEN2 file read, checked, loaded and written."""

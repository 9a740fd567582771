"""Entries as rows of a spreadsheet, out and in: one row an entry, the same columns both ways. No database."""

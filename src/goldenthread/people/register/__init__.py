"""Reading the download of Get Information about Schools (GIAS) row by row. No database here."""

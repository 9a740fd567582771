"""Pages of the returns room."""

"""Forms of the planning room."""

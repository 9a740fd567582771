"""What the pages of the planning room show."""

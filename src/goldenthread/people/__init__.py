"""Who: children and young people, families, advisers, settings, each identified once."""

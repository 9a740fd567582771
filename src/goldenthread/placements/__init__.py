"""Where: the settings that children and young people attend."""

"""What dev.py does: the standard library only, since it runs before anything is installed."""

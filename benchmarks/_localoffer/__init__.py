"""The golden set of the search, and the load on a running site."""

"""The feed: eleven endpoints, read from what is public and from nothing else."""

"""Pages of the Local Offer."""

"""The Local Offer: the services directory, guidance, search and open data."""

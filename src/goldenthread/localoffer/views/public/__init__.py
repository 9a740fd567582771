"""Pages of the Local Offer for everybody: without sign-in, without script, on a phone."""

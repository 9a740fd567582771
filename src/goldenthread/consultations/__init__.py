"""What people say about the Local Offer and services, and what was done about it."""

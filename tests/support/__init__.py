"""What tests lean on: real databases, a real browser, and the site running for it."""

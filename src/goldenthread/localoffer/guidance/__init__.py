"""Guidance pages of the Local Offer: their words, what the law asks for, and where each part of it is."""

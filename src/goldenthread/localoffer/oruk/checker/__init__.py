"""Checks any Open Referral UK 3.0 feed: every page, every id, formats, nulls and paging. Knows no Django."""

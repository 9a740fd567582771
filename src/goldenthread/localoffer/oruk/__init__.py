"""The Local Offer as open data: Open Referral UK 3.0."""

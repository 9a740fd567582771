"""The Local Offer of the demonstration county: fictional services, its schools, and their entries."""

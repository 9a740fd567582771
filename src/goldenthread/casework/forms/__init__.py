"""The shape of what is typed about cases. Rules are in the actions."""

"""What every room stands on: identity, audit, access, jobs, notices, interface."""

"""Golden Thread: the open system for SEND casework and decisions in an English local area."""

__version__ = "0.1.0"

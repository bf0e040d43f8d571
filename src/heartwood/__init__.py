"""Heartwood: a training in compassion, from the first breath to what keeps it running."""

__version__ = "0.1.0"

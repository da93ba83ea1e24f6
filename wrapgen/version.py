"""The engine's version, in one place: setup.cfg reads it here and so does an article's provenance."""

__version__ = "0.1.0"

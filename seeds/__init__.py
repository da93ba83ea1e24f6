"""Snapshots to try; a wheel carries them as ``wrapgen_seeds``."""

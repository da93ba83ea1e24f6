"""Markets, exchanges, places and companies."""

"""Trying rules out: their cases and golden articles, what fires on which day, two packs over the same days."""

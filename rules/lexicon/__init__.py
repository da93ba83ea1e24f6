"""Verbs, nouns and words for sizes."""

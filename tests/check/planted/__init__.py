"""Planted errors: one false claim set into a true article, which the claim checker must find."""

from tests.check.planted import added, causes, events, figures, names, sayings, stale, turns
from tests.check.planted.plants import MUTATORS, Plant, plants

__all__ = ["MUTATORS", "Plant", "added", "causes", "events", "figures", "names", "plants", "sayings", "stale", "turns"]

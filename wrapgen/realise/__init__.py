"""Realisation: bound patterns in, tokens out. The only room that knows simplenlg."""

from wrapgen.realise.realiser import Realiser, realiser_of

__all__ = ["Realiser", "realiser_of"]

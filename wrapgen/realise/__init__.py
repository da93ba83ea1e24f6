"""Realisation: bound patterns in, tokens out. The only room that knows simplenlg."""

from wrapgen.realise.realiser import Realiser

__all__ = ["Realiser"]

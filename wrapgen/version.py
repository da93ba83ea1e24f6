"""The engine's version, in one place: setup.cfg reads it here and so does an article's provenance."""

import sys
from importlib.util import find_spec

__version__ = "0.1.0"


def build() -> str:
    """Which of the two builds of the engine this is: ``compiled`` or ``interpreted``. They write the same words."""
    module = find_spec("wrapgen.text")
    return "interpreted" if module is None or str(module.origin).endswith(".py") else "compiled"


def described() -> str:
    """Version, build and interpreter, for people: what a command says of itself, and a bench of what it measured."""
    return f"wrapgen, version {__version__}, {build()}, Python {sys.version.split()[0]}"

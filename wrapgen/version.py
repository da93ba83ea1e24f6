"""The engine's version, in one place: setup.cfg reads it here and so does an article's provenance."""

from importlib.util import find_spec

__version__ = "0.1.0"


def build() -> str:
    """Which of the two builds of the engine this is: ``compiled`` or ``interpreted``. They write the same words."""
    module = find_spec("wrapgen.text")
    return "interpreted" if module is None or str(module.origin).endswith(".py") else "compiled"

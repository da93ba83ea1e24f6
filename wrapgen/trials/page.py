"""A replay as a page: what changes, to look at and to send around."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from wrapgen.trials.replay import Replay


@lru_cache(maxsize=1)
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template("replay.html")


def page(replay: Replay) -> str:
    """One HTML file that needs no other."""
    return _template().render(replay=replay)

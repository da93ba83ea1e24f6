"""Which articles are kept word for word, and where."""

from __future__ import annotations

from pathlib import Path

from tests.cases.library import CONTRACT_SEED, SEEDS, article
from wrapgen.wording.style import DEFAULT_STYLE

FOLDER = Path(__file__).parent

# One of each kind of day: a region that rose, one that fell, one that split, a single country, Wall Street, the world.
CASES = (
    "ap-2018-11-02-asia",
    "ap-2026-02-11-global",
    "cnbc-2021-11-09-asia",
    "irishtimes-2011-07-18-europe",
    "reuters-2020-07-07-us",
    "yonhap-2025-12-26-korea",
)

# Day, variant and house style.
GOLDEN: tuple[tuple[str, int, str], ...] = (
    *((name, 0, DEFAULT_STYLE) for name in (*SEEDS, *CASES)),
    *((CONTRACT_SEED, variant, DEFAULT_STYLE) for variant in (1, 2, 3)),
    ("us-close-record-tech", 0, "agency"),
    (CONTRACT_SEED, 0, "mobile"),
    ("europe-close-banks-drag", 0, "british"),
)


def path_of(name: str, variant: int, style: str) -> Path:
    way = f".{style}" if style != DEFAULT_STYLE else f".variant-{variant}" if variant else ""
    return FOLDER / f"{name}{way}.txt"


def text_of(name: str, variant: int, style: str) -> str:
    """The article as it is written now, with one newline at its end."""
    return article(name, variant, style).render("text").rstrip("\n") + "\n"

"""Which articles are kept word for word, and where."""

from __future__ import annotations

from pathlib import Path

from tests.cases.library import CONTRACT_SEED, SEEDS, article

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

GOLDEN: tuple[tuple[str, int], ...] = (
    *((name, 0) for name in (*SEEDS, *CASES)),
    *((CONTRACT_SEED, variant) for variant in (1, 2, 3)),
)


def path_of(name: str, variant: int) -> Path:
    return FOLDER / (f"{name}.txt" if not variant else f"{name}.variant-{variant}.txt")


def text_of(name: str, variant: int) -> str:
    """The article as it is written now, with one newline at its end."""
    return article(name, variant).render("text").rstrip("\n") + "\n"

"""What the checker finds of planted errors, and that it leaves true articles alone: a fixed sample of the sweep.

The whole of it is ``python -m tests.check.planted``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

import pytest

from tests.cases.library import FILES
from tests.check.planted.__main__ import missed
from tests.check.planted.corpus import cases, real_prices, unusual_days
from tests.check.planted.page import Page
from tests.check.planted.plants import MUTATORS
from tests.check.planted.sweep import Result, Tally, sweep
from tests.prices import FOLDER
from tests.test_unusual_days import DAYS

FOUND = 0.99  # of all errors in a corpus
FOUND_OF_A_CLASS = 0.95
ENOUGH = 6  # errors of a class below which a share of them says nothing


def _cases() -> Iterator[Page]:
    """Every seed and case, each in one of its variants."""
    for number, name in enumerate(FILES):
        yield from cases([name], [number % 10])


# Of each corpus a few articles, and how many classes of errors share an article: some seconds in all.
SAMPLES: dict[str, tuple[Callable[[], Iterator[Page]], int]] = {
    "cases": (_cases, 3),
    "unusual": (lambda: unusual_days(list(DAYS)[::4], [0]), 3),
    "prices": (lambda: real_prices(step=20), 3),
}


@functools.cache
def result(corpus: str) -> Result:
    pages, share = SAMPLES[corpus]
    return sweep(pages(), share=share)


def _corpora() -> list[object]:
    here = pytest.mark.skipif(not FOLDER.is_dir(), reason="real prices (../shared) are not here")
    return [pytest.param(name, marks=[here] if name == "prices" else []) for name in SAMPLES]


@pytest.mark.parametrize("corpus", _corpora())
def test_no_false_alarm(corpus: str) -> None:
    """Nothing that we write is contradicted or unsupported, and nothing of it goes unchecked."""
    clean = result(corpus).clean
    assert clean.claims > 300
    alarms = (*clean.alarms, *clean.unchecked)
    assert not alarms, "\n".join(f"{a.page} {a.variant}: {a.claim} in {a.sentence}" for a in alarms[:20])


@pytest.mark.parametrize("corpus", _corpora())
def test_planted_errors_are_found(corpus: str) -> None:
    total = result(corpus).total
    assert total.planted > 150
    assert total.rate >= FOUND, "\n".join(missed(result(corpus), "all", 20))


@pytest.mark.parametrize("kind", MUTATORS)
def test_errors_of_every_class_are_found(kind: str) -> None:
    """Over all corpora that are here."""
    tally = Tally()
    for corpus in SAMPLES:
        tally.add(result(corpus).classes[kind])
    if tally.planted < ENOUGH and not FOLDER.is_dir():
        pytest.skip("too few of this class without the real prices (../shared)")
    assert tally.planted >= ENOUGH
    allowed = max(1, (1 - FOUND_OF_A_CLASS) * tally.planted)  # one, where a class is rarer in the sample than that
    assert len(tally.misses) <= allowed, f"{tally.found} of {tally.planted}: {[m.plant.now for m in tally.misses]}"

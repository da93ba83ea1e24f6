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
ENOUGH = 12  # errors of a class below which a share of them says nothing

# What the checker rightly objects to, and waits to be mended in the rules: (day, claim) and why. What has been
# mended fails its test, and its line goes.
KNOWN: dict[tuple[str, str], str] = {
    ("asia-pacific 2025-09-09", "1.2%"): "“each” is said of two moves that print apart, 1.2% and 1.25%",
}


def _cases() -> Iterator[Page]:
    """Every seed and case, each in one of its variants."""
    for number, name in enumerate(FILES):
        yield from cases([name], [number % 10])


# Of each corpus a few articles, and how many classes of errors share an article: some seconds in all.
SAMPLES: dict[str, tuple[Callable[[], Iterator[Page]], int]] = {
    "cases": (_cases, 2),
    "unusual": (lambda: unusual_days(list(DAYS)[::4], [0]), 2),
    "prices": (lambda: real_prices(step=16), 2),
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
    alarms = [a for a in (*clean.alarms, *clean.unchecked) if (a.page, a.claim.text) not in KNOWN]
    assert not alarms, "\n".join(f"{a.page} {a.variant}: {a.claim} in {a.sentence}" for a in alarms[:20])


@pytest.mark.skipif(not FOLDER.is_dir(), reason="real prices (../shared) are not here")
def test_what_is_known_to_be_wrong_still_is() -> None:
    found = {(a.page, a.claim.text) for corpus in SAMPLES for a in result(corpus).clean.alarms}
    assert set(KNOWN) <= found


@pytest.mark.parametrize("corpus", _corpora())
def test_planted_errors_are_found(corpus: str) -> None:
    total = result(corpus).total
    assert total.planted > 300
    assert total.rate >= FOUND, "\n".join(missed(result(corpus), "all", 20))


@pytest.mark.parametrize("kind", MUTATORS)
def test_errors_of_every_class_are_found(kind: str) -> None:
    """Over all corpora that are here."""
    tally = Tally()
    for corpus in SAMPLES:
        tally.add(result(corpus).classes[kind])
    assert tally.planted >= ENOUGH
    allowed = max(1, (1 - FOUND_OF_A_CLASS) * tally.planted)  # one, where a class is rarer in the sample than that
    assert len(tally.misses) <= allowed, f"{tally.found} of {tally.planted}: {[m.plant.now for m in tally.misses]}"

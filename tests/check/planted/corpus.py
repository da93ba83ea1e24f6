"""The articles that errors are planted in, corpus by corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import wrapgen
from tests import test_unusual_days as unusual
from tests.cases import library
from tests.check.planted.page import Page
from tests.prices import FOLDER, days


def cases(names: Iterable[str] = library.FILES, variants: Iterable[int] = library.VARIANTS) -> Iterator[Page]:
    """The seeds and the cases, in ten variants."""
    variants = tuple(variants)
    for name in names:
        for variant in variants:
            made = library.article(name, variant)
            yield Page(name, variant, made, library.snapshot(name), library.sent(name))


def unusual_days(names: Iterable[str] | None = None, variants: Iterable[int] = (0, 1)) -> Iterator[Page]:
    """Days unlike the cases, in every house style."""
    rules = wrapgen.load_rules()
    variants = tuple(variants)
    for name in unusual.DAYS if names is None else names:
        for style in sorted(rules.styles):
            for variant in variants:
                made = wrapgen.write(unusual.snapshot(name), style=style, variant=variant, rules=rules)
                yield Page(f"{name}/{style}", variant, made, unusual.snapshot(name), unusual.sent(name))


def real_prices(step: int = 1) -> Iterator[Page]:
    """Every session, or each ``step``-th, of the real prices; none where they are not here."""
    if not FOLDER.is_dir():
        return
    rules = wrapgen.load_rules()
    for day in days()[::step]:
        if day.snapshot is None:
            continue
        try:
            snapshot = wrapgen.read_snapshot(day.snapshot, rules.reference)
        except wrapgen.SnapshotError:
            continue  # what is refused is never written
        made = wrapgen.write(snapshot, rules=rules)
        yield Page(f"{day.region} {day.date:%Y-%m-%d}", 0, made, snapshot, day.snapshot)


CORPORA: dict[str, Callable[[], Iterator[Page]]] = {
    "cases": cases,
    "unusual": unusual_days,
    "prices": real_prices,
}

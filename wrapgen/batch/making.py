"""Price tables and what goes with them in, snapshots out: the whole of `wrapgen snapshot` but its printing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wrapgen.batch.compositions import Composition, compose, load_compositions
from wrapgen.batch.extras import Extras, added, undated
from wrapgen.batch.measures import Measures, Span, measure
from wrapgen.batch.prices.table import PriceError, PriceProblem, PriceTable
from wrapgen.batch.snapshots import HISTORY, Day, make_day, session_days
from wrapgen.batch.symbols import Symbols, load_symbols
from wrapgen.errors import InputError, OptionError, nearest
from wrapgen.intake.problems import Problem, SnapshotError
from wrapgen.intake.reading import read_ungated
from wrapgen.intake.reference import Reference
from wrapgen.intake.reference_files import load_reference


@dataclass(frozen=True)
class Names:
    """The reference data that price tables are read with."""

    reference: Reference
    symbols: Symbols
    compositions: Mapping[str, Composition]

    def composition(self, region: str) -> Composition:
        """Raises OptionError for what is no region."""
        found = compose(region, self.compositions, self.reference)
        if found is None:
            keys = self.reference.region_keys()
            message = f"{region[:40]!r} {self.reference.why_no_region(region)}"
            raise OptionError("region", message, tuple(self.reference.regions), nearest(region, keys))
        return found


def load_names(rules: Path) -> Names:
    """From a folder of rules. Raises ReferenceDataError or RuleError."""
    folder = rules / "reference"
    reference = load_reference(folder)
    return Names(reference, load_symbols(folder, reference), load_compositions(folder, reference))


def measure_all(
    tables: Sequence[PriceTable], names: Names, regions: Iterable[str], extras: Extras | None = None
) -> Measures:
    """The moves of all that the snapshots of ``regions`` can hold, the shares of ``extras`` among it.

    Raises PriceError for what is wrong with the prices, and OptionError for what is no region.
    """
    shares = list((extras or Extras()).shares())
    wanted = {market for region in regions for market in names.composition(region).markets()}
    wanted.update(share.id for share in shares)
    return measure(tables, names.symbols.with_shares(shares), names.reference, wanted)


def make_snapshots(
    measures: Measures,
    names: Names,
    region: str,
    days: Span,
    phase: str | None = None,
    extras: Extras | None = None,
    history: int = HISTORY,
) -> Iterator[Day]:
    """A snapshot for each session of ``region`` in ``days``; of a single day, the day itself or why there is none.

    Raises PriceError if ``extras`` hold something for a range that no day of it can be told for, and OptionError
    for what is no region.
    """
    composition, more, many = names.composition(region), extras or Extras(), days.first < days.last
    if many and (problems := undated(more)):
        raise PriceError(problems)
    dates = session_days(measures, composition, *days) if many else [days.first]
    earlier = session_days(measures, composition, dt.date.min, days.first - dt.timedelta(days=1))
    before = earlier[-1] if earlier else days.first - dt.timedelta(days=1)
    for date in dates:
        day = make_day(measures, region, composition, date, phase, history)
        yield day if day.snapshot is None else _completed(day, names, measures, more, before, many)
        before = date


def _completed(day: Day, names: Names, measures: Measures, extras: Extras, before: dt.date, many: bool) -> Day:
    """With what the extras hold for the day, read as any snapshot is: what is wrong in it is told by its own file."""
    region = names.reference.region(day.region)
    assert region is not None and day.snapshot is not None
    home = frozenset(mic for mic, exchange in names.reference.exchanges.items() if exchange.place in region.places)
    more = added(extras, measures, home, day.date, before, many)
    if not more.lists:
        return day
    snapshot = {**day.snapshot, **more.lists}
    try:
        read_ungated(snapshot, names.reference)  # whether its figures are to be believed is asked when it is written
    except SnapshotError as error:
        return day._replace(
            snapshot=None, problems=tuple(_traced(p, extras.file, more.origins) for p in error.problems)
        )
    return day._replace(snapshot=snapshot)


def _traced(problem: Problem, file: str, origins: Mapping[str, str]) -> Problem | PriceProblem:
    """A problem of a snapshot, told of the events file where it came from there."""
    parts = problem.pointer.split("/")
    origin = origins.get("/".join(parts[:3]))
    if origin is None:
        return problem
    pointer = "/".join((origin, *parts[3:]))
    return PriceProblem(file, 0, f"{pointer}: {problem.message}", problem.allowed, problem.nearest)


def require_any(made: Sequence[Day], date: str) -> None:
    """Raise InputError for problems of what was sent, or where there is no snapshot at all."""
    problems = [problem for day in made for problem in day.problems]
    if not problems and not any(day.snapshot for day in made):
        problems = [Problem(date, reason) for reason in dict.fromkeys(day.reason for day in made)]
        problems = problems or [Problem(date, "the tables hold no session of the region in these days")]
    if problems:
        raise InputError(dict.fromkeys(problems))

"""Which markets a snapshot made from prices holds: its own, its backdrop, its context.

The lists are data, `rules/reference/compositions.yaml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from wrapgen.intake.reference import AREAS, Reference
from wrapgen.rulepack.errors import RuleError, RuleProblem, unknown
from wrapgen.rulepack.records import Field, Kind, check_all
from wrapgen.rulepack.yamlfile import read_yaml

_KIND = Kind(
    "composition",
    (
        Field("region", "text", required=True),
        Field("main", "words", says="the wrap's own indices; left out: those of the country"),
        Field("backdrop", "words", says="the session before that set the mood"),
        Field("context", "words", says="currencies, oil and the like, on the day"),
        Field("futures", "words", says="what trades before the open, for previews alone"),
    ),
    key="region",
)


class Composition(NamedTuple):
    """Market ids in the order in which a snapshot has them."""

    main: tuple[str, ...]
    backdrop: tuple[str, ...]
    context: tuple[str, ...]
    futures: tuple[str, ...] = ()

    def markets(self) -> tuple[str, ...]:
        return (*self.main, *self.backdrop, *self.context, *self.futures)


def load_compositions(directory: Path, reference: Reference) -> dict[str, Composition]:
    """By region, country and area. Raises RuleError with everything that is wrong in ``compositions.yaml``."""
    problems: list[RuleProblem] = []
    file = f"{directory.name}/compositions.yaml"
    read = check_all(read_yaml(directory / "compositions.yaml", file), _KIND, file, problems)
    for record in read:
        regions = {*reference.region_keys(), *AREAS}
        if record["region"] is not None and record["region"] not in regions:
            problems.append(unknown(file, record.line_of("region"), "unknown region", record["region"], regions))
        for key in Composition._fields:
            for market in record[key]:
                if market not in reference.markets:
                    problems.append(unknown(file, record.line_of(key), "unknown market", market, reference.markets))
        listed = Counter(market for key in Composition._fields for market in record[key])
        twice = [market for market, times in listed.items() if times > 1]
        problems.extend(RuleProblem(file, record.line, "market in two lists of one wrap", market) for market in twice)
    if problems:
        raise RuleError(problems)
    return {record["region"]: Composition(*(record[key] for key in Composition._fields)) for record in read}


def compose(region: str, compositions: Mapping[str, Composition], reference: Reference) -> Composition | None:
    """The composition of a region or country; None where it is neither.

    A country without a record of its own has its indices, the main ones first, and backdrop and context of its area.
    """
    if reference.region(region) is None:
        return None
    found = compositions.get(region)
    if found is not None and found.main:
        return found
    place = region.upper()
    own = [m for m in reference.markets.values() if m.place == place and m.kind == "index" and m.sector is None]
    main = tuple(m.id for tier in ("primary", "secondary") for m in own if m.tier == tier)
    around = found or compositions.get(reference.places[place].region) or Composition((), (), ())
    return Composition(
        main,
        tuple(market for market in around.backdrop if market not in main),
        tuple(market for market in around.context if market not in main),
    )

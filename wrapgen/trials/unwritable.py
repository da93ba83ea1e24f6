"""What a pack has of its own, and no golden article shows: its styles and angles, written of the sample days.

A style or an angle that is new has no golden article yet. Whether its words are borne out, and a figure in its style
still says what is so, only shows when the claim checker reads a whole article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import wrapgen
from wrapgen.rulepack.errors import RuleProblem
from wrapgen.rulepack.kinds import ANGLES
from wrapgen.rulepack.pack import RulePack
from wrapgen.trials.days import Day
from wrapgen.trials.golden import entries_of, golden_path
from wrapgen.wording.style import DEFAULT_STYLE

_DAYS = 12  # of each style and angle: what is wrong with every article shows in the first


def unwritable(pack: RulePack, days: Iterable[Day]) -> tuple[RuleProblem, ...]:
    """The claims that keep articles in the pack's own styles and on its own angles from being written.

    One problem a style or angle, at the place of its entry, with the first day that shows it.
    """
    known = [day for day in days if day.snapshot is not None]
    return (*_styles(pack, known), *_angles(pack, known))


def _styles(pack: RulePack, days: list[Day]) -> Iterator[RuleProblem]:
    for style in pack.styles:
        if style == DEFAULT_STYLE or any(golden_path(pack, day, style).exists() for day in days):
            continue
        for day in days[:_DAYS]:
            try:
                assert day.snapshot is not None
                wrapgen.write(day.snapshot, style=style, rules=pack)
            except (wrapgen.ClaimError, LookupError) as error:
                yield _problem(entries_of(pack, style), f"in the style {style} {day.name} cannot be written: {error}")
                break


def _angles(pack: RulePack, days: list[Day]) -> Iterator[RuleProblem]:
    for angle in pack.angles:
        tried = 0
        for day in days if angle.name not in ANGLES else ():
            assert day.snapshot is not None
            try:
                wrapgen.write(day.snapshot, angle=angle.name, rules=pack)
            except wrapgen.OptionError:
                continue  # the day does not support it
            except (wrapgen.ClaimError, LookupError) as error:
                message = f"on the angle {angle.name} {day.name} cannot be written: {error}"
                yield _problem((angle.rule,), message)
                break
            tried += 1
            if tried == _DAYS:
                break


def _problem(places: tuple[str, ...], message: str) -> RuleProblem:
    file, _, rest = places[0].partition(":") if places else ("", "", "")
    line = rest.partition(" ")[0]
    return RuleProblem(file, int(line) if line.isdecimal() else 0, message)

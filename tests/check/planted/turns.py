"""Errors of comparison: a rank, a result, an influence or a path turned into its contrary."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.check.planted.page import Line, Page
from tests.check.planted.plants import Change, Edit, mutator
from tests.check.planted.sayings import MOVE

# Two wordings that cannot both be true.
_TURNS = (
    ("outpaced most of", "lagged most of"),
    ("outpaced its", "lagged its"),
    ("did better than", "did worse than"),
    ("fared worst", "fared best"),
    ("weakest performer", "strongest performer"),
    ("only gainer", "only faller"),
    ("only faller", "only gainer"),
    ("outnumbered", "were outnumbered by"),
    ("outweighed", "were outweighed by"),
    ("outweighing", "outweighed by"),
    ("higher-than-expected", "lower-than-expected"),
    ("lower-than-expected", "higher-than-expected"),
    ("bigger-than-expected", "smaller-than-expected"),
    ("smaller-than-expected", "bigger-than-expected"),
    ("hotter-than-expected", "cooler-than-expected"),
    ("weaker-than-expected", "stronger-than-expected"),
    ("stronger-than-expected", "weaker-than-expected"),
    ("better-than-expected", "worse-than-expected"),
    ("beat expectations", "missed expectations"),
    ("topped expectations", "missed expectations"),
    ("fell short of expectations", "beat expectations"),
    ("missed expectations", "beat expectations"),
    (", above the ", ", below the "),
    (", below the ", ", above the "),
    (", above an average", ", below an average"),
    ("better than the", "worse than the"),
    ("worse than the", "better than the"),
    ("more than expected", "less than expected"),
    ("less than expected", "more than expected"),
    ("raised its full-year forecast", "cut its full-year forecast"),
    ("cut its full-year forecast", "raised its full-year forecast"),
    ("leading the losses", "resisting the losses"),
    ("dragged down by", "lifted by"),
    ("weighed down by", "lifted by"),
    ("held back by", "lifted by"),
    ("under pressure from", "supported by"),
    ("helped by", "weighed down by"),
    ("supported by", "weighed down by"),
    ("lifted by", "dragged down by"),
    ("Lifted by", "Dragged Down by"),
    ("Dragged Down by", "Lifted by"),
    ("among the drags", "among the gainers"),
    ("Bucks the Trend", "Follows the Trend"),
    ("outsold", "was outsold by"),
    ("a strong", "a weak"),
    ("a weak", "a strong"),
    ("cut its rating", "raised its rating"),
    ("raised its rating", "cut its rating"),
    ("downgrade of", "upgrade of"),
    ("upgrade of", "downgrade of"),
    ("more than ", "less than "),
    ("bucked the trend", "followed the trend"),
    ("pared a deeper loss", "widened an earlier loss"),
    ("rate increase", "rate cut"),
    ("rate cut", "rate increase"),
    ("rate rise", "rate cut"),
    ("advancers", "decliners"),
    ("off its low of", "off its high of"),
    ("off its high of", "off its low of"),
    ("off its best level", "off its worst level"),
    ("off its worst level", "off its best level"),
    ("erasing earlier losses", "erasing earlier gains"),
    ("erasing earlier gains", "erasing earlier losses"),
    ("Drags on", "Lifts"),
    ("Weighs on", "Lifts"),
    (" Lifts ", " Weighs on "),
    ("weighing on", "lifting"),
    ("weighed on", "lifted"),
    ("also weighed", "also helped"),
    ("also helped", "also weighed"),
    ("also offered support", "also weighed"),
    ("added to the pressure", "lent support"),
    ("dealt a setback to", "gave a lift to"),
    ("costing the", "adding to the"),
    ("extending its gains", "extending its losses"),
    ("in line with", "well above"),
    ("the largest", "the smallest"),
)


@mutator("comparison")
def turned_round(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A comparison, a rank, a result or an influence turned into its contrary."""
    for line in page.lines:
        for old, new in _TURNS:
            at = line.text.find(old)
            if at < 0 or line.text.count(old) > 1 or new in page.text:
                continue
            start = line.start + at
            if old == "more than " and not _about(page, line, start + len(old), "more_than"):
                continue
            if old == "advancers" and "Decliners outnumbered advancers" not in line.text:
                continue
            if old == "advancers":
                changes = (
                    Change(
                        line.start + line.text.index("Decliners"),
                        line.start + line.text.index("Decliners") + 9,
                        "Advancers",
                    ),
                    Change(start, start + 9, "decliners"),
                )
                yield Edit(line, changes)
                continue
            yield Edit(line, (Change(start, start + len(old), new),))


def _about(page: Page, line: Line, at: int, approx: str) -> bool:
    """Whether the figure that begins there is one that the sender knows only as ``approx``."""
    run = next((r for r in line.runs if r.start <= at < r.end), None)
    subject = page.subject(run) if run is not None and run.states(MOVE) else None
    return subject is not None and getattr(subject, "approx", None) == approx

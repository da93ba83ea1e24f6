"""What changed hands: in whose market, and whether that is more than is usual there."""

from __future__ import annotations

from wrapgen.check.claims import Reading
from wrapgen.intake.snapshot import Volume


def volumes_of(reading: Reading) -> tuple[Volume, ...]:
    """The volumes that a sentence may mean: those of its markets; of no such one, all that were sent."""
    volumes, meant = reading.world.snapshot.volume, reading.context[:2]
    places = reading.world.markets
    mine = [
        v for v in volumes if any(c.id == v.market or c.place is not None and c is places.get(v.market) for c in meant)
    ]
    return tuple(mine or volumes)


def traded(volume: Volume) -> float | None:
    """What changed hands, in money or, where that was not sent, in shares."""
    return volume.turnover if volume.turnover is not None else volume.shares


def judge_average(reading: Reading, k: int) -> None:
    """Above or below its average, or its 20-day average: whether it is, and of how many days that is."""
    items = reading.items
    at = next(n for n in range(k + 1, len(items)) if items[n].sense == "average")
    known = next((v for v in volumes_of(reading) if v.average is not None and traded(v) is not None), None)
    if known is None:
        reading.claim("comparison", items[k], items[at], "unsupported", why="the data have no average")
        return
    above = (traded(known) or 0.0) > (known.average or 0.0)
    reading.verdict(
        "comparison", items[k], items[at], above == (items[k].sense == "above"),
        true="above" if above else "below", pointer=known.pointer,
    )  # fmt: skip
    days = next((item for item in items[k + 1 : at] if item.figure is not None), None)
    if days is not None and days.figure is not None:
        days.used = True
        if known.average_days is None:
            reading.claim("number", days, items[at], "unsupported", why="the data do not say of how many days it is")
            return
        reading.verdict(
            "number", days, items[at], days.figure.value == known.average_days,
            true=f"{known.average_days}-day", pointer=known.pointer,
        )  # fmt: skip

"""``python -m tests.check.planted``: the whole sweep, by corpus and class. ``--help`` tells the rest."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator

from tests.check.planted.corpus import CORPORA
from tests.check.planted.page import Page
from tests.check.planted.paraphrases import shortfalls
from tests.check.planted.plants import MUTATORS
from tests.check.planted.sweep import Alarm, Miss, Result, sweep, table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.check.planted", description=__doc__)
    parser.add_argument("--corpus", choices=CORPORA, action="append", help="these corpora (default: all)")
    parser.add_argument(
        "--kind", choices=sorted(MUTATORS), action="append", help="these classes of errors (default: all)"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each N-th article only")
    parser.add_argument("--most", type=int, default=1, metavar="N", help="errors of each class in an article")
    parser.add_argument("--missed", metavar="CLASS", help="show what was missed of a class, or 'all'")
    parser.add_argument("--clean", action="store_true", help="show the false alarms and what was not checked")
    parser.add_argument("--show", type=int, default=12, metavar="N", help="as many examples")
    parser.add_argument("--paraphrases", action="store_true", help="print shortfalls.yaml anew, and nothing else")
    options = parser.parse_args()
    if options.paraphrases:
        print("\n".join(shortfalls()))
        return
    for name in options.corpus or CORPORA:
        result = sweep(_some(CORPORA[name](), options.every), options.kind or (), options.most)
        print("\n".join(table(name, result)), flush=True)
        if options.missed:
            print("\n".join(missed(result, options.missed, options.show)))
        if options.clean:
            print("\n".join(_alarms(result.clean.alarms, options.show)))
            print("\n".join(_alarms(result.clean.unchecked, options.show)))


def _some(pages: Iterator[Page], every: int) -> Iterator[Page]:
    return itertools.islice(pages, 0, None, every)


def missed(result: Result, kind: str, most: int) -> Iterator[str]:
    for name, tally in result.classes.items():
        if kind in (name, "all"):
            yield from (_miss(miss) for miss in tally.misses[:: max(1, len(tally.misses) // most)][:most])


def _miss(miss: Miss) -> str:
    plant = miss.plant
    start, end = plant.span
    marked = f"{plant.text[plant.sentence[0] : start]}[[{plant.text[start:end]}]]{plant.text[end : plant.sentence[1]]}"
    return f"  {plant.kind} | {miss.page} {miss.variant}\n    - {plant.was}\n    + {marked}"


def _alarms(alarms: list[Alarm], most: int) -> Iterator[str]:
    for alarm in alarms[:: max(1, len(alarms) // most)][:most]:
        claim = alarm.claim
        where = f"{alarm.page} {alarm.variant}\n    {alarm.sentence}"
        yield f"  {claim.status} {claim.kind} {claim.text!r} ({claim.why}) | {where}"


if __name__ == "__main__":
    main()

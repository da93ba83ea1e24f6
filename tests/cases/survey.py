"""Prints what the checks find in every article: ``python -m tests.cases.survey [check ...]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.cases.checks import CHECKS, problems
from tests.cases.library import FILES, VARIANTS, written


def main(wanted: Sequence[str]) -> None:
    for which in wanted or tuple(CHECKS):
        for name in FILES:
            found: dict[str, list[int]] = {}
            for variant in VARIANTS:
                for problem in problems(written(name, variant), which):
                    found.setdefault(problem, []).append(variant)
            for problem, variants in found.items():
                print(f"{which} {name} {','.join(map(str, variants))}: {problem}")


if __name__ == "__main__":
    main(sys.argv[1:])

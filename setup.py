"""What setup.cfg cannot say: with WRAPGEN_COMPILE=1, the rooms that every article passes through are compiled to C.

They read and write the same words in about half the time. It takes mypy, a C compiler and some four minutes; without
the setting nothing here does anything.
"""

import os
from pathlib import Path

from setuptools import setup

ROOMS = ("intake", "facts", "angles", "plan", "wording", "realise", "check")
MODULES = (
    "text",
    "clause",
    "values",
    "coverage",
    "about",
    "article",
    "render/__init__",
    "render/json",
    "render/text",
    "rulepack/expression",
    "rulepack/lexicon",
    "rulepack/nodes",
    "rulepack/seen",
)
# What rules and reference files may name is read from these classes as they are written.
READ = (
    "facts/types",
    "wording/style",
    "intake/reference",
    "intake/gates/calendars",
    "intake/gates/types",
)
# These build on packages that are not compiled. mypyc cannot make a field that may be any object, as that of a problem.
APART = ("intake/fields", "intake/schema", "intake/problems", "intake/reference_files", "realise/grammar")


def compiled() -> list[str]:
    """The files to compile."""
    house = Path("wrapgen")
    rooms = [file.relative_to(house) for room in ROOMS for file in house.glob(f"{room}/**/*.py")]
    modules = {*MODULES, *[file.with_suffix("").as_posix() for file in rooms]} - {*READ, *APART}
    return [str(house / f"{module}.py") for module in sorted(modules)]


def extensions() -> list[object]:
    if os.environ.get("WRAPGEN_COMPILE") != "1":
        return []
    from mypyc.build import mypycify

    return mypycify(compiled(), opt_level="2", multi_file=True)


setup(ext_modules=extensions())

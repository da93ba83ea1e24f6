"""For all tests: no time is asserted, so hypothesis sets no deadline either; what is shared is made once.

Tests of one day go to one process, which then writes each of its articles once, and so do those that share a server.
"""

from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest
from hypothesis import settings

from tests.cases.library import FILES, UNUSUAL
from tests.thorough import THOROUGH
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.pack import load_rules

settings.register_profile("wrapgen", deadline=None, max_examples=200 if THOROUGH else 40)
settings.load_profile("wrapgen")


def pytest_configure() -> None:
    """A compiled module runs in place of its file: one that is older would be tested for what it no longer says."""
    for file in (Path(__file__).parents[1] / "wrapgen").rglob("*.py"):
        compiled = [path for suffix in EXTENSION_SUFFIXES if (path := file.with_suffix(suffix)).exists()]
        if any(path.stat().st_mtime < file.stat().st_mtime for path in compiled):
            raise pytest.UsageError(
                f"{file} has changed since it was compiled: bash .ci/compile, or bash .ci/compile clean"
            )


def pytest_sessionstart(session: pytest.Session) -> None:
    """Without rules nearly every test would fail, each after it has read them anew."""
    if hasattr(session.config, "workerinput"):
        return
    try:
        load_rules()
    except RuleError as error:
        pytest.exit(f"the rules do not load:\n{error}", returncode=pytest.ExitCode.USAGE_ERROR)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        callspec = getattr(item, "callspec", None)
        day = callspec.params.get("name") if callspec is not None else None
        if isinstance(day, str) and (day in FILES or day in UNUSUAL):
            item.add_marker(pytest.mark.xdist_group(day))

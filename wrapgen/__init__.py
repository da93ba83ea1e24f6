"""wrapgen: market wraps from structured market data, by rules that editors own.

>>> import wrapgen, json
>>> snapshot = wrapgen.read_snapshot(json.load(open("seeds/asia-2025-11-12-morning.json")))
>>> article = wrapgen.write(snapshot)
>>> article.headline.text  # doctest: +SKIP

The names below load the engine when they are first used, so that ``import wrapgen`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from wrapgen.version import __version__

if TYPE_CHECKING:
    from wrapgen.angles.types import Angle as AngleReport
    from wrapgen.article import Article
    from wrapgen.check.proofreader import Proofreader
    from wrapgen.check.types import Claim
    from wrapgen.engine import choices, derive_facts, lint, proofreader, rank_angles, verify, write
    from wrapgen.errors import ClaimError, OptionError
    from wrapgen.house.types import Departure
    from wrapgen.intake import examine_snapshot, read_snapshot
    from wrapgen.intake.problems import SnapshotError
    from wrapgen.intake.snapshot import Snapshot
    from wrapgen.rulepack.errors import RuleError
    from wrapgen.rulepack.pack import RulePack, load_rules
    from wrapgen.wording.tracing import Choice

_WHERE = {
    "AngleReport": ("wrapgen.angles.types", "Angle"),
    "Article": ("wrapgen.article", "Article"),
    "Choice": ("wrapgen.wording.tracing", "Choice"),
    "ClaimError": ("wrapgen.errors", "ClaimError"),
    "Claim": ("wrapgen.check.types", "Claim"),
    "Departure": ("wrapgen.house.types", "Departure"),
    "OptionError": ("wrapgen.errors", "OptionError"),
    "Proofreader": ("wrapgen.check.proofreader", "Proofreader"),
    "RuleError": ("wrapgen.rulepack.errors", "RuleError"),
    "RulePack": ("wrapgen.rulepack.pack", "RulePack"),
    "Snapshot": ("wrapgen.intake.snapshot", "Snapshot"),
    "SnapshotError": ("wrapgen.intake.problems", "SnapshotError"),
    "choices": ("wrapgen.engine", "choices"),
    "derive_facts": ("wrapgen.engine", "derive_facts"),
    "examine_snapshot": ("wrapgen.intake", "examine_snapshot"),
    "lint": ("wrapgen.engine", "lint"),
    "load_rules": ("wrapgen.rulepack.pack", "load_rules"),
    "proofreader": ("wrapgen.engine", "proofreader"),
    "rank_angles": ("wrapgen.engine", "rank_angles"),
    "read_snapshot": ("wrapgen.intake", "read_snapshot"),
    "verify": ("wrapgen.engine", "verify"),
    "write": ("wrapgen.engine", "write"),
}

__all__ = [
    "AngleReport",
    "Article",
    "Choice",
    "Claim",
    "ClaimError",
    "Departure",
    "OptionError",
    "Proofreader",
    "RuleError",
    "RulePack",
    "Snapshot",
    "SnapshotError",
    "__version__",
    "choices",
    "derive_facts",
    "examine_snapshot",
    "lint",
    "load_rules",
    "proofreader",
    "rank_angles",
    "read_snapshot",
    "verify",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'wrapgen' has no attribute {name!r}")
    module, attribute = _WHERE[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value

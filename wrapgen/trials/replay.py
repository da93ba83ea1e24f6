"""The same days under two packs: what an editor's change does to the copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import wrapgen
from wrapgen.article import Article
from wrapgen.explain import numbered
from wrapgen.rulepack.pack import RulePack
from wrapgen.trials.days import Day
from wrapgen.trials.fired import Ways, fired
from wrapgen.trials.words import Run, marked, pairs, word_diff


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that reads otherwise; ``old`` or ``new`` is empty where it came or went. ``rules`` said ``new``."""

    kind: str
    old: str
    new: str
    rules: tuple[str, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        return word_diff(self.old, self.new)

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "old": self.old, "new": self.new, "rules": list(self.rules)}


@dataclass(frozen=True, slots=True)
class Replayed:
    """A day under both packs. ``angles`` are the stories told before and after, first and second.

    ``old_fault`` and ``new_fault`` say why a pack could not write it: a claim that breaks, or no rule that fits.
    """

    day: str
    angles: tuple[tuple[str, ...], tuple[str, ...]]
    changes: tuple[Change, ...]
    old_fault: str = ""
    new_fault: str = ""

    @property
    def angle_changed(self) -> bool:
        return self.angles[0] != self.angles[1]

    @property
    def same(self) -> bool:
        return not (self.changes or self.angle_changed or self.old_fault != self.new_fault)

    def to_dict(self) -> dict[str, Any]:
        return {
            "day": self.day,
            "angles": {"old": list(self.angles[0]), "new": list(self.angles[1])},
            "changes": [change.to_dict() for change in self.changes],
            "old_fault": self.old_fault,
            "new_fault": self.new_fault,
        }


@dataclass(frozen=True, slots=True)
class Replay:
    """All days under two packs, the rules of each that never fired, and those that fired on every day.

    ``refused`` are the days without a snapshot, with the reason.
    """

    days: tuple[Replayed, ...]
    refused: tuple[Day, ...]
    never: tuple[tuple[str, ...], tuple[str, ...]]
    always: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def changed(self) -> tuple[Replayed, ...]:
        return tuple(day for day in self.days if not day.same)

    @property
    def broken(self) -> tuple[Replayed, ...]:
        """The days that the new pack cannot write and the old one could."""
        return tuple(day for day in self.days if day.new_fault and not day.old_fault)

    def to_dict(self) -> dict[str, Any]:
        return {
            "days": len(self.days),
            "changed": [day.to_dict() for day in self.changed],
            "refused": [{"day": day.name, "problem": day.problem} for day in self.refused],
            "never": {"old": list(self.never[0]), "new": list(self.never[1])},
            "always": {"old": list(self.always[0]), "new": list(self.always[1])},
        }

    def render(self) -> str:
        """For people: a line a day that changes, its sentences below it, and a summary."""
        lines: list[str] = []
        for day in self.changed:
            told = " + ".join(day.angles[1])
            if day.angle_changed:
                told = f"{' + '.join(day.angles[0]) or 'nothing'} → {told or 'nothing'}"
            lines.append(f"{day.day}  {told}")
            lines += [f"    BREAKS  {fault}" for fault in day.new_fault.splitlines()]
            lines += [f"    was broken  {fault}" for fault in day.old_fault.splitlines()]
            lines += [f"    {change.kind:<8}  {marked(change.runs)}" for change in day.changes]
            lines.append("")
        lines += [f"{day.name}  refused: {day.problem}" for day in self.refused]
        angles = sum(day.angle_changed for day in self.days)
        sentences = sum(len(day.changes) for day in self.days)
        lines.append(
            f"{len(self.days)} days: {len(self.changed)} change, {angles} of them their angle; "
            f"{sentences} sentences read otherwise; {len(self.broken)} days break."
        )
        for title, (old, new) in (("never fire", self.never), ("fire every day", self.always)):
            came, went = sorted(set(new) - set(old)), sorted(set(old) - set(new))
            lines.append(f"Rules that {title}: {len(old)} before, {len(new)} now.")
            lines += [f"    + {rule}" for rule in came]
            lines += [f"    - {rule}" for rule in went]
        return "\n".join(lines) + "\n"


def replay(
    days: Iterable[Day], old: RulePack, new: RulePack, style: str | None = None, length: str = "standard"
) -> Replay:
    """Writes every day under both packs and compares. A day's snapshot is read once, by the old pack."""
    every = tuple(days)
    written = [day for day in every if day.snapshot is not None]
    ways = Ways((style or "house",), (length,))
    before, after = fired(old, written, ways), fired(new, written, ways)
    return Replay(
        days=tuple(_replayed(day, old, new, style, length) for day in written),
        refused=tuple(day for day in every if day.snapshot is None),
        never=(_names(before.never(old)), _names(after.never(new))),
        always=(_names(before.always()), _names(after.always())),
    )


def _names(rules: Iterable[str]) -> tuple[str, ...]:
    """Rules without their lines, which differ between packs: ``file.yaml name``."""
    return tuple(f"{rule.partition(':')[0]} {rule.partition(' ')[2]}" for rule in rules)


def _replayed(day: Day, old: RulePack, new: RulePack, style: str | None, length: str) -> Replayed:
    (before, old_fault), (after, new_fault) = (_written(day, pack, style, length) for pack in (old, new))
    return Replayed(
        day.name,
        (_angles(before), _angles(after)),
        _changes(before, after) if before is not None and after is not None else (),
        old_fault,
        new_fault,
    )


def _written(day: Day, pack: RulePack, style: str | None, length: str) -> tuple[Article | None, str]:
    assert day.snapshot is not None
    try:
        return wrapgen.write(day.snapshot, style=style, length=length, rules=pack), ""
    except (wrapgen.ClaimError, LookupError, ValueError) as error:
        return None, str(error)


def _angles(article: Article | None) -> tuple[str, ...]:
    if article is None:
        return ()
    told = (article.angle, article.counterpoint)
    return tuple(report["name"] for report in told if report is not None)


def _changes(old: Article, new: Article) -> tuple[Change, ...]:
    before = [(kind if kind in ("headline", "subhead") else "body", s) for _, kind, s in numbered(old)]
    after = [(kind if kind in ("headline", "subhead") else "body", s) for _, kind, s in numbered(new)]
    found = []
    for i, k in pairs([s.text for _, s in before], [s.text for _, s in after]):
        kind = after[k][0] if k is not None else before[i or 0][0]
        found.append(
            Change(
                kind,
                before[i][1].text if i is not None else "",
                after[k][1].text if k is not None else "",
                after[k][1].rules if k is not None else (),
            )
        )
    return tuple(found)

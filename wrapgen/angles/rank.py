"""Scores every angle on the facts, and chooses the two that the article carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from wrapgen.angles.rules import AngleRule
from wrapgen.angles.types import Angle, Subject
from wrapgen.facts.types import EventFacts, FactBook, MarketFacts, SectorFacts, StockFacts
from wrapgen.rulepack.nodes import Groups
from wrapgen.rulepack.seen import seen

# The groups of facts that there are by what a rule is over (`groups_of`); the others are missing.
FACTS_OVER: Mapping[str, tuple[str, ...]] = {
    "region": ("region", "backdrop"),
    "market": ("region", "backdrop", "market"),
    "stock": ("region", "backdrop", "market", "stock"),
    "sector": ("region", "backdrop", "market", "sector"),
    "event": ("region", "backdrop", "event", "frame"),
}
KINDS_ASKED = ("index",)  # of the markets that a rule over markets is asked of: the region's own

# A second story that adds no new subject must be this much better than one that does.
_NO_NEWS = 1.5


def rank(book: FactBook, rules: Sequence[AngleRule]) -> tuple[Angle, ...]:
    """Every angle once, with its best candidate, best score first; unsupported ones last with score 0."""
    # By what a rule is over, since many are over the same: made once for all of them.
    candidates = {
        over: [(subject, groups_of(book, subject)) for subject in candidates_of(book, over)]
        for over in {rule.over for rule in rules}
    }
    found = [(rule, _best(rule, candidates[rule.over])) for rule in rules]
    found.sort(key=lambda pair: (-pair[1].score, pair[0].name))
    next_best = [best.score for _, best in found[1:]]
    return tuple(
        [
            _angle(book, rule, best, round(best.score - next_best[n], 2) if n < len(next_best) else None)
            for n, (rule, best) in enumerate(found)
        ]
    )


def choose(
    book: FactBook, angles: Sequence[Angle], forced: str | None = None
) -> tuple[Angle, Angle | None, tuple[Angle, ...]]:
    """(the angle, its counterpoint, all of them with notes). ``forced`` must be supported.

    The counterpoint is the best angle of another family that is not told through the same subject.
    """
    primary = next((a for a in angles if a.name == forced), angles[0]) if forced else angles[0]
    second = _second(book, angles, primary)
    noted = []
    for angle in angles:
        if angle.name == primary.name:
            note = "chosen on request" if forced else "chosen: the highest score"
            noted.append(angle.noted(note, "angle"))
        elif second is not None and angle.name == second.name:
            noted.append(angle.noted("carried beside it: the best of another kind", "counterpoint"))
        elif not angle.supported:
            noted.append(angle.noted("the data do not support it"))
        else:
            behind = primary.score - angle.score  # below nothing where another was asked for
            noted.append(
                angle.noted(
                    f"{behind:.1f} behind the story told" if behind >= 0 else f"passed over, {-behind:.1f} ahead"
                )
            )
    by_name = {a.name: a for a in noted}
    return by_name[primary.name], by_name[second.name] if second is not None else None, tuple(noted)


def _second(book: FactBook, angles: Sequence[Angle], primary: Angle) -> Angle | None:
    """The best of the rest; a story of the same market only where it beats the others clearly."""
    fitting = [a for a in angles if _fits(book, a, primary)]
    if not fitting:
        return None
    home = _market_id(primary) if book.region.layout in ("region", "global") else None

    def worth(angle: Angle) -> float:
        """A story without a subject of its own adds little to the first; nor does one of the same market."""
        return angle.score - _NO_NEWS * (angle.family == "region" or (home is not None and _market_id(angle) == home))

    return max(fitting, key=worth)


def _market_id(angle: Angle) -> str | None:
    subject = angle.subject
    if isinstance(subject, MarketFacts):
        return subject.id
    return subject.market if isinstance(subject, StockFacts | SectorFacts) else None


def _fits(book: FactBook, angle: Angle, primary: Angle) -> bool:
    if not angle.supported or angle.family == primary.family or angle.score < 2.0:
        return False
    if angle.subject is not None and angle.subject is primary.subject:
        return False
    # News that is already the first story's reason makes no second story.
    return not (isinstance(angle.subject, EventFacts) and angle.subject.id in _reasons(book, primary))


def _reasons(book: FactBook, angle: Angle) -> frozenset[str]:
    """The events that the first story's clause will give as its reason."""
    subject = angle.subject
    if isinstance(subject, MarketFacts | StockFacts | SectorFacts):
        return frozenset(c.event.id for c in subject.causes if c.relation == "supports")
    return frozenset(e.id for e in book.events.values() if e.share >= 0.5 and not e.awaited)


class _Best(NamedTuple):
    """A rule's best candidate; score 0 and no groups where none will do."""

    score: float = 0.0
    subject: Subject = None
    groups: Groups | None = None


_NONE = _Best()


def score_of(rule: AngleRule, groups: Groups) -> float:
    """0 to 10: the sum of its points on these facts. What is missing counts nothing."""
    score = 0.0
    for points in rule.score:
        score += points.expression.evaluate(groups) or 0.0
    return min(10.0, max(0.0, score))


def _best(rule: AngleRule, candidates: Iterable[tuple[Subject, Groups]]) -> _Best:
    most: float = -1.0
    best: tuple[Subject, Groups] | None = None
    holds = rule.when.evaluate
    for subject, groups in candidates:
        if not holds(groups):
            continue
        score = score_of(rule, groups)
        if score > most + 1e-9:
            most, best = score, (subject, groups)
    return _Best(round(most, 2), *best) if best is not None else _NONE


def _angle(book: FactBook, rule: AngleRule, best: _Best, margin: float | None) -> Angle:
    score, subject, groups = best
    written = [e.write(groups) for e in rule.evidence] if groups is not None else []
    return Angle(
        rule.name,
        rule.family,
        score,
        book.region.tone,
        subject,
        _subjects(rule, subject, book),
        tuple(filter(None, written)),
        rule.rule,
        rule.sections,
        rule.names,
        rule.wall_street,
        groups is not None,
        margin,
    )


def candidates_of(book: FactBook, over: str) -> Iterable[Subject]:
    """What a rule is asked of; ``None`` stands for the region."""
    if over == "market":
        return book.main
    if over == "stock":
        return tuple(s for s in book.stocks.values() if s.market_main and not s.previous)
    if over == "sector":
        return tuple(s for s in book.sectors if s.market_main)
    if over == "event":
        return tuple(book.events.values())
    return (None,)


def groups_of(book: FactBook, subject: Subject) -> Groups:
    """What a rule's expressions see of a subject."""
    market = stock = sector = event = None
    if isinstance(subject, MarketFacts):
        market = subject
    elif isinstance(subject, StockFacts):
        stock, market = subject, book.markets.get(subject.market or "")
    elif isinstance(subject, SectorFacts):
        sector, market = subject, book.markets.get(subject.market or "")
    elif isinstance(subject, EventFacts):
        event = subject
    return seen(book, market, stock, sector, event)


def _subjects(rule: AngleRule, subject: Subject, book: FactBook) -> dict[str, str | None]:
    """Ids by role. A stock's index stands as leader or laggard beside it."""
    roles: dict[str, str | None] = dict.fromkeys(("leader", "laggard", "stock", "sector", "event"))
    if subject is None:
        standout = book.markets.get(book.region.standout or "") if "standout" in rule.names else None
        if standout is not None:
            roles["leader" if standout.direction == "up" else "laggard"] = standout.id  # the lede names it
        return roles
    if isinstance(subject, MarketFacts):
        role = rule.role if rule.role in roles else "leader" if subject.direction == "up" else "laggard"
        roles[role] = subject.id
        if "other_end" in rule.names and book.region.tone == "mixed":
            # A split has two ends, and the article names both.
            roles["leader"] = roles["leader"] or book.region.leader
            roles["laggard"] = roles["laggard"] or book.region.laggard
    elif isinstance(subject, StockFacts):
        roles["stock"] = subject.id
        if book.region.layout == "region" and subject.market:
            roles["leader" if subject.effect == "lift" else "laggard"] = subject.market
    elif isinstance(subject, SectorFacts):
        roles["sector"] = subject.name
    else:
        roles["event"] = subject.id
    return roles

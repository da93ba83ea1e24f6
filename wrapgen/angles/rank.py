"""Scores every angle on the facts, and chooses the two that the article carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from wrapgen.angles.rules import AngleRule
from wrapgen.angles.types import Angle, Subject, noted
from wrapgen.facts.types import EventFacts, FactBook, MarketFacts, SectorFacts, StockFacts
from wrapgen.rulepack.nodes import Groups
from wrapgen.rulepack.seen import seen
from wrapgen.values import made, rounded

# The groups of facts that there are by what a rule is over (`candidates_of`); the others are missing.
FACTS_OVER: Mapping[str, tuple[str, ...]] = {
    "region": ("region", "backdrop"),
    "market": ("region", "backdrop", "market"),
    "stock": ("region", "backdrop", "market", "stock"),
    "sector": ("region", "backdrop", "market", "sector"),
    "event": ("region", "backdrop", "event", "frame"),
}
KINDS_ASKED = ("index",)  # of the markets that a rule over markets is asked of: the region's own

_ROLES: Final[dict[str, str | None]] = dict.fromkeys(("leader", "laggard", "stock", "sector", "event"))

# A second story that adds no new subject must be this much better than one that does.
_NO_NEWS = 1.5


def rank(book: FactBook, rules: Sequence[AngleRule]) -> tuple[Angle, ...]:
    """Every angle once, with its best candidate, best score first; unsupported ones last with score 0."""
    # By what a rule is over, since many are over the same: made once for all of them.
    candidates = {over: candidates_of(book, over) for over in {rule.over for rule in rules}}
    found: list[tuple[float, str, AngleRule, _Best]] = []
    for rule in rules:
        best = _best(rule, candidates[rule.over])
        found.append((-best.score, rule.name, rule, best))
    found.sort()  # no two of one name
    scores = [best.score for _, _, _, best in found]
    ahead: list[float | None] = [*[rounded(one - two, 2) for one, two in pairwise(scores)], None]
    return tuple([_angle(book, rule, best, ahead[n]) for n, (_, _, rule, best) in enumerate(found)])


def choose(
    book: FactBook, angles: Sequence[Angle], forced: str | None = None
) -> tuple[Angle, Angle | None, tuple[Angle, ...]]:
    """(the angle, its counterpoint, all of them with notes). ``forced`` must be supported.

    The counterpoint is the best angle of another family that is not told through the same subject.
    """
    primary = next((a for a in angles if a.name == forced), angles[0]) if forced else angles[0]
    second = _second(book, angles, primary)
    told = [_noted(angle, primary, second, forced is not None) for angle in angles]
    counterpoint = next((a for a in told if a.chosen == "counterpoint"), None)
    return next(a for a in told if a.chosen == "angle"), counterpoint, tuple(told)


def _noted(angle: Angle, primary: Angle, second: Angle | None, forced: bool) -> Angle:
    """The angle with why it was or was not chosen."""
    if angle is primary:
        return noted(angle, "chosen on request" if forced else "chosen: the highest score", "angle")
    if angle is second:
        return noted(angle, "carried beside it: the best of another kind", "counterpoint")
    if not angle.supported:
        return noted(angle, "the data do not support it")
    behind = primary.score - angle.score  # below nothing where another was asked for
    return noted(angle, f"{behind:.1f} behind the story told" if behind >= 0 else f"passed over, {-behind:.1f} ahead")


def _second(book: FactBook, angles: Sequence[Angle], primary: Angle) -> Angle | None:
    """The best of the rest; a story of the same market only where it beats the others clearly."""
    fitting = [a for a in angles if _fits(book, a, primary)]
    if not fitting:
        return None
    home = _market_id(primary) if book.region.layout in ("region", "global") else None
    worths = [_worth(angle, home) for angle in fitting]
    return fitting[worths.index(max(worths))]


def _worth(angle: Angle, home: str | None) -> float:
    """A story without a subject of its own adds little to the first; nor does one of the same market."""
    return angle.score - _NO_NEWS * (angle.family == "region" or (home is not None and _market_id(angle) == home))


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
        return frozenset([c.event.id for c in subject.causes if c.relation == "supports"])
    return frozenset([e.id for e in book.events.values() if e.share >= 0.5 and not e.awaited])


class _Best:
    """A rule's best candidate; score 0 and no groups where none will do."""

    def __init__(self, score: float = 0.0, subject: Subject = None, groups: Groups | None = None) -> None:
        self.score, self.subject, self.groups = score, subject, groups


def score_of(rule: AngleRule, groups: Groups) -> float:
    """0 to 10: the sum of its points on these facts. What is missing counts nothing."""
    score = 0.0
    for points in rule.score:
        score += points.expression.evaluate(groups) or 0.0
    return min(10.0, max(0.0, score))


def _best(rule: AngleRule, candidates: Sequence[tuple[Subject, Groups]]) -> _Best:
    most, found = -1.0, _Best()
    for subject, groups in candidates:
        if not rule.when.evaluate(groups):
            continue
        score = score_of(rule, groups)
        if score > most + 1e-9:
            most, found = score, _Best(rounded(score, 2), subject, groups)
    return found


def _angle(book: FactBook, rule: AngleRule, best: _Best, margin: float | None) -> Angle:
    groups = best.groups
    written = [e.write(groups) for e in rule.evidence] if groups is not None else []
    return made(
        Angle,
        rule.name,
        rule.family,
        best.score,
        book.region.tone,
        best.subject,
        _subjects(rule, best.subject, book),
        tuple([text for text in written if text]),  # because
        rule.rule,
        rule.sections,
        rule.names,
        rule.wall_street,
        groups is not None,  # supported
        margin,
        "",  # chosen
        "",  # note
    )


def candidates_of(book: FactBook, over: str) -> list[tuple[Subject, Groups]]:
    """What a rule is asked of, with what its expressions see of it; ``None`` stands for the region."""
    markets = book.markets
    if over == "market":
        return [(m, seen(book, m)) for m in book.main]
    if over == "stock":
        stocks = [s for s in book.stocks.values() if s.market_main and not s.previous]
        return [(s, seen(book, markets.get(s.market or ""), s)) for s in stocks]
    if over == "sector":
        sectors = [s for s in book.sectors if s.market_main]
        return [(s, seen(book, markets.get(s.market or ""), None, s)) for s in sectors]
    if over == "event":
        return [(e, seen(book, None, None, None, e)) for e in book.events.values()]
    return [(None, seen(book))]


def _subjects(rule: AngleRule, subject: Subject, book: FactBook) -> dict[str, str | None]:
    """Ids by role. A stock's index stands as leader or laggard beside it."""
    roles = _ROLES.copy()
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

"""Markets and their history, read: names from the reference data, figures completed, role found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from wrapgen.intake.figures import contradictions, derive
from wrapgen.intake.past import disagreements, last_close
from wrapgen.intake.problems import Findings, pointer, show
from wrapgen.intake.reference import MarketRef, Reference, RegionRef
from wrapgen.intake.snapshot import (
    OF_DAYS,
    UPWARD,
    Kind,
    Market,
    Milestone,
    Series,
    Streak,
    Tier,
    make_market,
    make_milestone,
)

# Phases in which nothing of the session has closed.
_BEFORE_CLOSE: Final = frozenset(("preview", "open", "morning"))
_REFUTED_BY: Final = {"erased_gains": "up", "erased_losses": "down"}  # paths that end where they began or beyond
_WHOLE: Final = OF_DAYS | {"first_above", "first_below"}


def read_series(raw: dict[str, Any], day: dt.date, findings: Findings) -> dict[str, Series]:
    """Histories by market id. Dates must ascend, match the closes, and end before ``day``."""
    histories = {}
    for name, series in raw.items():
        where = pointer("history", name)
        dates, closes = series["dates"], series["closes"]
        if len(dates) != len(closes):
            findings.problem(where, f"dates and closes differ in number: {len(dates)} and {len(closes)}")
            dates, closes = dates[: len(closes)], closes[: len(dates)]  # for what else may be said of them
        for index, (before, after) in enumerate(zip(dates, dates[1:], strict=False), start=1):
            if after <= before:
                findings.problem(f"{where}/dates/{index}", f"{after} does not come after {before}")
                break
        if dates and dates[-1] >= day:
            message = f"{dates[-1]} is not before {day}: history ends with the session before as_of"
            findings.problem(f"{where}/dates/{len(dates) - 1}", message)
        histories[name] = Series(where, dates, closes)
    return histories


def read_markets(
    raw: Sequence[dict[str, Any]],
    history: Mapping[str, Series],
    day: dt.date,
    phase: str,
    reference: Reference,
    region: RegionRef,
    findings: Findings,
) -> tuple[Market, ...]:
    """The markets as sent, in their order, complete."""
    markets = []
    for index, sent in enumerate(raw):
        where = f"/markets/{index}"
        ref = reference.markets.get(sent["id"]) or _unlisted(sent, where, reference, findings)
        market = _market(sent, ref, where, history.get(ref.id), day, phase, reference, region, findings)
        if ref.id in history:
            market = _borne_out(market, history[ref.id], day, findings)
        markets.append(market)
    return tuple(markets)


def _borne_out(market: Market, series: Series, day: dt.date, findings: Findings) -> Market:
    """The market without milestones that its own history refutes: of the two that a sender says, one is wrong."""
    odd: set[str] = set()
    for place, message in disagreements(market, series, day):
        findings.warning(place, message)
        odd.add(place)
    if odd.isdisjoint([milestone.pointer for milestone in market.milestones]):
        return market
    return market._replace(milestones=tuple([m for m in market.milestones if m.pointer not in odd]))


def _unlisted(sent: dict[str, Any], where: str, reference: Reference, findings: Findings) -> MarketRef:
    """A market that the reference data lacks, as its sender describes it."""
    lacking = [key for key in ("name", "kind") if key not in sent]
    if lacking:
        message = f"{show(sent['id'])} is not in the reference data; mend it, or add {' and '.join(lacking)}"
        findings.problem(f"{where}/id", message, meant=sent["id"], candidates=reference.markets)
    place = sent.get("place")
    if place is not None and place not in reference.places:
        message = f"{show(place)} is no place that we know"
        findings.problem(f"{where}/place", message, meant=place, candidates=reference.places)
    name, kind = sent.get("name", sent["id"]), sent.get("kind", "index")
    short = sent.get("short_name", name)
    rivals = (ref for ref in reference.markets.values() if ref.place == place and ref.tier == "primary")
    return MarketRef(
        id=sent["id"],
        name=name,
        short=short,
        headline=short,
        kind=kind,
        tier="gauge" if place is None or kind != "index" else "secondary" if any(rivals) else "primary",
        region="global",
        article=kind in ("index", "fx", "yield", "volatility") and not name.endswith("yields"),
        plural=name.endswith(("futures", "yields", "Futures")),
        decimals=4 if kind == "fx" else 2,
        place=place,
    )


def _market(
    sent: dict[str, Any],
    ref: MarketRef,
    where: str,
    series: Series | None,
    day: dt.date,
    phase: str,
    reference: Reference,
    region: RegionRef,
    findings: Findings,
) -> Market:
    session = sent.get("session") or ("previous" if sent.get("role") == "backdrop" else "current")
    closed = sent.get("closed", False)
    for key, message in contradictions(sent, ref.kind):
        findings.problem(f"{where}/{key}", message)
    if closed and (sent.get("change_pct") or sent.get("change") or sent.get("direction", "flat") != "flat"):
        findings.problem(f"{where}/closed", "a market that was closed cannot have moved; leave out its move")
    if "kind" in sent and sent["kind"] != ref.kind:
        findings.warning(f"{where}/kind", f"'{sent['kind']}' is not used: {ref.id} is known as '{ref.kind}'")
    before = last_close(series, day) if session == "current" and not closed else None
    figures = derive(sent, ref.kind, ref.decimals, before)
    name, short, headline, against = ref.name, ref.short, ref.headline, ref.against
    if against and sent.get("name", "").lower().startswith(against.lower()):
        # "rupee / U.S. dollar" for USDINR: the sender's name says which side his direction is of.
        name, short, headline, against = against, against, against, ref.short
    direction = None if closed else figures.direction
    market = make_market(
        id=ref.id,
        pointer=where,
        name=name,
        short_name=short,
        kind=cast(Kind, ref.kind),
        place=ref.place,
        tier=cast(Tier, ref.tier),
        role=sent.get("role") or _role(ref, session, region),
        session=session,
        headline_name=headline,
        article=ref.article,
        plural=ref.plural,
        sister=ref.sister,
        underlying=ref.underlying,
        group=ref.group,
        against=against,
        decimals=ref.decimals,
        currency=ref.currency,
        known=ref.id in reference.markets,
        change_pct=figures.change_pct,
        change=figures.change,
        level=figures.level,
        previous_close=figures.previous_close,
        open=sent.get("open"),
        high=sent.get("high"),
        low=sent.get("low"),
        approx=sent.get("approx"),
        direction=direction,
        closed=closed,
        streak=_streak(sent, where),
        milestones=read_milestones(sent, where, direction, phase if session == "current" else "close", findings),
        path=sent.get("path"),
        pattern=sent.get("pattern"),
        because=sent.get("because", ()),
        worked_out={
            key: tuple(_input(leaf, where, series) for leaf in leaves) for key, leaves in figures.sources.items()
        },
    )
    return _consistent(market, findings)


def _input(key: str, where: str, series: Series | None) -> str:
    """The pointer of a figure that another was worked out from."""
    if key == "last_close" and series is not None:
        return f"{series.pointer}/closes/{len(series.closes) - 1}"
    return f"{where}/{key}"


def read_milestones(
    sent: dict[str, Any], where: str, direction: str | None, phase: str, findings: Findings
) -> tuple[Milestone, ...]:
    """The milestones of a market or stock, sent as one or as a list, without those that cannot be so."""
    raw = sent.get("milestone", ())
    if isinstance(raw, dict):
        found = [_milestone(raw, f"{where}/milestone")]
    else:
        found = [_milestone(one, f"{where}/milestone/{index}") for index, one in enumerate(raw)]
    kept = []
    for one in found:
        why = _denied(one, direction, phase)
        if why is None:
            kept.append(one)
        else:
            findings.warning(one.pointer, f"'{one.type}' is left out: {why}")
    return tuple(kept)


def _denied(milestone: Milestone, direction: str | None, phase: str) -> str | None:
    """Why it cannot be so; None where it can.

    On a day of losses no close is the highest, though a moment of the day may be.
    """
    if milestone.basis == "close" and phase in _BEFORE_CLOSE:
        return f"it is of a close, and there is none yet ({phase})"
    if milestone.short_of:
        return "a day or a first time is or is not, and is never short of it" if milestone.type in _WHOLE else None
    if milestone.basis == "intraday" and milestone.type not in OF_DAYS:
        return None
    against = direction == ("down" if milestone.type in UPWARD else "up")
    return f"that day it went {direction}" if against else None


def _streak(sent: dict[str, Any], where: str) -> Streak | None:
    raw = sent.get("streak")
    return Streak(raw["direction"], raw.get("sessions"), raw["status"], f"{where}/streak") if raw else None


def _milestone(raw: dict[str, Any], where: str) -> Milestone:
    near = raw.get("near", {})
    return make_milestone(
        type=raw["type"],
        pointer=where,
        since=raw.get("since"),
        over=raw.get("over"),
        basis=raw.get("basis"),
        value=raw.get("value"),
        near_what=near.get("what"),
        near_when=near.get("when"),
        short_of=raw.get("short_of", False),
    )


def _role(ref: MarketRef, session: str, region: RegionRef) -> str:
    """``main`` for the region's own indices, ``backdrop`` for another's session before, or ``context``.

    An index that spans countries is a region's own where it spans that region; a sector fund
    never is. To the world no place is another, so there the session before is the backdrop.
    """
    if region.id == "global":
        own = session == "current"
    else:
        own = ref.place in region.places if ref.place else ref.region == region.id
    if ref.kind == "index" and own and ref.sector is None:
        return "main"
    return "backdrop" if session == "previous" and ref.place and not own else "context"


def _consistent(market: Market, findings: Findings) -> Market:
    """The market without what its own move denies; what is odd about it is told, and stops nothing."""
    told = (market.direction, market.level, market.path, market.streak, market.because, market.milestones)
    if not market.closed and not any(value is not None and value != () for value in told):
        findings.warning(market.pointer, f"nothing is known of {market.id}; it is left out")
    if market.path is not None and market.direction is not None and _REFUTED_BY.get(market.path) == market.direction:
        message = f"'{market.path}' is left out: the market went {market.direction}"
        findings.warning(f"{market.pointer}/path", message)
        market = market._replace(path=None)
    streak = market.streak
    if streak is None or market.direction not in ("up", "down"):
        return market
    if (market.direction == streak.direction) == (streak.status == "extends"):
        return market
    runs = "has ended" if streak.status == "ended" else "goes on"
    message = f"a run {streak.direction} that {runs} is left out: the market went {market.direction}"
    findings.warning(streak.pointer, message)
    return market._replace(streak=None)

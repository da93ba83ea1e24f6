"""Who moved whom: lifted by, weighed on, held back, outweighed."""

from __future__ import annotations

from collections.abc import Sequence

from wrapgen.check.claims import Group, Reading, names
from wrapgen.check.read import Item
from wrapgen.check.subjects import within
from wrapgen.check.truth import STILL, Thing, agrees, sign


def judge_effect(reading: Reading, k: int) -> None:
    """Lifted by, weighs on, holds back: who moved whom, and that the agent went that way and belongs there."""
    items = reading.items
    item = items[k]
    if item.used:
        return
    item.used = True
    sense = item.sense
    if sense in ("points_up", "points_down"):
        return
    after = None
    for each in items[k + 1 :]:
        if each.role in ("comma", "contrast"):
            break
        if each.role == "name" and not (each.used and each.kind != "event") and each.group >= 0:
            after = each
            break
    event_after = k + 1 < len(items) and items[k + 1].kind == "event"
    event_before = _told_before(items, k)
    if event_after and sense in ("lifted_by", "dragged_by"):
        return  # told of already
    nearest = reading.groups[item.group] if 0 <= item.group < len(reading.groups) else reading.subject
    passive = sense in ("lifted_by", "dragged_by") or (after is not None and reading.word(after.i - 1) == "by")
    if sense == "offsets":
        return _offsets(reading, k)
    if passive:
        agents: Group = reading.groups[after.group] if after is not None else ()
        patients = nearest
    else:
        agents = nearest
        patients = reading.groups[after.group] if after is not None else ()
        if event_before:
            _event_effect(reading, k, patients or reading.subject)
            return None
        if not patients:
            last = next((i for i in reversed(items[:k]) if i.kind == "event"), None)
            if last is not None:
                return None
    up = sense in ("lifted_by", "lifts")
    if not agents:
        noun = next((i for i in items[k + 1 : k + 4] if i.role == "move"), None)
        if noun is None:
            reading.claim("cause", item, item, "unsupported", why="nothing is named that did it")
        return None
    wrong = _effect_fault(reading, agents, patients, up, sense)
    last = after or item
    if wrong is None:
        reading.claim("cause", item, last, "supported", pointer=agents[0].pointer)
    else:
        status = "contradicted" if wrong[0] else "unsupported"
        reading.claim("cause", item, last, status, true=wrong[0] or None, pointer=wrong[2], why=wrong[1])  # type: ignore[arg-type]
    return None


def _told_before(items: Sequence[Item], k: int) -> bool:
    """Whether an event stands right before an effect; one beyond a comma does not where another is named since."""
    named = False
    for item in reversed(items[max(0, k - 3) : k]):
        if item.kind == "event":
            return True
        if item.role == "comma" and named:
            return False
        named = named or item.role == "name"
    return False


def _effect_fault(
    reading: Reading, agents: Group, patients: Group, up: bool, sense: str
) -> tuple[str, str, str | None] | None:
    """(what is true, why it is wrong, pointer) of the first thing wrong; None where nothing is."""
    for agent in agents:
        effect = getattr(agent.data, "effect", None)
        goes = agrees(agent, "up" if up else "down")
        if effect is not None and (effect == "lift") == up:
            goes = True
        if goes is False:
            return agent.said(), f"{agent.name} {agent.said()}", agent.pointer
        if goes is None:
            return "", f"the data have no move of {agent.name}", agent.pointer
        if patients and not any(_related(reading, agent, p) for p in patients):
            return "", f"{agent.name} is no part of {names(patients)}", agent.pointer
    for patient in patients:
        if patient.kind in ("market", "place") and up and agrees(patient, "up") is False:
            return patient.said(), f"{patient.name} {patient.said()}", patient.pointer
    return None


def _related(reading: Reading, agent: Thing, patient: Thing) -> bool:
    if patient.kind in ("region", "group") or agent.kind in ("region", "group", "place", "market"):
        return True
    if within(reading, agent, patient):
        return True
    market = reading.world.markets.get(agent.market or "")
    if agent.market is not None and agent.market == patient.market:
        return True
    return market is not None and market.place is not None and market.place == patient.place


def _event_effect(reading: Reading, k: int, patients: Group) -> None:
    """An event that helped or weighed: linked to whom it is said to have moved, and of that polarity."""
    world = reading.world
    item = reading.items[k]
    told = next(
        (
            c
            for c in reversed(reading.claims)
            if c.kind in ("event", "cause") and (c.pointer or "").startswith("/events/")
        ),
        None,
    )
    if told is None or told.pointer is None:
        return
    number = int(told.pointer.split("/")[2])
    event = world.snapshot.events[number]
    up = item.sense == "lifts"
    wrong = {"positive": False, "negative": True}.get(event.polarity)
    if wrong is not None and wrong == up and item.sense in ("lifts", "drags"):
        reading.claim(
            "cause",
            item,
            item,
            "contradicted",
            true=event.polarity,
            pointer=f"{event.pointer}/polarity",
            why=f"the event is {event.polarity}",
        )
        return
    links = 0
    for patient in patients:
        links |= patient.links
    if patients and not links & (1 << number):
        reading.claim(
            "cause",
            item,
            item,
            "unsupported",
            pointer=event.pointer,
            why=f"the data do not link it to {names(patients)}",
        )
        return
    reading.claim("cause", item, item, "supported", pointer=event.pointer)


def _offsets(reading: Reading, k: int) -> None:
    """Gains outweighed losses: the two sides went different ways."""
    items = reading.items
    item = items[k]
    before = [i for i in items[:k] if i.role == "move" and i.entry is not None and i.entry.direction in ("up", "down")]
    behind = [
        i for i in items[k + 1 :] if i.role == "move" and i.entry is not None and i.entry.direction in ("up", "down")
    ]
    if before and behind:
        a, b = before[-1].entry, behind[0].entry
        assert a is not None and b is not None
        if reading.word(item.j - 1) == "by":
            a, b = b, a
        main = next((t for g in reading.groups for t in g if t.kind == "market"), None)
        still = main is None or main.pct is not None and abs(main.pct) < STILL
        way = {1: "up", -1: "down"}.get(0 if main is None or still else sign(main), "")
        holds = a.direction != b.direction and (not way or a.direction == way)
        reading.verdict(
            "contrast", item, item, holds, true=f"the index went {way}" if way else "both went the same way"
        )
        return
    reading.claim("contrast", item, item, "supported")

"""What a line rests on, by names that stay the same when the data are sent again in another order.

``/markets/3/change_pct`` is the move of another market once a market is added before it; ``markets/N225/change_pct``
is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from wrapgen.preview.copy import Fact

Document = Mapping[str, Any]
_MISSING = "nothing"
# What a leaf is called before a reader, where its key would not do.
_LABELS = {
    "change_pct": "move",
    "change": "change in points",
    "previous_close": "close of the session before",
    "as_of": "time of the data",
}


class Change(NamedTuple):
    """A fact that is not what it was. ``old`` or ``new`` is None where there was, or is, none."""

    fact: str  # its lasting name
    old: Any
    new: Any


def lasting(document: Document, pointer: str) -> str:
    """The name of what ``pointer`` points to in ``document``: with the id where the pointer has a place in a list."""
    value: Any = document
    parts = []
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            value, name = value.get(token), token
        elif (
            isinstance(value, Sequence) and not isinstance(value, str) and token.isdecimal() and int(token) < len(value)
        ):
            value = value[int(token)]
            name = _ident(value) or token
        else:
            value, name = None, token
        parts.append(name.replace("/", "~1"))
    return "/".join(parts)


def value_of(document: Document, name: str) -> Any:
    """What ``document`` has under a lasting name; None where it has nothing."""
    value: Any = document
    for token in name.split("/"):
        token = token.replace("~1", "/")
        if isinstance(value, Mapping):
            value = value.get(token)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            found = next((item for item in value if _ident(item) == token), None)
            if found is None and token.isdecimal() and int(token) < len(value) and _ident(value[int(token)]) is None:
                found = value[int(token)]
            value = found
        else:
            return None
    return value


def _ident(item: Any) -> str | None:
    """What an item of a list is known by."""
    if not isinstance(item, Mapping):
        return None
    if "id" in item:
        return str(item["id"])
    if "ticker" in item:
        return f"{item.get('exchange')}:{item['ticker']}"
    if "name" in item:
        return f"{item.get('market') or 'region'} {item['name']}"
    return str(item["market"]) if "market" in item else None


def rests_on(document: Document, facts: Sequence[Fact]) -> tuple[str, ...]:
    """The lasting names of all that a line's facts point to, each once."""
    pointers = [p for fact in facts for p in ([fact] if isinstance(fact, str) else fact["from"])]
    return tuple(dict.fromkeys(lasting(document, pointer) for pointer in pointers))


def changes(names: Sequence[str], before: Document, after: Document) -> tuple[Change, ...]:
    """Those of the facts that differ, leaf by leaf. A fact that stands within another is told once."""
    found: dict[str, Change] = {}
    for name in names:
        for change in _leaves(name, value_of(before, name), value_of(after, name)):
            found.setdefault(change.fact, change)
    return tuple(found.values())


def _leaves(name: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _leaves(f"{name}/{key}", old.get(key), new.get(key))
    else:
        yield Change(name, old, new)


def told(change: Change, names: Mapping[str, str]) -> str:
    """A change for people: ``the move of Nvidia: -2.9 before, -3.1 now``."""
    return f"{label(change.fact, names)}: {_shown(change.old)} before, {_shown(change.new)} now"


def label(name: str, names: Mapping[str, str]) -> str:
    """What a lasting name means, in words; ``names`` are those of markets and companies by their ids."""
    parts = [part.replace("~1", "/") for part in name.split("/")]
    if len(parts) < 2:
        return f"the {_LABELS.get(name, name.replace('_', ' '))}"
    owner = names.get(parts[1], parts[1])
    rest = " ".join(_LABELS.get(part, part.replace("_", " ")) for part in parts[2:])
    return f"the {rest} of {owner}" if rest else owner


def _shown(value: Any) -> str:
    if value is None:
        return _MISSING
    if isinstance(value, (Mapping, list)):
        return "other data"
    return f"{value:,}" if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)

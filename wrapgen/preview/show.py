"""What the templates show of a story: facts by their places, lines with their figures marked, claims in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from wrapgen import Claim
from wrapgen.preview.copy import Fact, Line
from wrapgen.preview.store import Story
from wrapgen.preview.values import Document, label, lasting
from wrapgen.text import Sentence, Token

_SHOWN = 90  # characters of a value


def pointers(facts: Iterable[Fact]) -> str:
    """The JSON pointers of a line, with spaces between."""
    found = [p for fact in facts for p in ([fact] if isinstance(fact, str) else fact["from"])]
    return " ".join(dict.fromkeys(found))


def faults(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The claims that are not supported, each with what to tell of it."""
    return [
        {"start": c.start, "end": c.end, "status": c.status, "text": c.text, "told": told(c)}
        for c in claims
        if c.status != "supported"
    ]


def told(claim: Claim) -> str:
    """What an editor is told of a claim: the true value first."""
    if claim.status == "contradicted":
        return f"the data say {claim.true_value}" if claim.true_value else f"the data say otherwise: {claim.why}"
    if claim.status == "unsupported":
        return f"the data do not have this{f' ({claim.why})' if claim.why else ''}"
    return f"not checked: {claim.why}"


def runs(line: Line, tokens: Mapping[str, Sentence], document: Document, names: Mapping[str, str]) -> Markup:
    """The text of a line, every figure and name that the rules wrote marked with its source."""
    sentence = tokens.get(line.text)
    if sentence is None:
        return escape(line.text)
    return Markup("").join(_run(token, document, names) for token in sentence.tokens)


def _run(token: Token, document: Document, names: Mapping[str, str]) -> Markup:
    sources = [p for fact in token.facts for p in ([fact] if isinstance(fact, str) else fact.sources)]
    if not sources:
        return escape(token.text)
    first = sources[0]
    source = f"{label(lasting(document, first), names)} ({first})"
    if len(sources) > 1:
        source += f" and {len(sources) - 1} more"
    fact = next(fact for fact in token.facts)
    if not isinstance(fact, str):
        source = f"{fact.name}, from {source}"
    return Markup('<span class="figure" data-fact="{}" title="{}">{}</span>').format(
        " ".join(sources), source, token.text
    )


def move(item: Any) -> str:
    """The move of a market, a stock or a sector, as the data have it."""
    if getattr(item, "closed", False):
        return "closed"
    if item.change_pct is not None:
        return f"{item.change_pct:+g}%".replace("-", "−") if item.change_pct else "0%"
    return (item.direction or "").replace("_", " ")


def phrase(event: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What a sender says of an event: its phrase, or its keys with their values."""
    said = event.get("clause") or event.get("noun_phrase")
    if said:
        return str(said)
    skipped = {"id", "type", "status", "affects", "polarity", "importance"}
    return "; ".join(_pair(key, value, names) for key, value in event.items() if key not in skipped)


def worded(value: Any, names: Mapping[str, str]) -> str:
    """Any value of the data in words, with names for the ids of markets and companies."""
    if isinstance(value, Mapping):
        return ", ".join(_pair(key, each, names) for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(worded(each, names) for each in value)
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:,}"
    return names.get(str(value), str(value))


def _pair(key: str, value: Any, names: Mapping[str, str]) -> str:
    return f"{key.replace('_', ' ')} {worded(value, names)}"


def brief(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def ask(story: Story) -> Markup:
    """What a button or a form has that asks before it changes an approved story: see ``desk.js``."""
    return Markup('hx-confirm="Change an approved story?"') if story.state == "approved" else Markup()


def counted(claims: Sequence[Claim]) -> str:
    """One line on all claims of a text."""
    count = {
        status: sum(claim.status == status for claim in claims)
        for status in ("supported", "contradicted", "unsupported", "unchecked")
    }
    text = f"{count['supported']} of {len(claims)} claims are in the data"
    rest = [f"{count[name]} {name}" for name in ("contradicted", "unsupported", "unchecked") if count[name]]
    return text + (f"; {', '.join(rest)}." if rest else ".")


FILTERS = {
    "worded": worded,
    "pointers": pointers,
    "faults": faults,
    "runs": runs,
    "move": move,
    "phrase": phrase,
    "brief": brief,
}

"""What an editor changes in a story: its lines, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from wrapgen.preview.copy import Copy, Line, Made, claims_by_line, copy_of
from wrapgen.preview.desk import UNTRUE, Desk, Refused, View
from wrapgen.preview.update import rebuild, update

_VARIANTS = 12  # that are tried for another wording of a sentence


def edit(desk: Desk, story_id: int, base: int, line: int, text: str, by: str) -> int:
    """Another text for a line, empty to take it out. The number of the version that it makes."""
    view = desk.view(story_id, base)
    if view.copy.line(line).text == " ".join(text.split()):
        return base
    try:
        copy = view.copy.changed(line, lambda old: old.reworded(text, by))
    except ValueError as error:
        raise Refused(f"{error}.") from None
    return desk.save(view, view.changed(copy, f"changed {_which(view.copy, line)}", by))


def lock(desk: Desk, story_id: int, base: int, line: int, locked: bool, by: str) -> int:
    """A locked line is not rewritten, whatever the data say later. Locking clears its flags."""
    view = desk.view(story_id, base)
    copy = view.copy.changed(line, lambda old: replace(old, locked=locked, flags=()))
    return desk.save(
        view, view.changed(copy, f"{'kept' if locked else 'let change again'}: {_which(view.copy, line)}", by)
    )


def restore(desk: Desk, story_id: int, base: int, line: int, by: str) -> int:
    """A line as the rules wrote it."""
    return edit(desk, story_id, base, line, desk.view(story_id, base).copy.line(line).made, by)


def reroll(desk: Desk, story_id: int, base: int, line: int, by: str) -> int:
    """A line in another wording of the rules: of the same facts, and true where it stands. Refused where the
    rules know no other."""
    view = desk.view(story_id, base)
    copy = next(_reworded(desk, view, line), None)
    if copy is None:
        raise Refused("The rules have no other wording of this line that holds in its place.")
    return desk.save(view, view.changed(copy, f"reworded {_which(view.copy, line)}", by))


def say(desk: Desk, story_id: int, base: int, line: int, text: str, by: str) -> int:
    """A line in the one of the rules' other wordings that was chosen. Refused where it is none of them."""
    view = desk.view(story_id, base)
    copy = next((copy for copy in _reworded(desk, view, line) if copy.line(line).text == text), None)
    if copy is None:
        raise Refused("That is no wording of the rules for this line, or it does not hold in its place.")
    return desk.save(view, view.changed(copy, f"reworded {_which(view.copy, line)}", by))


def choices(desk: Desk, view: View, line: Line) -> list[str]:
    """The other wordings that `say` takes."""
    return [copy.line(line.id).text for copy in _reworded(desk, view, line.id)]


def _reworded(desk: Desk, view: View, line: int) -> Iterator[Copy]:
    """The copy with each other wording of a line that holds in its place."""
    for text in wordings(desk, view, view.copy.line(line)):
        copy = view.copy.changed(line, partial(_said, text=text))
        if not any(claim.status in UNTRUE for claim in claims_by_line(copy, desk.claims(view, copy))[line]):
            yield copy


def wordings(desk: Desk, view: View, line: Line) -> list[str]:
    """Other texts that the rules make of what ``line`` tells, the variants in turn, beginning after the one in
    which it stands now."""
    found: list[str] = []
    here = {other.text for other in view.copy.lines}
    for step in range(1, _VARIANTS):
        article = desk.written(view.snapshot, replace(view.made, variant=view.made.variant + step))
        for other in copy_of(article).lines:
            if set(map(str, other.facts)) == set(map(str, line.facts)) and other.text not in found:
                found.append(other.text)
    at = found.index(line.text) + 1 if line.text in found else 0
    return [text for text in (*found[at:], *found[:at]) if text not in here]


def tell(desk: Desk, story_id: int, base: int, made: Made, by: str) -> int:
    """The story built anew: on another angle, in another style, length or variant. Lines that a person changed
    or locked stay, where what they rest on is told again."""
    view = desk.view(story_id, base)
    copy = rebuild(view.copy, copy_of(desk.written(view.snapshot, made)), view.document)
    return desk.save(view, view.changed(copy, f"built anew: {_told(made)}", by, made))


def note(desk: Desk, story_id: int, base: int, text: str, by: str) -> int:
    """The line of correction as an editor wants it; empty for none."""
    view = desk.view(story_id, base)
    return desk.save(view, view.changed(replace(view.copy, note=" ".join(text.split())), "correction line", by))


def take(desk: Desk, story_id: int, base: int, aside: int, by: str) -> int:
    """A version that was set aside, made the latest."""
    mine, view = desk.set_aside(aside), desk.view(story_id, base)
    copy = mine.copy
    if mine.version.sent_id != view.version.sent_id:  # made on data that are no longer the latest
        fresh = copy_of(desk.written(view.snapshot, mine.made))
        copy = update(copy, fresh, mine.document, view.document, view.names).copy
    what = f"taken from what {mine.version.by} had set aside"
    return desk.save(view, view.changed(copy, what, by, mine.made))


def _said(line: Line, text: str) -> Line:
    """A line in other words of the rules."""
    return replace(line, text=text, made=text, editor="", flags=())


def _which(copy: Copy, line: int) -> str:
    if line == copy.headline.id:
        return "the headline"
    return f"“{_short(copy.line(line).text)}”"


def _short(text: str, most: int = 48) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _told(made: Made) -> str:
    parts = [f"angle {made.angle}" if made.angle else "the best angle"]
    parts += [f"style {made.style or 'house'}", f"length {made.length or 'standard'}", f"variant {made.variant}"]
    return ", ".join(parts)

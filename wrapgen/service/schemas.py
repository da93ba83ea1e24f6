"""What the service answers, as marshmallow schemas: the documentation is made of them.

They describe what the engine's own ``to_dict`` gives; nothing is dumped through them, an article being data already.
"""

from __future__ import annotations

from typing import Any

from marshmallow import Schema
from marshmallow import fields as ma

from wrapgen.check.types import KINDS, STATUSES


def _text(description: str, **more: Any) -> ma.String:
    return ma.String(required=True, metadata={"description": description, **more})


def _optional(description: str) -> ma.String:
    return ma.String(required=True, allow_none=True, metadata={"description": description})


def _texts(description: str) -> ma.List[Any]:
    return ma.List(ma.String(), required=True, metadata={"description": description})


def _any(description: str, **more: Any) -> ma.Raw:
    return ma.Raw(required=True, allow_none=True, metadata={"description": description, **more})


class Sentence(Schema):
    text = _text("The sentence")
    rule = _text("The rule that said it: file, line and name")
    facts = ma.List(
        ma.Raw(),
        required=True,
        metadata={"description": "What it states: JSON pointers into the snapshot, and derived facts with theirs"},
    )


class Block(Schema):
    kind = _text("What it is", enum=["paragraph", "subhead"])
    section = _text("The part of the plan that it serves")
    text = _text("Its text")
    sentences = ma.List(ma.Nested(Sentence), required=True)


class AngleTold(Schema):
    name = _text("The angle")
    score = ma.Float(required=True, metadata={"description": "From 0 to 10, over all angles"})
    tone = _text("Which way the day went")
    subjects = ma.Dict(
        keys=ma.String(),
        values=ma.String(allow_none=True),
        required=True,
        metadata={"description": "Ids by role: leader, laggard, stock, sector, event"},
    )
    because = _texts("The evidence, in plain English")


class Angle(AngleTold):
    margin = ma.Float(required=True, allow_none=True, metadata={"description": "Its lead over the next"})
    chosen = _optional("What it was chosen as")
    note = _text("Why it was chosen or not, and what would have made it win")


class Mentions(Schema):
    headline = _texts("The ids that the headline names")
    lede = _texts("The ids that the first paragraph names")
    order = _texts("The markets in the order in which the text comes to them")


class Claim(Schema):
    start = ma.Integer(required=True, metadata={"description": "Where it begins in the text, in characters"})
    end = ma.Integer(required=True, metadata={"description": "Where it ends"})
    text = _text("Its words")
    kind = _text("What it claims", enum=list(KINDS))
    status = _text("What the data say of it", enum=list(STATUSES))
    true_value = _optional("What the data say, where they say something else")
    pointer = _optional("The JSON pointer of what it was held against")
    why = _text("The reason, unless it is supported")


class Checks(Schema):
    claims = ma.Integer(required=True, metadata={"description": "How many claims the text makes"})
    supported = ma.Integer(required=True, metadata={"description": "How many of them the data bear out"})
    issues = ma.List(ma.Nested(Claim), required=True, metadata={"description": "The others"})


class Gate(Schema):
    name = _text("The gate")
    severity = _text("What it does", enum=["note", "hold", "refuse"])
    pointer = _text("The JSON pointer of what tripped it")
    message = _text("What is the matter")
    figures = ma.Dict(required=True, metadata={"description": "The figures that tripped it"})
    overridden = ma.Boolean(required=True, metadata={"description": "Whether the sender accepts it"})


class Provenance(Schema):
    engine = _text("The version of wrapgen")
    rules = _text("The hash of the rules")
    style = _text("The house style")
    variant = ma.Integer(required=True, metadata={"description": "The wording"})
    length = _text("The length")


class Article(Schema):
    """A market wrap as data."""

    id = _text("The same for the same snapshot, options and rules")
    headline = _text("The headline")
    body = ma.List(ma.Nested(Block), required=True)
    angle = ma.Nested(AngleTold, required=True)
    counterpoint = ma.Nested(AngleTold, required=True, allow_none=True)
    angles = ma.List(ma.Nested(Angle), required=True, metadata={"description": "All that were considered, best first"})
    mentions = ma.Nested(Mentions, required=True)
    checks = ma.Nested(Checks, required=True)
    warnings = _texts("What was sent and could not be told, and why")
    gates = ma.List(ma.Nested(Gate), required=True, metadata={"description": "The data gates that let it pass"})
    provenance = ma.Nested(Provenance, required=True)


class Fact(Schema):
    name = _text("The fact")
    value = _any("Its value")
    unit = _text("Its unit")
    operation = _text("How it was made")
    sources = ma.List(
        ma.String(), required=True, data_key="from", metadata={"description": "JSON pointers of what it was made from"}
    )


class Claims(Schema):
    claims = ma.List(ma.Nested(Claim), required=True)


class ProblemItem(Schema):
    pointer = _optional("The JSON pointer of what is wrong; null where it is not in the document")
    message = _text("What is wrong")
    parameter = ma.String(metadata={"description": "The query parameter that is wrong"})
    allowed = ma.Raw(
        required=True,
        metadata={
            "description": "What is allowed",
            "anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}, {"type": "null"}],
        },
    )
    nearest = _optional("The known name that was probably meant")
    gate = ma.String(metadata={"description": "The data gate that found it"})
    severity = ma.String(metadata={"description": "hold can be overridden, refuse cannot"})
    figures = ma.Dict(metadata={"description": "The figures that tripped the gate"})
    file = ma.String(metadata={"description": "The rule file"})
    line = ma.Integer(metadata={"description": "The line in it"})
    value = ma.String(metadata={"description": "The value there"})


class Problem(Schema):
    """An RFC 9457 problem."""

    type = _text("Always about:blank: the status says what kind it is")
    title = _text("The name of the status")
    status = ma.Integer(required=True, metadata={"description": "The status"})
    detail = _text("What is wrong, as a whole")
    problems = ma.List(ma.Nested(ProblemItem), metadata={"description": "All that is wrong"})
    line = ma.Integer(metadata={"description": "In a batch: the line that is answered, from 1"})


class Entry(Schema):
    name = _text("Its name")
    rule = _text("What the sentences of an article call it")
    kind = _text("The message that it says")
    line = ma.Integer(required=True, metadata={"description": "The line in its file"})
    says = _text("What it is for")
    condition = _optional("When it may be said")
    patterns = _texts("The ways to say it")
    cases = ma.Integer(required=True, metadata={"description": "How many cases stand beside it"})


class RuleFile(Schema):
    file = _text("The file")
    entries = ma.List(ma.Nested(Entry), required=True)


class AngleRule(Schema):
    name = _text("The angle")
    family = _text("What it is an angle on")
    rule = _text("Where it stands")
    says = _text("What it is for")
    condition = _text("When the data support it")


class Rules(Schema):
    hash = _text("The hash of the rules, as in the provenance of an article")
    files = ma.List(ma.Nested(RuleFile), required=True)
    angles = ma.List(ma.Nested(AngleRule), required=True)


class Style(Schema):
    name = _text("The name to ask for")
    says = _text("What it is for")
    settings = ma.Dict(required=True, metadata={"description": "What it decides"})


class Market(Schema):
    id = _text("The id to send")
    name = _text("Its name at first mention")
    short = _text("Its name after that")
    kind = _text("What it is")
    tier = _text("How it stands in its place")
    region = _text("Where it belongs")
    place = _optional("Its country, as ISO 3166-1 alpha-2")
    currency = _optional("Its currency")
    exchange = _optional("Its exchange, as ISO 10383 MIC")


class Example(Schema):
    name = _text("A name for it")
    snapshot = ma.Dict(required=True, metadata={"description": "A snapshot, to be sent as it is"})


class Reloaded(Schema):
    hash = _text("The hash of the rules that are served now")
    previous = _text("That of those before")
    changed = ma.Boolean(required=True, metadata={"description": "Whether they differ"})


class Health(Schema):
    status = _text("ok")
    version = _text("The version of wrapgen")


class StoryTaken(Schema):
    story = ma.Integer(required=True, metadata={"description": "The number of the story"})
    new = ma.Boolean(required=True, metadata={"description": "Whether there was none of this region, day and phase"})
    page = _text("Where editors see it")


class Ready(Schema):
    status = _text("ready")
    rules = _text("The hash of the rules that are served")


COMPONENTS: dict[str, type[Schema]] = {
    "Article": Article,
    "Angle": Angle,
    "Fact": Fact,
    "Claims": Claims,
    "Problem": Problem,
    "Rules": Rules,
    "Style": Style,
    "Market": Market,
    "Example": Example,
    "Reloaded": Reloaded,
    "Health": Health,
    "Ready": Ready,
    "StoryTaken": StoryTaken,
}

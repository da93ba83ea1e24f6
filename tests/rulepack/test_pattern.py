"""The notation of patterns: what each bracket becomes, where clauses begin, what verbs agree with."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wrapgen.clause import Clause, Form, Literal, Part, Pattern, Slot, Verb, can_take
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.lexicon_files import load_lexicon
from wrapgen.rulepack.pattern import parse_pattern

LEXICON = load_lexicon(Path(__file__).parents[2] / "rules" / "lexicon")


def parse(source: str) -> Pattern:
    return parse_pattern(source, "moves.yaml:7 a-rule", LEXICON)


def head(source: str) -> Verb:
    verb = parse(source).root.verb
    assert verb is not None
    return verb


def clauses(part: Part) -> list[Clause]:
    """A clause and all within it, in order."""
    if not isinstance(part, Clause):
        return []
    return [part, *(inner for p in (*part.link, *part.subject, *part.rest) for inner in clauses(p))]


def words(parts: tuple[Part, ...]) -> str:
    shown = []
    for part in parts:
        if isinstance(part, Literal):
            shown.append(part.text)
        elif isinstance(part, Slot):
            shown.append(f"{{{part.name}}}")
        elif isinstance(part, Verb):
            shown.append(f"[{part.lemma}]")
        else:
            verb = f"[{part.verb.lemma}]" if part.verb else ""
            shown.append(" ".join(filter(None, (words(part.link), words(part.subject), verb, words(part.rest)))))
    return " ".join(shown)


def problems(source: str) -> list[str]:
    with pytest.raises(RuleError) as caught:
        parse(source)
    assert {(problem.file, problem.line) for problem in caught.value.problems} == {("moves.yaml", 7)}
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("bracket", "verb"),
    [
        ("rose", Verb("rise")),
        ("rises", Verb("rise", present=True)),
        ("is", Verb("be", present=True)),
        ("were", Verb("be")),
        ("was held", Verb("hold", passive=True)),
        ("is held", Verb("hold", passive=True, present=True)),
        ("had sold", Verb("sell", perfect=True)),
        ("has sold", Verb("sell", perfect=True, present=True)),
        ("has been rising", Verb("rise", perfect=True, progressive=True, present=True)),
        ("was rising", Verb("rise", progressive=True)),
        ("was being held", Verb("hold", progressive=True, passive=True)),
        ("had been held", Verb("hold", perfect=True, passive=True)),
        ("could end", Verb("end", modal="could")),
        ("may restrict", Verb("restrict", modal="may", present=True)),
        ("could not end", Verb("end", modal="could", negated=True)),
        ("would have been held", Verb("hold", modal="would", perfect=True, passive=True)),
        ("did not rise", Verb("rise", negated=True)),
        ("does not rise", Verb("rise", negated=True, present=True)),
        ("was not held", Verb("hold", passive=True, negated=True)),
        ("had", Verb("have")),
        ("did", Verb("do")),
        ("cut", Verb("cut")),
        ("moved", Verb(None, choice=0)),
        ("moves", Verb(None, present=True, choice=0)),
        ("had moved", Verb(None, perfect=True, choice=0)),
        ("could move", Verb(None, modal="could", choice=0)),
        ("did not move", Verb(None, negated=True, choice=0)),
    ],
)
def test_a_finite_verb_is_read_from_the_form_that_reads_naturally(bracket: str, verb: Verb) -> None:
    assert head(f"{{market}} [{bracket}] {{x}}") == verb


@pytest.mark.parametrize(
    ("bracket", "verb"),
    [
        ("rising", Verb("rise", "participle")),
        ("not rising", Verb("rise", "participle", negated=True)),
        ("driven", Verb("drive", "past_participle")),
        ("helped", Verb("help", "past_participle")),
        ("to raise", Verb("raise", "infinitive")),
        ("to be sold", Verb("sell", "infinitive", passive=True)),
        ("having sold", Verb("sell", "participle", perfect=True)),
        ("being held", Verb("hold", "participle", passive=True)),
        ("moving", Verb(None, "participle", choice=0)),
        ("to move", Verb(None, "infinitive", choice=0)),
        ("move", Verb(None, "bare", choice=0)),
    ],
)
def test_a_pattern_that_begins_with_another_form_is_a_phrase(bracket: str, verb: Verb) -> None:
    root = parse(f"[{bracket}] by {{x}}").root
    assert root.verb is None
    assert [clause.verb for clause in clauses(root)[1:]] == [verb]


def test_words_beside_a_verb_in_brackets_stay_words() -> None:
    root = parse("{vote} [is due] on {day}").root
    assert root.verb == Verb("be", present=True)
    assert words(root.rest) == "due on {day}"


@pytest.mark.parametrize(
    ("source", "link", "subject"),
    [
        ("{market} [rose]", "", "{market}"),
        ("In {place}, {market} [rose]", "In {place} ,", "{market}"),
        ("as investors [awaited] {event}", "as", "investors"),
        ("After [rising] {x}, {market} [fell]", "After [rise] {x} ,", "{market}"),
        ("{a}, {b} and {c} [rose]", "", "{a} , {b} and {c}"),
        ("as {a}, {b} and {c} [rose]", "as", "{a} , {b} and {c}"),
        ("{company}, the {adjective} maker, [rose]", "", "{company} , the {adjective} maker,"),
        ("In {place}, {company}, the maker, [rose]", "In {place} ,", "{company} , the maker,"),
        ("plans [to cut] {x} [lifted] {y}", "", "plans [cut] {x}"),
    ],
)
def test_the_subject_begins_after_the_front_modifier(source: str, link: str, subject: str) -> None:
    root = parse(source).root
    assert (words(root.link), words(root.subject)) == (link, subject)


@pytest.mark.parametrize(
    ("source", "inner"),
    [
        ("{m} [rose] as {c} [fell]", "as {c} [fall]"),
        ("{m} [rose] while {c} [fell] {x}", "while {c} [fall] {x}"),
        ("{m} [rose] after data [showed] that prices [fell]", "after data [show] that prices [fall]"),
        ("{c} [confirmed] it [had sold] {x}", "it [sell] {x}"),
        ("{m} [rose] as much as {x} before {c} [fell]", "before {c} [fall]"),
        ("{m} [rose], but {a} and {b} [fell]", "but {a} and {b} [fall]"),
        ("{m} [rose] and {a} [fell]", "and {a} [fall]"),
        ("{m} [hit] its highest level since {d}, and {a} [fell]", "and {a} [fall]"),
        ("While {m} [rose], {a} [fell] {x}", "{a} [fall] {x}"),
        ("{m} [fell] after plans [to cut] {x} [hurt] {y}", "after plans [cut] {x} [hurt] {y}"),
        ("{m} [fell] {x}, its worst day since {d}, as oil [hurt] {y}", "as oil [hurt] {y}"),
        ("news that {c} [sold] {x}", "that {c} [sell] {x}"),
        ("{m} mixed as {a} [rose], {b} [fell]", "as {a} [rise] , {b} [fall]"),
        ("{m} [rose], {b} [cut] {x}", "{b} [cut] {x}"),
        ("{m} [was] higher; {b} [is not held] back", "{b} [hold] back"),
        ("{m} flat as {c} [drags]", "as {c} [drag]"),
        ("{c} [fell] after [warning] {x} [would hurt] sales", "{x} [hurt] sales"),
    ],
)
def test_a_later_finite_verb_heads_a_clause_from_its_connective_on(source: str, inner: str) -> None:
    found = [clause for clause in clauses(parse(source).root)[1:] if clause.verb and clause.verb.shape == "finite"]
    assert words((found[0],)) == inner


def test_a_verb_after_and_is_coordinated_and_has_no_subject_of_its_own() -> None:
    root = parse("{m} [opened] lower and then [fell] further").root
    assert root.rest == (Literal("lower and then"), Verb("fall"), Literal("further"))


@pytest.mark.parametrize(
    ("source", "shapes"),
    [
        ("{m} [rose] {x}, [helped] by {y}", ["finite", "past_participle"]),
        ("gains [led] by {x} [pushed] {y}", ["finite", "past_participle"]),
        ("{x} [helped] {m} [advance] {y}", ["finite", "bare"]),
        ("{x} [helped] {m} [move] {y}", ["finite", "bare"]),
        ("stocks [advance] {y}", ["finite"]),
        ("{c} [fell] after [posting] {x} and [raising] {y}", ["finite", "participle", "participle"]),
        ("{c} [agreed to sell] {x}", None),
        ("{m}, which [fell] {y}, [rose]", None),
        ("{x} [moved] {m} [moved] {y}", None),
        ("{c} [agreed] [to sell] {x} and [cut] {y}", ["finite", "infinitive", "bare"]),
        ("{m} [cut] {x}, [hit] by {y}", ["finite", "past_participle"]),
    ],
)
def test_a_form_with_several_uses_is_read_by_what_stands_before_it(source: str, shapes: list[str] | None) -> None:
    if shapes is None:
        assert problems(source)
        return
    found = clauses(parse(source).root)
    inner = [part.shape for clause in found for part in clause.rest if isinstance(part, Verb)]
    assert [clause.verb.shape for clause in found if clause.verb] + inner == shapes


@pytest.mark.parametrize(
    ("source", "plural", "governor"),
    [
        ("{market} [was]", False, 0),
        ("{a} and {b} [were]", True, -1),
        ("technology shares [were]", True, -1),
        ("a {x} drop in {company} [was]", False, -1),
        ("shares of {company} [were]", True, -1),
        ("{market} futures [were]", True, -1),
        ("{company} ({symbol}) also [was]", False, 0),
        ("In {place}, {market} [was]", False, 1),
        ("a number of {x} [were]", False, 0),
        ("Most of {x} [were]", True, -1),
        ("Wall Street [was]", False, -1),
        ("it [was]", False, -1),
        ("{market}’s gains [were]", True, -1),
        ("{company}, {rival} and their suppliers [were]", True, -1),
        ("as {a} and {b} [were]", True, -1),
        ("an {n}-stock index [was]", False, -1),
    ],
)
def test_a_verb_agrees_with_the_head_of_its_subject(source: str, plural: bool, governor: int) -> None:
    root = parse(source).root
    assert (root.plural, root.governor) == (plural, governor)


@pytest.mark.parametrize(
    ("source", "plural", "governor"),
    [
        ("{a} [beat] {b}, which [was]", False, 1),
        ("{a} [beat] its rivals, which [were]", True, -1),
        ("{a} ({s}), which [was]", False, 0),
        ("a vote that [was]", False, -1),
        ("{a} [fell] on reports that also [were]", True, -1),
    ],
)
def test_a_relative_clause_agrees_with_the_nearest_noun(source: str, plural: bool, governor: int) -> None:
    inner = clauses(parse(source).root)[-1]
    assert (inner.plural, inner.governor) == (plural, governor)


def test_a_phrase_knows_the_number_of_its_noun() -> None:
    assert parse("strong gains in {sector}").root.plural
    assert not parse("a {change} drop in {company}").root.plural
    assert parse("{company} and {other}").root.plural


def test_a_participle_with_its_own_subject_is_a_clause_that_with_opens() -> None:
    inner = clauses(parse("{m} [was] flat, with {s} [moving] {x}, its worst day").root)[1]
    assert (words(inner.link), words(inner.subject), words(inner.rest)) == (
        "with",
        "{s}",
        "{x} , its worst day",
    )
    front = parse("with {s} [falling] {x}, {m} [rose]").root
    assert words(front.link) == "with {s} [fall] {x} ,"
    assert (words(front.subject), front.governor) == ("{m}", 2)


def test_a_bare_infinitive_is_done_by_the_slot_before_it() -> None:
    inner = clauses(parse("{x} [helped] {m} [move] {y}").root)[1]
    assert inner.verb == Verb(None, "bare", choice=0)
    assert inner.governor == 1


def test_which_is_the_subject_of_its_clause() -> None:
    inner = clauses(parse("{m} [fell], held back by {s}, which also [moved] {y}").root)[1]
    assert (inner.link, inner.subject, inner.governor) == ((), (Literal("which also"),), 1)


def test_slots_count_by_place_and_keep_their_form() -> None:
    pattern = parse("{market:possessive} rise [lifted] {market} and {stock}")
    assert pattern.slots == (Slot("market", "possessive", 0), Slot("market", "", 1), Slot("stock", "", 2))


def test_chosen_verbs_are_counted() -> None:
    pattern = parse("{a} [moved] {x} while {b} [moved] {y}")
    assert pattern.choices == 2
    assert [clause.verb.choice for clause in clauses(pattern.root) if clause.verb] == [0, 1]


def test_a_pattern_keeps_where_it_came_from() -> None:
    pattern = parse("{a} [rose]")
    assert (pattern.id, pattern.rule, pattern.source) == ("a-rule", "moves.yaml:7 a-rule", "{a} [rose]")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "column 1: empty pattern"),
        ("   ", "column 1: empty pattern"),
        ("{market} [rsoe]", 'column 10: unknown verb "rsoe"; did you mean "rose"?'),
        ("{market} [was helld] back", 'column 10: unknown verb "helld"; did you mean "held"?'),
        ("{market} [cuold end]", 'column 10: unknown verb "cuold"; did you mean "could"?'),
        ("{market [rose]", 'column 1: "{" that nothing closes'),
        ("{market} [rose", 'column 10: "[" that nothing closes'),
        ("market} [rose]", 'column 7: "}" that nothing opens'),
        ("{market} rose]", 'column 14: "]" that nothing opens'),
        ("{Market} [rose]", "column 1: a slot is {name} or {name:form}"),
        ("{market.name} [rose]", "column 1: a slot is {name} or {name:form}"),
        ("{a} [rose] {b} [fell]", 'column 16: two verbs without a connective: "rose" and "fell"'),
        ("{a} []", 'column 5: empty brackets "[]"'),
        ("{a} [did rise]", 'column 5: "did" before a verb wants "not"'),
        ("{a} [rose fell]", "column 5: words in the brackets that are no verb group"),
        ("{a} [could rose]", 'column 5: verb in a form that does not fit here "rose"'),
        ("{a}{b} [rose]", "column 4: a space is missing in"),
        ("{a} , {b} [rose]", "column 4: no space belongs in"),
        ("[rose]in {a}", "column 7: a space is missing in"),
        ("{a} [rose] in ( {b} )", "no space belongs in"),
        ("the frobs [rose]", 'column 5: unknown noun before a verb "frobs"'),
    ],
)
def test_a_mistake_is_named_with_its_column(source: str, said: str) -> None:
    assert any(said in problem for problem in problems(source))


def test_every_mistake_is_told_at_once() -> None:
    found = problems("{Market} [rsoe] and {x} [fel] in{y}")
    assert len(found) == 4


@pytest.mark.parametrize(
    ("source", "forms"),
    [
        ("{m} [rose]", set(Form)),
        ("[rose] {x}", set(Form) - {Form.WITH}),
        ("{m} [could rise]", {Form.FINITE, Form.RELATIVE}),
        ("amid {event}", {Form.FINITE, Form.PARTICIPLE, Form.WITH}),
    ],
)
def test_which_forms_a_pattern_can_take(source: str, forms: set[Form]) -> None:
    assert {form for form in Form if can_take(parse(source), form)} == forms


@given(st.text(alphabet="{}[]abcrose ,.:-’ndwhile", max_size=40))
def test_any_text_is_a_pattern_or_an_error_with_its_place(source: str) -> None:
    try:
        pattern = parse_pattern(source, "a.yaml:3 x", LEXICON)
    except RuleError as error:
        assert error.problems
        assert all(problem.line == 3 and "column" in problem.message for problem in error.problems)
    else:
        assert [slot.index for slot in pattern.slots] == list(range(len(pattern.slots)))


@given(
    st.lists(
        st.sampled_from(
            (
                "{a}",
                "{b:short}",
                "[rose]",
                "[moved]",
                "[helped]",
                "[advance]",
                "[posting]",
                "[to cut]",
                "[had sold]",
                "as",
                "while",
                "and",
                "that",
                "which",
                "but",
                "stocks",
                "the index",
                "by",
                "in Tokyo,",
                "after",
                "also",
            )
        ),
        max_size=12,
    )
)
def test_no_word_of_a_pattern_is_lost_or_moved(pieces: list[str]) -> None:
    source = " ".join(pieces)
    try:
        root = parse(source).root
    except RuleError:
        return
    lemmas = {
        "rose": "rise",
        "moved": "None",
        "helped": "help",
        "posting": "post",
        "to cut": "cut",
        "had sold": "sell",
        "advance": "advance",
    }
    expected = source.replace("{b:short}", "{b}")
    for form, lemma in lemmas.items():
        expected = expected.replace(f"[{form}]", f"[{lemma}]")
    assert words((root,)) == expected

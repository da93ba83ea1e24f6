"""The newsroom's words against an independent inflector, and what the loader refuses."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rulepack import damage
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.lexicon import DIRECTIONS, KINDS, Lexicon
from wrapgen.rulepack.lexicon_files import load_lexicon

LEXICON = Path(__file__).parents[2] / "rules" / "lexicon"
TAGS = ("VBZ", "VBD", "VBN", "VBG")

# Where the inflector is wrong for a market verb, or lists only a form that US news style does not use.
VERB_EXCEPTIONS = {
    "bear": "the market sense is borne; born is of births",
    "equal": "US spelling: equaled, equaling",
    "forecast": "news style keeps forecast for the past",
    "lean": "US spelling: leaned",
    "leap": "US spelling: leaped",
    "outsell": "outsold; the inflector has outselled",
    "sting": "stinging; the inflector takes sting for its own participle",
    "show": "shown; the inflector has only showed",
    "tread": "trod, trodden; the inflector differs",
}
NOUN_EXCEPTIONS = {
    "won": "the currency has no plural ending",
    "yuan": "the currency has no plural ending",
    "baht": "the currency has no plural ending",
    "ringgit": "the currency has no plural ending",
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(LEXICON)


def test_principal_parts_agree_with_an_independent_inflector(lexicon: Lexicon) -> None:
    inflect = pytest.importorskip("lemminflect").getInflection
    wrong = {
        verb: parts
        for verb, parts in lexicon.verbs.items()
        if verb not in VERB_EXCEPTIONS
        and any(form not in inflect(verb, tag=tag) for form, tag in zip(parts, TAGS, strict=True))
    }
    assert wrong == {}


def test_participles_look_like_participles(lexicon: Lexicon) -> None:
    odd = [v for v, parts in lexicon.verbs.items() if not parts.participle.endswith("ing") or parts.participle == v]
    assert odd == []


def test_plurals_agree_with_an_independent_inflector(lexicon: Lexicon) -> None:
    inflect = pytest.importorskip("lemminflect").getInflection
    wrong = {
        noun: plural
        for noun, plural in lexicon.plurals.items()
        if noun not in NOUN_EXCEPTIONS
        and noun != plural
        and plural not in inflect(noun, tag="NNS")
        and plural != f"{noun}s"  # words younger than the inflector: chipmaker, buyback
    }
    assert wrong == {}


def test_no_form_belongs_to_two_verbs(lexicon: Lexicon) -> None:
    shared = {form: found for form, found in lexicon.readings.items() if len({lemma for lemma, _ in found}) > 1}
    assert shared == {}


def test_verbs_that_the_wraps_live_on_are_there(lexicon: Lexicon) -> None:
    needed = """
    lead drag weigh buoy lift boost support underpin offset outweigh outpace outperform lag trail
    track mirror follow extend snap end halt cap limit trim pare erase narrow reverse recover
    rebound bounce steady hold stay remain finish close trade open hover reach hit touch near
    approach mark post report confirm announce raise cut lower keep hike beat miss top exceed match
    show say warn expect await wait prepare sell buy acquire agree outsell surpass overshadow
    reflect come go take bring put give make set break buck join share add shed lose gain be have do
    """
    assert [verb for verb in needed.split() if verb not in lexicon.verbs] == []


@pytest.mark.parametrize(
    ("form", "reading"),
    [
        ("rose", ("rise", "past")),
        ("sold", ("sell", "past")),
        ("driven", ("drive", "past_participle")),
        ("weighs", ("weigh", "third")),
        ("were", ("be", "past")),
        ("offset", ("offset", "past")),
        ("advance", ("advance", "base")),
        ("frobbed", None),
    ],
)
def test_a_form_is_read_as_its_verb(lexicon: Lexicon, form: str, reading: tuple[str, str] | None) -> None:
    assert lexicon.lemma_of(form) == reading


def test_nouns_know_their_number_in_any_capitals(lexicon: Lexicon) -> None:
    assert lexicon.is_plural("Shares") is True
    assert lexicon.is_plural("share") is False
    assert lexicon.is_plural("indices") is True and lexicon.is_plural("indexes") is True
    assert lexicon.is_plural("data") is True
    assert lexicon.is_plural("news") is False
    assert lexicon.is_plural("frobs") is None


@given(size=st.floats(0.03, 30), direction=st.sampled_from(("up", "down")), kind=st.sampled_from(KINDS))
def test_every_move_can_be_said_in_three_ways(size: float, direction: str, kind: str) -> None:
    ways = {move.say for printed in (True, False) for _, move in SHARED.verbs_near(direction, size, kind, printed)}
    assert len(ways) >= 3
    assert SHARED.nouns_near(direction, size, kind)


@given(size=st.floats(0.03, 30), kind=st.sampled_from(KINDS), printed=st.booleans())
def test_the_nearest_verbs_come_first_and_suit_their_figure(size: float, kind: str, printed: bool) -> None:
    near = SHARED.verbs_near("up", size, kind, printed)
    ratios, found = [ratio for ratio, _ in near], [move for _, move in near]
    assert ratios == sorted(ratios)
    assert ratios == [max(size / m.band(kind).typical, m.band(kind).typical / size) for m in found]
    assert all(m.band(kind).holds(size) and m.direction == "up" for m in found)
    assert not any(m.figure == ("never" if printed else "printed") for m in found)


SHARED = load_lexicon(LEXICON)


def test_a_stock_needs_a_larger_move_than_an_index_for_the_same_verb(lexicon: Lexicon) -> None:
    assert [move.say for move in lexicon.moves if move.stock.typical < move.index.typical] == []


def test_a_verb_that_states_no_size_can_do_without_a_figure(lexicon: Lexicon) -> None:
    for direction in DIRECTIONS:
        assert any(m.direction == direction and m.figure in ("optional", "never") for m in lexicon.moves)
    assert lexicon.by_say["plunge"].figure == "required"
    assert lexicon.by_say["add"].figure == "printed"
    assert lexicon.by_say["rise"].figure == "optional"


def test_a_verb_of_large_moves_states_their_size_with_or_without_a_figure(lexicon: Lexicon) -> None:
    """What was sent with a direction alone never buckled."""
    lose_ground = lexicon.by_say["lose ground"]
    assert lose_ground.states_no_size
    assert not replace(lose_ground, index=lose_ground.index._replace(low=4)).states_no_size


def broken(tmp_path: Path, file: str, old: str, new: str) -> list[str]:
    """The problems of the lexicon with one passage of one file replaced."""
    for path in LEXICON.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    damage.replace(tmp_path / file, old, new)
    with pytest.raises(RuleError) as caught:
        load_lexicon(tmp_path)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("verbs.yaml", "  that: true\n", "  taht: true\n", 'unknown key "taht"; did you mean "that"?'),
        ("verbs.yaml", "[climbs, climbed, climbed, climbing]", "[climbs, climbed]", "forms must be"),
        ("verbs.yaml", "- verb: celebrate\n", "- verb: catch\n", "verb already on line"),
        ("moves.yaml", "say: climb, direction: up", "say: clim, direction: up", 'did you mean "climb"?'),
        ("moves.yaml", "say: climb, direction: up", "say: climb, direction: upp", 'unknown direction "upp"'),
        ("moves.yaml", "index: [0.5, 3.5, 1]", "index: [3.5, 0.5, 1]", "index must be [from, to, typical]"),
        ("moves.yaml", "index: [0.5, 3.5, 1]", "index: [a, 3.5, 1]", "index must be [from, to, typical]"),
        ("moves.yaml", "index: [1, 40, 1.8]", "index: [1, 4, 1.8]", "fewer than 3 verbs of index moves up"),
        ("moves.yaml", "figure: never", "figure: nevr", 'unknown figure "nevr"; did you mean "never"?'),
        (
            "moves.yaml",
            "say: leap, direction: up, index: [2, 30",
            "say: lepa, direction: up, index: [2, 30",
            "nouns.yaml",
        ),
        ("nouns.yaml", "  number: plural\n", "  number: plurl\n", 'did you mean "plural"?'),
        ("nouns.yaml", "  collective: true\n", "  collective: yes\n", "collective must be true"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    problems = broken(tmp_path, file, old, new)
    assert len(problems) == 1
    assert problems[0].startswith(f"lexicon/{file}:")
    assert said in problems[0]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    for path in LEXICON.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    for file, old, new in (
        ("verbs.yaml", "forms: [adds", "form: [adds"),
        ("moves.yaml", "direction: up", "direction: u"),
    ):
        text = (tmp_path / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_lexicon(tmp_path)
    assert {problem.file for problem in caught.value.problems} == {"lexicon/verbs.yaml", "lexicon/moves.yaml"}

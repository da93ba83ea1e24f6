"""The constructions of a wrap, each in a sentence; every one also through the uncached path."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wrapgen.clause import Bound, Form, Phrase, Tense
from wrapgen.realise import Realiser
from wrapgen.rulepack.lexicon import Lexicon

Bind = Callable[..., Bound]
Say = Callable[..., str]
Plural = Callable[[str], Phrase]
MOVE = "{market} [moved] {change}"


def test_a_clause_with_its_verb_chosen(bind: Bind, say: Say) -> None:
    assert say(bind(MOVE, verbs=("climb",), market="the Hang Seng", change="1%")) == "The Hang Seng climbed 1%."


def test_a_particle_follows_its_verb_in_every_form(bind: Bind, say: Say) -> None:
    def move(form: Form) -> Bound:
        return bind(MOVE, form, verbs=("edge up",), market="oil", change="0.2%")

    assert say(move(Form.FINITE)) == "Oil edged up 0.2%."
    assert say(bind("gold [slipped]"), move(Form.PARTICIPLE)) == "Gold slipped, edging up 0.2%."
    assert say(bind("gold [slipped]"), move(Form.RELATIVE)) == "Gold slipped, which edged up 0.2%."
    assert say(bind("gold [slipped]"), move(Form.WITH)) == "Gold slipped, with oil edging up 0.2%."
    assert say(bind("it [failed]"), move(Form.INFINITIVE)) == "It failed to edge up 0.2%."


def test_a_participle_beside_the_main_clause(bind: Bind, say: Say) -> None:
    main = bind("{market} [outpaced] its peers", market="the Kospi")
    assert say(main, bind(MOVE, Form.PARTICIPLE, verbs=("rally",), market="x", change="2%")) == (
        "The Kospi outpaced its peers, rallying 2%."
    )


def test_a_with_phrase(bind: Bind, say: Say) -> None:
    assert (
        say(
            bind("chip stocks [lagged]"),
            bind(
                "{company} [moved] {change} after {event}",
                Form.WITH,
                verbs=("drop",),
                company="Acme Corp",
                change="3.4%",
                event="a downgrade",
            ),
        )
        == "Chip stocks lagged, with Acme Corp dropping 3.4% after a downgrade."
    )


def test_a_relative_clause_is_closed_by_a_comma(bind: Bind, say: Say) -> None:
    assert (
        say(
            bind("gains [were led] by {company}", company="Acme"),
            bind("{company} [gained] {change}", Form.RELATIVE, company="Acme", change="3.6%"),
            bind("despite {event}", event="a recall"),
        )
        == "Gains were led by Acme, which gained 3.6%, despite a recall."
    )


def test_a_relative_clause_inside_a_pattern_agrees(bind: Bind, say: Say, plural: Plural) -> None:
    source = "{market} [trailed] {others}, which [were] higher"
    assert say(bind(source, market="the Topix", others=plural("small caps"))) == (
        "The Topix trailed small caps, which were higher."
    )
    assert (
        say(bind(source, market="the Topix", others="the Nikkei")) == "The Topix trailed the Nikkei, which was higher."
    )


def test_help_with_a_bare_infinitive(bind: Bind, say: Say) -> None:
    source = "strength in {sector} [helped] {market} [move] {change}"
    assert say(bind(source, verbs=("advance",), sector="banks", market="the Topix", change="1%")) == (
        "Strength in banks helped the Topix advance 1%."
    )


def test_an_infinitive_after_a_noun(bind: Bind, say: Say) -> None:
    assert say(bind("traders [awaited] a vote [to reopen] {place}", place="the ports")) == (
        "Traders awaited a vote to reopen the ports."
    )


def test_the_past_perfect_in_reported_news(bind: Bind, say: Say) -> None:
    source = "{company} [confirmed] it [had sold] {stake}"
    assert say(bind(source, company="Acme", stake="its mine")) == "Acme confirmed it had sold its mine."
    assert say(bind(source, tense=Tense.PRESENT, company="Acme", stake="its mine")) == (
        "Acme confirms it has sold its mine."
    )


def test_a_modal_stays_in_either_tense(bind: Bind, say: Say) -> None:
    for tense, expected in ((Tense.PAST, "Oil rose on hopes"), (Tense.PRESENT, "Oil rises on hopes")):
        source = "oil [rose] on hopes that {event} [could end] soon"
        assert say(bind(source, tense=tense, event="the strike")) == f"{expected} that the strike could end soon."


def test_a_present_of_the_pattern_stays(bind: Bind, say: Say) -> None:
    assert say(
        bind("{market} [slipped] amid reports that {place} [may restrict] exports", market="tin", place="Perth")
    ) == ("Tin slipped amid reports that Perth may restrict exports.")
    assert say(bind("the vote [is due] {day}", day="on Friday")) == "The vote is due on Friday."


def test_a_passive_keeps_its_complements(bind: Bind, say: Say) -> None:
    source = "{market} [was weighed] down on Monday by losses in {company}"
    assert say(bind(source, market="the Nikkei", company="Acme")) == (
        "The Nikkei was weighed down on Monday by losses in Acme."
    )
    assert say(bind(source, tense=Tense.PRESENT, market="the Nikkei", company="Acme")) == (
        "The Nikkei is weighed down on Monday by losses in Acme."
    )


def test_a_passive_is_reduced_beside_the_main_clause_and_whole_in_a_relative_one(bind: Bind, say: Say) -> None:
    main = bind("the Dax [rose]")
    helped = "{market} [was helped] by {sector}"
    assert say(main, bind(helped, Form.PARTICIPLE, market="x", sector="banks")) == "The Dax rose, helped by banks."
    assert (
        say(main, bind(helped, Form.RELATIVE, market="x", sector="banks")) == "The Dax rose, which was helped by banks."
    )
    assert say(main, bind(helped, Form.WITH, market="the SMI", sector="drugmakers")) == (
        "The Dax rose, with the SMI helped by drugmakers."
    )


def test_be_is_left_out_where_it_only_links(bind: Bind, say: Say) -> None:
    main = bind("the Dax [rose]")
    assert say(main, bind("{company} [was] up {x}", Form.PARTICIPLE, company="x", x="5%")) == "The Dax rose, up 5%."
    assert say(main, bind("{market} [was] flat", Form.WITH, market="the CAC")) == "The Dax rose, with the CAC flat."
    assert say(main, bind("{market} [moved]", Form.WITH, verbs=("be little changed",), market="the CAC")) == (
        "The Dax rose, with the CAC little changed."
    )


def test_a_chosen_be_is_left_out_of_a_participle_inside_a_pattern(bind: Bind, say: Say) -> None:
    source = "the Dax [rose], with {market} [moving]"
    assert (
        say(bind(source, verbs=("be little changed",), market="the CAC"))
        == "The Dax rose, with the CAC little changed."
    )
    assert say(bind(source, verbs=("hold steady",), market="the CAC")) == "The Dax rose, with the CAC holding steady."


def test_a_clause_joined_by_a_comma_alone(bind: Bind, headline: Say) -> None:
    source = "stocks mixed as {a} [moved], {b} [moved]"
    assert headline(bind(source, tense=Tense.PRESENT, verbs=("rise", "fall"), a="Tokyo", b="Seoul")) == (
        "Stocks Mixed as Tokyo Rises, Seoul Falls"
    )
    source = "stocks [moved] as {a}, {b} [fall]"
    assert headline(bind(source, tense=Tense.PRESENT, verbs=("slip",), a="Tokyo", b="Seoul")) == (
        "Stocks Slip as Tokyo, Seoul Fall"
    )


def test_negation(bind: Bind, say: Say, plural: Plural) -> None:
    assert say(bind("{m} [did not move] much", verbs=("rise",), m=plural("prices"))) == "Prices did not rise much."
    assert say(bind("{m} [did not move]", verbs=("edge up",), m="tin")) == "Tin did not edge up."
    assert say(bind("{m} [did not move]", tense=Tense.PRESENT, verbs=("rise",), m="tin")) == "Tin does not rise."
    assert say(bind("tin [fell]"), bind("{m} [did not rise]", Form.WITH, m="zinc")) == "Tin fell, with zinc not rising."
    assert say(bind("tin [could not rise] and [was not held] back")) == "Tin could not rise and was not held back."


def test_the_perfect_and_the_progressive(bind: Bind, say: Say, plural: Plural) -> None:
    assert say(bind("{m} [has been rising]", m=plural("yields"))) == "Yields have been rising."
    assert say(bind("{m} [was rising]", m=plural("yields"))) == "Yields were rising."
    assert say(bind("{m} [would have been held] back", m="tin")) == "Tin would have been held back."
    assert say(bind("tin [fell]"), bind("{m} [had fallen]", Form.PARTICIPLE, m="x")) == "Tin fell, having fallen."


def test_the_tense_reaches_every_clause(bind: Bind, say: Say) -> None:
    source = "{a} [rose] as {b} [fell] after {c} [said] it [was] short of cash"
    values = {"a": "tin", "b": "zinc", "c": "Acme"}
    assert say(bind(source, **values)) == "Tin rose as zinc fell after Acme said it was short of cash."
    assert (
        say(bind(source, tense=Tense.PRESENT, **values))
        == "Tin rises as zinc falls after Acme says it is short of cash."
    )


def test_coordinated_verbs_take_one_form(bind: Bind, say: Say, plural: Plural) -> None:
    def opened(form: Form, tense: Tense = Tense.PAST) -> Bound:
        return bind("{m} [opened] lower and [was] flat by noon", form, tense, m=plural("banks"))

    assert say(opened(Form.FINITE)) == "Banks opened lower and were flat by noon."
    assert say(opened(Form.FINITE, Tense.PRESENT)) == "Banks open lower and are flat by noon."
    assert say(opened(Form.INFINITIVE)) == "To open lower and be flat by noon."
    source = "{m} [opened] lower and [fell] further"
    assert (
        say(bind("tin [rose]"), bind(source, Form.PARTICIPLE, m="x")) == "Tin rose, opening lower and falling further."
    )


def test_number_comes_from_the_value_or_from_the_words(bind: Bind, say: Say, plural: Plural) -> None:
    assert say(bind("{m} [were] flat", m="the Dax")) == "The Dax was flat."
    assert say(bind("{m} [was] flat", m=plural("S&P 500 futures"))) == "S&P 500 futures were flat."
    assert say(bind("technology shares [was] flat")) == "Technology shares were flat."
    assert say(bind("{a} and {b} [was] flat", a="tin", b="zinc")) == "Tin and zinc were flat."
    assert say(bind("shares of {company} [rose]", tense=Tense.PRESENT, company="Acme")) == "Shares of Acme rise."


def test_a_nested_pattern_stands_in_a_slot_and_governs_the_verb(bind: Bind, say: Say) -> None:
    drop = bind("a {change} drop in {company}", change="8%", company="Acme")
    gains = bind("gains in {company}", company="Acme")
    assert (
        say(bind("{cause} [offset] {x}", tense=Tense.PRESENT, cause=drop, x="calm"))
        == "An 8% drop in Acme offsets calm."
    )
    assert say(bind("{cause} [offset] {x}", tense=Tense.PRESENT, cause=gains, x="calm")) == "Gains in Acme offset calm."
    told = bind("{company} [raised] its forecast", company="Acme")
    assert say(bind("{m} [rose] after {event}", m="tin", event=told)) == "Tin rose after Acme raised its forecast."
    gerund = bind("{company} [beat] forecasts and [raised] its own", Form.PARTICIPLE, company="Acme")
    assert say(bind("{m} [rose] after {event}", m="tin", event=gerund)) == (
        "Tin rose after beating forecasts and raising its own."
    )


@pytest.mark.parametrize(
    "verb", ["lag", "underpin", "trim", "cap", "offset", "weigh", "undergo", "pay", "spur", "flip"]
)
def test_verbs_that_simplenlg_gets_wrong_come_from_the_lexicon(
    bind: Bind, say: Say, lexicon: Lexicon, verb: str
) -> None:
    parts = lexicon.principal_parts(verb)
    assert say(bind("it [moved] this", verbs=(verb,))) == f"It {parts.past} this."
    assert say(bind("it [moved] this", tense=Tense.PRESENT, verbs=(verb,))) == f"It {parts.third} this."
    assert say(bind("it [had moved] this", verbs=(verb,))) == f"It had {parts.past_participle} this."
    assert say(bind("tin [fell]"), bind("it [moved] this", Form.PARTICIPLE, verbs=(verb,))) == (
        f"Tin fell, {parts.participle} this."
    )


def test_a_form_that_the_pattern_cannot_take_is_refused_by_its_rule(bind: Bind, realiser: Realiser) -> None:
    with pytest.raises(ValueError, match=r"test\.yaml:1 .*'could' has no participle form"):
        realiser.realise([bind("{m} [could rise]", Form.PARTICIPLE, m="tin")])

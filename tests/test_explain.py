"""From words to data: every figure and name leads back to what was sent, which bears out what is printed."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import wrapgen
from tests.cases.library import FILES, day, sent
from wrapgen.article import Article
from wrapgen.explain import Explanation, explain, numbered
from wrapgen.intake.reading import read_ungated
from wrapgen.origins import Step
from wrapgen.rulepack.source import rule_source
from wrapgen.text import Derived, Token

UNUSUAL = {path.stem: path for path in sorted((Path(__file__).parent / "unusual").glob("*.json"))}
WAYS = ((0, "house", "standard"), (1, "british", "long"), (2, "agency", "standard"), (3, "house", "brief"))
DIGIT = re.compile(r"\d")


def document(name: str) -> dict[str, Any]:
    return sent(name) if name in FILES else json.loads(UNUSUAL[name].read_text("utf-8"))


def explained(data: dict[str, Any], **options: Any) -> tuple[Article, Explanation]:
    rules = wrapgen.load_rules()
    snapshot = read_ungated(data, rules.reference)
    article = wrapgen.write(snapshot, rules=rules, **options)
    return article, explain(data, snapshot, article, rules)


def every(name: str) -> Iterator[tuple[Article, Explanation]]:
    for variant, style, length in WAYS:
        yield explained(document(name), variant=variant, style=style, length=length)


def is_there(data: Any, pointer: str) -> bool:
    try:
        resolve(data, pointer)
    except (KeyError, IndexError, TypeError, ValueError):
        return False
    return True


def resolve(data: Any, pointer: str) -> Any:
    for key in pointer.split("/")[1:]:
        key = key.replace("~1", "/").replace("~0", "~")
        data = data[int(key)] if isinstance(data, list) else data[key]
    return data


@pytest.mark.parametrize("name", [*FILES, *UNUSUAL])
def test_every_figure_leads_to_what_was_sent_and_is_borne_out_by_it(name: str) -> None:
    data = document(name)
    problems = []
    for article, explanation in every(name):
        sentences = [sentence for _, _, sentence in numbered(article)]
        for told, sentence in zip(explanation.sentences, sentences, strict=True):
            with_digits = [token for token in sentence.tokens if DIGIT.search(token.text)]
            by_text = {step.text: step for step in told.steps}
            for token in with_digits:
                step = by_text.get(token.text.strip(" ,"))
                if step is None or not step.inputs or not step.operation:
                    problems.append(f"no chain for {token.text!r} ({sentence.rule}): {sentence.text}")
            for step in told.steps:
                if not step.borne_out:
                    problems.append(f"{step.text!r} is not borne out by {step.inputs} ({sentence.rule})")
                for source in (*step.inputs, *(s for more in told.also for s in more.inputs)):
                    resolve(data, source.pointer)  # KeyError or IndexError where nothing was sent there
    assert not problems, "\n".join(dict.fromkeys(problems))


@pytest.mark.parametrize("name", FILES)
def test_the_figures_are_within_the_rounding_that_is_told(name: str) -> None:
    """Held with arithmetic of its own: what is printed is no further from the value than half a unit."""
    for (_, explanation), (_, style, _) in zip(every(name), WAYS, strict=True):
        decimals = wrapgen.load_rules().styles[style].decimals
        for told in explanation.sentences:
            for step in told.steps:
                found = re.search(r"rounded to (\d|no) decimals?: ([\d,.]+)", step.rounding)
                if found is None or "illion" in step.rounding:
                    continue
                places = 0 if found[1] == "no" else int(found[1])
                printed = Decimal(re.search(r"[\d,]+(?:\.\d+)?", step.text)[0].replace(",", ""))  # type: ignore[index]
                assert printed == Decimal(found[2].replace(",", ""))
                assert abs(printed - abs(Decimal(repr(step.value)))) <= Decimal(5).scaleb(-places - 1)
                if told.kind not in ("headline", "subhead") and step.text.endswith(("%", "per cent")):
                    assert places >= decimals, step


@pytest.mark.parametrize("name", [name for name in FILES if "history" in sent(name)] + ["typed-data-releases"])
def test_another_figure_than_the_one_sent_is_found(name: str) -> None:
    """A last digit that is one too high is not borne out: the check can fail."""
    rules, data = wrapgen.load_rules(), document(name)
    snapshot = read_ungated(data, rules.reference)
    article = wrapgen.write(snapshot, rules=rules)
    changed = 0

    def wrong(token: Token) -> Token:
        nonlocal changed
        found = list(re.finditer(r"\d", token.text))
        if not token.facts or not found or token.ref is not None:
            return token
        at = found[-1].start()
        changed += 1
        return token._replace(text=f"{token.text[:at]}{(int(token.text[at]) + 1) % 10}{token.text[at + 1 :]}")

    blocks = tuple(
        block._replace(sentences=tuple(s._replace(tokens=tuple(map(wrong, s.tokens))) for s in block.sentences))
        for block in article.blocks
    )
    explanation = explain(data, snapshot, dataclasses.replace(article, blocks=blocks), rules)
    found = [step for told in explanation.sentences for step in told.steps if not step.borne_out]
    assert changed > 5 and len(found) == changed


# -- what is told


def step_of(explanation: Explanation, text: str) -> Step:
    return next(step for told in explanation.sentences for step in told.steps if step.text == text)


def test_sentences_are_numbered_as_a_reader_counts() -> None:
    article, explanation = explained(sent("asia-2025-11-12-morning"))
    assert explanation.labels[:6] == ("0", "1", "2", "3", "4", "h1")
    numbers = [int(label) for label in explanation.labels if label.isdecimal()]
    assert numbers == list(range(len(numbers)))
    told = explanation.sentence("0")
    assert told is not None and told.text == article.headline.text
    assert explanation.sentence("99") is None
    assert explanation.render().splitlines()[0].split(maxsplit=1)[1].startswith(article.headline.text)


def test_a_figure_is_told_from_value_through_rounding_to_text() -> None:
    _, explanation = explained(day({"HSI": 1.04, "N225": -2.0}))
    step = step_of(explanation, "1%")
    assert [tuple(source) for source in step.inputs] == [("/markets/0/change_pct", 1.04)]
    assert (step.operation, step.value, step.rounding) == ("as sent", 1.04, "rounded to 1 decimal: 1.0")
    assert step_of(explanation, "2%").rounding == "without its sign, printed as it is"


def test_a_figure_that_was_worked_out_tells_what_of() -> None:
    history = {"HSI": {"dates": ["2025-11-10", "2025-11-11"], "closes": [25000.0, 26000.0]}}
    data = {"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSI", "level": 26325.0}], "history": history}
    _, explanation = explained(data, style="agency")
    step = step_of(explanation, "1.3%")
    assert [tuple(source) for source in step.inputs] == [
        ("/markets/0/level", 26325.0),
        ("/history/HSI/closes/1", 26000.0),
    ]
    assert step.fact == "change_pct" and step.value == 1.25 and "over the close before" in step.operation


def test_the_facts_of_a_sentence_name_only_what_was_sent() -> None:
    """A pointer into the snapshot resolves there; what was worked out is a derived fact."""
    for name in ("jp-close-yen", "us-close-record-tech", "month-end-history", "jp-weights"):
        data = document(name)
        article, _ = explained(data, style="agency")
        for _, _, sentence in numbered(article):
            for fact in itertools.chain(sentence.facts, *(token.facts for token in sentence.tokens)):
                for pointer in fact.sources if isinstance(fact, Derived) else (fact,):
                    assert is_there(data, pointer), (name, sentence.text, pointer)


def test_a_weight_and_a_move_make_points_of_the_index() -> None:
    _, explanation = explained(document("br-close-copom"))
    step = next(s for told in explanation.sentences for s in told.steps if s.fact == "index_points")
    assert {source.pointer.rpartition("/")[2] for source in step.inputs} >= {"weight_pct", "change_pct", "level"}
    assert step.borne_out and step.rounding


def test_a_milestone_that_was_worked_out_names_the_day_and_its_close() -> None:
    _, explanation = explained(sent("jp-close-yen"))
    found = [s for told in explanation.sentences for s in told.steps if s.fact.startswith("milestone.")]
    for step in found:
        pointers = [source.pointer for source in step.inputs]
        assert pointers[0].startswith("/history/") and "/dates/" in pointers[0]
        assert step.value == step.inputs[0].value
    assert found


def test_the_rule_is_told_with_its_lines() -> None:
    _, explanation = explained(sent("asia-2025-11-12-morning"))
    for told in explanation.sentences:
        assert told.rule.lines[0].startswith("- ") and "say:" in "\n".join(told.rule.lines), told.rule
        assert not any(line.startswith(("- ", "#")) for line in told.rule.lines[1:])
        made = told.to_dict()["rule"]
        assert made["file"].endswith(".yaml") and made["line"] > 0 and made["name"]


def test_a_rule_is_its_own_entry_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- rule: one\n  say: x\n\n# about two\n- rule: two\n  say:\n    - y\n", "utf-8")
    assert rule_source(tmp_path, "a.yaml:1 one").lines == ("- rule: one", "  say: x")
    assert rule_source(tmp_path, "a.yaml:5 two").lines == ("- rule: two", "  say:", "    - y")


def test_an_explanation_is_plain_data_and_lines_for_people() -> None:
    _, explanation = explained(sent("us-close-record-tech"))
    told = explanation.sentence("1")
    assert told is not None
    assert json.loads(json.dumps(told.to_dict()))["words"][0]["inputs"]
    assert f"rule  {told.rule.place}" in told.render()
    assert len(explanation.to_dict()) == len(explanation.sentences)

"""Rule files at the desk: tried as a whole, and kept only when they pass."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import wrapgen
from tests.preview.conftest import ROOT, Pages
from tests.thorough import thorough
from wrapgen.service.app import create_app
from wrapgen.service.settings import Settings

FILE = "sentences/backdrop.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack of an editor's own, with every thirtieth of the sample days."""
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", rules)
    for number, day in enumerate(sorted((rules / "days").glob("*.json"))):
        if number % 30:
            day.unlink()
            for article in (rules / "days").glob(f"{day.stem}.*txt"):  # in other styles and lengths too
                article.unlink()
    return rules


@pytest.fixture
def pages(folder: Path, tmp_path: Path) -> FlaskClient:
    state = tmp_path / "state"
    state.mkdir()
    app = create_app(settings=Settings(state=state, rules=folder))
    app.test_client_class = Pages
    return app.test_client()


def seen(pages: FlaskClient) -> str:
    found = re.search(r'name="seen" value="(\w+)"', pages.get(f"/rules/{FILE}").get_data(as_text=True))
    assert found is not None
    return found[1]


def change(pages: FlaskClient, text: str, do: str, mark: str = "") -> tuple[int, str]:
    answer = pages.post(f"/rules/{FILE}", data={"text": text, "do": do, "seen": mark or seen(pages)})
    return answer.status_code, answer.get_data(as_text=True)


def test_a_fault_is_told_at_its_line_while_it_is_typed(pages: FlaskClient, folder: Path) -> None:
    text = (folder / FILE).read_text("utf-8").replace("backdrop.direction == 'up'", "backdrop.direktion == 'up'", 1)
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "direktion" in each)
    answer = pages.post(f"/rules/{FILE}/faults", json={FILE: text}).get_json()
    assert answer["faults"][0]["line"] == line and "direction" in answer["faults"][0]["message"]


def test_what_fails_is_not_saved_and_what_passes_is_written_by(pages: FlaskClient, folder: Path) -> None:
    before = (folder / FILE).read_text("utf-8")
    served = pages.get("/readyz").get_json()["rules"]
    broken = before.replace("for: backdrop.lag", "for: backdrop.lagg", 1)
    status, page = change(pages, broken, "save")
    line = next(n for n, each in enumerate(broken.splitlines(), 1) if each.strip() == "for: backdrop.lagg")
    assert status == 422 and re.search(rf'data-line-link="{line}"', page) and "backdrop.lag" in page
    status, page = change(pages, before + "\n# A remark.\n", "save")
    assert status == 303 and (folder / FILE).read_text("utf-8").endswith("# A remark.\n")
    assert pages.get("/readyz").get_json()["rules"] != served


def test_golden_articles_that_read_otherwise_are_shown_and_kept_when_they_are_accepted(
    pages: FlaskClient, folder: Path
) -> None:
    before = (folder / FILE).read_text("utf-8")
    articles = {day.name: day.read_text("utf-8") for day in sorted((folder / "days").glob("*.txt"))}
    said = {name: text.partition("\n\n")[2].rpartition("\n\n")[0] for name, text in articles.items()}  # without angles
    words = next(w for w in ("ahead of", "amid", "overnight") if any(w in text for text in said.values()))
    day = next(name for name, text in said.items() if words in text)
    (folder / "days" / day).write_text(articles[day].replace(words, "yesterday", 1), "utf-8")
    status, page = change(pages, before, "save")
    assert status == 422 and "<del>yesterday" in page  # with the comma behind it, where there is one
    assert change(pages, before, "accept")[0] == 303
    assert (folder / "days" / day).read_text("utf-8") == articles[day]


def test_the_change_of_another_is_not_overwritten(pages: FlaskClient, folder: Path) -> None:
    mark, text = seen(pages), (folder / FILE).read_text("utf-8")
    (folder / FILE).write_text(text + "# Bert was here.\n", "utf-8")
    status, page = change(pages, text + "# Anna was here.\n", "save", mark)
    assert status == 422 and "changed by another meanwhile" in page
    assert (folder / FILE).read_text("utf-8").endswith("# Bert was here.\n")


def test_rules_that_come_with_wrapgen_are_read_only(tmp_path: Path) -> None:
    app = create_app(settings=Settings(state=tmp_path))
    app.test_client_class = Pages
    client = app.test_client()
    text = (wrapgen.load_rules().directory / FILE).read_text("utf-8")
    status, page = change(client, text, "save")
    assert status == 422 and "come with wrapgen" in page
    assert "wrapgen rules copy" in client.get("/rules").get_data(as_text=True)


def several(pages: FlaskClient, texts: dict[str, tuple[str, str]], **more: str) -> tuple[int, str]:
    """Sends the texts of several files, each with the mark of what it was begun from."""
    data = {"file": list(texts), "text": [text for text, _ in texts.values()], "seen": [m for _, m in texts.values()]}
    answer = pages.post(f"/rules/{next(iter(texts))}", data=data | more)
    return answer.status_code, answer.get_data(as_text=True)


def begun(pages: FlaskClient, folder: Path, file: str, old: str, new: str) -> tuple[str, str]:
    """A file with a change, and its mark."""
    found = re.search(r'name="seen" value="(\w+)"', pages.get(f"/rules/{file}").get_data(as_text=True))
    text = (folder / file).read_text("utf-8")
    assert found is not None and old in text
    return text.replace(old, new, 1), found[1]


@thorough
def test_a_new_word_and_its_lists_are_saved_together_though_neither_passes_alone(
    pages: FlaskClient, folder: Path
) -> None:
    rule = (
        "- rule: own.mercy\n  for: volume\n  when: region.tone == 'down' and region.spread >= 99\n"
        '  say: ["{stocks} [fall] with mercy"]\n  tests:\n    - given: {region.tone: down, region.spread: 99}\n'
        '      with: {stocks: Asian stocks}\n      says: ["Asian stocks fall with mercy"]\n'
        "      but: [{region.tone: up}, {region.spread: 98}]\n"
    )
    words = begun(pages, folder, "lexicon/words.yaml", "line, performer", "line, mercy, performer")
    check = begun(pages, folder, "check/words.yaml", "    sector, sectors,", "    sector, mercy, sectors,")
    file = "sentences/a-mercy.yaml"
    status, page = several(pages, {file: (rule, "")}, do="save")
    assert status == 422 and "new word" in page
    assert several(pages, {"lexicon/words.yaml": words}, do="save")[0] == 422
    together = {file: (rule, ""), "lexicon/words.yaml": words, "check/words.yaml": check}
    status, page = several(pages, together, do="save")
    assert status == 303, re.search(r'(?s)id="tried".*?</section>', page)
    assert (folder / file).read_text("utf-8") == rule
    assert "mercy" in (folder / "lexicon/words.yaml").read_text("utf-8")
    notice = pages.get(f"/rules/{file}").get_data(as_text=True)
    assert 'class="done"' in notice and "are saved" in notice


def test_another_file_is_opened_beside_what_is_typed(pages: FlaskClient, folder: Path) -> None:
    text, mark = begun(pages, folder, FILE, "\n", "\n# Mine.\n")
    status, page = several(pages, {FILE: (text, mark)}, do="add", add="lexicon/words.yaml")
    assert status == 200 and "# Mine." in page
    assert 'data-file="lexicon/words.yaml"' in page and "The words of patterns" in page
    status, page = several(pages, {FILE: (text, mark)}, do="add", add="styles/own.yaml")
    assert status == 200 and "styles/own.yaml (new)" in page


def test_a_new_file_is_begun_and_named_as_the_others_are(pages: FlaskClient) -> None:
    answer = pages.get("/rules?new=styles/own.yaml", follow_redirects=True)
    assert answer.status_code == 200 and 'name="seen" value=""' in answer.get_data(as_text=True)
    for name in ("own.yaml", "nowhere/own.yaml", "styles/../own.yaml", "styles/own.yml", "styles/Own.yaml"):
        assert pages.get(f"/rules/{name}?new=1").status_code == 404, name


def test_faults_are_those_of_all_files_that_are_edited_together(pages: FlaskClient, folder: Path) -> None:
    style = "- style: own\n  says: Ours.\n  barred_verbs: [crater]\n"
    answer = pages.post("/rules/styles/own.yaml/faults", json={"styles/own.yaml": style}).get_json()
    assert answer["faults"][0]["line"] == 3 and answer["told"] == ""
    answer = pages.post("/rules/styles/own.yaml/faults", json={"styles/own.yaml": style.replace("crater", "plummet")})
    assert answer.get_json() == {"faults": [], "told": "It can be loaded; Check and test looks closer."}

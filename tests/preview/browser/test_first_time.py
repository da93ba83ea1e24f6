"""The path of somebody who opens the desk for the first time, as docs/desk.md has it, with its pictures.

``PICTURES=docs/pictures python -m pytest tests/preview/browser/test_first_time.py`` makes the pictures of the manual.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.preview.browser.conftest import SCREENS, Open
from tests.preview.conftest import ROOT
from wrapgen.service.app import create_app
from wrapgen.service.settings import Settings

MANUAL = ROOT / "docs" / "desk.md"


def picture(page: Page, name: str) -> None:
    """What is in the window, as the manual shows it."""
    folder = Path(os.environ.get("PICTURES", SCREENS))
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"desk-{name}.png", caret="initial")


def test_from_the_first_look_to_the_finished_article(open_page: Open) -> None:
    page = open_page("/", width=1280)
    page.get_by_role("link", name="paste data").click()
    page.get_by_label("Begin with").select_option("asia-2025-11-12-morning")
    expect(page.locator("#verdict")).to_have_text("This can be written from.")
    picture(page, "data")
    page.get_by_role("button", name="Write the article").click()
    expect(page.locator(".text h1")).to_contain_text("Asian Stocks")
    picture(page, "story")

    sentence = page.locator(".line", has_text="Nvidia Corporation (NASDAQ:NVDA)")
    sentence.click()
    expect(page.locator("#reason")).to_contain_text("backdrop.lag.stock")
    picture(page, "why")

    page.locator(".angles li").filter(has_text="broad advance").get_by_role("button", name="Use this angle").click()
    expect(page.locator("#story")).to_have_attribute("data-base", "2")

    sentence = page.locator(".line", has_text="Nvidia Corporation (NASDAQ:NVDA)")
    sentence.click()
    text = sentence.inner_text()
    page.keyboard.press("Control+a")
    page.keyboard.type(text.replace("2.9%", "9.2%"))
    marks = page.locator(f"#marks-{sentence.get_attribute('data-line')}")
    expect(marks).to_have_text("“9.2%”: the data say 2.9%")
    picture(page, "wrong-number")
    page.keyboard.press("Control+a")
    page.keyboard.type(re.sub("(losing|falling|slipping|dropping)", "losing", text))
    expect(marks).to_be_empty()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#story .bar .state")).to_have_text("approved")
    with page.expect_download() as download:
        page.get_by_role("link", name="ninjs", exact=True).click()
    assert download.value.suggested_filename == "asia-pacific-2025-11-12-morning.ninjs.json"
    picture(page, "approved")


def test_the_manual_names_what_is_there() -> None:
    text = MANUAL.read_text("utf-8")
    for button in (
        "Write the article",
        "Use this angle",
        "Reword",
        "Keep as it is",
        "Approve",
        "Hold",
        "Kill",
        "Take up again",
    ):
        assert f"**{button}**" in text
    for name in re.findall(r"\]\((pictures/[^)]+)\)", text):
        assert (MANUAL.parent / name).is_file(), name


def test_a_rule_is_changed_with_its_faults_in_place_and_seen_on_the_sample_days(
    open_page: Open, tmp_path: Path
) -> None:
    import threading

    from wrapgen.service.local import listen

    rules, state = tmp_path / "rules", tmp_path / "own"
    shutil.copytree(ROOT / "rules", rules)
    for number, day in enumerate(sorted((rules / "days").glob("*.json"))):
        if number % 30:
            day.unlink()
            day.with_suffix(".txt").unlink()
    state.mkdir()
    server = listen(create_app(settings=Settings(state=state, rules=rules)), "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = open_page("/", strict=False)
    page.context.set_default_timeout(60_000)
    page.goto(f"http://127.0.0.1:{server.port}/rules/sentences/backdrop.yaml?line=121")
    line = page.locator(".cm-line", has_text="rule: backdrop.lag.stock").first
    line.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.type("x")
    expect(page.locator(".cm-lint-marker-error").first).to_be_visible(timeout=30_000)
    picture(page, "rule-fault")
    page.keyboard.press("Backspace")
    expect(page.locator("#verdict")).to_contain_text("It can be loaded", timeout=30_000)
    page.get_by_role("button", name="Show what changes on the sample days").click()
    expect(page.get_by_role("heading", name=re.compile("0 of 5 sample days change"))).to_be_visible(timeout=120_000)
    page.close()  # before its server: the editor of the answer may still be loading
    server.shutdown()
    server.server_close()

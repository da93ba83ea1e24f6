"""A story in the browser: why it says what it says, and what an editor does with it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import Page, expect

from tests.preview.browser.conftest import Open, shot, take_in
from tests.preview.conftest import ROOT, changed, seed

CASES = ("ap-2017-10-24-us", "cnbc-2016-07-05-europe", "investing-2024-03-20-asia", "scmp-2021-09-13-hongkong",
         "yonhap-2025-12-26-korea")  # fmt: skip


@pytest.fixture
def story(open_page: Open, address: str) -> Page:
    page = open_page("/")
    take_in(page, address, json.dumps(seed(), indent=2))
    return page


def line(page: Page, words: str) -> str:
    """The place of the line that says so, as a selector."""
    found = page.locator(".line", has_text=words).first
    return f"#{found.get_attribute('id')}"


def rewrite(page: Page, place: str, text: str) -> None:
    page.locator(place).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def version(page: Page) -> str:
    return page.locator("#story").get_attribute("data-base") or ""


def test_what_is_typed_while_another_line_is_saved_is_saved_too(story: Page) -> None:
    first, second = line(story, "KOSPI"), line(story, "S&P 500 futures")
    rewrite(story, first, "South Korea’s KOSPI gained 0.8%.")
    story.locator(second).click()  # the first is on its way to be saved
    story.keyboard.press("Control+a")
    story.keyboard.type("S&P 500 futures added 0.2%.", delay=15)
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    expect(story.locator(second)).to_have_text("S&P 500 futures added 0.2%.")
    story.get_by_role("button", name="Approve").click()  # pressed once the second is saved
    expect(story.locator(".copy .state")).to_have_text("approved")
    expect(story.locator("#story")).to_have_attribute("data-base", "3")
    story.reload()
    expect(story.locator(first)).to_have_text("South Korea’s KOSPI gained 0.8%.")
    expect(story.locator(second)).to_have_text("S&P 500 futures added 0.2%.")


def test_what_is_selected_while_another_line_is_saved_stays_selected(story: Page) -> None:
    """What was typed then was put behind it and not in its place."""
    first, second = line(story, "KOSPI"), line(story, "S&P 500 futures")
    rewrite(story, first, "South Korea’s KOSPI gained 0.8%.")
    story.locator(second).click()
    story.keyboard.press("Control+a")
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    story.keyboard.type("S&P 500 futures added 0.2%.")
    expect(story.locator(second)).to_have_text("S&P 500 futures added 0.2%.")


def test_a_refused_approval_says_so_beside_its_button(story: Page) -> None:
    rewrite(story, line(story, "S&P 500 futures"), "S&P 500 futures added 0.9%.")
    story.get_by_role("button", name="Approve").click()
    told = story.get_by_role("region", name="Decide and hand on").get_by_role("alert")
    expect(told).to_contain_text("0.9%")
    expect(told).to_be_in_viewport()


def test_facts_article_and_reasons_stand_side_by_side(story: Page) -> None:
    left, middle, right = (
        story.locator(f"section.{name}, aside.{name}").bounding_box() for name in ("facts", "copy", "why")
    )
    assert left and middle and right
    assert left["x"] + left["width"] <= middle["x"] and middle["x"] + middle["width"] <= right["x"]
    expect(story.locator(".chart .bar")).to_have_count(6)
    expect(story.get_by_role("table", name="Stocks").get_by_role("row")).to_have_count(7)
    expect(story.get_by_role("table", name="Events").get_by_role("row")).to_have_count(9)
    shot(story, "story")


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_taken_in_and_told(open_page: Open, address: str, case: str) -> None:
    page = open_page("/")
    take_in(page, address, (ROOT / "tests" / "cases" / case / "snapshot.json").read_text())
    expect(page.locator(".text h1 .line")).not_to_be_empty()
    expect(page.locator("#checked")).to_contain_text(re.compile(r"^(\d+) of \1 claims are in the data\.$"))
    first = page.locator(".text p .line").first
    first.click()
    expect(page.locator("#reason blockquote")).to_have_text(first.inner_text())
    expect(page.locator("[data-at].lit").first).to_be_attached()
    shot(page, f"case-{case}")


def test_pointing_at_a_sentence_lights_its_facts_and_gives_its_rule(story: Page) -> None:
    place = line(story, "Nvidia Corporation (NASDAQ:NVDA)")
    story.locator(place).click()
    expect(story.locator("tr[data-at='/stocks/5']")).to_have_class("lit")
    expect(story.locator("tr[data-at='/stocks/4']")).not_to_have_class("lit")
    reason = story.locator("#reason")
    expect(reason).to_contain_text("backdrop.lag.stock")
    expect(reason.locator(".steps dt", has_text="2.9%")).to_be_visible()
    expect(reason.get_by_role("heading", name="Not said, and why")).to_be_visible()
    expect(reason.locator(".choices li").first).to_be_visible()
    shot(story, "reason")


def test_pointing_at_a_number_gives_its_source(story: Page) -> None:
    figure = story.locator(".figure", has_text="2.9%")
    expect(figure).to_have_attribute("title", "the move of Nvidia (/stocks/5/change_pct)")
    figure.hover()
    expect(story.locator("[data-at].lit")).to_have_count(1)
    expect(story.locator("tr[data-at='/stocks/5']")).to_have_class("lit")


def test_one_click_tells_the_story_on_another_angle(story: Page) -> None:
    angles = story.locator(".angles li")
    expect(angles.first).to_contain_text("led by market")
    expect(angles.first).to_contain_text("Hang Seng rose 1%")
    angles.filter(has_text="broad advance").get_by_role("button").click()
    expect(story.locator(".angles li.told").filter(has_text="the story")).to_contain_text("broad advance")
    assert version(story) == "2"


def test_style_length_and_variant_stand_beside_it(story: Page) -> None:
    story.get_by_label("Style").select_option("british")
    expect(story.locator(".text")).to_contain_text("per cent")
    story.get_by_label("Length").select_option("brief")
    expect(story.locator("#story")).to_have_attribute("data-base", "3")
    assert len(story.locator(".text").inner_text().split()) < 160
    before = story.locator(".text").inner_text()
    story.get_by_label("Variant").fill("4")
    story.get_by_label("Variant").press("Enter")
    expect(story.locator("#story")).to_have_attribute("data-base", "4")
    assert story.locator(".text").inner_text() != before


def test_one_sentence_is_said_otherwise_and_the_rest_stays(story: Page) -> None:
    place = line(story, "S&P 500 futures")
    before = story.locator(".line").all_inner_texts()
    story.locator(place).click()
    story.get_by_role("button", name="Reword").click()
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    after = story.locator(".line").all_inner_texts()
    assert len([1 for one, two in zip(before, after, strict=True) if one != two]) == 1


def test_a_wrong_number_is_underlined_with_the_true_value_as_it_is_typed(story: Page) -> None:
    place = line(story, "Nvidia Corporation (NASDAQ:NVDA)")
    rewrite(story, place, "Technology shares lagged, with Nvidia Corporation (NASDAQ:NVDA) losing 3.4%.")
    marks = story.locator(place.replace("#line", "#marks"))
    expect(marks).to_have_text("“3.4%”: the data say 2.9%")
    underlined = story.evaluate("[...CSS.highlights.get('contradicted')].map(range => range.toString())")
    assert underlined == ["3.4%"]
    assert version(story) == "1"  # nothing is saved while it is typed
    shot(story, "wrong-number")
    story.keyboard.press("Escape")
    expect(marks).to_be_empty()
    rewrite(story, place, "Technology shares lagged, with Nvidia Corporation (NASDAQ:NVDA) losing 2.9%.")
    story.keyboard.press("Enter")
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    expect(story.locator(place)).to_have_class(re.compile("edited"))
    expect(story.locator("#checked")).to_contain_text(re.compile(r"^(\d+) of \1 claims"))


def test_what_is_not_in_the_data_is_told_and_approved_only_by_who_vouches_for_it(story: Page) -> None:
    place = line(story, "Sony Corp")
    rewrite(story, place, "Sony Corp (TYO:6758) put on 3%, its best day since March.")
    expect(story.locator(place.replace("#line", "#marks"))).to_contain_text("the data do not have this")
    story.keyboard.press("Enter")
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    story.get_by_role("button", name="Approve").click()
    expect(story.get_by_role("alert")).to_contain_text("Whoever vouches for it may approve all the same.")
    story.get_by_label("I vouch for").check()
    story.get_by_role("button", name="Approve").click()
    expect(story.locator("#story .bar .state")).to_have_text("approved")


def test_an_edited_and_a_locked_sentence_survive_new_data_and_are_flagged(story: Page, tmp_path: Path) -> None:
    edited, locked = line(story, "Nvidia Corporation (NASDAQ:NVDA)"), line(story, "KOSPI")
    rewrite(story, edited, "Nvidia Corporation (NASDAQ:NVDA) lost 2.9%.")
    story.keyboard.press("Enter")
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    story.locator(locked).click()
    story.get_by_role("button", name="Keep as it is").click()
    expect(story.locator(locked)).to_have_class(re.compile("locked"))
    before = story.locator(".line").all_inner_texts()
    post(story, changed(seed(), TNVDA=-3.1, KS11=0.9, STI=0.4))
    story.reload()
    expect(story.locator(edited)).to_have_text("Nvidia Corporation (NASDAQ:NVDA) lost 2.9%.")
    expect(story.locator(edited.replace("#line", "#marks"))).to_contain_text(
        "the move of Nvidia: -2.9 before, -3.1 now"
    )
    expect(story.locator(locked.replace("#line", "#marks"))).to_contain_text("the move of KOSPI: 0.8 before, 0.9 now")
    changed_lines = [new for new in story.locator(".line").all_inner_texts() if new not in before]
    assert all("0.4%" in each for each in changed_lines) and changed_lines
    shot(story, "update")


def post(page: Page, document: object) -> None:
    """A newer snapshot, as a newsroom's tool sends it."""
    answer = page.request.post(f"{page.url.partition('/stories')[0]}/v1/stories", data=orjson.dumps(document),
                               headers={"Content-Type": "application/json"})  # fmt: skip
    assert answer.ok, answer.text()


def test_versions_differ_word_by_word(story: Page) -> None:
    rewrite(story, line(story, "S&P 500 futures"), "S&P 500 futures rose 0.2% ahead of a key vote in Congress.")
    story.keyboard.press("Enter")
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    story.get_by_role("link", name="Versions").click()
    diff = story.locator(".diff")
    expect(diff.locator("del").first).to_have_text("edged up")
    expect(diff.locator("ins").first).to_have_text("rose")
    expect(story.get_by_role("row").filter(has_text="written")).to_be_visible()
    shot(story, "versions")


def test_a_published_figure_that_was_wrong_gets_a_line_of_correction(story: Page) -> None:
    story.get_by_role("button", name="Approve").click()
    expect(story.locator("#story .bar .state")).to_have_text("approved")
    with story.expect_download() as download:
        story.get_by_role("link", name="text", exact=True).click()
    assert "losing 2.9%" in Path(download.value.path()).read_text()
    post(story, changed(seed(), TNVDA=-3.1))
    story.reload()
    note = "Correction: An earlier version of this article gave the move of Nvidia as -2.9%; it is -3.1%."
    expect(story.get_by_label("Correction")).to_have_value(note)
    expect(story.locator(".badge", has_text="correction").first).to_be_visible()
    shot(story, "correction")


def test_it_is_copied_downloaded_charted_sent_held_and_killed(story: Page) -> None:
    story.get_by_role("button", name="markdown").click()
    expect(story.locator("#notice")).to_have_text("Copied as markdown.")
    assert story.evaluate("navigator.clipboard.readText()").startswith("# Asian Stocks")
    for kind, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with story.expect_download() as download:
            story.get_by_role("link", name=kind).click()
        assert Path(download.value.path()).read_bytes().startswith(begins)
    story.get_by_role("button", name="Approve").click()
    for format, holds in (("ninjs", '"standard"'), ("newsml-g2", "<newsItem")):
        with story.expect_download() as download:
            story.get_by_role("link", name=format, exact=True).click()
        assert holds in Path(download.value.path()).read_text()
    story.get_by_role("button", name="Send").click()
    expect(story.get_by_role("table", name="Sent")).to_contain_text("http://127.0.0.1:9/in")
    story.get_by_label("Reason", exact=True).fill("the vote is at noon")
    story.get_by_role("button", name="Hold").click()
    expect(story.locator("#story .bar .state")).to_have_text("held")
    expect(story.locator(".copy .reason")).to_have_text("the vote is at noon")
    story.get_by_role("button", name="Take up again").click()
    story.get_by_role("button", name="Kill").click()
    expect(story.locator("#story .bar .state")).to_have_text("killed")


def test_the_later_of_two_editors_is_told_and_loses_nothing(story: Page, open_page: Open) -> None:
    other = open_page(f"/{story.url.split('/', 3)[3]}", strict=False)
    rewrite(story, line(story, "Sony Corp"), "Sony Corp (TYO:6758) put on 3%.")
    story.keyboard.press("Enter")
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    rewrite(other, line(other, "S&P 500 futures"), "S&P 500 futures rose 0.2%.")
    other.keyboard.press("Enter")
    expect(other.locator("#notice")).to_contain_text("saved version 2 while you worked")
    shot(other, "two-editors")
    other.get_by_role("link", name="Compare and choose").click()
    expect(other.locator(".diff ins").first).to_be_visible()
    other.get_by_role("button", name="Take the one set aside instead").click()
    expect(other.locator("#story")).to_have_attribute("data-base", "3")
    expect(other.locator(".text")).to_contain_text("S&P 500 futures rose 0.2%.")


def test_it_can_be_done_by_keyboard(story: Page) -> None:
    story.locator("#line-0").focus()
    for _ in range(3):
        story.keyboard.press("Alt+ArrowDown")
    expect(story.locator("#line-3")).to_be_focused()
    expect(story.locator("#reason blockquote")).to_have_text(story.locator("#line-3").inner_text())
    story.keyboard.press("End")
    story.keyboard.type(" Nvidia lost 2.9%.")
    story.keyboard.press("Enter")
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    expect(story.locator("#line-3")).to_contain_text("Nvidia lost 2.9%.")


def test_one_click_puts_in_the_wording_that_was_chosen(story: Page) -> None:
    place = line(story, "S&P 500 futures")
    before = story.locator(".line").all_inner_texts()
    story.locator(place).click()
    wordings = story.locator(".wordings button")
    expect(wordings.nth(1)).to_be_visible()
    wanted = wordings.nth(1).inner_text()
    wordings.nth(1).click()
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    expect(story.locator(place)).to_have_text(wanted)
    after = story.locator(".line").all_inner_texts()
    assert len([1 for one, two in zip(before, after, strict=True) if one != two]) == 1
    expect(story.locator(place)).not_to_have_class(re.compile("edited"))  # they are the rules' words


def test_an_approved_story_asks_before_it_is_a_draft_again(story: Page) -> None:
    story.get_by_role("button", name="Approve").click()
    expect(story.locator("#story .bar .state")).to_have_text("approved")
    place, asked = line(story, "S&P 500 futures"), story.get_by_role("dialog")
    before = story.locator(place).inner_text()
    rewrite(story, place, "S&P 500 futures added 0.2%.")
    story.keyboard.press("Enter")
    expect(asked).to_be_visible()
    shot(story, "ask")
    expect(asked.get_by_role("button", name="Leave it approved")).to_be_focused()
    story.keyboard.press("Enter")
    expect(asked).to_be_hidden()
    expect(story.locator(place)).to_have_text(before)
    expect(story.locator(place)).to_be_focused()

    story.get_by_role("button", name="Reword").click()
    expect(asked).to_be_visible()
    story.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    story.get_by_label("Style").select_option("british")
    expect(asked).to_be_visible()
    story.keyboard.press("Escape")
    expect(story.get_by_label("Style")).to_have_value("house")
    assert version(story) == "1"
    expect(story.locator("#story .bar .state")).to_have_text("approved")

    rewrite(story, place, "S&P 500 futures added 0.2%.")
    story.keyboard.press("Enter")
    story.keyboard.press("Shift+Tab")
    story.keyboard.press("Enter")
    expect(story.locator("#story")).to_have_attribute("data-base", "2")
    expect(story.locator("#story .bar .state")).to_have_text("draft")
    expect(story.locator(place)).to_have_text("S&P 500 futures added 0.2%.")
    rewrite(story, place, "S&P 500 futures rose 0.2%.")  # a draft does not ask
    story.keyboard.press("Enter")
    expect(story.locator("#story")).to_have_attribute("data-base", "3")


def test_reasons_say_when_they_are_those_of_other_words(story: Page) -> None:
    place, stale = line(story, "S&P 500 futures"), story.locator("#stale")
    story.locator(place).click()
    expect(story.locator("#reason blockquote")).to_be_visible()
    expect(stale).to_be_hidden()
    rewrite(story, place, "S&P 500 futures added 0.2%.")
    expect(stale).to_be_visible()
    story.keyboard.press("Escape")
    expect(stale).to_be_hidden()
    rewrite(story, place, "S&P 500 futures added 0.2%.")
    story.keyboard.press("Enter")
    expect(story.locator("#reason blockquote")).to_have_text("S&P 500 futures added 0.2%.")
    expect(stale).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_angles_are_within_reach(open_page: Open, address: str, width: int) -> None:
    page = open_page("/", width=width)
    take_in(page, address, json.dumps(seed()))
    page.locator("#line-3").click()
    expect(page.locator("#reason .choices li").first).to_be_attached()
    page.get_by_role("link", name="Angles").click()
    expect(page.get_by_role("heading", name="Angles")).to_be_in_viewport()
    page.get_by_role("combobox", name="Angle").select_option("broad_advance")
    expect(page.locator("#story")).to_have_attribute("data-base", "2")
    expect(page.locator(".angles li.told").filter(has_text="the story")).to_contain_text("broad advance")


def test_facts_are_told_in_words_and_columns_that_would_be_empty_are_left_out(story: Page) -> None:
    events = story.get_by_role("table", name="Events").inner_text()
    facts = story.locator(".facts").inner_text()
    assert "{" not in facts and '"' not in events and "first time yes" in events
    for place in ("Nvidia Corporation (NASDAQ:NVDA)", "technology"):
        story.locator(line(story, place)).click()
        steps = story.locator("#reason .steps")
        expect(steps).to_be_visible()
        assert "{" not in steps.inner_text()
    markets = story.get_by_role("table", name="Markets")
    expect(markets.get_by_role("columnheader")).to_have_text(["Market", "Move"])
    document = seed()
    document["markets"][0]["level"] = 26922.73
    post(story, document)
    story.reload()
    expect(markets.get_by_role("columnheader")).to_have_text(["Market", "Move", "Level"])
    expect(markets).to_contain_text("26,922.73")


def test_on_a_phone_the_way_to_the_reasons_stands_below_the_sentence(open_page: Open, address: str) -> None:
    page = open_page("/", width=390)
    take_in(page, address, json.dumps(seed()))
    page.locator("#line-4").click()
    way = page.get_by_role("link", name="Why")
    expect(way).to_be_in_viewport()
    page.wait_for_function(  # at one moment: what is chosen is scrolled into view
        """() => {
            const box = (what) => document.querySelector(what).getBoundingClientRect();
            const between = box(".to-why").top - box("#line-4").bottom;
            return 0 < between && between < 60;
        }"""
    )
    way.click()
    expect(page.get_by_role("heading", name="Why", exact=True)).to_be_in_viewport()
    shot(page, "phone-why")

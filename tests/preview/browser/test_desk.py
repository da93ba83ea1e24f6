"""The other pages in the browser: the queue, data in, the rules, signing in."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.preview.browser.conftest import Open, shot, take_in
from tests.preview.conftest import ROOT, changed, seed
from wrapgen.preview.people import People
from wrapgen.preview.store import Store


def test_snapshots_reach_the_queue_from_a_folder_a_file_and_the_api(
    open_page: Open, address: str, tmp_path: Path
) -> None:
    page = open_page("/")
    expect(page.locator(".empty")).to_be_visible()
    page.get_by_label("Snapshots (JSON)").set_input_files(
        [ROOT / "seeds" / "asia-2025-11-12-morning.json", ROOT / "seeds" / "us-close-record-tech.json"]
    )
    page.get_by_role("button", name="Take in").click()
    expect(page.locator(".queue tbody tr")).to_have_count(2)
    (tmp_path / "inbox" / "held.json").write_text(json.dumps({**changed(seed(), HSI=18.0), "phase": "midday"}))
    answer = page.request.post(f"{address}/v1/stories", data=json.dumps(seed("europe-close-banks-drag")),
                               headers={"Content-Type": "application/json"})  # fmt: skip
    assert answer.ok
    expect(page.locator(".queue tbody tr")).to_have_count(4, timeout=15_000)  # without a reload
    row = page.locator(".queue tr", has_text="Asian Stocks")
    for words in ("morning", "led by market", "4.75", "draft", "Asian Stocks"):
        expect(row).to_contain_text(words)
    shot(page, "queue")
    page.get_by_label("State").select_option("held")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".queue tbody tr")).to_have_count(1)
    page.get_by_role("link", name="No article yet").click()
    expect(page.get_by_role("heading")).to_contain_text("midday")
    shot(page, "held")


def test_a_set_is_approved_at_once_and_what_cannot_be_is_told(open_page: Open, address: str) -> None:
    page = open_page("/", strict=False)
    take_in(page, address, json.dumps(seed()))
    page.locator("#line-4").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("S&P 500 futures rose 0.9%.")
    page.keyboard.press("Enter")
    expect(page.locator("#story")).to_have_attribute("data-base", "2")
    take_in(page, address, json.dumps(seed("us-close-record-tech")))
    page.goto(f"{address}/")
    for box in page.get_by_role("checkbox", name="Choose").all():
        box.check()
    page.get_by_role("button", name="Approve the chosen").click()
    expect(page.locator("main")).to_contain_text("“0.9%” (0.2%)")
    page.goto(f"{address}/?state=approved")
    expect(page.locator(".queue tbody tr")).to_have_count(1)


def test_faults_of_a_pasted_snapshot_stand_at_their_lines(open_page: Open) -> None:
    page = open_page("/data", strict=False)
    page.get_by_label("Begin with").select_option("asia-2025-11-12-morning")
    expect(page.locator("#verdict")).to_have_text("This can be written from.")
    content = page.locator(".cm-content")
    content.locator(".cm-line", has_text='"id": "HSI"').dblclick(position={"x": 80, "y": 8})
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    for _ in range(2):
        page.keyboard.press("Backspace")
    page.keyboard.type('Y",')
    expect(page.locator("#verdict")).to_contain_text("problem")
    expect(page.locator(".cm-lint-marker-error").first).to_be_visible()
    page.locator(".cm-lint-marker-error").first.hover()
    expect(page.locator(".cm-tooltip")).to_contain_text("HS")
    shot(page, "data-faults")
    page.get_by_role("button", name="Write the article").click()
    expect(page.get_by_role("alert")).to_contain_text("line 7")
    expect(page.locator(".cm-content")).to_contain_text("asia-pacific")  # what was typed is still there


def test_prices_become_a_snapshot_to_look_at(open_page: Open, tmp_path: Path) -> None:
    days = [f"2025-11-{day:02}" for day in (5, 6, 7, 10, 11, 12)]
    rows = "\n".join(f"{day},{25000 + 100 * n},{50000 - 80 * n},{4000 + n}" for n, day in enumerate(days))
    prices = tmp_path / "prices.csv"
    prices.write_text(f"Date,^HSI,^N225,^KS11\n{rows}\n")
    page = open_page("/data")
    page.get_by_label("Price table").set_input_files(prices)
    page.get_by_label("Region").select_option("asia-pacific")
    page.get_by_label("Day", exact=True).fill("2025-11-12")
    page.get_by_role("button", name="Make the snapshot").click()
    expect(page.locator(".cm-content")).to_contain_text("HSI")
    page.get_by_role("button", name="Write the article").click()
    expect(page.locator(".text")).to_contain_text("Hang Seng")
    expect(page.locator(".spark").first).to_be_visible()
    shot(page, "from-prices")


def test_rules_are_read_at_their_line(open_page: Open, address: str) -> None:
    page = open_page("/")
    take_in(page, address, json.dumps(seed()))
    page.locator("#line-3").click()
    page.locator("#reason").get_by_role("link", name=re.compile("backdrop.yaml")).click()
    expect(page.get_by_role("heading", name="sentences/backdrop.yaml")).to_be_visible()
    expect(page.locator(".cm-activeLine")).to_contain_text("backdrop.lag.stock")
    shot(page, "rule-file")


def test_off_loopback_or_with_users_one_signs_in(open_page: Open, address: str, tmp_path: Path) -> None:
    People(Store(f"sqlite:///{tmp_path / 'desk.sqlite'}")).add("anna", "reader", "a long enough one")
    page = open_page("/data", strict=False)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    shot(page, "sign-in")
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("Name and password do not match.")
    page.get_by_label("Password").fill("a long enough one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("main")).to_contain_text("This needs the role of editor; anna is reader.")
    page.goto(f"{address}/")
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

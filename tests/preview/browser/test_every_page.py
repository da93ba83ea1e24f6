"""Every page of the desk, in every state that it has: on a phone and a laptop, in light and dark.

A state is a page as somebody meets it: a story that is held, a sentence that the data contradict, an address that there
is not. Pictures of all of them are kept in ``build/screens``.
"""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Response, request
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from tests.preview.browser.conftest import WIDTHS, shot
from tests.preview.browser.looks import COLOURS, axe, cut, overlapping
from tests.preview.conftest import ROOT, changed, seed
from tests.thorough import THOROUGH, thorough
from wrapgen.preview import changing, deciding, receiving
from wrapgen.preview.blueprint import Parts
from wrapgen.preview.desk import Conflict, Desk
from wrapgen.preview.store import Delivery, Seen
from wrapgen.service.app import create_app
from wrapgen.service.local import listen
from wrapgen.service.settings import Settings

pytestmark = pytest.mark.xdist_group("every page")  # they share what takes long to make

PASSWORD = "a long enough one"
# A page of each kind is looked at each time; where THOROUGH is set, every state of every page.
EACH_TIME = ("queue", "story", "data", "rule-own", "error-no-page")
# What answers with no page, and what a page asks for to put the story in its place again.
NO_PAGES = {"desk.static", "desk.example", "desk.check_data", "desk.rule_faults", "desk.download", "desk.picture",
            "desk.check", "desk.queue_rows", "desk.reason", "desk.sign_out"}  # fmt: skip
STORY_AGAIN = {f"desk.{name}" for name in ("edit", "lock", "reroll", "restore", "say", "tell", "note", "send", "take")}


@dataclass(frozen=True)
class Site:
    """A desk with a story in every state, and another one where everybody signs in and rules may be changed."""

    address: str
    staffed: str
    desk: Desk
    stories: dict[str, int]
    endpoints: frozenset[str]

    def story(self, name: str) -> str:
        return f"{self.address}/stories/{self.stories[name]}"


def line_with(desk: Desk, story: int, words: str) -> int:
    return next(line.id for line in desk.view(story).copy.lines if words in line.text)


def furnish(desk: Desk) -> dict[str, int]:
    """The stories, by what is to be seen on them."""

    def new(phase: str, **moves: float) -> int:
        return receiving.receive(desk, {**changed(seed(), **moves), "phase": phase}, "anna")[0]

    def edit(story: int, words: str, text: str) -> None:
        view = desk.view(story)
        changing.edit(desk, story, view.version.number or 0, line_with(desk, story, words), text, "bert")

    stories = {"draft": new("morning", KS11=-0.8, STI=6.3)}
    stories["faulty"] = faulty = new("open")
    edit(faulty, "2.9%", "Nvidia Corporation (NASDAQ:NVDA) lost 9.2%, its worst day since March.")
    edit(faulty, "Sony", "Sony rose 3%, which pleased the Ruritanian Board of Trade.")
    edit(faulty, "S&P 500 futures", "S&P 500 futures added 0.2%.")
    changing.lock(desk, faulty, 4, line_with(desk, faulty, "S&P 500 futures"), True, "bert")
    receiving.receive(desk, {**changed(seed(), TNVDA=-3.1), "phase": "open"}, "feed")
    stories["corrected"] = corrected = new("midday")
    deciding.approve(desk, corrected, 1, "cleo")
    deciding.handed_on(desk, corrected, "text", "cleo")
    receiving.receive(desk, {**changed(seed(), TNVDA=-3.1), "phase": "midday"}, "feed")
    stories["approved"] = approved = new("afternoon")
    deciding.approve(desk, approved, 1, "cleo")
    for format in ("ninjs", "newsml-g2", "text"):
        deciding.send(desk, approved, "https://cms.newsroom.example/wires/incoming/market-wraps", format, "cleo")
    with desk.store.writing() as session:
        answers = {"newsml-g2": ("failed", 6, "503 the CMS is being mended"), "text": ("sent", 1, "201 taken")}
        for format, (state, attempts, answer) in answers.items():
            values = {"state": state, "attempts": attempts, "answer": answer}
            session.execute(update(Delivery).where(Delivery.format == format).values(values))
        session.execute(update(Delivery).values(due=dt.datetime(2099, 1, 1, tzinfo=dt.UTC)))
        session.add(Seen(file="broken.json", stamp="1", fault="Line 1: This is not JSON: unexpected end.", until=None))
    stories["gated"] = new("close", HSI=18.0)
    stories["held"] = held = receiving.receive(desk, seed("us-close-record-tech"), "anna")[0]
    deciding.decide(desk, held, "held", "the vote is at noon", "cleo")
    stories["gated_later"] = receiving.receive(desk, seed("europe-close-banks-drag"), "anna")[0]
    later = seed("europe-close-banks-drag")
    later["markets"][0] = {"id": later["markets"][0]["id"], "change_pct": 19.0}
    receiving.receive(desk, later, "feed")
    stories["killed"] = killed = receiving.receive(desk, seed("jp-close-yen"), "anna")[0]
    deciding.decide(desk, killed, "killed", "", "cleo")
    stories["clash"] = clash = new("preview")
    edit(clash, "Sony", "Sony rose 3%.")
    with suppress(Conflict):
        changing.edit(desk, clash, 1, line_with(desk, clash, "2.9%"), "Nvidia lost 2.9%.", "anna")
    return stories


@pytest.fixture(scope="module")
def asked() -> set[str]:
    """The endpoints of the desk that have answered with a page."""
    return set()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, rules: Any, asked: set[str]) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    own = folder / "rules"
    shutil.copytree(ROOT / "rules", own)
    for number, day in enumerate(sorted((own / "days").glob("*.json"))):
        if number % 60:
            day.unlink()
            day.with_suffix(".txt").unlink()
    for name in ("open", "staffed", "inbox"):
        (folder / name).mkdir()
    settings = {
        "open": Settings(state=folder / "open", webhooks=("https://cms.newsroom.example/wires/incoming/market-wraps",)),
        "staffed": Settings(state=folder / "staffed", rules=own),
    }
    servers, desks, addresses = [], {}, {}
    for name, each in settings.items():
        app = create_app(rules, each)
        parts: Parts = app.extensions["wrapgen-desk"]
        desks[name] = parts

        @app.after_request
        def note(answer: Response) -> Response:
            if answer.mimetype == "text/html" and request.endpoint:
                asked.add(request.endpoint)
            return answer

        server = listen(app, "127.0.0.1", 0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        addresses[name] = f"http://127.0.0.1:{server.port}"
    stories = furnish(desks["open"].desk)
    receiving.receive(desks["staffed"].desk, seed(), "anna")
    for role in ("reader", "admin"):
        desks["staffed"].people.add(role, role, PASSWORD)
    endpoints = frozenset(rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("desk."))
    yield Site(addresses["open"], addresses["staffed"], desks["open"].desk, stories, endpoints)
    for server in servers:
        server.shutdown()
        server.server_close()


State = Callable[[Page, Site], object]


def at(path: str, status: int = 200) -> State:
    """A page as it is opened; ``{name}`` stands for the number of a story."""

    def reach(page: Page, site: Site) -> None:
        answer = page.goto(site.address + path.format(**site.stories))
        assert answer is not None and answer.status == status

    return reach


def sent(path: str, status: int, token: str = "", **fields: str) -> State:
    """What a form leads to, whatever page it stands on."""

    def reach(page: Page, site: Site) -> None:
        page.goto(site.address)
        told = {name: value.format(**site.stories) for name, value in fields.items()}
        submit(page, path.format(**site.stories), status, token, told)

    return reach


def submit(page: Page, path: str, status: int, token: str, fields: dict[str, str]) -> None:
    with page.expect_navigation(timeout=60_000) as navigation:
        page.evaluate(
            """([path, token, fields]) => {
                const form = Object.assign(document.createElement("form"), { method: "post", action: path });
                const own = document.querySelector('meta[name="csrf-token"]').content;
                for (const [name, value] of Object.entries({ csrf_token: token || own, ...fields })) {
                    form.append(Object.assign(document.createElement("textarea"), { name, value }));
                }
                document.body.append(form);
                form.submit();
            }""",
            [path, token, fields],
        )
    assert navigation.value.status == status, page.inner_text("main")


def choosing(name: str, words: str = "Nvidia") -> State:
    def reach(page: Page, site: Site) -> None:
        page.goto(site.story(name))
        page.locator(".text .line", has_text=words).first.click()
        expect(page.locator("#reason blockquote")).to_be_visible()

    return reach


def typing(page: Page, site: Site) -> None:
    choosing("draft")(page, site)
    page.keyboard.press("End")
    page.keyboard.type(" Nvidia lost 9.2% for Ruritania.")
    expect(page.locator(".marks li.contradicted").first).to_be_visible()


def clashing(page: Page, site: Site) -> None:
    """The later of two saves, told on the page that it was made on."""
    choosing("clash")(page, site)
    desk, story = site.desk, site.stories["clash"]
    number = desk.view(story).version.number or 0
    changing.edit(desk, story, number, line_with(desk, story, "Sony"), f"Sony rose 3%{'.' * number}", "bert")
    page.keyboard.press("End")
    page.keyboard.type(" Nvidia lost 2.9%.")
    page.keyboard.press("Enter")
    expect(page.locator("#notice [role=alert]")).to_be_visible()


def refused(page: Page, site: Site) -> None:
    page.goto(site.story("faulty"))
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("alert")).to_be_visible()


def set_aside(page: Page, site: Site) -> None:
    page.goto(f"{site.story('clash')}/versions")
    page.get_by_role("link", name="Look at it").first.click()
    expect(page.locator(".diff")).to_be_visible()


def broken_data(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/data")
    submit(page, "/data", 422, "", {"document": '{"region": "asia-pacific", "markets": [{"id": "HSY"}]}'})


def broken_upload(page: Page, site: Site) -> None:
    page.goto(site.address)
    broken = {"name": "broken.json", "mimeType": "application/json", "buffer": b'{"region": '}
    page.get_by_label("Snapshots (JSON)").set_input_files(broken)  # type: ignore[arg-type]
    page.get_by_role("button", name="Take in").click()
    expect(page.locator("main")).to_contain_text("0 of 1 were taken in.")


def from_prices(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/data")
    days = [f"2025-11-{day:02}" for day in (5, 6, 7, 10, 11, 12)]
    rows = "\n".join(f"{day},{25000 + 100 * n},{4000 + n}" for n, day in enumerate(days))
    prices = {"name": "prices.csv", "mimeType": "text/csv", "buffer": f"Date,^HSI,^KS11\n{rows}\n".encode()}
    page.get_by_label("Price table").set_input_files(prices)  # type: ignore[arg-type]
    page.get_by_label("Region").select_option("asia-pacific")
    page.get_by_label("Day", exact=True).fill("2025-11-12")
    page.get_by_role("button", name="Make the snapshot").click()
    expect(page.locator(".cm-content")).to_contain_text("HSI")


def failing(page: Page, site: Site) -> None:
    """A fault of our own."""

    def view(*_: Any) -> None:
        raise RuntimeError("a fault of our own")

    site.desk.view = view  # type: ignore[method-assign, assignment]
    try:
        at("/stories/{draft}", 500)(page, site)
    finally:
        del site.desk.view  # type: ignore[attr-defined]
    expect(page.locator("main")).not_to_contain_text("RuntimeError")


def signing_in(page: Page, site: Site) -> None:
    page.goto(f"{site.staffed}/data")


def signed_in(role: str, path: str, status: int = 200) -> State:
    def reach(page: Page, site: Site) -> None:
        page.goto(f"{site.staffed}/sign-in")
        if page.get_by_label("Name").count():
            page.get_by_label("Name").fill(role)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        answer = page.goto(site.staffed + path)
        assert answer is not None and answer.status == status

    return reach


def wrong_password(page: Page, site: Site) -> None:
    signing_in(page, site)
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()


def changing_a_rule(do: str, old: str, new: str) -> State:
    """What comes of a changed rule file."""

    def reach(page: Page, site: Site) -> None:
        signed_in("admin", "/rules/styles/house.yaml")(page, site)
        seen = page.locator("input[name=seen]").input_value()
        text = (ROOT / "rules" / "styles" / "house.yaml").read_text("utf-8")
        assert old in text
        status = 422 if do == "try" else 200
        fields = {"do": do, "seen": seen, "text": text.replace(old, new)}
        submit(page, "/rules/styles/house.yaml", status, "", fields)

    return reach


STATES: dict[str, State] = {
    "queue": at("/"),
    "queue-none": at("/?state=approved&day=1999-01-01"),
    "queue-held": at("/?state=held"),
    "queue-refused": sent("/desk/approve", 422, story="{faulty}.6"),
    "upload-refused": broken_upload,
    "story": choosing("draft"),
    "story-untouched": at("/stories/{draft}"),
    "story-faulty": choosing("faulty", "9.2%"),
    "story-locked": choosing("faulty", "S&P 500 futures"),
    "story-typing": typing,
    "story-clash": clashing,
    "story-refused": refused,
    "story-corrected": choosing("corrected"),
    "story-approved": choosing("approved"),
    "story-held": choosing("held", "Nasdaq"),
    "story-killed": at("/stories/{killed}"),
    "story-gated": at("/stories/{gated}"),
    "story-gated-later": at("/stories/{gated_later}"),
    "story-gated-still": sent("/stories/{gated}/accept", 200),
    "story-before-the-gate": at("/stories/{gated_later}?latest=1"),
    "versions": at("/stories/{faulty}/versions?a=1"),
    "versions-one": at("/stories/{killed}/versions"),
    "versions-none": at("/stories/{gated}/versions"),
    "set-aside": set_aside,
    "data": at("/data"),
    "data-of-a-story": at("/data?story={gated}"),
    "data-broken": broken_data,
    "data-prices": from_prices,
    "rules": at("/rules"),
    "rule": at("/rules/sentences/backdrop.yaml?line=121"),
    "rule-own": signed_in("admin", "/rules/styles/house.yaml"),
    "rule-tried": changing_a_rule("try", "percent_joined:", "percent_jioned:"),
    "rule-replayed": changing_a_rule("replay", "numbers_as_words_below: 10", "numbers_as_words_below: 6"),
    "sign-in": signing_in,
    "sign-in-refused": wrong_password,
    "reader-queue": signed_in("reader", "/"),
    "reader-story": signed_in("reader", "/stories/1"),
    "error-role": signed_in("reader", "/data", 403),
    "error-old-form": sent("/stories/{draft}/decide", 400, token="of another day", state="held"),
    "error-no-story": at("/stories/99", 404),
    "error-no-page": at("/nowhere", 404),
    "error-method": at("/stories/{draft}/decide", 405),
    "error-changed": sent("/stories/{clash}/decide", 409, state="approved", base="1"),
    "error-option": at("/stories/{draft}/download?format=pdf", 422),
    "error-large": sent("/data", 413, document="x" * 6_000_000),
    "error-ours": failing,
}


@pytest.mark.parametrize("name", STATES if THOROUGH else EACH_TIME)
def test_a_page_fits_and_is_accessible(browser: Browser, site: Site, name: str) -> None:
    context = browser.new_context(viewport={"width": WIDTHS["laptop"], "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    STATES[name](page, site)
    if page.locator("[data-editor]").count():
        expect(page.locator(".cm-content")).to_be_visible()
    found = []
    for device, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        shot(page, f"{name}-{device}-light")
        found += [f"{device}: {fault}" for fault in (*cut(page), *overlapping(page), *axe(page))]
        if device == "laptop":  # a width changes no colour
            page.emulate_media(color_scheme="dark")
            shot(page, f"{name}-{device}-dark")
            found += [f"{device}, dark: {fault}" for fault in axe(page, *COLOURS)]
    context.close()
    assert found == []


@thorough
def test_every_page_of_the_desk_is_among_them(browser: Browser, site: Site, asked: set[str]) -> None:
    wanted = site.endpoints - NO_PAGES - STORY_AGAIN
    page = browser.new_page()
    for reach in STATES.values():  # those that another process, or nobody, has asked for
        if not wanted <= asked:
            reach(page, site)
    page.close()
    assert wanted <= asked

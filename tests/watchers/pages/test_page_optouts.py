"""What sites say about programs is asked first, once, and kept to; what hostile pages do stays with them."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest

from tests.cpu import cpu_spent
from tests.feedserver import Answer, canary
from tests.hostile.polled import heartbeat
from tests.watchers.pages.page_desk import ARTICLE, HTML, START, html, worth
from tests.watchers.pages.page_site import site
from watchers.errors import ParseError
from watchers.pages.extract import MOST_TAGS, Page
from watchers.pages.extracting import MEMORY, Extractor
from watchers.pages.fetch import BY_ROBOTS, UNSURE, Failed, Got, Outcome, Same, Shut
from watchers.pages.optouts import NO_AI, RESERVED, WALL
from watchers.pages.origins import MOST_SITES, MOST_WEIGHT, Remembered
from watchers.pages.reservations import PLACE
from watchers.pages.robots import LARGEST
from watchers.workers import WorkerError

# Worker processes are started for each test; on a machine that is busy with others that takes its time.
pytestmark = pytest.mark.timeout(600)

OTHERS = "User-agent: otherbot\nDisallow: /\n\n"


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        pytest.param("User-agent: *\nDisallow: /", False, id="everybody is kept out"),
        pytest.param("User-agent: *\nDisallow: /private", True, id="of elsewhere"),
        pytest.param("User-agent: *\nDisallow: /\nAllow: /frigates", True, id="the longer rule counts"),
        pytest.param(OTHERS + "User-agent: *\nDisallow:", True, id="another robot is kept out"),
        pytest.param(OTHERS, True, id="another robot alone"),
        pytest.param("User-agent: Vedette\nDisallow: /\n\nUser-agent: *\nAllow: /", False, id="by name"),
        pytest.param(
            "User-agent: *\nDisallow: /\n\nUser-agent: vedette\nDisallow:", True, id="let in by name"
        ),
        pytest.param("User-agent: otherbot\nUser-agent: vedette\nDisallow: /", False, id="in company"),
        pytest.param("User-agent: vedette\nUser-agent: otherbot\nDisallow: /", False, id="first in company"),
        pytest.param("User-agent: *\nDisallow: /*.html$", False, id="a pattern"),
        pytest.param("\ufeffUser-agent: * # all\n disallow : /", False, id="a mark, a comment, odd spaces"),
        pytest.param("<html>not rules</html>", True, id="a page in its place"),
    ],
)
async def test_robots_txt_is_kept_to(rules: str, *, allowed: bool) -> None:
    async with site() as one:
        one.rules(rules)
        outcome = await one.get()
        assert isinstance(outcome, Got) if allowed else outcome == Shut(why=BY_ROBOTS)
        assert len(one.server.asked(ARTICLE)) == int(allowed)
        assert await one.robots.allows(one.server.url(ARTICLE)) == allowed
        assert len(one.server.asked("/robots.txt")) == 1
        assert one.server.log[0].headers["User-Agent"].startswith("Vedette/")


@pytest.mark.parametrize(
    ("status", "verdict"),
    [(200, "yes"), (404, "yes"), (401, "yes"), (403, "yes"), (429, "later"), (500, "later"), (503, "later")],
)
async def test_a_site_that_cannot_say_is_asked_again_later_and_one_without_rules_lets_in(
    status: int, verdict: str
) -> None:
    async with site() as one:
        one.server.routes["/robots.txt"] = Answer(status=status)
        assert await one.robots.verdict(one.server.url(ARTICLE)) == verdict
        if verdict == "later":
            assert await one.get() == Failed(why=UNSURE)
            one.clock.move_to(one.clock.now() + timedelta(minutes=11))
            one.rules("")
            assert await one.robots.verdict(one.server.url(ARTICLE)) == "yes"


async def test_many_askers_of_a_site_share_one_request_a_day() -> None:
    async with site() as one:
        one.rules("User-agent: *\nCrawl-delay: 7\nDisallow: /private")
        links = [one.server.url(f"/{i}") for i in range(20)]
        assert all(await asyncio.gather(*map(one.robots.allows, links)))
        assert len(one.server.asked("/robots.txt")) == 1
        assert one.robots.delay(links[0]) == timedelta(seconds=7)
        one.clock.move_to(one.clock.now() + timedelta(hours=25))
        assert await one.robots.allows(links[0])
        assert len(one.server.asked("/robots.txt")) == 2


# Of processor time, the server's included: .03 at most when measured. Each of 12 000 rules for each of 15 000
# robots is 180 million, which take minutes; so does a pattern of 2 000 stars tried in all ways.
SECONDS_FOR_RULES = 2.0


async def test_rules_of_half_a_mebibyte_for_thousands_of_robots_cost_little() -> None:
    async with site() as one:
        names = "".join(f"User-agent: bot{i}\n" for i in range(15_000))
        rules = "".join(f"Disallow: /{i}\n" for i in range(12_000))
        one.rules((names + rules + "User-agent: *\nDisallow: /private\n")[-LARGEST:])
        with cpu_spent(time.process_time) as spent:  # long rules are read in a thread
            assert await one.robots.allows(one.server.url(ARTICLE))
        assert spent.seconds < SECONDS_FOR_RULES
        one.clock.move_to(one.clock.now() + timedelta(hours=25))
        one.rules("User-agent: *\n" + "Disallow: /" + "*a" * 2000 + "b\n" * 100)
        with cpu_spent(time.process_time) as spent:
            assert await one.robots.allows(one.server.url("/" + "a" * 3000))
        assert spent.seconds < SECONDS_FOR_RULES


def test_what_is_remembered_of_sites_is_bounded() -> None:
    kept: Remembered[int] = Remembered()
    for i in range(MOST_SITES + 10):
        kept.put(f"https://{i}.example", i, now=START, keep=timedelta(hours=1))
    assert kept.get("https://0.example", now=START) is None
    assert kept.get(f"https://{MOST_SITES}.example", now=START) == MOST_SITES
    kept.put("https://large.example", 1, now=START, keep=timedelta(hours=1), weight=MOST_WEIGHT + 1)
    assert kept.get(f"https://{MOST_SITES}.example", now=START) is None
    assert kept.get("https://large.example", now=START) == 1
    assert kept.get("https://large.example", now=START + timedelta(hours=1)) is None


@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        (b'[{"location":"/","tdm-reservation":1}]', Shut(why=RESERVED)),
        (b'[{"location":"/frig*.html$","tdm-reservation":1,"tdm-policy":"x"}]', Shut(why=RESERVED)),
        (
            b'[{"location":"/","tdm-reservation":0},{"location":"/frigates","tdm-reservation":1}]',
            Shut(why=RESERVED),
        ),
        (b'[{"location":"/private","tdm-reservation":1}]', None),
        (b"<html>no rules here</html>", None),
    ],
)
async def test_a_sites_reservations_are_kept_to(rules: bytes, outcome: Shut | None) -> None:
    async with site() as one:
        one.server.routes[PLACE] = Answer(body=rules)
        got = await one.get()
        assert got == outcome if outcome else isinstance(got, Got)
        assert len(one.server.asked(ARTICLE)) == (0 if outcome else 1)
        await one.get()
        assert len(one.server.asked(PLACE)) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_site_that_cannot_say_what_it_reserves_is_asked_again_later(status: int) -> None:
    async with site() as one:
        one.server.routes[PLACE] = Answer(status=status)
        assert await one.get() == Failed(why=UNSURE)
        assert not one.server.asked(ARTICLE)
        one.clock.move_to(one.clock.now() + timedelta(minutes=11))
        one.server.routes[PLACE] = Answer(body=b'[{"location":"/","tdm-reservation":1}]')
        assert await one.get() == Shut(why=RESERVED)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(body=b"x", headers={**HTML, "TDM-Reservation": "1"}), Shut(why=RESERVED)),
        (Answer(body=b"x", headers={**HTML, "X-Robots-Tag": "noai"}), Shut(why=NO_AI)),
        (Answer(status=402), Shut(why=WALL)),
        (Answer(status=304), Same()),
    ],
    ids=["reserved by header", "no reading by programs", "to be paid for", "unchanged"],
)
async def test_answers_close_a_page(answer: Answer, outcome: Outcome) -> None:
    async with site() as one:
        one.server.routes[ARTICLE] = answer
        assert await one.get() == outcome


@pytest.mark.parametrize("status", [401, 403, 451])
async def test_a_wall_by_status_closes_a_page(status: int) -> None:
    async with site() as one:
        one.server.routes[ARTICLE] = Answer(status=status)
        outcome = await one.get()
        assert isinstance(outcome, Shut)
        assert str(status) in outcome.why


async def test_where_a_redirect_leads_counts_too() -> None:
    async with site() as one:
        one.rules("User-agent: *\nDisallow: /members")
        one.server.routes["/go"] = Answer(status=301, headers={"Location": "/members/frigates"})
        one.server.routes["/members/frigates"] = Answer(body=html(worth()), headers=HTML)
        assert await one.get("/go") == Shut(why=BY_ROBOTS)


@pytest.mark.parametrize("path", ["/robots.txt", PLACE, ARTICLE])
async def test_no_door_of_a_page_leads_into_the_machine(path: str) -> None:
    async with site() as one, canary() as bird:
        there = f"http://127.0.0.1:{bird.port}/x"
        one.server.routes[path] = Answer(status=302, headers={"Location": there})
        outcome = await one.get()
        assert isinstance(outcome, Failed)
        assert outcome.for_good
        assert bird.connections == 0


async def test_what_is_no_page_and_what_is_too_large_is_given_up_for_good() -> None:
    async with site() as one:
        one.server.routes["/a.pdf"] = Answer(body=b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
        one.server.routes["/big.html"] = Answer(body=b"<p>a" * 600_000, headers=HTML)
        for path in ("/a.pdf", "/big.html"):
            outcome = await one.get(path)
            assert isinstance(outcome, Failed)
            assert outcome.for_good
        one.server.routes["/busy.html"] = Answer(status=503, headers={"Retry-After": "120"})
        busy = await one.get("/busy.html")
        assert isinstance(busy, Failed)
        assert (busy.for_good, busy.retry_after) == (False, 120.0)


LINE = b"<p>Norway orders frigates "
HALF = MOST_TAGS // 2
HOSTILE = {
    "nested blocks": b"<div>" * (MOST_TAGS - 10) + b"x",
    "nested of all kinds": b"<div><p><b><table><tr><td>" * (MOST_TAGS // 6 - 10),
    "paragraphs without end": LINE * (MOST_TAGS - 10),
    "list items": b"<ul>" + b"<li>a frigate" * (MOST_TAGS - 10),
    "quotations in quotations": b"<article>" + b"<blockquote>a frigate " * (MOST_TAGS - 10),
    "breaks": b"<p>" + b"a<br>" * (MOST_TAGS - 10),
    "table cells": b"<table>" + b"<tr><td>a" * (HALF - 10),
    "more tags than are read": b"<p>a" * 520_000,
    "a script of 2 MiB": b"<script>" + b"a(" * 1_000_000 + b"</script>",
    "one word of 2 MiB": b"<p>" + b"1" * 2_000_000,
    "spaces": b"<p>" + b"a" + b" " * 2_000_000 + b"b",
    "entities": b"<p>" + b"&amp;" * 400_000,
    "bait for dates and sums": b"<p>" + b"2026-03-03 5.5 billion euros, " * 66_000,
    "bait for sentences": b"<p>" + b"a.b. " * 400_000,
    "attributes": b"<p " + b"a=b " * 500_000 + b">x",
    "json in json": b'<script type="application/ld+json">' + b"[" * 1_900_000 + b"</script><p>x",
    "a comment never closed": b"<p>a<!--" + b"-" * 2_000_000,
    "meta elements": b'<meta name="robots" content="x">' * (MOST_TAGS - 10),
    "zeros": b"\x00" * 2_000_000,
    "no encoding at all": bytes(range(256)) * 8_000,
}


# Seconds of processor time of the loop's own thread between two beats: .003 at most when measured; the worst
# of these pages take a worker seconds.
MOST_WORK = 0.5


@pytest.mark.long
async def test_hostile_pages_stay_within_time_and_memory_and_the_loop_goes_on() -> None:
    async with Extractor() as extractor, heartbeat() as heart:
        assert (await extractor.extract(Page(url="https://a.example/", body=html(worth())))).text
        for name, body in HOSTILE.items():
            page = Page(url=f"https://a.example/{name}", body=body[: 2 * 1024 * 1024])
            try:
                told = await extractor.extract(page)
            except (ParseError, WorkerError):
                continue
            assert len(told.text) <= 60_000, name
        assert (await extractor.extract(Page(url="https://a.example/", body=html(worth())))).text
    assert heart.busiest < MOST_WORK
    assert MEMORY < 400 * 1024 * 1024


async def test_what_a_stranger_names_opens_no_address_of_the_allow_list() -> None:
    async with site() as one:
        link = one.server.url(ARTICLE)
        outcome = await one.pages.get(link, named_by="https://harbour.example/feed")
        assert isinstance(outcome, Failed)
        assert outcome.for_good
        assert one.server.log == []
        assert isinstance(await one.pages.get(link, named_by=one.server.url("/feed")), Got)

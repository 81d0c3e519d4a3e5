"""Reading the configuration, and saying what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.config import load, parse
from bot.errors import ConfigError

ROOT = Path(__file__).parents[3]
SMALL = """\
[poll]
contact = "mailto:desk@example.org"
every = "20m"

[[channels]]
id = "preview:desk"
name = "Desk"
keywords = ["Baykar"]

[channels.digest]
at = "07:30"
days = "mon-fri"

[[feeds]]
url = "https://news.example/feed.xml"
name = "News"
"""


def test_a_small_file_is_enough() -> None:
    config = parse(SMALL, Path("config.toml"))
    assert config.poll.every == timedelta(minutes=20)
    digest = config.channels[0].digest
    assert digest is not None
    assert (digest.at, digest.days) == (time(7, 30), "mon-fri")
    assert config.zone(config.channels[0]).key == "UTC"


def test_the_example_is_a_working_configuration_with_a_starter_pack() -> None:
    config = load(ROOT / "config.example.toml")
    by_language = [sum(feed.lang == lang for feed in config.feeds) for lang in ("en", "tr", "ja")]
    assert len(config.feeds) >= 40
    assert by_language[0] >= 15
    assert by_language[1] >= 8
    assert by_language[2] >= 8
    assert {"press", "ministry", "maker"} <= {tag for feed in config.feeds for tag in feed.tags}
    for feed in config.feeds:
        assert feed.seen, f"{feed.name}: where its address was seen is not said"
        assert feed.owner, f"{feed.name}: its owner is not named"
        assert feed.terms.startswith("https://"), f"{feed.name}: its terms are not named"
        assert feed.tags, f"{feed.name}: it has no tag"
        assert "news.google" not in feed.url
        assert "bing.com" not in feed.url


def test_every_key_of_the_example_is_explained_beside_it() -> None:
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    head = text.split("[[feeds]]")[0].splitlines()
    for number, line in enumerate(head):
        if "=" in line and not line.startswith(("#", " ", '"')):
            above = number and head[number - 1].startswith("#")
            assert "#" in line or above, f"line {number + 1} is not explained: {line}"
    assert tomllib.loads(text)


def test_feeds_that_the_example_leaves_out_can_be_taken_in_by_uncommenting_them() -> None:
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    packed = parse(text, Path("c.toml"))
    block = re.compile(r"^# (?=\[\[feeds\]\]$|(?:url|name|owner|lang|tags|terms|seen) = )", re.MULTILINE)
    whole = parse(block.sub("", text), Path("c.toml"))
    assert len(whole.feeds) == len(packed.feeds) + text.count("# [[feeds]]") > len(packed.feeds)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            'every = "20m"',
            'every = "often"',
            'c.toml:3: poll.every: expected a duration such as "15m", got "often"',
            id="a wrong duration",
        ),
        pytest.param(
            'every = "20m"',
            'every = "99999999999d"',
            'c.toml:3: poll.every: expected a duration such as "15m", got "99999999999d"',
            id="a duration beyond all time",
        ),
        pytest.param(
            'at = "07:30"',
            'at = "25:00"',
            'c.toml:11: channels[0].digest.at: expected a time of day such as "08:00", got "25:00"',
            id="a wrong time",
        ),
        pytest.param(
            'days = "mon-fri"',
            'day = "mon-fri"',
            'c.toml:12: channels[0].digest.day: there is no such setting; did you mean "days"?',
            id="an unknown key",
        ),
        pytest.param(
            'url = "https://news.example/feed.xml"\n',
            "",
            "c.toml:14: feeds[0].url: expected a value, got nothing",
            id="a missing value",
        ),
        pytest.param(
            'url = "https:',
            'url = "ftp:',
            "c.toml:15: feeds[0].url: expected an address that begins with http:// or https://, "
            'got "ftp://news.example/feed.xml"',
            id="a wrong address",
        ),
        pytest.param(
            'contact = "mailto:desk@example.org"',
            'contact = "me"',
            "c.toml:2: poll.contact: expected an e-mail address or a page where publishers can reach you, "
            'got "me"',
            id="a contact that is none",
        ),
    ],
)
def test_a_fault_names_line_expectation_and_finding(old: str, new: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(SMALL.replace(old, new), Path("c.toml"))
    assert caught.value.faults == (told,)


def test_all_faults_are_told_at_once() -> None:
    text = SMALL.replace('"20m"', '"often"').replace('"07:30"', '"late"').replace('"Baykar"', "7")
    with pytest.raises(ConfigError) as caught:
        parse(text, Path("c.toml"))
    assert [fault.split(":")[1] for fault in caught.value.faults] == ["3", "8", "11"]


def test_a_wrong_time_zone_proposes_the_nearest() -> None:
    with pytest.raises(ConfigError, match='did you mean "Europe/Istanbul"'):
        parse(SMALL + '\n[defaults]\ntimezone = "Europe/Istambul"\n', Path("c.toml"))


def test_an_address_given_twice_is_a_fault() -> None:
    twice = SMALL + '\n[[feeds]]\nurl = "https://news.example/feed.xml"\nname = "Again"\n'
    with pytest.raises(
        ConfigError, match=r"c.toml:19: feeds\[1\].url: expected one of its own, not that of feeds\[0\]"
    ):
        parse(twice, Path("c.toml"))


def test_text_that_is_no_toml_names_the_place() -> None:
    with pytest.raises(ConfigError, match=r"c\.toml:1: this is not TOML: Expected"):
        parse("[poll\n", Path("c.toml"))


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="vedette init"):
        load(tmp_path / "none.toml")


def test_a_rule_may_ask_for_facts() -> None:
    rule = '\n[[channels.rules]]\nname = "r"\nexpression = "fact:contract>1bn AND fact:status=signed"\n'
    config = parse(SMALL.replace("\n[channels.digest]", rule + "\n[channels.digest]"), Path("c.toml"))
    assert config.channels[0].rules[0].expression == "fact:contract>1bn AND fact:status=signed"


def test_a_watch_expression_that_cannot_be_read_is_a_fault() -> None:
    rule = '\n[[channels.rules]]\nname = "r"\nexpression = "frigate AND ("\n'
    with pytest.raises(
        ConfigError, match=r"channels\[0\].rules\[0\].expression: expected a watch expression"
    ):
        parse(SMALL.replace("\n[channels.digest]", rule + "\n[channels.digest]"), Path("c.toml"))

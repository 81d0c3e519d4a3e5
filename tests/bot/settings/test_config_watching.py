"""The `[poll]` section: what one exchange may cost, within bounds, and whom it may ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import parse
from bot.errors import ConfigError
from watchers.feeds.exchange import Limits

FILE = Path("c.toml")
START = '[poll]\ncontact = "mailto:desk@example.org"\n'
ROOT = Path(__file__).parents[3]


def test_limits_that_nobody_sets_are_the_usual_ones() -> None:
    assert parse(START, FILE).poll.limits == Limits()


def test_every_limit_is_a_setting() -> None:
    text = (
        'deadline = "10s"\nparse = "5s"\nsize = "8MiB"\npage = "512KiB"\nheaders = "32KiB"\n'
        "redirects = 2\nentries = 500\nper_host = 2\nconnections = 8\n"
    )
    assert parse(START + text, FILE).poll.limits == Limits(
        deadline=10,
        parse=5,
        body=8 * 1024**2,
        page=512 * 1024,
        headers=32 * 1024,
        redirects=2,
        entries=500,
        per_host=2,
        connections=8,
    )


def test_the_example_shows_each_limit_as_it_usually_is() -> None:
    text = (ROOT / "config.example.toml").read_text("utf-8")
    part = text.split("# What one exchange may cost", 1)[1].split("\n\n", 1)[0]
    lines = [line[2:] for line in part.splitlines()[1:]]
    assert len(lines) == len(Limits.__dataclass_fields__)
    assert parse(START + "\n".join(lines), FILE).poll.limits == Limits()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('deadline = "10m"', "poll.deadline: expected a time from 1s to 5m"),
        ('parse = "0s"', "poll.parse: expected a time from 1s to 5m"),
        ('size = "1GiB"', 'poll.size: expected a size such as "64KiB" or "16MiB", got "1GiB"'),
        ('size = "65MiB"', 'poll.size: expected a size from 64KiB to 64MiB, got "65MiB"'),
        ("page = 2000000", 'poll.page: expected a size such as "64KiB" or "16MiB", got 2000000'),
        ('headers = "1KiB"', 'poll.headers: expected a size from 4KiB to 1MiB, got "1KiB"'),
        ("redirects = -1", "poll.redirects: expected greater than or equal to 0, got -1"),
        ("entries = 5", "poll.entries: expected greater than or equal to 10, got 5"),
        ("per_host = 0", "poll.per_host: expected greater than or equal to 1, got 0"),
        ("connections = 513", "poll.connections: expected less than or equal to 512, got 513"),
        ("per_host = 8\nconnections = 4", "poll: expected per_host up to connections"),
    ],
    ids=lambda value: value.split(" = ")[0] if " = " in value else "",
)
def test_a_limit_out_of_bounds_is_a_fault_that_names_them(line: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(START + line + "\n", FILE)
    assert told in caught.value.faults[0]


@pytest.mark.parametrize(
    "pair",
    [
        "127.0.0.1",
        "127.1:80",
        "0x7f000001:80",
        "10.0.0.0/8:80",
        "*:80",
        "*.example.org:80",
        "http://127.0.0.1:80",
        "me@127.0.0.1:80",
        "::1:80",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "127.0.0.1:８０",
        " 127.0.0.1:80",
    ],
)
def test_the_allow_list_takes_one_host_and_one_port_in_its_plain_spelling(pair: str) -> None:
    with pytest.raises(ConfigError, match=r"exact .host:port"):
        parse(f'{START}allow = ["{pair}"]\n', FILE)


def test_names_and_addresses_of_both_families_can_be_allowed() -> None:
    pairs = ("127.0.0.1:8900", "[::1]:8900", "inside.example.org:80", "localhost:8750", "feeds_1:80")
    allowed = parse(f"{START}allow = {list(pairs)}\n", FILE).poll.allowed
    assert allowed == {
        ("127.0.0.1", 8900),
        ("[::1]", 8900),
        ("inside.example.org", 80),
        ("localhost", 8750),
        ("feeds_1", 80),
    }


def test_a_contact_is_required() -> None:
    with pytest.raises(ConfigError, match=r"poll\.contact: expected a value"):
        parse("[poll]\n", FILE)

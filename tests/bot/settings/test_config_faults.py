"""What is said of a wrong setting: on which line it stands, and what to write in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import parse
from bot.errors import ConfigError

SMALL = """\
[poll]
contact = "mailto:desk@example.org"
[slack]
[discord]
[[channels]]
id = "preview:desk"
name = "Desk"
[[feeds]]
url = "https://news.example/feed.xml"
name = "News"
"""


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        parse(text, Path("c.toml"))
    return caught.value.faults


def channel(*lines: str) -> str:
    return "\n".join((SMALL + "[[channels]]", *lines, 'name = "Other"', ""))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param("slack:#defence", 'such as "slack:C0123ABCD"; copy it from', id="a name on Slack"),
        pytest.param("discord:news", "Copy Channel ID in its menu gives it", id="a name on Discord"),
        pytest.param("preview:My Desk", 'a name in small letters, such as "preview:main"', id="a page's"),
        pytest.param("#defence", '"preview:main", "slack:C0123ABCD" or "discord:', id="no platform"),
        pytest.param("irc:news", '"preview:main", "slack:C0123ABCD" or "discord:', id="another platform"),
    ],
)
def test_a_channels_id_is_said_as_people_find_it(given: str, told: str) -> None:
    (fault,) = faults(channel(f'id = "{given}"'))
    assert fault.startswith("c.toml:12: channels[1].id: expected ")
    assert told in fault
    assert fault.endswith(f', got "{given}"')
    assert "^" not in fault


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("[slack]", 'command = "watch"'),
        ("[slack]", 'editors = ["@ada"]'),
        ("[discord]", 'command = "/watch"'),
        ("[discord]", 'roles = ["desk"]'),
        ("[[feeds]]", 'lang = "English"'),
    ],
)
def test_no_setting_is_explained_by_a_pattern(section: str, line: str) -> None:
    (fault,) = faults(SMALL.replace(section, f"{section}\n{line}"))
    assert "such as" in fault
    assert "pattern" not in fault


@pytest.mark.parametrize(
    ("section", "key", "variable"),
    [
        ("[slack]", "bot_token", "SLACK_BOT_TOKEN"),
        ("[slack]", "token", "SLACK_BOT_TOKEN"),
        ("[slack]", "app_token", "SLACK_APP_TOKEN"),
        ("[slack]", "signing_secret", "SLACK_SIGNING_SECRET"),
        ("[discord]", "token", "DISCORD_TOKEN"),
    ],
)
def test_a_token_in_the_file_is_sent_to_the_environment(section: str, key: str, variable: str) -> None:
    (fault,) = faults(SMALL.replace(section, f'{section}\n{key} = "canary"'))
    assert f".{key}: there is no such setting; tokens come from the environment" in fault
    assert fault.endswith(f"set {variable}")
    assert "canary" not in fault


def test_faults_between_settings_stand_on_their_own_lines_and_are_told_at_once() -> None:
    text = channel('id = "preview:other"', 'bound_to = "preview:gone"').replace("[discord]\n", "")
    text += '[[channels]]\nid = "preview:other"\nname = "Again"\n'
    text += '[[channels]]\nid = "discord:12345"\nname = "Far"\n'
    text += '[[feeds]]\nurl = "https://news.example/feed.xml"\nname = "Again"\n'
    assert [fault.partition(", got ")[0] for fault in faults(text)] == [
        "c.toml:12: channels[1].bound_to: expected the id of another channel here, that is bound to none",
        "c.toml:15: channels[2].id: expected one of its own, not that of channels[1]",
        "c.toml:18: channels[3].id: expected a [discord] section, which such a channel needs",
        "c.toml:21: feeds[1].url: expected one of its own, not that of feeds[0]",
    ]


@pytest.mark.parametrize("offset", ["GMT+3", "UTC+03:00", "+3", "gmt-5"])
def test_an_offset_is_no_time_zone_and_none_is_proposed(offset: str) -> None:
    (fault,) = faults(f'{SMALL}[defaults]\ntimezone = "{offset}"\n')
    assert fault.startswith("c.toml:12: defaults.timezone: expected the time zone of a city, ")
    assert fault.endswith(f', got "{offset}"')


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Istanbul", "Europe/Istanbul"),
        ("istambul", "Europe/Istanbul"),
        ("New York", "America/New_York"),
        ("Asia/Tokio", "Asia/Tokyo"),
        ("Mars/Base", ""),
    ],
)
def test_a_city_proposes_its_zone_behind_what_was_found(given: str, meant: str) -> None:
    (fault,) = faults(f'{SMALL}[defaults]\ntimezone = "{given}"\n')
    hint = f'; did you mean "{meant}"?' if meant else ""
    assert fault.endswith(f'expected an IANA time zone such as "Europe/Istanbul", got "{given}"{hint}')


SLIPS = {
    "a section of the example and one pasted": (
        "[slack]\n[slack]\n",
        "2",
        "the section [slack] stands twice",
    ),
    "a section of a channel": (
        "[[channels]]\n[channels.digest]\n[channels.digest]\n",
        "3",
        "the section [channels.digest] stands twice",
    ),
    "a key": ("[page]\nport = 1\nport = 2\n", "3", "this key stands twice in its section"),
    "no quotes": ("[poll]\ncontact = desk\n", "2", 'a text in straight quotes, "like this"'),
    "curly quotes": ("[poll]\ncontact = “desk”\n", "2", 'a text in straight quotes, "like this"'),
    "an open quotation": ('[poll]\ncontact = "desk\n', "2", 'the text that begins here has no closing "'),
    "no equals sign": ('[poll]\ncontact "desk"\n', "2", 'expected a line such as key = "value"'),
}


@pytest.mark.parametrize(("text", "line", "told"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_of_the_pen_is_told_with_its_line_and_in_plain_words(text: str, line: str, told: str) -> None:
    (fault,) = faults(text)
    assert fault.startswith(f"c.toml:{line}: this is not TOML: ")
    assert told in fault

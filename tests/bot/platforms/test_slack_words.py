"""Words of a feed on Slack: they stay words, are cut where they may be, and name no other site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.inert import one_line
from bot.platforms.slack import parts
from bot.platforms.slack.limits import weight
from bot.platforms.slack.mrkdwn import chunks, clean, link, mrkdwn, plain, unmasked, words
from tests.bot.platforms.slack_hostile import hostile


@pytest.mark.parametrize(
    ("sentence", "mention", "excerpt"),
    [
        pytest.param("Short and whole.", "whole", "Short and whole.", id="a short one is whole"),
        pytest.param("a" * 150 + " " + "b" * 80, "", "a" * 150 + "…", id="cut at a word"),
        pytest.param("z" * 300, "z" * 300, "", id="none where the mention alone is too long"),
    ],
)
def test_a_sentence_is_shortened_at_words_and_around_its_mention(
    sentence: str, mention: str, excerpt: str
) -> None:
    assert parts.excerpt(sentence, mention) == excerpt


def test_a_mention_far_inside_a_sentence_is_shown_with_what_stands_around_it() -> None:
    said = parts.excerpt("before " * 50 + "the €310 million contract " + "after " * 50, "€310 million")
    assert said.startswith("…before ")
    assert "before the €310 million contract after" in said
    assert said.endswith("after…")
    assert 150 < len(said) <= 202


@given(hostile, hostile, hostile)
def test_an_excerpt_is_short_and_keeps_its_mention_whole(before: str, mention: str, after: str) -> None:
    said = parts.excerpt(before + mention + after, mention)
    assert len(said.strip("…")) <= 200
    kept = one_line(clean(mention))
    if said and kept in one_line(clean(before + mention + after)):
        assert kept in said


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;", id="mentions"),
        pytest.param("R&amp;D", "R&amp;D", id="an entity escaped once too often"),
        pytest.param("&amp;lt;!here&amp;gt;", "&lt;!here&gt;", id="entities within entities"),
        pytest.param("*a* _b_ ~c~ `d`", "∗a∗ ˍbˍ ∼c∼ ˋdˋ", id="marks"),
        pytest.param("> a\n>b", "› a\n›b", id="quotes at a line's start"),
        pytest.param("[a](https://b.example)", "[a] (https://b.example)", id="another markup's link"),
        pytest.param(":fire: 12:30:45 :100:", "∶fire: 12:30:45 ∶100:", id="pictures but not times"),
        pytest.param("a\u202eb\u200bc", "abc", id="invisible characters"),
    ],
)
def test_words_of_a_feed_stay_words(text: str, written: str) -> None:
    assert mrkdwn(text) == written


@pytest.mark.parametrize(
    ("label", "host", "written"),
    [
        pytest.param(
            "https://bank.com/login", "evil.example", "https://bank[.]com/login", id="another's address"
        ),
        pytest.param("bank.com", "evil.example", "bank[.]com", id="another's name"),
        pytest.param("news.gazette.com says", "www.gazette.com", "news.gazette.com says", id="its own"),
        pytest.param("gazette.co.uk", "evil.co.uk", "gazette[.]co[.]uk", id="a neighbour under co.uk"),
        pytest.param(
            "M.Kemal at 2.Ordu", "gazette.example", "M. Kemal at 2. Ordu", id="full stops without a space"
        ),
        pytest.param(
            "$1.5bn, 3.2 million, U.S. Navy",
            "gazette.example",
            "$1.5bn, 3.2 million, U.S. Navy",
            id="figures",
        ),
        pytest.param("report.pdf", "gazette.example", "report.pdf", id="a file"),
    ],
)
def test_a_link_names_no_other_site_than_its_own(label: str, host: str, written: str) -> None:
    assert unmasked(label, host) == written


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://a.example|b>",
        "https://bank.com@evil.example/",
        "https://a.example/" + "x" * 3_000,
    ],
)
def test_an_address_unfit_for_a_link_leaves_the_words(url: str) -> None:
    assert link("Harbour Gazette", url, 2_990).text == "Harbour Gazette"


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        pytest.param("Varnland orders drones", 18, "Varnland orders…", id="at a word"),
        pytest.param("It pays 310 million euros", 18, "It pays…", id="not between a figure and its unit"),
        pytest.param("It pays €310 million", 16, "It pays…", id="not in a figure"),
        pytest.param("Costs 12 000 000 euros", 16, "Costs…", id="not between the groups of a figure"),
        pytest.param("同省は8兆8454億円で調達する", 20, "同省は…", id="not in a figure without spaces"),
        pytest.param("9" * 50, 20, "…", id="a figure too long altogether goes"),
    ],
)
def test_a_text_is_cut_at_a_word_and_never_in_a_figure(text: str, limit: int, cut: str) -> None:
    told = words(text, limit)
    assert (told.text, told.whole) == (cut, False)


@given(st.text(alphabet="ab&<* \n日1", max_size=400), st.integers(40, 120))
def test_a_long_text_goes_into_several_sections_and_loses_nothing(text: str, limit: int) -> None:
    out = chunks(text, limit, mrkdwn)
    assert all(weight(part) <= limit for part in out)
    assert "".join("".join(out).split()) == "".join(mrkdwn(text).split())


def test_plain_text_is_escaped_but_keeps_its_marks() -> None:
    assert plain("a *b* <c> & :fire:") == "a *b* &lt;c&gt; &amp; :fire:"

"""Regular expressions: what they match in folded text, and that none can cost an entry its time."""

from __future__ import annotations

import logging
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cpu import least_cpu
from watchers.errors import ExpressionError
from watchers.matching.expression import And, Not, Regex, Word
from watchers.matching.grammar import parse_expression
from watchers.matching.match import compile_watches, match
from watchers.matching.regexes import MAX_STEPS, RegexFault, read_regex
from watchers.matching.searching import ENTRY_SECONDS, search
from watchers.types import Entry, Watch

SLOW = r"/\w+\w+\w{1,40}-/"  # allowed, and a page of letters without a space costs it all the time there is


def entry(title: str, body: str = "", *, lang: str = "en") -> Entry:
    return Entry(
        key="0" * 16,
        feed=1,
        guid="",
        link="https://news.gulfherald.example/1",
        title=title,
        summary="",
        body=body,
        lang=lang,
        outlet="Gulf Herald",
        published=None,
        seen=datetime(2025, 8, 19, tzinfo=UTC),
    )


def watch(expression: str, number: int = 1) -> Watch:
    return Watch(number=number, channel="c", name="", expression=expression, kind="rule")


def found(expression: str, of: Entry) -> list[str] | None:
    """Return the words that hit, None without a match."""
    matches = match(of, compile_watches([watch(expression)]))
    return [getattr(of, h.scope)[h.start : h.end] for h in matches[0].hits] if matches else None


HITS = [
    pytest.param(r"/TB\d/", "Bayraktar ＴＢ２ ve tb3", ["ＴＢ２", "tb3"], id="full width and any case"),
    pytest.param(r"cs:/TB\d/", "tb2 and TB3", ["TB3"], id="case kept"),
    pytest.param(r"cs:/Güler/", "GULER met Guler", ["Guler"], id="case kept, accents not"),
    pytest.param(r"/S-\d{3}/", "an S\u2011400 battery", ["S\u2011400"], id="a hyphen is a hyphen"),
    pytest.param(r"/akıncı/", "AKINCI ve Akinci", ["AKINCI", "Akinci"], id="one letter I"),
    pytest.param(
        r"/uça[ğk]\w*/", "Uc\u0327ag\u0306ı ve uçak", ["Uc\u0327ag\u0306ı", "uçak"], id="composed or not"
    ),
    pytest.param(r"/(?:F|S)-1[56]/", "F-16s and S-15", ["F-16", "S-15"], id="a group"),
    pytest.param(r"/\bdrones?\b/", "A drone, drones, droned", ["drone", "drones"], id="an edge"),
    pytest.param(r"/^tokyo/", "Tokyo and Tokyo", ["Tokyo"], id="the beginning"),
    pytest.param(r"/tokyo$/", "Tokyo and Tokyo", ["Tokyo"], id="the end"),
    pytest.param(r"/無人[機艇]/", "無人機と無人艇", ["無人機", "無人艇"], id="Japanese"),
    pytest.param(r"/ﾄﾞﾛｰﾝ/", "ドローン", ["ドローン"], id="half-width Katakana"),
    pytest.param(r"/a\/b/", "a/b", ["a/b"], id="a slash"),
    pytest.param(r"/[^\d\s]{2,3}5/", "ab5 1 5", ["ab5"], id="a negated class"),
    pytest.param(r"/\$\d+(?:\.\d+)? ?(?:bn|billion)/", "a $2.6bn deal", ["$2.6bn"], id="money"),
    pytest.param(r"/navy.*?award/", "navy gets award award", ["navy gets award"], id="as few as can be"),
    pytest.param(r"/TB\d/ NEAR/2 drone", "TB2 the drone", ["TB2", "drone"], id="near a word"),
    pytest.param(r"title:/tb\d/", "TB2", ["TB2"], id="in the title"),
    pytest.param(r"navy -/tb\d/", "Navy TB2", None, id="left out"),
    pytest.param(
        r"/(\w+ )*drones/", "two big red drones", ["two big red drones"], id="a chain that ends clearly"
    ),
    pytest.param(r"/(x|y)+z/", "xyxz", ["xyxz"], id="alternatives that begin apart"),
    pytest.param(r"/{x}/", "{x}", ["{x}"], id="a brace that counts nothing"),
]


@pytest.mark.parametrize(("expression", "title", "words"), HITS)
def test_a_regular_expression_matches_folded_text(
    expression: str, title: str, words: list[str] | None
) -> None:
    assert found(expression, entry(title)) == words


FAULTS = [
    pytest.param(r"/(\w+)*x/", 1, "too many ways", id="words of words"),
    pytest.param("/(a+)+b/", 1, "too many ways", id="a repetition in a repetition"),
    pytest.param("/(a|a)*b/", 1, "too many ways", id="alternatives that are one"),
    pytest.param("/(a?){40}b/", 1, "too many ways", id="many that may be nothing"),
    pytest.param(r"/(\w+\s?)*$/", 1, "nothing at all", id="a chain of words"),
    pytest.param("/.*.*.*.*x/", 1, "too many ways", id="four open ends"),
    pytest.param("/(.{200}){200}/", 1, "characters at most", id="a match that is a page"),
    pytest.param("/x{5000}/", 2, "up to 200", id="a large number"),
    pytest.param("/a*/", 1, "nothing at all", id="what matches nothing"),
    pytest.param("/^$/", 1, "nothing at all", id="an empty field"),
    pytest.param(r"/(a)\1/", 4, "for ever", id="a group repeated"),
    pytest.param("/(?=a)b/", 1, "not understood", id="looking ahead"),
    pytest.param("/(?i)x/", 1, "not understood", id="a flag"),
    pytest.param("/x(y/", 2, "not closed", id="an open group"),
    pytest.param("/x)y/", 2, "closes nothing", id="a bracket too many"),
    pytest.param("/x[ab/", 2, "not closed", id="an open class"),
    pytest.param("/[z-a]/", 2, "no range", id="a range from its end"),
    pytest.param("/*x/", 1, "nothing does", id="nothing to repeat"),
    pytest.param("/x**/", 3, "cannot follow", id="a repetition of one"),
    pytest.param(r"/\bx\pL/", 4, "not understood", id="a class we lack"),
    pytest.param(r"/\b+x/", 1, "Only a character", id="an edge repeated"),
    pytest.param("navy /abc", 5, "two slashes", id="an open end"),
    pytest.param(f"/{'a' * 301}/", 301, "at most 300", id="too long"),
]


@pytest.mark.parametrize(("text", "position", "says"), FAULTS)
def test_a_regular_expression_that_cannot_be_is_refused_at_its_place(
    text: str, position: int, says: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text)
    message = str(caught.value)
    assert (caught.value.position, says in message) == (position, True), message
    parse_expression(message.partition("Try: ")[2])


def test_a_regular_expression_is_kept_as_it_was_typed() -> None:
    assert parse_expression(r'cs:/ (a b)|"c" \/ /') == Regex(r' (a b)|"c" \/ ', exact_case=True)
    assert parse_expression("x1 -/y z/") == And((Word("x1"), Not(Regex("y z"))))
    assert str(parse_expression(r"cs:(/a\d/)")) == r"cs:/a\d/"


patterns = st.recursive(
    st.sampled_from(["a", "b", ".", r"\w", r"\d", "[ab]", "[^a]", " ", "é", "I", "無", r"\b", "^", "$"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("(?:{0[0]}|{0[1]})".format),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,60}", "*?"])).map(
            lambda parts: f"(?:{parts[0]}){parts[1]}"
        ),
    ),
    max_leaves=8,
)


@given(patterns, st.text(st.sampled_from("ab aé I無1"), max_size=40))
def test_what_is_accepted_is_bounded_and_says_what_re_says(source: str, text: str) -> None:
    try:
        regex = read_regex(source)
    except RegexFault:
        return
    assert regex.steps <= MAX_STEPS
    ranges, through = search(regex, text, seconds=5)
    assert through
    assert list(ranges) == [found.span() for found in regex.compiled.finditer(text)]
    assert all(end - start <= regex.longest for start, end in ranges)
    assert not ranges or not regex.signs or any(sign in text for sign in regex.signs)


@settings(deadline=None)  # each example compiles its rules
@given(st.text(st.sampled_from("TB2 tbİıI無S\u0327Ş.-"), max_size=20))
def test_matching_is_the_same_in_any_case_and_composition(title: str) -> None:
    rules = [r"/tb\d?/", "/[ıi]{2}/", "/ş.?t/", "/無+/"]
    watchlist = compile_watches([watch(rule, number) for number, rule in enumerate(rules)])
    forms = (
        title,
        title.upper(),
        title.lower(),
        unicodedata.normalize("NFD", title),
        unicodedata.normalize("NFC", title),
    )
    answers = [[m.watch for m in match(entry(form), watchlist)] for form in forms]
    assert all(answer == answers[0] for answer in answers)


def test_windows_hide_no_edge_of_the_text() -> None:
    text = "ab" * 5_000 + " end"
    assert search(read_regex(r"\bend$"), text, seconds=5)[0] == [(10_001, 10_004)]
    assert search(read_regex("b$"), text[:-4], seconds=5)[0] == [(9_999, 10_000)]
    assert search(read_regex("^ab"), text, seconds=5)[0] == [(0, 2)]
    slow = read_regex(r"(?:a|b){12}\b")  # one starting place a window
    assert search(slow, "x" * 50 + "ab" * 6, seconds=5)[0] == [(50, 62)]


def test_the_time_is_looked_at_between_windows() -> None:
    ticks = iter(range(1_000))
    ranges, through = search(read_regex("x{2}"), "a" * 100_000, seconds=3, meter=lambda: next(ticks))
    assert (list(ranges), through) == ([], False)


# Seconds of processor time, with what folds 100 000 letters beside: .06 when measured. One expression that
# nothing stops takes a minute and a half.
SOON = ENTRY_SECONDS * 8


def test_a_slow_expression_is_stopped_and_hurts_no_other_rule(caplog: pytest.LogCaptureFixture) -> None:
    rules = [SLOW, "navy", r"/na[v]y\b/", f"-{SLOW} army", f"army OR {SLOW}", f"-(army OR {SLOW})"]
    watchlist = compile_watches([watch(rule, number) for number, rule in enumerate(rules)])
    article = entry("The navy and the army", "a" * 100_000)
    with caplog.at_level(logging.WARNING):
        met = [m.watch for m in match(article, watchlist)]
        assert least_cpu(lambda: match(article, watchlist), under=SOON) < SOON
    assert met == [1, 2, 4]  # neither the slow one nor its NOT
    assert "no time" in caplog.text


def test_all_expressions_of_an_entry_share_its_time() -> None:
    rules = [rf"/\w+\w+\w{{1,30}}-{number}/" for number in range(40)]
    watchlist = compile_watches([watch(rule, number) for number, rule in enumerate(rules)])
    article = entry("x", "a" * 100_000)
    assert match(article, watchlist) == ()
    assert least_cpu(lambda: match(article, watchlist), under=SOON) < SOON

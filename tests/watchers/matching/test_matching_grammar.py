"""The watch language: what is read, how it is written back, and what the errors say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cpu import cpu_spent
from watchers.errors import ExpressionError
from watchers.matching.expression import (
    And,
    Expression,
    InTitle,
    Language,
    Near,
    Not,
    Or,
    Phrase,
    Source,
    Word,
)
from watchers.matching.grammar import parse_expression

READ = [
    pytest.param("frigate", Word("frigate"), id="a word"),
    pytest.param(
        '"drone  procurement"', Phrase("drone procurement"), id="a phrase with its white space tidied"
    ),
    pytest.param("“Turkish drones”", Phrase("Turkish drones"), id="a telephone's quotation marks"),
    pytest.param("「無人機」", Phrase("無人機"), id="Japanese quotation marks"),
    pytest.param("frigate award", And((Word("frigate"), Word("award"))), id="beside one another is AND"),
    pytest.param(
        "a1 OR b1 c1", Or((Word("a1"), And((Word("b1"), Word("c1"))))), id="AND binds tighter than OR"
    ),
    pytest.param("（a1 OR b1）", Or((Word("a1"), Word("b1"))), id="full-width brackets"),
    pytest.param(
        "a1 (b1 (c1 d1))", And(tuple(map(Word, ("a1", "b1", "c1", "d1")))), id="groups of AND are flat"
    ),
    pytest.param("navy -opinion", And((Word("navy"), Not(Word("opinion")))), id="a minus leaves out"),
    pytest.param("NOT NOT navy", Word("navy"), id="two negations are none"),
    pytest.param("S-400 OR F-16", Or((Word("S-400"), Word("F-16"))), id="a hyphen inside a word is no minus"),
    pytest.param("torped*", Word("torped", prefix=True), id="a prefix"),
    pytest.param('"air defen*"', Phrase("air defen", prefix=True), id="a phrase that ends in a prefix"),
    pytest.param(
        "(drone OR İHA) NEAR/4 Japonya",
        Near((Word("drone"), Word("İHA")), (Word("Japonya"),), 4),
        id="near with alternatives",
    ),
    pytest.param(
        "cs:(ATLA OR Shield)",
        Or((Word("ATLA", exact_case=True), Word("Shield", exact_case=True))),
        id="case for a group goes to its words",
    ),
    pytest.param(
        "title：navy lang：tr", And((InTitle(Word("navy")), Language("tr"))), id="full-width colons"
    ),
    pytest.param("8,200 AT&T", And((Word("8,200"), Word("AT&T"))), id="signs inside numbers and names"),
    pytest.param("title:navy LANG:TR", And((InTitle(Word("navy")), Language("tr"))), id="scopes"),
    pytest.param('source:"Gulf Herald"', Source(Phrase("Gulf Herald")), id="a source by name"),
    pytest.param("https://navy.example/x", Word("https://navy.example/x"), id="an address is a word"),
    pytest.param('"and" or1', And((Phrase("and"), Word("or1"))), id="a quoted operator is a word"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_an_expression_is_read(text: str, expected: object) -> None:
    assert parse_expression(text) == expected


FAULTS = [
    pytest.param("", 0, "nothing to look for", "Try: Baykar", id="nothing"),
    pytest.param("navy AND", 8, "must follow", "Try: navy", id="an operator at the end"),
    pytest.param("OR navy", 0, "both sides", "Try: navy", id="an operator at the start"),
    pytest.param("navy OR OR army", 8, "both sides", "Try: navy OR army", id="an operator twice"),
    pytest.param("(navy OR army", 13, "not closed", "Try: (navy OR army)", id="an open bracket"),
    pytest.param("navy) army", 4, "closes nothing", "Try: navy army", id="a bracket too many"),
    pytest.param('navy "air def', 5, "not closed", 'Try: navy "air def"', id="an open quotation"),
    pytest.param("navy ()", 6, "nothing between", "Try: navy", id="empty brackets"),
    pytest.param("titel:navy", 0, 'no scope "titel:"', "Try: title:navy", id="a slip in a scope"),
    pytest.param(
        "x1 site:a.example", 3, 'no scope "site:"', "Try: x1 source:a.example", id="another bot's scope"
    ),
    pytest.param("lang:turkish navy", 5, "language code", "Try: lang:tr navy", id="a language by name"),
    pytest.param("navy and army", 5, "capitals", "Try: navy AND army", id="a small operator"),
    pytest.param("navy, army", 4, "commas", "Try: navy OR army", id="a list with commas"),
    pytest.param("navy NEAR army", 5, "number", "Try: navy NEAR/5 army", id="near without a number"),
    pytest.param("navy NEAR/0 army", 5, "number", "Try: navy NEAR/5 army", id="near nothing"),
    pytest.param("na*vy", 2, "end of a word", "Try: na*", id="a star inside a word"),
    pytest.param("n* army", 0, "2 letters", "Try: army", id="a prefix of one letter"),
    pytest.param("navy - army", 5, "right before", "Try: navy -army", id="a minus on its own"),
    pytest.param("navy … army", 5, "no letter", "Try: navy army", id="a sign"),
    pytest.param("a1 NEAR/2 (b1 c1)", 3, "between words", 'Try: a1 NEAR/2 "b1 c1"', id="near and AND"),
    pytest.param("navy && army", 5, "AND does", "Try: navy AND army", id="signs for AND"),
    pytest.param("navy | army || fleet", 5, "OR does", "Try: navy OR army OR fleet", id="signs for OR"),
    pytest.param("navy !army", 5, "NOT does", "Try: navy -army", id="a sign for NOT"),
    pytest.param("+navy army", 0, "AND does", "Try: navy army", id="a sign for what must be there"),
    pytest.param("navy NOT", 8, "must follow", "Try: navy", id="nothing to leave out"),
    pytest.param("navy AND NOT", 12, "must follow", "Try: navy", id="two operators at the end"),
    pytest.param("navy near/7 army", 5, "number", "Try: navy NEAR/7 army", id="near in small letters"),
    pytest.param("navy NEAR7 army", 5, "number", "Try: navy NEAR/7 army", id="near without its slash"),
    pytest.param("navy NEAR /7 army", 5, "number", "Try: navy NEAR/7 army", id="near with a space"),
    pytest.param("NEAR/3 navy", 0, "both sides", "Try: navy", id="near at the start"),
    pytest.param(
        "a1 NEAR/2 b1 NEAR/3 c1", 13, "two sides", "Try: a1 NEAR/2 b1 AND b1 NEAR/3 c1", id="a chain of near"
    ),
    pytest.param("'sea power' fleet", 0, 'two "', 'Try: "sea power" fleet', id="single quotation marks"),
    pytest.param('"air defen"*', 11, "no letter", 'Try: "air defen*"', id="a star behind the quotes"),
    pytest.param("drones? navy", 6, "begins so", "Try: drones* navy", id="a question mark for any letter"),
    pytest.param("lang=tr navy", 0, 'no scope "lang="', "Try: lang:tr navy", id="an equals sign"),
    pytest.param("lang:tr,ja", 5, "two letters", "Try: (lang:tr OR lang:ja)", id="two languages"),
    pytest.param(
        "source:(gulf OR bay)", 7, "outlet's name", "Try: (source:gulf OR source:bay)", id="two outlets"
    ),
    pytest.param(
        "about:(drone OR tank) x1", 6, "a concept", "Try: (about:drone OR about:tank) x1", id="two concepts"
    ),
    pytest.param("title:", 6, "the title has", "Try: title:Baykar", id="a title without words"),
    pytest.param("x1 cs:", 6, "capitals", "Try: x1 cs:SHIELD", id="case without a word"),
    pytest.param("無人機、調達", 3, "commas", "Try: 無人機 OR 調達", id="a Japanese list"),
    pytest.param("navy,army", 4, "commas", "Try: navy OR army", id="a list without spaces"),
    pytest.param("Navy AND or army", 9, "capitals", "Try: ", id="an operator twice, once small"),
]


@pytest.mark.parametrize(("text", "position", "says", "proposes"), FAULTS)
def test_an_error_points_at_the_place_and_proposes_something_that_reads(
    text: str, position: int, says: str, proposes: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text)
    message = str(caught.value)
    assert caught.value.position == position
    assert caught.value.expression == text
    assert says in message
    assert proposes in message
    parse_expression(message.partition("Try: ")[2])


def outcome(text: str) -> Expression | ExpressionError:
    try:
        return parse_expression(text)
    except ExpressionError as error:
        return error


words = st.text(st.characters(categories=["L", "Nd"]), min_size=2, max_size=8).filter(
    lambda word: word.lower() not in ("and", "or", "not", "near")
)
terms = st.one_of(
    words,
    words.map("{}*".format),
    words.map("cs:{}".format),
    st.lists(words, min_size=1, max_size=3).map(lambda several: f'"{" ".join(several)}"'),
    st.tuples(words, st.integers(1, 9), words).map(lambda parts: f"{parts[0]} NEAR/{parts[1]} {parts[2]}"),
    st.sampled_from(["lang:tr", 'source:"Gulf Herald"', "title:navy"]),
    words.map("entity:{}".format),
    st.lists(words, min_size=2, max_size=3).map(lambda several: f'entity:"{" ".join(several)}"'),
    st.sampled_from(["about:drone", 'about:"無人機の調達"', "/TB[23]/", r"cs:/a\/b \d{2,3}/", "/(x|y)+z/"]),
    st.sampled_from(["entity:Baykar NEAR/3 about:export", "(/TB2/ OR about:tank) NEAR/2 navy"]),
)
expressions = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" OR ".join),
        st.tuples(inner, inner).map(" ".join),
        inner.map("NOT ({})".format),
        inner.map("-({})".format),
        inner.map("title:({})".format),
        inner.map("({})".format),
    ),
    max_leaves=8,
)


@given(expressions)
def test_what_is_written_back_reads_as_the_same(text: str) -> None:
    expression = parse_expression(text)
    assert parse_expression(str(expression)) == expression


scoped = st.sampled_from(["entity:", "about:", "/", "title:/", "cs:/", 'about:"', 'entity:"'])


# Seconds of processor time: .04 at most when measured. What is tried in all ways doubles with each letter and
# comes to no end with thirty.
SOON = 1.0
# And for tens of thousands of letters: .7 at most when measured; what grows with their square takes minutes.
SOON_IF_HUGE = 5.0


@settings(deadline=None)  # a bound of its own, in processor time
@given(scoped, st.text(st.sampled_from('drone BaykrTUSŞ*()"-:/\\[]{}|+?^.,1') | st.characters(), max_size=30))
def test_anything_behind_a_scope_is_read_or_refused_quickly(scope: str, text: str) -> None:
    with cpu_spent() as spent:  # once: regexes and phrases that were read are remembered
        expression = outcome(f"navy OR {scope}{text}")
    assert spent.seconds < SOON
    if isinstance(expression, ExpressionError):
        assert 0 <= expression.position <= len(expression.expression)
        parse_expression(str(expression).partition("Try: ")[2])
    else:
        assert parse_expression(str(expression)) == expression


@given(st.text(st.sampled_from('ab*()"-:,/ \u3000“”ANDORT5無[]{}|\\+?^') | st.characters(), max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    expression = outcome(text)
    if isinstance(expression, ExpressionError):
        assert 0 <= expression.position <= len(text)
    else:
        assert parse_expression(str(expression)) == expression


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000,
        "NOT " * 10_000 + "x1",
        '"' * 20_001,
        "a1 OR " * 9_000,
        "cs:" * 15_000,
        "-" * 50_000,
        "x1 " * 40_000,
        "/" + "(a|b)*" * 9_000 + "/",
        "/x/ " * 12_000,
        "entity:" * 8_000,
        'about:"' + "drone " * 9_000 + '"',
        'about:"' + "drne " * 9_000 + '"',
        "entity:" + "x" * 50_000,
        "& " + " " * 59_000,
        "'x y' " * 9_000,
        "x1 NEAR/2 " * 5_000,
        "(" + "ab " * 19_000,
    ],
    ids=[
        "brackets",
        "negations",
        "quotation marks",
        "open list",
        "scopes",
        "minuses",
        "too long",
        "a long regex",
        "regexes",
        "names",
        "a long phrase",
        "a long slip",
        "a long name",
        "blanks",
        "single quotation marks",
        "a chain",
        "a long group",
    ],
)
def test_hostile_expressions_are_settled_quickly(text: str) -> None:
    with cpu_spent() as spent:  # once: regexes and phrases that were read are remembered
        result = outcome(text)
    assert not isinstance(result, ExpressionError) or len(str(result)) < 700
    assert spent.seconds < SOON_IF_HUGE

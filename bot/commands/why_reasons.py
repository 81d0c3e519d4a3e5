"""What spoke for and against an article: what weighed most, words in sentences, weights, what sells. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import decision
from bot.messages import FactLine, Facts, Link, Table, Text
from bot.wording.found import words_found
from bot.wording.names import listed
from bot.wording.phrases import known, say
from bot.wording.values import QUOTE_LIMIT, shorten
from watchers.relevance.explain import BASE
from watchers.sentences import sentences

if TYPE_CHECKING:
    from bot.announcing.alerts import Audience
    from bot.messages import Block
    from watchers.types import Entry, Hit, Reason, Report

REASONS: Final = 6  # listed; the rest are added up in one row
MOST_RULES: Final = 3  # whose words are shown in their sentence
NEAREST: Final = 2
MOST_SENTENCES: Final = 3
QUOTED: Final = 400  # code points of an exemplar's sentence; it is the channel's own text
MOST_NAMED: Final = 3  # people, firms or things that a reason names
_NAMING: Final = frozenset({"named", "concept", "gate"})  # reasons that evidence is the matter of
BEFORE: Final = 60  # characters of a long sentence before the word that is marked


def marked(report: Report, audience: Audience) -> list[Block]:
    """Return the words that met the channel's watches, each watch with the sentence its first word is in."""
    entry = report.entry
    names = {watch.number: f"{watch.name} (r{watch.number})" for watch in audience.watches}
    lines: list[FactLine] = []
    for match in report.matches:
        place = next((found for hit in match.hits if (found := _sentence(entry, hit))), None)
        if match.channel != audience.home or place is None or len(lines) == MOST_RULES:
            continue
        sentence, mention = place
        lines.append(
            FactLine(
                label=names.get(match.watch) or say("way_rule_then", audience.lang),
                value=", ".join(words_found(entry, match.hits)),
                sentence=sentence,
                mention=mention,
                source=Link(text=entry.outlet, url=entry.link),
            )
        )
    return [Facts(lines=tuple(lines))] if lines else []


def strongest(report: Report, audience: Audience) -> list[Block]:
    """Return in a sentence what spoke most for and against an article, the one that won first."""
    relevance, lang = audience.judged(report), audience.lang
    told = decision([report], audience) != "store"
    parts = [r for r in relevance.reasons if r.feature != BASE and round(r.contribution, 2)]
    found = []
    for speaks in (told, not told):
        best = max(
            (r for r in parts if (r.contribution > 0) == speaks),
            key=lambda r: (abs(r.contribution), r.feature),
            default=None,
        )
        if best is not None:
            named = listed(relevance.evidence[:MOST_NAMED], lang) if best.feature in _NAMING else ""
            found.append(
                say(
                    "way_most_for" if speaks else "way_most_against",
                    lang,
                    reason=said(best, lang),
                    part=f"{best.contribution:+.2f}",
                    named=say("left_out_why", lang, reason=named) if named else "",
                )
            )
    return [Text(text=" ".join(found))] if found else []


def nearest(report: Report, audience: Audience) -> list[Block]:
    """Return the exemplar sentences an article is nearest to, and the voted article that moved it most."""
    return [
        *(
            Text(
                text=say(
                    "way_nearest",
                    audience.lang,
                    part=f"{near.similarity:.2f}",
                    sentence=shorten(near.sentence, QUOTED),
                ),
                tone="quote",
            )
            for near in audience.judged(report).nearest[:NEAREST]
        ),
        *_voted(report, audience),
    ]


def weighed(report: Report, audience: Audience) -> list[Block]:
    """Return the parts of the score, so that they add up as they are shown; nothing without any."""
    relevance, lang = audience.judged(report), audience.lang
    ranked = sorted(relevance.reasons, key=lambda r: (-abs(r.contribution), r.feature))
    if not ranked:
        return []
    total = round(sum(r.contribution for r in ranked), 2)
    shown = [(round(r.contribution, 2), said(r, lang)) for r in ranked[:REASONS]]
    rest = round(total - sum(part for part, _ in shown), 2)
    others = len(ranked) - len(shown)
    if others:
        shown.append((rest, say("way_smaller", lang, count=others)))
    elif rest:
        shown.append((rest, say("way_rounding", lang)))
    rows = [(f"{part:+.2f}", words) for part, words in shown]
    rows.append((f"{total:+.2f}", say("way_together", lang, score=f"{relevance.score:.2f}")))
    header = (say("way_column_weight", lang), say("way_column_spoke", lang))
    return [Table(header=header, rows=tuple(rows))]


def said(reason: Reason, lang: str) -> str:
    """Return what a reason says in a language; what has no words there says it in English."""
    speaks = "for" if reason.contribution >= 0 and reason.feature != BASE else "against"
    phrase = f"{speaks}.{reason.feature}"
    if lang == "en" or not known(phrase):
        return reason.words
    bare = reason.feature == BASE and not reason.words.startswith(say(phrase, "en"))  # before votes
    return reason.words if bare else say(phrase, lang)


def promotional(report: Report, audience: Audience) -> list[Block]:
    """Return the sentences that show an article to be promotional."""
    found = audience.judged(report).promotion
    return [
        Text(text=say("way_promotional", audience.lang, sentence=shorten(sentence)), tone="quote")
        for sentence in found[:MOST_SENTENCES]
    ]


def _voted(report: Report, audience: Audience) -> list[Block]:
    """Return the voted article that moved the score most."""
    if audience.taste is None:
        return []
    nearest = audience.taste.nearest(report, report.seen_by(audience.home))
    return [
        Text(
            text=say(
                "way_voted",
                audience.lang,
                part=f"{part:+.2f}",
                mark=_mark(label.wanted),
                title=label.title,
            ),
            tone="quote",
        )
        for label, part in nearest[:1]
    ]


def _mark(wanted: float) -> str:
    return "👍" if wanted >= 0.5 else "👎"


def _sentence(entry: Entry, hit: Hit) -> tuple[str, str] | None:
    """Return the sentence a hit is in and the words to mark there, None if the text is another one by now."""
    text = {"title": entry.title, "summary": entry.summary, "body": entry.body}[hit.scope]
    for span in sentences(text):
        if span.start <= hit.start and hit.end <= span.end:
            mention = text[hit.start : hit.end]
            start = span.start
            if span.end - span.start > QUOTE_LIMIT and hit.start - span.start > BEFORE:
                start = text.rfind(" ", span.start, hit.start - BEFORE // 2) + 1 or hit.start
            end = min(span.end, max(start + QUOTE_LIMIT, hit.end))
            piece = text[start:end].strip()
            cut = ("…" if start > span.start else "") + piece + ("…" if end < span.end else "")
            return (cut, mention) if mention and mention in cut else None
    return None

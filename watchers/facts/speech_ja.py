"""Who says what in Japanese: Xによると, Xは…と述べた, 「…」とXは話した, …とXが報じた, and 同氏 for X."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts.speakers import may_speak
from watchers.facts.speech import MAX_SPEAKER, Telling, chain, is_medium, quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.facts.passage import Passage
    from watchers.facts.speech import Hedge, Thread
    from watchers.types import Span

# Verbal nouns of saying, as a verb and as the end of a headline or a clipped sentence.
_SAHEN = "発表|公表|説明|表明|強調|指摘|否定|主張|答弁|コメント|投稿|警告|反論|批判|回答|証言|言明|断言|宣言|予測|予想|推定|分析|報告|発言|推計|試算|示唆|言及|力説|明言|確認|釈明|謝罪|発信|追及|追求|伝達|報道|声明|明か|述懐"
_SPEAKS = (
    rf"(?:(?:{_SAHEN})(?:し|する(?=[。\n]|\Z)|(?=[。\s　]|\Z))|述べ|語(?:っ|る|り)|話(?:し|す)|明らかに(?:し|する(?=[。\n]|\Z)|(?=[。\s　]|\Z))|報じ|伝え|訴え|迫っ|強め|繰り返し|呈し|明かし|認め|書い|書く|記し|"
    r"打ち明け|お知らせ|通知し|見積も|応じ|釘を刺し|振り返っ|示し|示す(?=[。\n]|\Z)|つぶや|みて(?:いる|おり)(?=[。、\n]|\Z)|みる(?=[。\n]|\Z)|しており(?=、)|し(?:た|ている|ていた)(?=[。\n]|\Z))"
)
# と or を joins what is said to its verb.
_SAYS = re.compile(
    rf"(?:と(?:の(?:考え|認識|見方|見通し|立場|見解|方針|声明|談話|コメント|批判|主張|指摘|懸念|疑問)を|いう(?:考え|認識|見方)を)?[^。「」]{{0,30}}?|を(?:正式に)?|について(?:は|も)?[^。「」]{{0,10}}|ことを|こう|そう|このように|などと[^。「」]{{0,10}}){_SPEAKS}"
)
TELLS = re.compile(
    r"と|では|によると|によれば|述べ|語|話|発表|明らか|説明|表明|強調|指摘|報じ|伝え|否定|主張|答弁|訴え|迫|明か|認め|コメント|投稿|警告|という。|としている|とした|疑い|未確認|うわさ|との観測|とされ|情報|関係者|みて|みる|推計|試算|示唆|言及|明言|見解|見通し|見込|とみられ|可能性|通知|公表|示し|「"
)
_ACCORDING = re.compile(
    r"(?P<np>[^、。「」\n]{1,40}?)(?:の(?:発表|説明|報道|調べ|資料|話|まとめ|報告|声明))?(?:によると|によれば|に言わせれば|の(?:話|発表|説明|調べ|資料|試算|推計|統計|集計|まとめ|報道|分析|見立て)では(?!な)|が(?:まとめ|公表し|発表し|作成し|公開し)た[^、。「」]{1,12}?(?:では|によると|によれば))"
)
_TOPIC = re.compile(
    r"(?:(?:一方|また|ただ|しかし|さらに|なお|これに対し(?:て)?|同日|その上で)、?)?(?P<np>[^、。「」はが\n]{1,16}(?:誌|紙|サイト|局)「[^「」\n]{1,14}」|[^、。「」はが\n]{2,40})(?P<p>は|が)(?!い|あ)"
)
_NEAR = re.compile(
    rf"(?:と|」と)、?(?P<np>[^、。「」とをにでは]{{2,26}})[はが](?:[0-9０-９]{{1,2}}日(?:の?[^、。「」]{{0,10}}[にでま])?、?)?(?:[^、。「」]{{0,14}})?{_SPEAKS}"
)
# SNSでは…との情報が流れている: where it goes round is who says it.
_ROUND = re.compile(
    r"(?P<np>[^、。「」\n]{0,12}?(?:SNS|ＳＮＳ|ネット|メディア|報道|市場|業界|現地紙|交流サイト))(?:上)?(?:で|に)は?、?[^。\n]{0,80}?(?:との?|という)[^。、「」\n]{0,8}(?:情報|うわさ|噂|観測|指摘|声|見方|憶測|書き込み|投稿)"
)
UNVERIFIED = re.compile(
    r"(?:主張|情報|発表|真偽|数字|内容|戦果|報道)[^。、]{0,8}(?:は|を|が|も)[^。]{0,16}?(?:確認(?:され|でき|が取れ|は取れ)[^。]{0,2}(?:ていない|ず|ない|なかった)|不明)|裏付け[^。]{0,8}(?:ない|なかった)"
)
# A sentence that only says whose the words before it are: nothing is told in it.
BARE = re.compile(
    r"\A(?:[^「」とを。]|(?:これ|この[^「」をと。]{1,6}|同[^「」をと。]{1,4})を){2,90}?(?:が|は)(?:[^「」とを。]|こ(?:れ|の[^「」をと。]{1,6})を){0,60}?(?:明らかに|発表|公表|表明|説明|発言|証言|報告|投稿|述べ|語|話|明か|伝え|報じ|示)(?:し|っ)?た。?\s*\Z"
)
_HEADLINE = (
    re.compile(r"(?:(?<=^)|(?<=[\n。　 、]))(?P<np>[^、。「」　 \nはがをにで]{2,20})「"),
    re.compile(
        r"[　 ](?P<np>[^、。「」　 \nはがをにで]{2,20}?)(?:が)?(?:発表|明かす|表明|報道|認める|否定|強調)\s?\Z"
    ),
)
_VENUE = re.compile(
    r"(?P<v>記者会見|会見|委員会|国会|本会議|インタビュー|SNS(?:への投稿)?|ＳＮＳ(?:への投稿)?|X(?=（旧)|声明|演説|講演|記者団|寄稿|書面|決算説明会|投稿|交流サイト(?:（SNS）)?)(?:で|に対し|に(?=[^。]{0,30}と)|の?中で|において|を通じ)"
)
_MEDIUM = re.compile(
    r"(?:通信|新聞|テレビ|放送|メディア|報道(?!官|担当)|紙(?!面)|誌|ニュース|ラジオ|日報|タイムズ|ポスト|サイト|日刊)|電子版"
)
_UNNAMED = re.compile(r"関係者|筋|専門家|アナリスト|識者|当局者|情報源|外交官|幹部\Z|匿名|目撃")
_DATE = re.compile(
    r"\A(?:【[^】]{1,12}】)?(?:[0-9０-９]{1,4}年)?(?:[0-9０-９]{1,2}月)?(?:[0-9０-９]{1,2}日)?(?:付の|付け?|、)?"
)
_SAME_PERSON = re.compile(
    r"同(?:氏|相|長官|社長|首相|大臣|大統領|会長|司令官|局長|参謀総長|幕僚長|議員|報道官|国防相|防衛相)\Z"
)
_TITLE_ONLY = re.compile(r"(?:首相|大統領|防衛相|国防相|外相|長官|社長|会長|大臣|司令官|報道官)\Z")
_SAME_BODY = re.compile(r"同(?P<k>社|省|庁|軍|国|党|機関|研究所|委員会|海軍|空軍|陸軍|部門|工場)\Z")
_SAME_MEDIUM = re.compile(r"同(?:紙|誌|通信(?:社)?|局|テレビ|放送|サイト)\Z")
_PERSON = re.compile(
    r"(?:氏|相|大臣|長官|首相|大統領|社長|会長|議員|報道官|次官|幕僚長|司令官|将|佐|局長|知事|大使|CEO|担当者|参考人|総長|教授|[ァ-ヴー]{2,}・[ァ-ヴー]{2,}|担当の[一-龠]{2,5}|部長|所長|委員長|書記)\Z"
)

# Who can speak: an office, a body, a firm, a medium, a group of people, or a name in katakana or Latin letters.
_AGENT = re.compile(
    r"(?:相|氏|省|社|長|軍|庁|府|者|筋|紙|誌|局|側|会|党|領|将|佐|官|部|隊|通信|新聞|テレビ|放送|メディア|臣|人|造船|重工業?|工業|電機|電装|精機|製作所|産業|団体|家|員|派|国|連邦|連合|機構|委|所|大使館|日報|室|団|院|企業|メーカー|銀行|議会|王|専門家|アナリスト|電子|電気|機械|自動車|システムズ|協|協会|組合|連盟|航空|ドック|グループ|担当の[一-龠]{2,5}|(?:誌|紙|サイト|局)「[^「」]{1,14}」|ら|[ァ-ヴー]{2}|[A-Za-z])\Z"
)
_ALLEGED = re.compile(r"未確認情報|との(?:噂|憶測|書き込み)|疑い|未確認|と主張|うわさ|との観測|真偽")
_REPORTED = re.compile(
    r"と報じ|報じられ|報道された|とされる[。、]|とされている|とされ、|との情報|と伝えられ|と伝わ"
)
_HEARD = re.compile(r"[^。]*(?:という|とのことだ)。?\Z")
_EXPECTED = re.compile(
    r"(?:計画|予定|方針)(?:だ|である|。)|目指す|見通し|見込み|見込まれ|とみられ|可能性|見込む"
)
_DENIES = re.compile(r"(?:を|も|については|について|とは|は)?[^、。「」]{0,6}(?:否定(?:し|する)|打ち消し)")


def tell(passage: Passage, sentence: Span, thread: Thread) -> Iterator[Telling]:
    """Yield who says which words of a sentence; every part that is hedged is covered."""
    text, start, end = passage.text, sentence.start, sentence.end
    words, span = _speaker(text, start, end, thread)
    by = _resolved(words, span[0], thread)
    if len(by) > MAX_SPEAKER or not may_speak(by.split(" < ", maxsplit=1)[0], "ja"):
        by, span = "", (0, 0)
    hedge = _hedge(sentence.mention, (words, by))
    if by:
        medium = is_medium(by, _MEDIUM) or is_medium(words, _MEDIUM)
        person = not medium and (_PERSON.search(by) is not None or thread.is_person(by))
        thread.hear(by, medium=medium, person=person)
        by = chain(by, _venue(sentence.mention, by))
    if by or hedge != "stated":
        first = (
            span[0] if text[span[1] : span[1] + 1] == "「" else start
        )  # a headline has its speaker in the middle
        yield Telling(start=first, end=end, by=by, hedge=hedge, speaker=span)
    denial = _DENIES.search(text, start, end)
    if denial and not _inside(denial.start(), quotations(text, start, end)):
        first = span[1] if start <= span[1] < denial.start() else start
        last_comma = text.rfind("が、", first, denial.start())
        yield Telling(
            start=first if last_comma < 0 else last_comma + 2, end=end, by=by, hedge="denied", speaker=span
        )


def _hedge(sentence: str, by: tuple[str, ...]) -> Hedge:
    if _ALLEGED.search(sentence):
        return "alleged"
    if (
        _REPORTED.search(sentence)
        or (not any(by) and _HEARD.match(sentence))
        or any(_is_unnamed(name) for name in by)
    ):
        return "reported"
    return "expected" if _EXPECTED.search(sentence) else "stated"


def _is_unnamed(by: str) -> bool:
    inner = by.split(" < ", maxsplit=1)[0]
    return is_medium(inner, _MEDIUM) or _UNNAMED.search(inner) is not None


def _inside(at: int, quoted: tuple[tuple[int, int], ...]) -> bool:
    return any(a < at < b for a, b in quoted)


def _speaker(text: str, start: int, end: int, thread: Thread) -> tuple[str, tuple[int, int]]:
    """Return the words that name a sentence's speaker and where they stand; empty if it has none."""
    quoted = quotations(text, start, end)
    for pattern in (_ACCORDING, _ROUND):
        source = pattern.search(text, start, end)
        if source and not _inside(source.start(), quoted):
            return _trimmed(text, *source.span("np"))
    bare = BARE.match(text[start:end])
    says = [m for m in _SAYS.finditer(text, start, end) if not _inside(m.end() - 1, quoted)]
    if not says and not bare:
        return _unsaid(text, start, end, thread)
    near = next((m for m in _NEAR.finditer(text, start, end) if not _inside(m.start("np"), quoted)), None)
    if near:
        found = _trimmed(text, *near.span("np"))
        if _is_agent(found[0]):
            return found
    topic = _topic(text, start, end, quoted)
    if topic and (bare or topic.end() <= says[-1].end()):
        found = _trimmed(text, *topic.span("np"))
        if _is_agent(found[0]):
            return found
    return thread.last or thread.person_before(start), (0, 0)


def _topic(text: str, start: int, end: int, quoted: tuple[tuple[int, int], ...]) -> re.Match[str] | None:
    """Return a sentence's topic, at its beginning or after a comma or a date: "12日、防衛省は…"."""
    opening = _TOPIC.match(text, start, end)
    return opening or next(
        (
            match
            for match in _TOPIC.finditer(text, start, end)
            if text[match.start() - 1 : match.start()] in "、」" and not _inside(match.start(), quoted)
        ),
        None,
    )


def _unsaid(text: str, start: int, end: int, thread: Thread) -> tuple[str, tuple[int, int]]:
    """Return who speaks in a sentence that has no verb of saying with an object."""
    if re.search(r"(?:という|とのことだ|とした|としている)(?:」)?。?\Z", text[start:end].rstrip()) is None:
        return _headline(text, start, end)
    own = _TOPIC.match(text, start, end)
    if own and _SAME_PERSON.match(own.group("np")):
        return "", (0, 0)  # what is heard of the last speaker, not from him
    return thread.last, (0, 0)


def _headline(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Return who speaks in a headline without a verb: 山田防衛相「…」 or …　若葉重工発表."""
    for pattern in _HEADLINE:
        match = pattern.search(text, start, end)
        if match and _is_agent(match.group("np")):
            return match.group("np"), match.span("np")
    return "", (0, 0)


def _is_agent(words: str) -> bool:
    return _AGENT.search(words) is not None and may_speak(words, "ja")


def _trimmed(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    words = text[start:end]
    date = _DATE.match(words)
    if date and date.end() < len(words):
        start += date.end()
    for matter in ("ことを", "について"):
        told = text.rfind(matter, start, end)
        start = told + len(matter) if start <= told < end - len(matter) else start
    words = text[start:end].strip(" 　の")
    begin = text.find(words, start) if words else start
    return words, (begin, begin + len(words))


def _resolved(words: str, at: int, thread: Thread) -> str:
    """Return whom a subject means."""
    name, _, via = words.partition(" < ")
    if _SAME_PERSON.match(name) or _TITLE_ONLY.match(name):
        return chain(thread.person_before(at) or name, via)
    if _SAME_MEDIUM.match(name):
        return chain(thread.medium or name, via)
    body = _SAME_BODY.match(name)
    if body:
        if body["k"] == "社":
            return chain(thread.firm_before(at) or name, via)
        return chain(thread.body_named(body["k"]) or name, via)
    person = re.fullmatch(r"(?P<s>[^のはが]{1,8})(?:氏|相|長官|社長)", name)
    if person:
        for by, _ in reversed(thread.heard):
            if person["s"] in by:
                return chain(by.split(" < ", maxsplit=1)[0], via)
    return chain(name, via)


def _venue(sentence: str, by: str) -> str:
    if " < " in by:
        return ""
    match = _VENUE.search(sentence)
    return match.group("v") if match else ""

"""Who does what in a deal: the role of a name by its clause, and whether a state acts in one at all."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from watchers.facts import bodies, nouns
from watchers.facts.passage import CAP
from watchers.facts.status_tables import NO_PURCHASE
from watchers.facts.undone import is_undone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.facts.passage import Passage
    from watchers.types import Mention

# How far before and after a name its clause is read, in code points.
CLAUSE_BEFORE = 80
CLAUSE_AFTER = 120

# Without one of these, "with" and "from" join no parties of a deal.
_DEALING = re.compile(
    r"\b(?:sign(?!ifi|al)|agree|contract|deals?\b|donat|transfer|lease|lend|provid|receiv|obtain|wants?\s(?:\d|to\sbuy)|memorand|pacts?\b|order|buy|bought|purchas|acquir|award|select|suppl(?:y|ie[sd])\b|deliver|hand(?:ed|s)\sover\b|sales?\b|sold|export(?!er)|procure|(?:joint\s)?venture)",
    re.IGNORECASE,
)
_BODY = (
    r"government|military|navy|army|air\sforce|armed\sforces|land\sforces|marines|police|coast\s?guard|(?:defen[cs]e\s)?ministry|parliament|"
    r"cabinet|unit|subsidiary|division|arm|consortium|officials|business|group|company"
)
# Between an English subject and its verb: its navy, an abbreviation, an apposition, a second subject, auxiliaries.
_SUBJECT = rf"\A(?:['’]s?(?:\s[\w-]+){{1,4}}?)?(?:\s(?:{_BODY}))?(?:\s\([^)]{{1,14}}\))?(?:,\s[^,;]{{2,60}},)?(?:(?:,|\sand|\swith)\s(?:the\s)?{CAP}(?:['’]s)?(?:[ \u00a0]{CAP}){{0,3}})?"
_AUX = r"\s(?:(?:has|have|had|will|would|to|also|each|jointly|formally|reportedly|already|recently|finally|now|today|says|said|it|on\s\w+day|[a-z]+ly|plans|wants|intends|hopes|set|due|expected|agreed|is|are|be|yet)\s){0,6}"
_OR_NOT = r"(?:\s(?:did|do|does|has|have|had|is|are|was|were|will|would)(?:\snot|n['’]t)(?:\s(?:yet|been))?)?"
_PASSIVE = r"\s(?:(?:has|have|had|also|already|finally|\w+ly)\s){0,3}(?:is|are|was|were|been|be|being|gets?|got)\s(?:[a-z]+ly\s|among\s(?:those|the\s\w+)\s){0,2}"
_BUYS = rf"(?:order(?:s|ed)?(?!{NO_PURCHASE})|bought|buys?|buying|purchas\w+|acquir\w+|receive[sd]?|took\sdelivery|takes?\sdelivery|pick(?:s|ed)?|select(?:s|ed)?|cho(?:se|oses?|sen)|opt(?:s|ed)\sfor|award(?:s|ed)?|tap(?:s|ped)|paid|pays?|spends?|request(?:s|ed)?|asked\sfor|procur\w+|picked|get(?:s|ting)?(?!\s(?:to|ready))|tak(?:es?|ing)(?=\s(?:\d|[a-z-]+\s(?:of|jets|aircraft)|delivery|the\sfirst|its|up|at|two|three|four|five|six|eight|ten|twelve)))(?!\w)"
_SELLS = rf"(?:suppl(?:y|ies|ied)|deliver(?:s|ed)?|builds?|built|provide[sd]?|sold|sells?|{bodies.WON_EN}|handed\sover|hands?\sover|export(?:s|ed)?)\b"
_SIGNS = r"(?:sign(?:s|ed)?|agree[sd]?|inked|conclude[sd]?|seal(?:s|ed)?)\b"
_AGREES = re.compile(r"\sagree[sd]?\Z")
# What a state does besides buying and signing that makes it a party to a deal or to what becomes of one.
_ACTS_EN = (
    r"(?:walk(?:s|ed)\saway|near(?:s|ed|ing)|lean(?:s|ed|ing)\stowards?|shelv(?:es|ed)|halt(?:s|ed)|fr(?:eezes|oze)|resum(?:es|ed)|back(?:s|ed)|refus(?:es|ed)|adopt(?:s|ed)|ratif(?:ies|ied)|cuts?|rais(?:es|ed)|boost(?:s|ed)|renew(?:s|ed)|extend(?:s|ed)|lift(?:s|ed)|"
    r"impos(?:es|ed)|bann?(?:s|ed)|block(?:s|ed)|hop(?:es|ed)|needs?|shipp?(?:s|ed)|sen[dt]s?|len[dt]s?|leas(?:es|ed)|return(?:s|ed)|retir(?:es|ed)|ground(?:s|ed)|pursu(?:es|ed)|prefer(?:s|red)|turn(?:s|ed)\sto|dropp?(?:s|ed)|built|builds|"
    r"approve[sd]?|clear(?:s|ed)|cancel(?:s|led|ed)?|scrap(?:s|ped)?|den(?:y|ies|ied)|reject(?:s|ed)?|consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|mull(?:s|ed|ing)?|"
    r"eye[sd]?|eying|explor\w+|evaluat\w+|plan(?:s|ned|ning)|seek(?:s|ing)?|sought|expect(?:s|ed)?|wants?|intends?|postpon\w+|delay(?:s|ed)?|suspend(?:s|ed)?|negotiat\w+|launch(?:e[sd])?|"
    r"announce[sd]?|unveil(?:s|ed)?|test(?:s|ed)|deploy(?:s|ed)?|field(?:s|ed)?|donate[sd]?|transfer(?:s|red)?|earmark(?:s|ed)?|allocate[sd]?|set\saside|invest(?:s|ed)?|fund(?:s|ed)?|"
    r"prepar(?:es|ing)|rul(?:es|ed|ing)\sout|h(?:eld|olds)\stalks|pass(?:es|ed)?|decide[sd]?|in\s(?:advanced\s)?talks|in\snegotiations|join(?:s|ed)|notif(?:ies|ied)|authori[sz]e[sd]?|exercise[sd]\s(?:an?|the|its)\s(?:[\w-]+\s)?options?|put|puts|could|may|might|commission(?:s|ed)|complete[sd]?|start(?:s|ed)|began|begins|terminate[sd]?|offer(?:s|ed)?|propose[sd]?|operate[sd]?)\b"
)
DEAL_NOUN = r"(?:orders?|contracts?|deals?|purchases?|acquisitions?|tenders?|procurement|requests?|budget|exports?|imports?|competition|bid|programme|program|plans?)\b"

_LEFT_EN = {
    "buyer": re.compile(
        r"(?:\b(?:orders?|production|built|build|building|awarded)\s[^.;]{0,60}\d[^.;]{0,40}\bfor\s(?:the\s)?|\b(?:suppl\w+|deliver\w*|sold|sale|sell|sells|exports?|transfer\w*|hand(?:ed|s)?\sover|provid\w+|donat\w+)\s[^.;]{0,60}\b(?:to|for)\s(?:the\s)?|"
        r"\b(?:bought|ordered|purchased|acquired|placed|requested)\s(?:\w+\s){0,2}?by\s(?:the\s)?|\b(?:contract|order|award)s?\sfrom\s(?:the\s)?)\Z",
        re.IGNORECASE,
    ),
    "seller": re.compile(
        r"(?:\b(?:award(?:ed|s)|select(?:ed|s)|pick(?:ed|s)|cho(?:se|oses|osing)|contract(?:ed|s)|tapp?(?:ed|s)|hir(?:ed|es))\s(?:the\s)?|"
        r"\b(?:order\w*|bought|buys?|buying|purchas\w+|acquir\w+|procur\w+|leas(?:e|es|ed|ing)|wants?|seek(?:s|ing)?|sought|receiv\w+|obtain\w+)\s[^.;]{0,60}\bfrom\s(?:the\s)?|\b(?:offers?|bids?|proposals?)\s(?:[\w-]+\s){0,3}from\s(?:the\s)?|\b(?:built|made|supplied|produced|manufactured|sold|delivered)\s(?:to\s[^.;,]{2,40}\s)?by\s(?:the\s)?|"
        r"\baward(?:s|ed|ing)?\s(?:(?:an?|the|its|two|three)\s)?[^.;,]{0,40}?\b(?:contracts?|orders?|deals?|work)\b(?:(?!\b(?:deliver|sale|sell|suppl|export|transfer))[^.;,]){0,60}\bto\s(?:the\s)?|\b(?:contract|order|deal)\s(?:\w+\s){0,2}?went\sto\s(?:the\s)?)\Z",
        re.IGNORECASE,
    ),
    "signer": re.compile(
        r"(?:\b(?:sign\w*|agreed|agreement|contract|deal|memorandum|inked|concluded|pact|accord|venture|partnership)\b[^.;]{0,80}\b(?:with|between)\s(?:the\s)?|\bbetween\s[^.;,]{2,50}\sand\s(?:the\s)?|\bsigned\sby\s(?:the\s)?)\Z",
        re.IGNORECASE,
    ),
}
# What every pattern above ends in, for speed.
_LEADS_IN = re.compile(
    r"\b(?:to|for|by|from|with|between|and|(?:award|select|pick|cho|contract|tap|hir)\w*)\s(?:the\s)?\Z"
)
_RIGHT_EN = (
    (
        "seller",
        re.compile(rf"{_SUBJECT}{_PASSIVE}(?:awarded|selected|picked|chosen|contracted|shortlisted|named)\b"),
    ),
    ("buyer", re.compile(rf"{_SUBJECT}{_AUX}{_BUYS}")),
    (
        "buyer",
        re.compile(
            r"\A['’]s?\s(?:[\w-]+\s){0,3}?(?:purchase|acquisition|procurement|order)s?\s(?:of|for)\s(?=\d|up\sto|more|the\sfirst|[a-z]+\s[a-z])"
        ),
    ),
    ("seller", re.compile(rf"{_SUBJECT}{_AUX}{_SELLS}")),
    ("signer", re.compile(rf"{_SUBJECT}{_AUX}{_SIGNS}")),
)
# "is to be built": what is bought or built does neither; who is awarded something is told above.
_SUFFERED_EN = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s(?:[a-z]+ly\s)?(?:ordered|bought|purchased|acquired|procured|requested|paid|supplied|delivered|built|sold|provided|exported|handed\sover|signed|sealed|concluded)\Z"
)
# A Turkish name's case tells what it does before the verb does: from whom, to whom, whom.
_RIGHT_TR = (
    ("buyer", re.compile(r"\A['’][dt][ae]n\s[^.;,]{0,60}?(?P<act>sipariş)")),
    (
        "seller",
        re.compile(
            r"\A(?:['’][dt][ae]n\s[^.;,]{0,60}?(?P<act>satın al|alınan|aldığı|alacağı|alımı|tedarik|temin|kirala)|(?:['’][yn]?|n)[ae]\s[^.;,]{0,60}?sipariş\w*\s(?:ver|et)|['’][yn]?[ıiuü]\s(?:seç|tercih|görevlendir|belirle))"
        ),
    ),
    (
        "buyer",
        re.compile(
            r"\A(?:['’][yn]?|n)[ae]\s[^.;,]{0,60}?(?P<act>sat(?:ıl|an|acak|tı|ış)|teslim|sevk|ihraç|devret|hibe)"
        ),
    ),
    (
        "seller",
        re.compile(
            r"\A[^.;]{0,80}?(?P<act>teslim e(?:t(?!il)|decek|diyor|den)|sattı|satacak|tedarik edecek|üretecek|sipariş al|kazandı|gönderdi|ihraç)"
        ),
    ),
    (
        "buyer",
        re.compile(
            r"\A[^.;]{0,80}?(?P<act>satın al|teslim al|sipariş\w* ver|sipariş et|alacak|almayı|seçti|alımı|ihale açtı)"
        ),
    ),
    ("signer", re.compile(r"\A[^.;]{0,90}?(?P<act>imzala|imza at|anlaş)")),
)
_RIGHT_JA = (
    (
        "seller",
        re.compile(
            r"\A(?:から[^。]{0,40}?(?=購入|調達|取得)|[はが][^。]{0,60}?(?=受注|納入|納める|売却|輸出)|[にへ][^。はが]{0,30}?(?=発注)|が[^。、はが]{0,30}?(?=落札|建造|製造|供給))(?P<act>..)"
        ),
    ),
    (
        "buyer",
        re.compile(
            r"\A(?:政府|軍)?(?:(?:に(?!とって|よ|つい|対|関|おい)|へ)は?[^。はが]{0,30}?(?P<act>売却|引き渡|納入|輸出|譲渡)(?!と提案|を提案)|から[^。はが]{0,30}?受注)"
        ),
    ),
    (
        "buyer",
        re.compile(r"\A(?:政府|軍)?[はがも、][^。]{0,80}?(?P<act>購入|調達|発注|導入|取得|選定|選んだ)"),
    ),
    ("signer", re.compile(r"\A(?:政府)?[はがと][^。]{0,80}?(?P<act>契約|署名|締結|合意|結ん)")),
)
# "X ile … anlaşma": whoever is named before "ile" signs, too.
_WITH_TR = re.compile(r"(?:['’]\w+)?\sile\b.*?(?P<act>imza|anlaş|sözleşme)")
_RIGHT = {"en": _RIGHT_EN, "tr": _RIGHT_TR, "ja": _RIGHT_JA}
# "would give Ankara its first jets": who is given something is a party.
_GIVEN_EN = re.compile(
    r"\b(?:giv(?:es?|ing|en)|gave|offer(?:s|ed|ing)?|s[eo](?:ll|lls|ld)|lend(?:s|ing)?|lent|grant(?:s|ed)?|handed|suppl(?:y|ies|ied|ying)|provid(?:e|es|ed|ing)|equip(?:s|ped|ping)?|allow(?:s|ed|ing)?|leav(?:es?|ing))\s\Z"
)
_OTHERWISE_EN = re.compile(
    rf"(?:{_SUBJECT}{_OR_NOT}{_AUX}(?:{_ACTS_EN}|{_BUYS}|{_SELLS}|{_SIGNS})|\A['’]s?\s(?:(?:[\w-]+\s){{0,4}}?{DEAL_NOUN}|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\s))"
)
_FROM_EN = re.compile(
    rf"\b(?:[Mm]inisters|[Oo]fficials|[Dd]elegations?|[Ll]eaders|[Tt]eams)\s(?:from|of)\s(?:{CAP}(?:,\s|\sand\s)){{0,3}}\Z"
)
# What acts for a state whatever its verb is, but for who speaks or works there: "Bulgaristan hükümeti ceza kesti".
_BODY_TR = re.compile(
    r"\A\s(?:hükümeti|hükûmeti|kabinesi|parlamentosu|meclisi|ordusu|donanması)(?:n[ıiuüea]\w{0,2})?(?![\w'’])(?!\s(?:\w+\s)?(?:sözcü|yetkili|üye|başkan|bakan|kaynak|çatısı|binası))"
)
_CASE_TR = re.compile(r"\A(?:['’](?:y?[ae]|[dt][ae]n|n?[ıiuü]n|y?l[ae]|n[ae])(?!\w))?,?\s(?:için\s)?")
OFFICE_TR = re.compile(
    r"\A(?:\s(?:ile|ve)\s\w+)?\s(?:[\w’']+\s){0,2}?(?:[Bb]akan|[Bb]aşkan|[Kk]omutan|[Bb]aşbakan|[Cc]umhurbaşkan|[Hh]eyet|[Yy]etkili)"
)
DEAL_TR = re.compile(
    r"(?<!\w)al(?:dığı|dıkları|acağı|amadı|amamış)|(?<!\w)istedi|imza|satıl|sevk|gönderil|sözleşme|sipariş|anlaş|sat(?:acak|acağ|ıyor|mayı|ış|ın)|ayır(?:dı|acak|ıyor|mış)|görüşüyor|görüşme|seçecek|seçmeyi|hibe|bağışla|kirala|vazgeç|durdur|dondur|istiyor|düşün|ilgilen|teslim|satın|tedarik|ihale|geliştir|üret|seçil|seçti|kazan|ihraç|ihracat|satt|aldı\b|alacak|alım|onayla|iptal|ertele|planl|yatırım|talep|bütçe|devret|gönder|yalanla|reddet|karar|değerlendir|öde(?:yecek|di|necek)|yapılan|inşa",
    re.IGNORECASE,
)
DEAL_JA = r"購入|受領|受け取|リース|貸与|譲渡|供与|調達|発注|受注|契約|署名|締結|合意|売却|輸出|納入|引き渡|導入|選定|選ん|選び|承認|決定|決め|要求|要請|中止|延期|検討|計画|通知|予算|計上|開発|製造|生産|否定|発表|表明"
_ACTS_JA = re.compile(
    rf"\A(?:(?:政府|側|軍|当局)?(?:は|が|も|、|と|から|向け)[^。]{{0,110}}?(?:{DEAL_JA})|[にへ][^。、]{{0,40}}?(?:売却|輸出|納入|引き渡|発注)|の[^。、]{{0,24}}?(?:輸出|受注|調達|発注|購入|契約|要求|国防費|防衛費))"
)


# A state that has or will do something, in a sentence about machines or deals; wars and words are none.
_HAS_DONE_EN = re.compile(
    rf"{_SUBJECT}\s(?:has|have|had|will|would)\s(?:(?:not|yet|each|both|also|already|now|since|instead|formally|quietly|recently)\s){{0,2}}"
    r"(?!(?:be|been|said|told|warned|accused|condemned|shot|attacked|fired|struck|hit|faced|seen|suffered|lost|protested|denounced|become|long|never|no|the|an?|its|to|more|about|some|\d)\b)[a-z]+"
)
MATTER_EN = re.compile(
    rf"{_DEALING.pattern}|\boption|\boffer|\btender|\bbid\b|\b{nouns.MACHINES_EN}\b", re.IGNORECASE
)
# Those who negotiate or have a contract with each other.
_BETWEEN_EN = re.compile(
    rf"\b(?:[Tt]alks|[Nn]egotiations|[Cc]ontracts?|[Dd]eals?|[Aa]greements?)\s(?:[\w-]+\s){{0,3}}?(?:with|between)\s(?:the\s)?(?:{CAP}(?:\s{CAP})?(?:,\s|\sand\s)(?:the\s)?){{0,2}}\Z"
)


# A sentence may hold two thousand names, and is the same for each of them.
@lru_cache(maxsize=16)
def deals(sentence: str) -> bool:
    """Tell whether an English sentence is about a deal."""
    return _DEALING.search(sentence) is not None


@lru_cache(maxsize=16)
def deals_tr(sentence: str) -> bool:
    """Tell whether a Turkish sentence is about a deal or what leads to one."""
    return DEAL_TR.search(sentence) is not None


@lru_cache(maxsize=16)
def matters(sentence: str) -> bool:
    """Tell whether an English sentence is about a deal or about machines."""
    return MATTER_EN.search(sentence) is not None


def role_of(passage: Passage, start: int, end: int) -> str:
    """Name what a party does in the deal, empty if the clause does not tell or denies it."""
    sentence = passage.sentence(start)
    for role, act in _roles(passage, start, end):
        if _AGREES.search(passage.text, *act):
            continue  # who agrees to talk has signed nothing
        if not is_undone(passage.text, passage.lang, sentence.start, act, sentence.end):
            return role
    return ""


def is_dealing(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the clause of a name tells or denies what it does in a deal."""
    return next(_roles(passage, start, end), None) is not None


def _roles(passage: Passage, start: int, end: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the roles that the clause of a name gives it, each with where its act stands."""
    after = passage.after(end, CLAUSE_AFTER)
    if passage.lang == "en":
        before = passage.before(start, CLAUSE_BEFORE)
        if _LEADS_IN.search(before) and deals(passage.sentence(start).mention):
            for role, left in _LEFT_EN.items():
                if left.search(before):
                    yield role, (start, end)
    with_tr = _WITH_TR.match(after) if passage.lang == "tr" else None
    if with_tr:
        yield "signer", (end + with_tr.start("act"), end + with_tr.end("act"))
    for role, right in _RIGHT[passage.lang]:
        act = right.search(after)
        if act and not _SUFFERED_EN.search(act.group()):
            first = act.start("act") if act.groupdict().get("act") else act.start()
            yield role, (end + first, end + act.end())


def acts(passage: Passage, name: Mention) -> bool:
    """Tell whether a country or capital acts in a deal or in what becomes of one, and is not just named."""
    after = passage.after(name.end, CLAUSE_AFTER)
    if passage.lang == "tr":
        return _BODY_TR.match(after) is not None or (
            _CASE_TR.match(after) is not None
            and OFFICE_TR.match(after) is None
            and DEAL_TR.search(after) is not None
        )
    if passage.lang == "ja":
        return _ACTS_JA.match(after) is not None
    return (
        is_dealing(passage, name.start, name.end)
        or _OTHERWISE_EN.match(after) is not None
        or _GIVEN_EN.search(passage.before(name.start, 12)) is not None
        or (
            matters(passage.sentence(name.start).mention)
            and (
                _HAS_DONE_EN.match(after) is not None
                or _BETWEEN_EN.search(passage.before(name.start, CLAUSE_BEFORE)) is not None
            )
        )
        or _FROM_EN.search(passage.before(name.start, CLAUSE_BEFORE)) is not None
    )

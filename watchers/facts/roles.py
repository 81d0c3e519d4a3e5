"""Offices and ranks in three languages, as the patterns that find the person beside them."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

from watchers.facts.passage import CAP, UPPER

_OF_STATE = (
    r"(?:[Dd]efen[cs]e|[Ff]oreign|[Pp]rime|[Ii]nterior|[Ff]inance|[Tt]rade|[Ii]ndustry|[Tt]ransport|[Ee]conomy|[Jj]ustice|[Ee]nergy|"
    r"[Aa]rmed\s[Ff]orces|[Nn]ational\s[Dd]efen[cs]e|[Vv]eterans)"
)
# Longest first where one begins another.
ROLE_EN = (
    rf"(?:(?:(?:[Dd]eputy|[Vv]ice|[Aa]cting|[Aa]ssistant|[Ff]ormer|[Uu]nder|[Jj]unior|[Ss]enior|[Cc]hief)[\s-])?"
    rf"(?:{_OF_STATE}\s[Mm]inister|[Dd]efen[cs]e\s[Ss]ecretary|[Ss]ecretary\sof\s(?:State|Defen[cs]e|War|the\s(?:Army|Navy|Air\sForce))|[Ff]oreign\s[Ss]ecretary|"
    r"[Dd]efen[cs]e\s[Ii]ndustries\s[Ss]ecretary|[Aa]rmaments\s[Dd]irector|[Nn]ational\s[Ss]ecurity\s[Aa]dvis[eo]r|[Aa]ir\s[Cc]hief\s[Mm]arshal|[Ff]ield\s[Mm]arshal|"
    r"[Pp]resident|[Cc]hancellor|[Pp]remier|[Mm]inister|[Ss]enator|[Cc]ongress(?:man|woman)|[Aa]mbassador|[Gg]overnor|[Mm]ayor|King|Queen|Crown\sPrince|Prince|Emir|Sheikh|"
    r"[Cc]hief\s[Ee]xecutive(?:\s[Oo]fficer)?|[Cc]hief\s(?:[Tt]echnology|[Oo]perating|[Ff]inancial)\s[Oo]fficer|CEO|CFO|COO|CTO|[Mm]anaging\s(?:[Dd]irector|[Pp]artner)|[Gg]eneral\s[Mm]anager|[Cc]hair(?:man|woman|person)?|"
    r"[Ff]ounder|[Dd]irector(?:[\s-][Gg]eneral)?|[Ss]ecretary(?:[\s-][Gg]eneral)?|[Cc]ommissioner|[Ss]pokes(?:man|woman|person)|[Cc]ommander(?:[\s-]in[\s-][Cc]hief)?|[Cc]hief\sof\s(?:[Ss]taff|[Dd]efen[cs]e(?:\s[Ss]taff)?|the\s\w+(?:\s\w+)?)|"
    r"[Aa]rmy\s[Cc]hief|[Nn]avy\s[Cc]hief|[Aa]ir\s[Ff]orce\s[Cc]hief|[Cc]hief|[Hh]ead|[Aa]nalyst|[Pp]rofessor|[Pp]resident\sand\sCEO|[Cc]ounterpart|"
    r"(?:Lieutenant|Lt\.?|Major|Maj\.?|Brigadier|Brig\.?)\s(?:General|Gen\.|Colonel|Col\.)|General|Gen\.|(?:Vice|Rear)\sAdmiral|Vice\sAdm\.|Rear\sAdm\.|Admiral|Adm\.|Colonel|Col\.|Brigadier|Major|Captain|Capt\.|Commodore|"
    r"(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s(?:\w+\s){0,2}counterpart))"
)
NAME_EN = rf"(?:[{UPPER}]\.\s){{0,2}}{CAP}(?:\s[{UPPER}]\.)?(?:\s(?:(?:al|bin|ibn|de|da|dos|van|von|der|den|di|el|ben|ul|of\s(?=Denmark))\s)?(?:{CAP})){{0,3}}"
_COUNTERPART = r"(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s(?:[\w’'-]+\s){0,3}counterpart,?"
BEFORE_EN = re.compile(
    rf"(?<![\w-])(?P<of>(?:(?:{CAP})(?:['’]s)?\s){{0,4}}?)(?P<role>{_COUNTERPART}|{ROLE_EN}(?:\sand\s{ROLE_EN})?)\s(?P<name>{NAME_EN})"
)
AFTER_EN = re.compile(
    rf"(?<![\w-])(?P<name>(?:[{UPPER}]\.\s){{0,2}}{CAP}\s(?:[{UPPER}]\.\s)?(?:(?:al|bin|de|van|von|der|el)\s)?{CAP}(?:[ \u00a0]{CAP})?),\s(?:who\s(?:is|heads|leads|commands|runs|chairs)\s)?(?:an?\s|the\s|its\s)?"
    rf"(?P<role>(?:(?:[\w’'&-]+\s){{0,4}}?){ROLE_EN})(?:s(?=\s(?:of|at)\s(?:the\s)?[A-Z]))?(?!\w)(?:\s(?:of|at|for|in)\s(?:the\s)?(?P<of>(?:{CAP})(?:\s(?:of\s)?{CAP}){{0,4}}))?"
)
# "the minister for procurement, Tomas Aldridge," and "the company's chairman, Ida Strand,"
COMMA_EN = re.compile(
    rf"(?<![\w-])(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|(?P<of>(?:{CAP})(?:[ \u00a0]{CAP}){{0,2}})['’]s|\w+['’]s)\s(?:[a-z-]+\s){{0,2}}?(?P<role>{ROLE_EN}(?:\s(?:for|of)\s(?:the\s)?[\w-]+(?:\s[a-z]+)?)?),\s(?P<name>(?:[{UPPER}]\.\s){{0,2}}{CAP}\s(?:[{UPPER}]\.\s)?{CAP}(?:[ \u00a0]{CAP})?)(?=[,.;])"
)
# The dot of "U.S.", but for the one that a sentence ends in.
_DOT = r"(?<=\b[A-Z])\.(?=[A-Z]\.|[,;]|\s(?!(?:The|He|She|It|They|But|In|On|At|An?)\b))"
COMMANDS_EN = re.compile(
    rf"(?<![\w-])(?P<name>{CAP}\s{CAP}(?:[ \u00a0]{CAP})?),\swho\s(?P<role>heads|leads|commands|runs|chairs)\s(?:the\s)?(?P<of>(?!the\s)(?:[\w’' -]|{_DOT}){{3,50}}?)(?=(?!{_DOT})[,.;])"
)

ROLE_TR = (
    r"(?:(?:Milli\s|Millî\s)?Savunma\s(?:Eski\s)?Baka(?:nı|n\sYardımcısı)|(?:Dışişleri|İçişleri|Ticaret|Sanayi\sve\sTeknoloji|Ulaştırma|Maliye|Enerji)\sBakanı|"
    r"Savunma\sSanayii\sBaşkan(?:ı|\sYardımcısı)|Cumhurbaşkan(?:ı|\sYardımcısı)|Devlet\sBaşkanı|Başbakan(?:ı|\sYardımcısı)?|Bakan\sYardımcısı|Bakan|"
    r"Genelkurmay\sBaşkanı|(?:Hava|Deniz|Kara)\sKuvvetleri\sKomutanı|(?:Yönetim\sKurulu|İcra\sKurulu)\sBaşkan(?:ı|\sVekili|\sYardımcısı)|"
    r"Genel\sMüdür(?:ü|\sYardımcısı)?|Genel\sSekreteri?|Üst\sYöneticisi|CEO['’]?su|CEO|Kurucusu|Başkan(?:ı|\sYardımcısı)?|Müdürü|Komutanı|"
    r"[Ss]özcüsü|[Bb]üyükelçisi|[Ll]ideri|[Mm]illetvekili|[Vv]alisi|[Tt]emsilcisi|[Dd]irektörü|[Mm]evkidaşı|[Dd]anışmanı|Müsteşarı|"
    r"Orgeneral|Korgeneral|Tümgeneral|Tuğgeneral|Oramiral|Koramiral|Tümamiral|Tuğamiral|Albay|Yarbay|Binbaşı|General|Amiral|Kralı|Prensi|Emiri|Şansölyesi)"
)
BEFORE_TR = re.compile(
    rf"(?<![\w-])(?P<of>(?:(?:{CAP})(?:['’]n?[ıiuü]n)?\s){{0,4}}?)(?P<role>{ROLE_TR})(?:\s{ROLE_TR})?,?\s(?P<name>{CAP}(?:\s(?:(?:bin|el|al|de|van|von)\s)?{CAP}){{0,3}})"
)

ROLE_JA = (
    r"(?:防衛相|国防相|防衛大臣|国防大臣|国防長官|国防部長|外相|外務大臣|首相|大統領|副大統領|主席|総書記|国家主席|財務相|経産相|官房長官|国務長官|国務大臣|"
    r"副?大臣|防衛副大臣|政務官|事務次官|防衛事務次官|次官|防衛装備庁長官|長官|委員長|事務総長|議員|書記長|総統|国王|皇太子|首長|"
    r"統合幕僚長|陸上幕僚長|海上幕僚長|航空幕僚長|統幕長|陸幕長|海幕長|空幕長|幕僚長|司令官|参謀総長|総司令官|少将|中将|大将|准将|大佐|報道官|"
    r"社長|会長|最高経営責任者|CEO|ＣＥＯ|取締役|副社長|総裁|局長|部長|所長|知事|市長|教授|研究員|駐日大使|大使|氏)"
)
_NAME_JA = r"(?:[ァ-ヴー]{2,10}(?:[・＝=][ァ-ヴー]{1,10}){0,3}|[一-龠々]{2,5}?|[A-Z][a-z]+)"
BEFORE_JA = re.compile(
    rf"(?P<name>{_NAME_JA})[・\s]?(?P<role>{ROLE_JA})(?![一-龠ァ-ヴ])(?:[（(](?:CEO|\d\d)[）)])?"
)
# Behind a name in katakana any office may stand: the name's end is plain to see.
KATAKANA_JA = re.compile(
    r"(?P<name>[ァ-ヴー]{2,10}(?:[・＝=][ァ-ヴー]{1,10}){0,3})(?P<role>[一-龠]{1,6}(?:相|大臣|長官|次官|議長|総長|補佐官|報道官|委員長|司令官|隊長|部長))(?![一-龠])"
)
# Kanji before an office that are a country, a body or an adjective, and no name.
NOT_NAMES_JA = re.compile(
    r"(?:米国?|英国?|独|仏|伊|露|中国?|韓国?|日本?|豪州?|印|加|前|元|新|現|次期|同国?|両国?|各国?|副|首席|歴代|外国|当時|担当|関係|共同|統合|陸上|海上|航空|防衛|国防|"
    r"外務|財務|首|政府|軍|国家|官房|事務|政務|装備|防衛省|防衛装備庁|国務|国防省|外務省|駐日|最高|代表|名誉|副社|筆頭|女性|男性|与党|野党|日米|日豪|日英|議会|上院|下院|衆院|参院|党|委員|専務|常務|執行|経済|総理|内閣|"
    r"陸軍|海軍|空軍|海兵隊|空自|陸自|海自|州|県|市|都|府|連邦|大統領|同社|同省|同庁|主任|上級|客員|特任|訪日中|訪問中|調達|計画|航空機|事業)+\Z"
)

"""English names of offices and ranks, for what three languages call them."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

# The first that fits names the office, so that deputies stand before those they stand in for. What fits none stays
# as written.
_OFFICES: tuple[tuple[str, str], ...] = (
    ("Deputy Defence Minister", r"(?:(?:deputy|vice|assistant|junior)[\s-](?:minister\sof\s)?defen[cs]e(?:\sminister)?|(?:milli\s)?savunma\sbakan\syardımcısı|防衛副大臣|国防副大臣|国防次官)"),
    ("Former Defence Minister", r"(?:former\sdefen[cs]e\sminister|savunma\seski\sbakanı|eski\s(?:milli\s)?savunma\sbakanı|[前元](?:防衛|国防)(?:相|大臣))"),
    ("Vice-Minister of Defence", r"(?:防衛事務次官|administrative\svice[\s-]minister\sof\sdefen[cs]e)"),
    ("Defence Minister", r"(?:(?:national\s)?defen[cs]e\sminister|minister\s(?:of|for)\s(?:national\s)?defen[cs]e|(?:milli|millî|ulusal)?\s?savunma\sbakanı|(?:防衛|国防)(?:相|大臣)|国防部長)"),
    ("Defence Secretary", r"(?:defen[cs]e\ssecretary|secretary\sof\s(?:state\sfor\s)?(?:defen[cs]e|war)|国防長官)"),
    ("Deputy Foreign Minister", r"(?:deputy\sforeign\sminister|dışişleri\sbakan\syardımcısı|外務副大臣)"),
    ("Foreign Minister", r"(?:foreign\sminister|minister\s(?:of|for)\sforeign\saffairs|dışişleri\sbakanı|外相|外務大臣)"),
    ("Foreign Secretary", r"foreign\ssecretary"),
    ("Interior Minister", r"(?:interior\sminister|içişleri\sbakanı|内相)"),
    ("Finance Minister", r"(?:finance\sminister|maliye\sbakanı|財務相|財務大臣)"),
    ("Trade Minister", r"(?:trade\sminister|ticaret\sbakanı)"),
    ("Industry Minister", r"(?:industry\sminister|sanayi\sve\steknoloji\sbakanı|経産相|経済産業相)"),
    ("Secretary of Defence Industries", r"(?:defen[cs]e\sindustries\ssecretary|savunma\ssanayii\sbaşkanı)"),
    ("Deputy Secretary of Defence Industries", r"savunma\ssanayii\sbaşkan\syardımcısı"),
    ("Vice President", r"(?:vice[\s-]president|cumhurbaşkan\syardımcısı|副大統領)"),
    ("Chairman and CEO", r"chair(?:man|woman|person)?(?:\sand\s|/)(?:chief\sexecutive(?:\sofficer)?|ceo)"),
    ("President and CEO", r"president\sand\s(?:chief\sexecutive(?:\sofficer)?|ceo)"),
    ("President", r"(?:president|cumhurbaşkanı|devlet\sbaşkanı|大統領|総統|国家主席)"),
    ("Deputy Prime Minister", r"(?:deputy\sprime\sminister|başbakan\syardımcısı|副首相)"),
    ("Prime Minister", r"(?:prime\sminister|premier|başbakan[ıi]?|首相|総理大臣)"),
    ("Chancellor", r"(?:(?:federal\s)?chancellor|şansölyesi)"),
    ("Secretary of State", r"(?:secretary\sof\sstate|国務長官)"),
    ("Chief Cabinet Secretary", r"(?:chief\scabinet\ssecretary|官房長官)"),
    ("Secretary General", r"(?:secretary[\s-]general|genel\ssekreteri?|事務総長)"),
    ("Deputy Minister", r"(?:(?:deputy|vice)[\s-]minister|bakan\syardımcısı|副大臣)"),
    ("Minister", r"(?:minister|bakan|大臣)"),
    ("Chief of Staff, Joint Staff", r"(?:統合幕僚長|統幕長)"),
    ("Chief of Staff, Ground Self-Defense Force", r"(?:陸上幕僚長|陸幕長)"),
    ("Chief of Staff, Maritime Self-Defense Force", r"(?:海上幕僚長|海幕長)"),
    ("Chief of Staff, Air Self-Defense Force", r"(?:航空幕僚長|空幕長)"),
    ("Chief of the General Staff", r"(?:chief\sof\s(?:the\s)?general\sstaff|genelkurmay\sbaşkanı|参謀総長)"),
    ("Chief of Defence", r"chief\sof\s(?:the\s)?defen[cs]e(?:\sstaff)?"),
    ("Chief of Staff", r"(?:chief\sof\sstaff|幕僚長)"),
    ("Commander of the Air Force", r"(?:air\sforce\schief|hava\skuvvetleri\skomutanı)"),
    ("Commander of the Navy", r"(?:navy\schief|deniz\skuvvetleri\skomutanı)"),
    ("Commander of the Army", r"(?:army\schief|kara\skuvvetleri\skomutanı)"),
    ("Commander-in-Chief", r"(?:commander[\s-]in[\s-]chief|総司令官)"),
    ("Commander", r"(?:commander|commands|komutanı|司令官)"),
    ("Deputy Chairman", r"(?:(?:deputy|vice)[\s-]chair(?:man|woman|person)?|yönetim\skurulu\sbaşkan(?:\s(?:vekili|yardımcısı)))"),
    ("Chairman", r"(?:chair(?:man)?|yönetim\skurulu\sbaşkanı|会長|委員長)"),
    ("Chairwoman", r"chairwoman"),
    ("Chief Executive", r"(?:chief\sexecutive(?:\sofficer)?|ceo(?:['’]?su)?|ｃｅｏ|icra\skurulu\sbaşkanı|üst\syöneticisi|最高経営責任者)"),
    ("Deputy General Manager", r"genel\smüdür\syardımcısı"),
    ("General Manager", r"(?:general\smanager|genel\smüdür[üi]?)"),
    ("President (company)", r"社長"),
    ("Vice President (company)", r"副社長"),
    ("Managing Director", r"managing\sdirector"),
    ("Managing Partner", r"managing\spartner"),
    ("Founder", r"(?:founder|kurucusu|創業者)"),
    ("Director-General", r"(?:director[\s-]general|局長)"),
    ("Spokesperson", r"(?:spokes(?:man|woman|person)|sözcüsü|報道官)"),
    ("Ambassador", r"(?:ambassador|büyükelçisi|(?:駐日)?大使)"),
    ("Governor", r"(?:governor|valisi|知事)"),
    ("Mayor", r"(?:mayor|市長)"),
    ("General", r"(?:general|gen\.|orgeneral|大将)"),
    ("Lieutenant General", r"(?:(?:lieutenant|lt\.?)\s(?:general|gen\.)|korgeneral|中将)"),
    ("Major General", r"(?:(?:major|maj\.?)\s(?:general|gen\.)|tümgeneral|少将)"),
    ("Brigadier General", r"(?:(?:brigadier|brig\.?)\s(?:general|gen\.)|tuğgeneral|准将)"),
    ("Admiral", r"(?:admiral|adm\.|oramiral)"),
    ("Vice Admiral", r"(?:vice\s(?:admiral|adm\.)|koramiral)"),
    ("Rear Admiral", r"(?:rear\s(?:admiral|adm\.)|tümamiral)"),
    ("Rear Admiral (lower half)", r"tuğamiral"),
    ("Colonel", r"(?:colonel|col\.|albay|大佐)"),
    ("Captain", r"(?:captain|capt\.)"),
    ("Representative", r"temsilcisi"),
    ("Member of Parliament", r"(?:milletvekili|議員)"),
    ("Leader", r"(?:leads|lideri)"),
    ("Head", r"heads?|runs"),
    ("Chair", r"chairs"),
    ("Director", r"(?:director|direktörü|müdürü|部長|所長)"),
    ("Undersecretary", r"müsteşarı"),
    ("Adviser", r"danışmanı"),
    ("King", r"(?:king|kralı|国王)"),
    ("Crown Prince", r"(?:crown\sprince|veliaht\sprensi?|皇太子)"),
    ("Professor", r"(?:professor|教授)"),
    ("Researcher", r"研究員"),
)  # fmt: skip
_TABLE = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _OFFICES)
_SUFFIX_TR = re.compile(r"['’]\w{1,4}\Z")


def english(role: str) -> str:
    """Return the English name of an office; one that the table does not hold comes back as written."""
    if role == "氏":
        return ""
    words = _SUFFIX_TR.sub("", role.strip()).replace("İ", "i")
    return next((name for name, pattern in _TABLE if pattern.fullmatch(words)), role)

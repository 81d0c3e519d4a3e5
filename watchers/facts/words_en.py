"""The words of saying in English: verbs, where their subjects end, media, sources without a name, hedges."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

from watchers.facts.passage import CAP

# A subject farther from its verb, or more speakers in one sentence, are no prose.
MAX_CLAUSE = 400
MAX_SAID = 6

# Verbs that say something whatever follows, and those that do so only before "that" or a quotation.
ALWAYS = (
    r"said|says|say|told|tells|announced|announces|added|adds|confirmed|confirms|wrote|writes|warned|warns|noted|denied|denies|"
    r"claimed|reported|insisted|insists|explained|stressed|emphasi[sz]e[sd]|argued|argues|estimated|(?:claims?|reports?|estimates|notes)(?=\s(?:that|the|it|its|he|she|they|an?|to|about|around|up\sto|at|more|[A-Z0-9$€£\"“]))|"
    r"acknowledged|admitted|admits|alleged|alleges|pointed\sout|points\sout|made\sclear|makes\sclear|tweeted|remarked|commented|conceded|cautioned|recalled|predicted|predicts|testified|dismissed|rejected|reiterated|clarified|"
    r"(?:was|were|is|are)\s(?:quoted|cited)\s(?:by\s[^,.;]{2,40}?\s)?as\ssaying|responded|replied|countered|counters|complained|complains|observed(?=\sthat)|indicated|signalled|signaled|specified|specifies|outlined|corrected|acknowledges|concedes|cautions|clarifies|explains|stresses|boasted|boasts|tweets|remarks|recalls|reveals|revealed|disclosed|discloses|"
    r"concluded(?=[.,]|\s(?:that|in|on|it|the)\b|\Z)|concludes(?=[.,]|\s(?:that|in)\b)|found(?=\s(?:that|no|the|an?)\b|[.,])|finds(?=\s(?:that|no|the)\b)|shows?(?=\s(?:that|the|it|an?|[A-Z0-9$€£])|[.,]|\Z)|showed(?=\s(?:that|the|it|an?|[A-Z0-9$€£])|[.,]|\Z)|suggest(?:s|ed)?(?=\s(?:that|the|it|an?)\b)|"
    r"(?:values|valued|cites|cited)(?=\s(?:the|it|an?)\s)|sp(?:eaks?|oke)\sof|talk(?:s|ed)\sof|(?:blame|blames|blamed|accuses|accused|accuse)(?=\s)|(?:expects|expect|anticipates?|foresees?|forecasts?|reckons?|predict|hopes)(?=\s(?!to\b))|(?:deny|argue|warn|insist|confirm|admit|believe|counts?|lists?|gives?|gave|place[sd]?|describe[sd]?|called|calls)(?=\s(?:that|the|it|its|their|there)\s)|"
    r"puts?(?=\s(?:the|its|their|that)\s[^.;]{3,40}\sat\b)|posted(?=\s(?:on|that))"
)
BEFORE_THAT = r"stated|states|state|revealed|disclosed|declared|asserted|maintained|maintains|pledged|promised|vowed|believes?|believed|thinks?|understands|understood|swears|swore|hints|hinted|assured|contends?"
VERB = re.compile(
    rf"(?<![\w-])(?:(?P<verb>{ALWAYS})|(?P<weak>{BEFORE_THAT})(?=\sthat\b|:\s|,?\s[\"“]|\s(?:it|its|the|he|she|they|their)\b))(?![\w-])"
)
ACCORDING = re.compile(
    r"(?:[Aa]ccording\sto|[Aa]s\s(?:reported|quoted|cited)\sby|\b(?:reported|quoted|cited)\sby|\b[Ii]n\sthe\s(?:words|view|telling)\sof|(?<=\s)[Bb]y\sthe\s(?:count|estimate|reckoning)\sof|(?:\A|(?<=[\n,.;]\s)|(?<=\n))[Pp]er(?=\s(?:the\s(?!contract|agreement|terms|deal|plan)|[A-Z]))|\b(?P<inner>citing|quoting))\s"
)
TELLS = re.compile(
    rf"(?<![\w-])(?:{ALWAYS}|{BEFORE_THAT})(?![\w-])|[Aa]ccording\sto|\b[Pp]er\s|reportedly|allegedly|rumou?r|unconfirmed|purported|expect|likely|\bwants?\b|\bhopes?\b|\baims?\b|understood|believed|thought|\b(?:due|set)\sto|[“\"]"
)
# After "according to" a name runs up to a comma, a verb or a preposition of time; it holds no other.
NAME_AFTER = re.compile(
    r"(?:(?!(?:on|in|who|which|that|whose|after|as|when|and|but|at|by|with|from|to|said|says|is|are|was|were|has|have|had|will|citing|about|because|since|seen)\s)[\w’'&.-]*[\w’'&](?:\s|(?=[,.;:)”\"]|\Z))){1,9}(?:(?:of|close\sto|familiar\swith|with\sknowledge\sof|briefed\son)\s(?:the\s)?[\w’'-]+(?:\s[A-Z][\w’'-]+)*)?"
)
# "According to the prosecutor the raid was on Thursday": an article begins the next phrase.
NEXT_NOUN = re.compile(
    r"(?<!\bof)(?<!\bto)(?<!\bwith)(?<!\bon)(?<!\bin)(?<!\bat)(?<!\bfor)(?<!\bfrom)(?<!\bby)(?<!\bnear)(?<!\band)\s(?=(?:the|an?|its|their)\s)"
)
# What may stand between a subject and its verb without being part of either.
BETWEEN = re.compile(
    r"(?:\s(?:has|have|had|also|later|then|now|since|earlier|previously|separately|already|too|again|today|yesterday|recently|[a-z]+ly|"
    r"(?:on|last|this)\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:this|last)\s(?:week|month)|seen\sby\s[^,]{3,30}|(?:published|released|issued|unveiled|presented|circulated|obtained)(?:\s(?:by|in)\s[^,.;]{2,30}?)?|on\scondition\sof\sanonymity))+\s*\Z"
)
# "was told", "to say", "will announce", "did not say": nobody says anything here.
UNSAID = re.compile(
    r"(?:^|\s)(?:is|are|was|were|be|been|being|to|will|would|not|n['’]t|can|could|may|might|should|must|the|an?|its|their|his|her|these|those|such|any|some|unconfirmed|recent|widely|of|by|no|for|from|this)\s*\Z"
)
CUT = re.compile(
    r"[;:\"“”—–()]|,\s|\s(?:that|which|as|when|while|after|because|but|and|if|since|although|though|where|before|until|than|so)\s|\A(?:As|When|While|After|But|And|Although|However)\s"
)
NP_END = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?|[Tt]wo|[Tt]hree|[Ff]our|[Ss]everal|[Ss]ome|[Oo]ne|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Bb]oth)\s(?:[\w’'.&-]+\s){{0,9}}?[\w’'.&-]+|(?:{CAP})(?:['’]s)?(?:[ \u00a0](?:{CAP}|of|the|for|and|in|[a-z][\w’'-]+)){{0,8}}|(?:He|She|They|It|he|she|they|it|(?<![\w’'-])[a-z-]+(?:\s[a-z-]+){{0,5}}))\Z"
)
LEAD = re.compile(
    r"\A(?:(?:[Oo]n|[Ii]n|[Aa]t|[Dd]uring|[Ss]peaking|[Aa]sked|[Ll]ast|[Ee]arlier)\s(?:(?:an?|the)\s)?(?:[\w-]+\s){1,6}?(?=(?:the|an?|its)\s|(?:he|she|they|it)\Z|(?:[A-Z][\w’'-]+\s){0,4}[A-Z][\w’'-]+\Z)|(?:But|And|However|Meanwhile|Separately|Yet)\s)"
)
GERUND = re.compile(r"[a-z]+ing\s")
FINITE = re.compile(r"\b(?:will|would|has|have|had|is|are|was|were)\b")
SOMEBODY = re.compile(
    rf"(?:(?:the|an?|two|three|several|its|their|his|her|one)\s|[A-Z])(?!.*{FINITE.pattern})"
)
# What stands before a subject and only says when, where or how it was said.
ONLY_LEADS = re.compile(
    r"(?:On|In|At|During|Speaking|Asked|Last|Earlier|Later|But|And|However|As|After|When|While|Meanwhile|Separately)\b"
)
# Who hears it says where it was said; "reporters" says nothing.
HEARER = re.compile(r"lawmakers|parliament|[A-Z]")
JOINER = re.compile(r"(?:(?:in\s)?what|but|and|or|while|although|yet|so|which|where|whom)\s")
FULL_NAME = re.compile(
    rf"(?:{CAP})(?:\s[A-Z]\.)?(?:\s(?:al|bin|de|van|von|der|el|of)\b)?(?:[ \u00a0]{CAP}){{1,3}}\Z"
)
AFTER_VERB = re.compile(
    r"\s(?P<np>(?!(?:that|it|he|she|they|in|on|to|at|there|this|no|not)\b)(?:(?:the|an?|two|three|several|its|their|his|her|one)\s)?[^,.;:\"“”]{2,80}?)(?=[,.;\"”]|\Z|\s(?:on\s[A-Z]|in\s(?:an?|the|[A-Z])|who\b|after\b|at\s|during\b|to\s(?:the\s)?[A-Z]|when\b|as\b|last\b|this\b|from\b))"
)
TOLD_TO = re.compile(
    r"\s(?:the\s)?(?P<np>[^,.;:“\"]{2,50}?)(?=\s(?:that|on|in|at|after|during|he|she|it|they|the|there|a|an|its|his|her|no|some)\b|[,.;:“\"]|\Z)"
)
VENUE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Vv]ia|[Dd]uring)\s(?:an?|the|his|her|its|their)\s(?P<act>(?:(?!of\b)[\w-]+\s){0,3}?(?:post|statement|interview|briefing|speech|press\srelease|release|letter|filing|notice|memo|email|message|video|answer|article|column|tweet|podcast|testimony|address|hearing|(?:news|press)\sconference|thread)(?:\s(?:on|with|to)\s(?:the\s)?(?:Turkish\s)?(?:social\smedia(?:\splatform\s[A-Z]\w+)?|X\b|(?:state|public|local)\s(?:television|TV|radio|media)|(?!\w+day\b)[A-Z](?:[\w’'&.-]*[\w’'&])?(?:\s(?:of\s)?(?!\w+day\b)[A-Z](?:[\w’'&.-]*[\w’'&])?){0,4}))?)"
    r"|\b[Oo]n\s(?P<site>X|Twitter|Facebook|Telegram|Instagram|LinkedIn|YouTube|Truth\sSocial|NSosyal|social\smedia|state\s(?:television|TV|radio))\b"
    rf"|\b[Aa]t\sthe\s(?P<event>(?:{CAP}\s){{1,4}}(?:Fair|Show|Airshow|Summit|Conference|Forum|Exhibition|Dialogue|Congress))\b"
    r"|,\s(?P<seen>(?:a|the)\s(?:[\w-]+\s){0,3}(?:report|document|letter|memo)\sseen\sby\s[^,.;]{3,40}?)(?=\s(?:says|said|shows)|[,.;])"
)
MEDIUM = re.compile(
    r"\b(?:[Mm]edia|[Nn]ewspapers?|paper|daily|weekly|magazine|broadcaster|[Nn]ews\s[Aa]gency|outlets?|[Pp]ress|[Rr]adio|television|TV|website|tabloid|report|reports|newswire|blog|journal)\b|\bDigest\Z"
)
UNNAMED = re.compile(
    r"\b(?:sources?|officials?|people|persons?|insiders?|diplomats?|lawmakers|legislators|analysts?|critics|experts?|observers|executives|aides?|witnesses|residents|them|anonymous|unnamed|rumou?rs?|someone|industry\sfigures)\b",
    re.IGNORECASE,
)
PERSON_NOUN = re.compile(
    r"\A[Tt]he\s(?:[\w-]+\s){0,2}?(?:minister|official|president|premier|chancellor|secretary|spokes(?:man|woman|person)|general|admiral|colonel|commander|chief|director|executive|chairman|chairwoman|ambassador|governor|senator|lawmaker|analyst|diplomat|head|CEO)\Z"
)
FIRM_NOUN = re.compile(
    r"\A(?:[Tt]he\s(?:[\w-]+\s){0,2}?(?:company|firm|manufacturer|maker|shipbuilder|contractor|supplier|group|start-?up|vendor|builder|planemaker|drone-?maker)|[Tt]he\syard)\Z"
)
PAPER_NOUN = re.compile(
    r"\A(?:[Tt]he\s(?:paper|newspaper|daily|weekly|magazine|broadcaster|agency|outlet|website|report|article|newswire))\Z"
)
BODY_NOUN = re.compile(
    r"\A[Tt]he\s(?P<noun>ministry|department|office|agency|government|navy|army|air\sforce|institute|committee)\Z"
)
PRONOUN = re.compile(r"(?:[Hh]e|[Ss]he)\Z")
IT = re.compile(r"(?:[Ii]t|[Tt]hey)\Z")
ONE_OF = re.compile(
    r"[Oo]ne\sof\s(?:them|the\s(?:two|three|officials|sources|people))|[Aa]nother|[Tt]he\sother\Z"
)

ALLEGED = re.compile(
    r"\balleg(?:ed|edly|es|ing)\b|\bclaim(?:s|ed|ing)?\b|\brumou?r|\bsupposed(?:ly)?\b|\bunconfirmed|\bunverified|\bpurported",
    re.IGNORECASE,
)
REPORTED = re.compile(
    r"\breportedly\b|\b(?:is|are|was|were|been)\s(?:said|reported|understood|believed|thought)\s(?:to|that)\b|\bmedia\sreports?\b|\breports?\sthat\b|\b[Ii]t\s(?:was|is|has\sbeen)\sreported\b|\bpress\sreports\b"
)
EXPECTED = re.compile(
    r"\bshould\s(?:follow|arrive|begin|start|enter|come|be\s(?:delivered|ready|completed|finished))\b|\b(?:is|are|was|were)\s(?:\w+\s)?(?:expected|likely|due|set|slated|poised)\s(?:to|in|by|this|next)\b|\b(?:expects?|hopes?|aims?|wants?)\sto\b|\bwants?\s(?:\d|another|more)|\bexpected\s(?:this|next|in|by)\b"
)
_DENY = r"\b(?:den(?:ied|ies|y|ying)|dismiss(?:ed|es|ing)|reject(?:ed|s|ing)|refut(?:ed|es|ing))\b"
# "denied on Thursday in a statement that": when and where, before what is denied.
_WHERE = r"(?:(?<=denied)|(?<=denies))(?:\s(?:on|in|to|via|at)(?:\s[\w’'-]+){1,3}?){0,2}"
DENIES = re.compile(_DENY + rf"(?:(?:{_WHERE})?\sthat\b|\s(?:the|a|any|all|such|these|those|media|press|having|it|reports?|claims?|rumou?rs?|suggestions?|allegations?)\b)")  # fmt: skip
DENIED = re.compile(_DENY + r"\s(?:\w+\s)?(?:reports|claims)\Z")
DENIAL_ENDS = re.compile(r",?\sbut\b|,\s(?:saying|insisting|adding|calling|and\s(?:said|added|insisted))\b|;")
# Verbs whose object stands behind them, never their subject: "called the purchase a milestone".
TRANSITIVE = (
    "call",
    "describ",
    "put",
    "plac",
    "list",
    "count",
    "gave",
    "give",
    "blam",
    "accus",
    "expect",
    "found",
    "show",
    "correct",
    "suggest",
    "cite",
    "value",
    "speak",
    "spoke",
    "talk",
)
FORESEES = ("expect", "anticipat", "forese", "forecast", "predict", "hope")
_OWN_CLAUSE = re.compile(r",\s(?:and|but|while|although|though|whereas|where)\s(?:[^,.;]{2,40},\s)?\Z")
# Shorter beginnings are no clause of their own.
_OWN_WORDS = 4


def told_from(text: str, start: int, subject: int, *, behind: bool) -> int:
    """Return where the words of a clause's first speaker begin: not in a main clause that is joined before him."""
    joined = None if behind else _OWN_CLAUSE.search(text, start, subject)
    if joined and len(text[start : joined.start()].split()) > _OWN_WORDS:
        return joined.start()
    return start


# "The order, which the ministry says is worth $3 million, covers 40 trucks."
_INSERTED = re.compile(r",\swhich\s(?:the\s|an?\s)?\Z")


def inserted(text: str, subject: int, verb_end: int, region: tuple[int, int]) -> tuple[int, int]:
    """Return what a speaker tells, cut to the relative clause if he is named within one."""
    opening = _INSERTED.search(text, region[0], subject)
    if opening is None:
        return region
    comma = text.find(",", verb_end, region[1])
    return opening.start(), comma if comma >= 0 else region[1]


# Said of what somebody has told in the sentence before.
UNVERIFIED = re.compile(
    r"\b(?:claims?|reports?|statements?|figures?|allegations?|accounts?|assertions?|that|this|it|which)\s(?:has|have|had|can|could|cannot|was|were|is|are)\s?(?:not|n['’]t)\s(?:yet\s)?(?:be\s|been\s)?(?:immediately\s|independently\s)?(?:checked|verified|confirmed|corroborated|substantiated)"
    r"|\b(?:unverified|no\s(?:independent\s)?(?:evidence|confirmation))\b|\b(?:unable\sto|impossible\sto|could\snot|cannot)\s(?:\w+ly\s)?(?:verify|confirm|check)\b",
    re.IGNORECASE,
)
# A sentence that only says whose the words before it are.
BARE = re.compile(
    r"\A[\"“]?(?:(?:That|This|These|It|Those)\s(?:is|was|are|were|comes?|came)\s(?:all\s)?(?:according\sto|what|how|from|the\sword)|[^.;\"“]{3,80}?\s(?:said|announced|disclosed|revealed|confirmed|reported|told\s[^.;]{3,40}?)\s(?:so|this|that|it|the\s(?:news|figures?|details|decision|plan|deal|move|numbers))(?:\s(?:on|in|at|to|during|late|early|late)\s[^.;]{2,60})?[.]?\s*\Z|So\s(?:said|says)\s)"
)

"""What became of a deal, as the words that say so in three languages.

Order is priority: what a clause denies or leaves open is read before what it asserts, since "no contract was signed"
holds "contract was signed". A class is one of the labels of the evaluation set.
"""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

from watchers.facts import status_idioms
from watchers.facts.nouns import MACHINES_EN

# The clause parts that the tables share.
_DEAL = r"(?:agreement|contract|deal|memorandum|order|accord|pact|purchase|sale|treaty|commitment)s?"
_GAP = r"(?:[\w’'-]+\s){0,4}?"

# What is ordered and no purchase: a review, a halt, troops somewhere.
NO_PURCHASE = (
    r"\s(?:\w+\s){0,1}?(?:[\w-]+\s){0,3}?(?:reviews?|probes?|inquir(?:y|ies)|investigations?|audits?|halt|pause|freeze|stop|evacuations?|withdrawal|study|assessment|"
    r"inspections?|strikes?|attacks?|mobili[sz]ation|ceasefire|retreat|lockdown|overhaul|cuts?)\b|\s(?:his|her|its|the|all|more|\d[\d,]*)?\s?(?:[\w-]+\s)?(?:forces|troops|soldiers|army|military|ministry|officials|staff)\sto\b"
)

_EN: tuple[tuple[str, str], ...] = (
    ("not_signed", (rf"\bno\s{_GAP}{_DEAL}\s(?:(?:on|for|over|about|to)\s[^.,;]{{2,40}}?\s)?(?:has\s|have\s|had\s|was\s|were\s|is\s|will\s|been\s|be\s|yet\s|emerged\s)*(?:signed|reached|concluded|finali[sz]ed|struck|announced|made|completed|emerged|agreed|in place)|"
     rf"\b(?:did|has|have|had|does|do|was|were|is|are)(?:\snot|n['’]t)\s(?:yet\s|been\s|actually\s)*(?:sign(?:ed)?|reach(?:ed)?\s(?:an?\s)?(?:agreement|deal)|conclude[d]?|finali[sz]ed?|agreed?)\b[^.,;]{{0,30}}|"
     rf"\b(?:yet\sto|failed\sto|without|before|stopped\sshort\sof)\s(?:be\s)?(?:sign(?:ed|ing)?|conclude|reach(?:ing)?\s(?:an?\s)?(?:agreement|deal)|agree)\b|\bunsigned\b|\b(?:there\s(?:is|was|are|were)|has|have|had)\s(?:currently\s|still\s|as\syet\s)?no\s(?:[\w-]+\s){{0,2}}(?:contract|deal|agreement)s?\b|\bnothing\s(?:has\sbeen|was|is)\s(?:yet\s)?signed\b|\bno\ssignatures?\b|\bwithout\s(?:a\s)?signatures?\b")),
    ("no_decision", (r"\bno\s(?:final\s|formal\s|such\s)?decision\b(?:\son\s[\w\s-]{2,30}?)?(?:\s(?:has|had|have|was|is|been|yet|to\sbuy))*(?:\s(?:made|taken|reached))?|"
     r"\b(?:has|have|had|did|do|does)(?:\snot|n['’]t)\s(?:mean\s(?:that\s)?\w+\s(?:has|have|had)\s)?(?:yet\s|been\s|finally\s)*(?:decided?|chosen|selected|picked|ma[dk]e\s(?:a|any|its|their|up)\s(?:final\s)?(?:decision|choice|mind)|taken\sa\sdecision|committed)\b|"
     r"\byet\sto\s(?:decide|choose|select|make\sa\s(?:decision|choice))|\bnothing\s(?:has|had|have|is|was)\s(?:yet\s)?(?:been\s)?(?:decided|agreed|settled|final)\b|\byet\sto\s(?:give|grant|approve|ratify|rule|vote)\b|\byet\sto\sbe\s(?:decided|chosen|selected|made|taken)\b|\bundecided\b|\bremains?\s(?:open|undecided|to\sbe\s(?:decided|seen))")),
    ("denied", r"\b(?:denied|denies|deny|denying|refus(?:ed|es)(?!\sto)|rejected|rejects|rejecting|dismissed|dismisses|dismissing|refuted|refuting|rebuffed|(?<!\bbe\s)(?<!\bnot\s)(?<!n['’]t\s)rul(?:ed|es|ing)\sout|turn(?:ed|s)\sdown|spurned)\b(?:\s(?:that|the|a|any|it|having|reports?|claims?|media|suggestions?|as)\b(?:(?!\s(?:and|but)\s)[^.,;]){0,60}(?!\w))?|\bnot\strue\b|\b(?:is|are|was|were|as)\s(?:\w+ly\s)?(?:false|untrue|baseless|unfounded|fabricated)\b|\bno\struth\b|\bdid\snot\s(?:buy|order|purchase|acquire)\b|\b(?:will\snot|won['’]t)\s(?:buy|sell|supply|purchase|acquire|order|bid|tender|compete)\b|\b(?:refus(?:ed|es)|declin(?:ed|es))\sto\s(?:buy|sell|supply|purchase|acquire|order|sign|export|approve)\b"),
    ("not_started", r"\b(?:has|have|had|will|would|is|are)(?:\snot|n['’]t)\s(?:yet\s|been\s)*(?:start(?:ed)?|beg[iu]n|launched|issued|opened|be\s(?:launched|issued|opened)|entered\s(?:service|production))\b[^.,;]{0,20}|\bno\s(?:tender|talks|negotiations|production|deliveries|flights?|tests?|work|delivery)\b[^.,;]{0,20}?\b(?:issued|launched|started|begun|held|opened|made|taken\splace)|\byet\sto\s(?:start|begin|enter|fly|be\s(?:launched|issued|tested|delivered))"),
    ("cancelled", r"\b(?:cancell?ed|cancels|scraps|drops\s(?:plans?|its|the|bid)|scrapped|terminated|called\soff|will\snot\s(?:proceed|go\sahead)|abandoned|axed|ditched|dropped\s(?:plans|its\splan|the\splan)|pulled\sout|withdrew|withdrawn|shelved|broken\s(?:off|down)|broke\s(?:off|down)|f(?:a|e)ll(?:en)?\sthrough|collapsed|halted|rescinded|revoked|tore\sup|torn\sup|annulled|voided|f(?:ell|alls|allen)\sapart|walk(?:ed|s)\saway)\b(?:\s(?:a|an|the|its|their|plans?)\b(?:\s[\w-]+){1,3})?"),
    ("delayed", r"\b(?:delayed|postpon(?:ed|es)|puts\soff|pushes\sback|slipp?(?:ed)?\b(?!\sinto)|pushed\sback|deferred|put\soff|put\son\shold|suspended|frozen(?!\s(?:\w+\s)?(?:assets?|funds?|reserves?|accounts?|money|billions|conflicts?|food|ground|lakes?|seas?|rivers?)\b)|paused|held\sup|miss(?:es|ed)?\s(?:its|the|a)\b[^.,;]{0,25}|behind\s(?:schedule|plan)|overdue|stalled|put\sback|(?:is|are|was|were|been|running|being|already|now)\s(?:[\w-]+\s){0,4}?(?:weeks?|months?|years?)\s(?:late|behind)|running\slate|on\shold)(?:\s(?:by|to|until|beyond)\s[\w-]+(?:\s\w+)?)?|\bdelays?\s(?:of|to|in)\b|\bslips\sto\b"),
    ("conditional", r"\b(?:subject\sto|conditional\s(?:on|upon)|contingent\s(?:on|upon)|provided\sthat|on\scondition(?!\sof\sanonymity)|pending)\b[^.,;]{0,40}|\b(?:needs?|requires?|awaits?|awaiting)\s(?:[\w’'-]+\s){0,3}?(?:approval|consent|clearance|ratification)|\b(?:depends?|depending|hinges?|hinging)\s(?:up)?on\b[^.,;]{0,40}|\bonce\s[^.,;]{3,60}?\s(?:has\sbeen|have\sbeen|is|are)\s(?:granted|approved|signed|given|lifted|passed)|\b(?:if|unless)\s(?:parliament|congress|lawmakers|the\s\w+)\s(?:approves?|agrees?|gives?|votes?)\b"),
    ("under_negotiation", r"\b(?:negotiated|negotiating|negotiates|under\snegotiation|negotiations\s(?:are|were|remain)\s(?:at|in|close|near)\b|hold(?:s|ing)?\s(?:\w+\s)?(?:talks|negotiations)\s(?:on|over|about)|in\s(?:final|late)-stage\s\w+|in\s(?:\w+\s)?(?:talks|negotiations|discussions)(?!\slasting|\sthat))\b|\b(?:talks|negotiations|discussions)\s(?:with\s[^.;]{2,60}?,?\s)?(?:are\s|were\s|have\s|remain\s)?(?:still\s)?(?:continu\w+|ongoing|under\s?way|in\sprogress|resumed?|opened|began|started)\b"),
    ("considering", r"\b(?:considering|weighing|exploring|mulling|evaluating|assessing|studying|eyeing|examining|looking\s(?:at|into)|thinking\sabout)\b(?:\s(?:the|a|an|buying|purchase|whether|options?)\b[^.,;]{0,25})?|\b(?:considers|weighs|explores|mulls|studies)\s(?:the|an?|buying|\w+ing|options?|whether)\b|\bunder\s(?:consideration|review|study|evaluation)\b|\binterested\sin\s(?:buying|acquiring|purchasing)\b|\b(?:may|might|could)\s(?:buy|order|acquire|purchase|procure)\b|\bhas\s(?:shown|expressed)\sinterest\b"),
    ("expected", r"\b(?:is|are|was|were|be|being|remains?|now|still)\s(?:\w+ly\s|now\s|not\s|also\s|still\s){0,2}(?:(?:expected|likely|forecast|projected|anticipated|tipped)(?!\sto\s(?:\w+ly\s)?(?:re)?(?:shap|boost|strengthen|deepen|enhanc|help|improv|play|remain|continu|draw|attract|affect|chang|further|contribut|pav|fuel|spark|shift|bolster|support|serv|transform|influenc|intensif|rais|discuss|address|focus))|(?:set|poised|slated|due)\sto\s(?=[a-z]+\b(?!s\b))(?:be\s(?=\w+(?:ed|en|un|t|ne|de|ld)\b)|(?=(?:start|begin|enter|arrive|follow|join|deliver|receive|sign|fly|complete|finish|end|open|replace|conclude|become|reach|come|go|hand|decide|order|approve|announce|finali[sz]e|award|select|buy|agree|choose|ratify|clear|purchase|run|last|take|get|make|pay|build|test|launch)\b))|due\s(?:in|by|on|for|next|this|before|around|from)\b)(?:\s(?:to\s(?:be\s)?)?\w+)?(?:\s(?:an?|the)\s\w+)?(?:\s(?:next|this)\s\w+)?|(?<!what\sto\s)(?<!things\sto\s)\b(?:expects?|anticipates|foresees|forecasts)\b(?!\s(?:no\b|nothing\b))(?:\s(?:to\s)?\w+){0,2}|\b(?:should|could)\s(?:come|follow|begin|start|arrive|enter|open|be\s(?:signed|delivered|ready|completed|approved|finished|built|made))\b|\b(?:close|near)\s(?:to\s(?:choosing|signing|selecting|a\s(?:deal|decision|contract))|a\s(?:deal|decision))\b|\bexpected\s(?:in|by|this|next|around|from|before)\b"),
    ("delivery_started", r"\b(?:begun?|began|start(?:ed)?|starting)\s(?:the\s)?(?:deliver(?:y|ies|ing)|receiving|handing\sover)\b|\bdeliver(?:y|ies)\s(?:of\s[^.,;]{2,40}?\s)?(?:has\s|have\s|had\s)?(?:begun|began|started|commenced)\b|\bfirst\s(?:\w+\s){0,3}(?:has|have|was|were)\s(?:been\s)?(?:delivered|handed\sover)\b"),
    ("planned", r"(?<!\bthe\s)(?<!['’]s\s)(?<!\ba\s)(?<!\bits\s)(?<!\btheir\s)(?<!\bof\s)\b(?:plan(?:s|ned|ning)?|intend(?:s|ed)?|propos(?:es|ed|ing)|prepar(?:es|ing))\sto\s(?:\w+\s)?\w+|\b(?:is|are|was|were)\s(?:being\s)?(?:planned|scheduled|slated|earmarked)\b(?:\s(?:for|to)\s\w+)?|(?<!\bthan\s)\bplanned\s(?:but|for)\s\w+|\b(?:is|are)\sto\sbe\s(?:built|bought|delivered|ordered|sold|made|assembled|produced|signed|supplied|replaced)\b|(?<!\bwho\s)\bwants?\s(?:to\s(?:buy|order|acquire|procure|have|field|sell|sign|export|build|replace|purchase|add)|\d|another|more|a\s(?:further|second|third))(?:\s\w+)?|\b(?:aims?|aiming|hopes?|hoping|intending|aspires?)\s(?:to\s\w+|for\s\w+)|\bwould\s(?:take\splace|be\s(?:held|built|delivered))\b"),
    ("notified", r"\bnotified\s(?:to\s)?(?:the\s)?(?:US\s)?(?:congress|lawmakers|parliament)\b|\b(?:congress|lawmakers|parliament)\s(?:was|were|has\sbeen|have\sbeen)\s(?:\w+ly\s)?notified\b|\bnotification\sto\scongress\b|\bformally\snotified\b"),
    ("requested", r"\b(?:requested|requests|sought|seeks|seeking|asked\sfor|asked\s(?:parliament|congress|lawmakers|the\s\w+)\s(?:to|for)|asked\s(?:[\w’'-]+\s){1,3}for|(?:issued|launched|released|published|opened|floated)\s(?:an?|the|its)\s(?:[\w-]+\s){0,3}?(?:tender|requests?\sfor|invitation|call\sfor|solicitation|rfp|rfi)|invit(?:ed|es)\s(?:[\w-]+\s){0,3}?(?:bids|offers|tenders|proposals|bidders)|call(?:ed|s)\sfor\s(?:bids|tenders|offers|proposals)|applied\sfor|submitted\sa\srequest|put\sin\sa\srequest)\b"),
    ("approved", r"\b(?:approved|approves|cleared|authori[sz]ed|green-?lit|green-?lighted|ratified|endorsed|adopted|backed(?!\s(?:out|away|down|off|up|by)\b)|sign(?:ed|s)\soff\son|wave[ds]\sthrough|okayed|rubber-stamped|(?<=committee\s)passed|(?<=parliament\s)passed|(?<=senate\s)passed|(?<=chamber\s)passed|(?<=lawmakers\s)passed|(?<=cabinet\s)passed|passed\s(?:the|a|its)\s(?:\w+\s){0,2}?(?:bill|budget|law)|(?:voted|votes)\s(?:(?:\d+\s?(?:to|[-–])\s?\d+|\w+ly|on\s\w+day)\s){0,2}(?:to\s\w+|in\sfavou?r)|(?:won|received|got|obtained|has|granted)\s(?:[\w-]+\s){0,3}?(?:approval|clearance|go-ahead|green\slight)|(?:gives?|given|gave)\s(?:the\s|its\s|\w+\s)?(?:green\slight|approval|go-ahead|nod|consent))\b(?:\s(?:the|a|an|its)\s(?:\w+\s)?(?:sale|purchase|acquisition|deal|plan|budget|order|transfer|export|procurement))?"),
    ("selected", r"\b(?:selected|selects|picked|picks|chose|chosen|settled\son|went\sfor|opted\sfor|short-?listed|down-?selected|named\s(?:as\s)?(?:the\s)?(?:preferred|winn\w+))\b(?:\s(?:the|its|as|a)\b(?:\s[\w-]+){1,3})?|\bpreferred\sbidder\b|\bwon\s(?:the|a)\s(?:\w+\s)?(?:competition|tender|bid)\b"),
    ("awarded", r"\b(?:awarded|awards)\b|\bgranted\s(?:[\w’'-]+\s){1,4}?(?:contract|order|deal)\b|\bcontract\saward\b(?=\s(?:to|worth|for|follows|covers|comes)\b)|\baward\sof\s(?:an?|the)\b|\b(?:contract|order|deal|work)\s(?:worth\s[^.,;]{2,30}\s)?(?:went|goes|has\sgone|was\sgiven)\sto\b|\b(?:won|wins|secured|secures|landed|lands|received|receives|clinched|booked|bagged|gained|picked\sup)\s(?:an?|the|its|two|three|new|follow-on|further|another)\s[^.,;]{0,50}?\b(?:contract|order|deal|task\sorder|award)\b"),
    ("firm_order", rf"\b(?:an?|its|the\sfirst|new)\s(?:firm\s|follow-on\s|first\s|second\s|new\s|repeat\s|initial\s)?order\s(?:for|worth|from|covering)\b|\b(?:orders|procured|procures|acquires)(?=\s(?:\d|an?\b|two|three|four|five|six|eight|ten|twelve|more(?!\sthan\s(?:double|triple|half|quadrupl))|up\sto|new|first|second))|\b(?:contracted\s(?:for|with|to\sbuy)|took\sup\s(?:an|its|the)\soption|committed\sto\s(?:buy\w*|purchas\w+))\b|\bplac(?:ed|es)\s(?:(?:a|an|its|the)\s)?(?:firm\s|follow-on\s|first\s|second\s|new\s|repeat\s)?orders?\b|\b(?:first\s|second\s)?order,?\s[^.;]{0,30}?\bwas\splaced\b|\bfirm\sorders?\b|(?<=has\s)(?:\w+ly\s)?(?:ordered(?!{NO_PURCHASE})|bought|purchased|acquired)\b|(?<=\b(?:have|been)\s)(?:ordered|bought|purchased|acquired)\b|(?<=was\s)(?:ordered|bought|purchased|acquired)\b|(?<=were\s)(?:ordered|bought|purchased|acquired)\b|(?<=\s)(?:(?:ordered|orders)(?!{NO_PURCHASE})|bought|purchased)(?=\s(?:\d|an?\b|another|two|three|four|five|six|eight|ten|twelve|some|more(?!\sthan\s(?:double|triple|half|quadrupl))|its|the|additional|up|at\sleast))|\bexercised\s(?:an|the|its)\s(?:\w+\s)?option\b"),
    ("signed", rf"\b(?:signed|signs|inked|inks|penned|initialled|concluded(?=\s(?:an?|the|its|their|two)\s)|(?<=was\s)concluded|(?<=were\s)concluded|(?<=been\s)concluded|sealed|seals|finali[sz]e[ds]|entered\sinto|(?:sign|ink|seal)(?=\s(?:[\w-]+\s){{0,3}}?(?:deal|contract|agreement|pact|accord|treaty|memorandum|MoU|mou)s?\b))\b(?!\soff)(?:\s(?:an?|the|its|their)\s{_GAP}(?:\S+\s){{0,4}}?{_DEAL}(?:\sof\sunderstanding)?|\s(?:a\s)?letters?\sof\s\w+)?|\bunder\scontract\b|\bsigning\s(?:of|ceremony)\b|\bsignature\sof\b|\b(?:contract|agreement|deal|memorandum)\ssigning\b|\bstruck\san?\s(?:[\w-]+\s){{0,3}}?(?:deal|agreement|pact)\b"),
    ("delivered", r"\b(?:delivered|delivers|handed\sto|handed\sover|hands\sover|hand(?:ing)?-?over\sof|took\s(?:possession|receipt)\sof|(?<=was\s)accepted|(?<=were\s)accepted|(?<=been\s)accepted|accepted\sdelivery|(?<=was\s)transferred|(?<=were\s)transferred|(?<=been\s)transferred|turned\sover|shipped|took\sdelivery|taken\sdelivery|(?<!were\s)(?<!was\s)(?<!bids\s)(?<!offers\s)(?<!proposals\s)(?<!applications\s)received(?=\s[^.;]{0,70}?(?:\b(?:" + MACHINES_EN + r"|batch|shipment|consignment|units?|examples?|copies|spares?|first|last|final|delivery|deliveries|weapons?|equipment|ammunition)\b|\d))(?!\s(?:[\w-]+\s){0,2}[“\"‘])(?!\s(?:[\w-]+\s){0,2}(?:signals?|assurances?|support|praise|criticism|training|calls?|information|threats?|orders|instructions|permission|consent|clearance|approval|funds|money|aid|payments?)\b)(?!\s(?:[\w’']+\s){0,3}(?:president|prime\sminister|minister|king|chancellor|premier|general|admiral|delegation)\b)(?!\s(?:his|her|its|their|a|an|the|by)\s(?:[\w-]+\s){0,2}(?:counterparts?|delegat\w+|ministers?|ambassadors?|presidents?|offers?|bids?|reports?|visits?|guests?|chiefs?|secretary|letters?|requests?|questions?|complaints?|funding|approval|award|contract|order))|arrived(?!\s(?:in|on)\s))\b(?:\s(?:the|its|a|\d+)\s[\w\s-]{0,24})?"),
    ("operational", r"\bput\s(?:[\w’'-]+\s){1,6}?into\s(?:service|operation)\b|\b(?:entered\s(?:into\s)?service|in\sservice(?!\s(?:by|from|in|around|before|until)\s(?:the\s|early\s|late\s|mid-?)?(?:\d|end|next|spring|summer|autumn|winter|first|second|third|fourth))|commissioned|declared\s(?:\w+\s)?operational|fully\soperational|(?<=\b(?:are|was)\s)operational|(?<=\bis\s)operational|(?<=\bwere\s)operational|bec[ao]me\soperational|on\salert|inducted|put\sinto\sservice|went\s(?:into\s(?:service|operation)|on\s(?:alert|duty))|joined\s(?:the|our|its|their)\s(?:\w+\s)?(?:fleet|navy|air\sforce|army)|in\sserial\sproduction)(?:\swith\b)?"),
    ("tested", r"\b(?:tested|test-fired|test-flown|flight-tested|trialled|successfully\s(?:fired|flew|launched|hit|completed|tested|intercepted))\b|\b(?:made|completed|performed|conducted|carried\sout)\s(?:its|the|an?|their)\s(?:\w+\s){0,2}(?:maiden|first|test|flight|trials?|tests?|firing)\b(?:\s(?:flight|test|trials?|firing))?|\b(?:destroyed|hit|struck|intercepted|shot\sdown)\s(?:an?|the|its|two|three)\s(?:\w+\s){0,3}targets?\b|\bpassed\s(?:all\s)?(?:its|our|their|the)\s(?:\w+\s)?(?:trials|tests)\b|\b(?:maiden|first)\s(?:flight|firing)\b|\bfirst\sflew\b|\bflew\sfor\sthe\sfirst\stime\b|\btook\sto\sthe\s(?:air|sky|skies)\b|\b(?:began|started|completed|finished|underwent|undergone|passed)\s(?:[\w-]+\s){0,3}?(?:trials?|tests?|test\sflights?|qualification)\b"),
    ("agreed", r"\bagreed\swith\s(?=[^.;]{2,50}?\sto\s)|\bagree(?:d|ing)\b(?!\s(?:with|terms))(?:\s(?:in\sprinciple|(?:on|upon)\s(?:the\s)?[\w-]+|to\s[\w-]+(?:\s(?!of\b|that\b)[\w-]+){0,2}))?|\breached\s(?:an?\s)?(?:agreement|deal)\b"),
)  # fmt: skip

# A Turkish verb's past, its participle in -dik and its hearsay form, whatever person and case follow.
_PAST = r"(?:[dt][ıiuü]|m[ıiuü]ş)\w*"

_TR: tuple[tuple[str, str], ...] = (
    ("not_signed", r"(?:herhangi\sbir\s|henüz\s|hiçbir\s|resmi\sbir\s|resmî\sbir\s)*(?:imzalan(?:mış|an)\s(?:(?:herhangi\s)?bir\s)?)?(?:\w+\s)?(?:anlaşma|sözleşme|imza|mutabakat|protokol|sonuç)\w*\s(?:da\s|de\s|henüz\s)*(?:imzalanma(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|yok\b|atılma(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|yapılma(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|sağlana?ma(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|varılma(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|çıkma(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|imzalama(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|varama(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|bulunm\w+|olma(?:dı|mış|yan)\w*|söz\skonusu\sdeğil|mevcut\sdeğil)|(?:henüz\s|daha\s)?imzalanma(?:dı|mış|yan)\w*|(?:henüz\s|daha\s)?imzalama(?:dı|mış)\w*|(?:henüz\s|daha\s)imzalamayan\w*|anlaş(?:ıl)?ama(?:dı|mış|dığı)\w*|imza\sat(?:ıl)?ma(?:dı|mış|yan)\w*"),
    ("no_decision", r"(?:henüz\s)?(?:nihai\s|kesin\s|bir\s)*karar\w*\s(?:henüz\s)?(?:verilme(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|verme(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|alınma(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|alma(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|yok\b|çıkma(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|aşamasında\sdeğil|netleşme(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*)|(?:model|tip|seçim|kesinleş)\w*\s(?:belli\sdeğil|netleşme(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|belirlenme(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*)|kesinleşme(?:d[ıiuü]|m[ıiuü]ş|y[ae]n|y[ae]ca|yece|z)\w*|(?:henüz\s|daha\s)?(?:onayla(?:n)?ma(?:dı|mış|yan)\w*|onay\s(?:verilme|verme|alma|alama|çıkma)\w+|seçil?me(?:di|miş|yen)\w*)"),
    ("denied", r"(?:iddia\w*|haber\w*|söylenti\w*)?\s?(?:yalanla(?:dı|mıştı|ndı|yor|yarak|yan)\w*|redde(?:tti|derek|den|tmişti)\w*|doğru\sdeğil\w*|asılsız\w*|gerçek\s?dışı\w*|gerçeği\syansıtm\w+)|söz\skonusu\sdeğil|satın\salma(?:dı|yacak)\w*"),
    ("not_started", r"(?:henüz\s)?(?:başla(?:n)?ma(?:dı|mış)\w*|açılma(?:dı|mış)\w*|ihaleye\s(?:henüz\s|daha\s)?çık(?:ıl)?ma(?:dı|mış)\w*|gerçekleşme(?:di|miş)\w*|teslim\s(?:edilme|etme|alınma|alma)(?:di|dı|miş|mış|yen|yan)\w*|(?:hizmete|yürürlüğe)\s(?:girme|alınma)(?:di|dı|miş|mış)\w*)"),
    ("cancelled", r"(?:iptal\s(?:etti|edildi|edil\w+|etmiş\w*|ediyor)|feshe(?:tti|dildi)\w*|vazgeç(?:ti|ildi|miş|tiği|ildiği)\w*|durdur(?:du|uldu|ulduğu)\w*|rafa\skaldır\w+|sonlandır(?:dı|ıldı)\w*|askıya\sal\w+|geri\sçek(?:ti|ildi)\w*)"),
    ("delayed", r"(?:ertele(?:di|ndi|nmiş|necek|nebil|yebil|ndiği)\w*|gecik(?:ti|ecek|iyor|miş|ebil|me)\w*|sark(?:tı|acak|abil|ması)\w*|ötelen\w+|(?:\d{4}['’]\w{1,2}|(?:çeyre|yarı|son|ay|yıl|bahar|sonbahar|hafta)\w{0,6}[ae])\skal(?:dı|acak|dığı|mış)\w*|aksa(?:dı|yacak)\w*|yetişmeyecek)"),
    ("conditional", r"(?:(?:onay|izin|karar|anlaşma|bütçe|kaynak|talep)\w*\s(?:\w+\s)?(?:ver|veril|çık|alın|sağlan|imzalan|onaylan|tamamlan|ol)(?:[ıiuü]r|[ae]r)?s[ae]\b|onay\w*\s(?:gerek|bekli|şart)\w*|onayın\w*\sbağlı|şartına\sbağlı|koşuluna\sbağlı|onayına\sbağlı|şartıyla|koşuluyla|halinde|bağlı\sol\w+|onaylarsa|onaylanırsa|verirse|verilirse)"),
    ("under_negotiation", r"(?:görüşme(?:ler)?\w*|müzakere(?:ler)?\w*|pazarlık\w*)\s(?:hâlâ\s|halen\s|hala\s)?(?:sür(?:üyor|dür|mek|düğü)\w*|devam\s(?:ediyor|etmek|ettiği)\w*|başla(?:dı|ndı|dığı|mış)\w*|yürüt\w+|yapılıyor)|müzakere\sedi(?:yor|liyor)\w*|görüşme\shalinde|(?:görüşme|müzakere|pazarlık)\w*\s(?:[\w'’]+\s){0,2}son\s(?:aşama|safha|noktaya)\w*(?:\sgel\w+)?|görüşüyor(?:lar)?(?!\w)|masada"),
    ("considering", r"(?:değerlendir(?:iyor|iliyor|ildiği|diği|mekte|ecek)\w*|düşün(?:üyor|ülüyor|düğü)\w*|incel(?:iyor|eniyor|emekte)\w*|ilgilen(?:iyor|diği)\w*|gündem(?:inde|de)\b|seçenekler\sarasında|ilgi\sgöster\w+|araştır(?:ıyor|ılıyor)\w*)"),
    ("expected", r"bekl(?:iyor|eniyor|enmekte|emekte|endiği|ediği|edik|ediklerini|enen|entisi)\w*|öngör(?:ü(?:yor|lüyor|lmekte|ldüğü)|mekte|düğü|dük)\w*|(?<!\w)(?!(?:taşı|ulaş|uç|kal|vur|bul|aş|çık|kullan|ateşle|fırlat|katet|izle|gör|yüksel|düş|art|takip|tespit|havada|in|dal|seyr|gid|yap(?!ıl)|ol(?!uş)|geç|bin|sür))\w{2,}y?[ae]bil(?:ir|ec[ae]|ecek)\w*|muhtemel(?!en)\w*|umu(?:yor|luyor|ldu)\w*"),
    ("delivery_started", r"(?:teslimat|sevkiyat)\w*\s(?:[\w'’]+\s){0,3}başla(?:dı|ndı|mış|nacak)\w*|teslim\setmeye\sbaşladı"),
    ("planned", r"(?:planla(?:nıyor|nmakta|dığı|ndığı(?!\s(?:gibi|şekilde|üzere))|dı|nan)\w*|planlıyor\w*|hazırlanıyor\w*|niyetinde|hedefl(?:iyor|eniyor|ediği|edik|endiği|emekte|enmekte)\w*|amaçl(?:ıyor|anıyor|adığı|andığı)\w*|tasarl(?:ıyor|anıyor)\w*|öngörü(?!l)\w*)|(?:satın\sal|tedarik\sed|sipariş\s(?:ver|ed))(?:il|ın)?(?:y?[ae]cak|ecek)\w*|imzalanacak\w*|(?:satın\salacak|alacak|ödeyecek|üretecek|sipariş\sedecek|tedarik\sedecek|imzalayacak)(?:lar|tır)?\b"),
    ("notified", r"(?:kongre|parlamento|meclis)\w*\s(?:\w+\s)?(?:bildir\w+)"),
    ("requested", r"(?:talep\s(?:etti|edildi|ediyor|etmiş|ettiği|edildiği|eden)\w*|ihale(?:ye\sçıktı|ye\sçıkıldı|ye\sçıkmış|\saçtı|\saçıldı|\silanı)\w*|teklif\s(?:istedi|topla|çağrısı)\w*|bilgi\stalebi|talebinde\sbulun\w+|istedi\b|başvur(?:du|uldu|usu)\w*|talepte\sbulun\w+)"),
    ("approved", rf"(?:onayla(?:n)?{_PAST}|onay\w{{0,4}}\s(?:ver|veril|al|alın|çık){_PAST}|(?:meclis|parlamento|kongre|komisyon|kabine)\w*\s(?:[\w'’]+\s){{0,3}}?geç{_PAST}|olur\sver{_PAST}|(?<!['’][ıiuü]\s)(?<!['’][yn][ıiuü]\s)kabul\s(?:etti|edildi)|yeşil\sışık\s\w+|izin\s(?!alt)(?:ver|veril|çık|al){_PAST}|lisans\w*\s(?!alt)(?:ver|veril|al){_PAST}|karara\sbağla\w+)"),
    ("selected", rf"(?:seç(?:il)?{_PAST}|tercih\s(?:et|edil){_PAST}|kazanan\s(?:belli|belirlen|ol)\w*|ihale\w*\skazan\w+|karar\skıldı)"),
    ("firm_order", rf"(?:sipariş\w*\s(?:et|edil|ver|veril|al|alın|geç|geçil){_PAST}|sipariş\s(?:veren|edilen|eden|verilen)|satın\sal(?:ın)?{_PAST}|satın\sal(?:an|ınan)\b|tedarik\s(?:et|edil){_PAST}|kesin\ssipariş|kesin(?=[^.;]{{0,24}}\sopsiyon)|opsiyon\w*\skullan(?:ıl)?{_PAST})"),
    ("awarded", rf"ihale\w*\s(?:[\w'’.,]+\s){{0,8}}?kazan(?:dı|mış|dığı)\w*|(?:ihale|sözleşme|proje|kontrat)\w*\s(?:[\w'’]+\s){{0,4}}?(?:kazan(?!ama)\w+|üstlen{_PAST}|al{_PAST})|ihale\w*\s(?:[\w'’]+\s){{1,3}}(?:veril|kal){_PAST}"),
    ("signed", rf"(?:imzala(?:n)?{_PAST}|imzala(?:yan|nan|yarak|yıp)|imza\s(?:at(?:ıl)?|koy){_PAST}|imzalar\w*\satıl\w+|imza\s(?:tören|altına)\w*|(?:sözleşme|anlaşma|protokol)\w*\s(?:imzası|akdet\w+|akded\w+|bağıtla\w+)|(?:sözleşme|anlaşma)\w*\syap(?:ıl)?{_PAST})"),
    ("delivered", rf"teslim\s(?:et|edil|al|alın){_PAST}|teslim\s(?:edilen|alınan|eden|alan)|sevk\s(?:et|edil){_PAST}|gönder(?:il){_PAST}|(?:envanter\w*|filo\w*|donanma\w*)\s(?:gir|katıl|alın|kazandırıl){_PAST}|teslimat\w*\s(?:\w+\s)?(?:tamamla(?:n)?|yap(?:ıl)?){_PAST}|teslimat\w*\sgerçekleş(?!me[dm])\w+"),
    ("operational", r"(?:hizmete|göreve|servise)\s(?:girdi|başladı|alındı|girmiş|aldı|sokuldu)\w*|envantere\sgir(?:di|miş)\w*|seri\süretim\w*\s(?:başladı|geçildi|girdi)\w*|faaliyete\s(?:geçti|girdi)"),
    ("tested", r"(?:ilk\s(?:kez|defa)\s(?:havalan|uç|ateşlen|gökyüz|fırlatıl)\w*(?:\s\w+[dt][ıiuü])?|ilk\suçuş\w*\s(?:[\w'’]+\s){0,4}?(?:yaptı|gerçekleştirdi|tamamladı|yapıldı)|test\w*\s(?:\w+\s){0,2}(?:başarıyla|tamamla\w+|geçti|yapıldı|edildi|etti|gerçekleş\w+)|atış\w*\s(?:\w+\s){0,2}(?:yapıldı|yaptı|gerçekleş\w+|başarıyla|tamamla\w+)|hedef\w*\s(?:tam\s)?(?:isabetle\s)?(?:vurdu|imha\setti|vuruldu|isabet\w*))"),
    ("agreed", r"(?:anlaş(?:tı|mış|ıldı|ılmış)\w*|el\ssıkış\w+|anlaşmaya\svar\w+|uzlaş(?:tı|ıldı|maya)\w*|mutabık\skal\w+|mutabakata\svar\w+|mutabakat\ssağla\w+|karar(?:laştır(?:dı|ıldı)|ı\saldı)\w*)"),
)  # fmt: skip

_JA: tuple[tuple[str, str], ...] = (
    ("not_signed", r"(?:正式な?)?(?:契約|合意|協定|覚書|文書)[^、。]{0,8}?(?:署名|締結|調印)?[^、。]{0,4}?(?:は|も|には)(?:なかった|ない|なされなかった|行われなかった|していない|されていない|見送られた|至らなかった|至っていない)|(?:署名|締結|調印|契約|合意)(?:は|も|には)?(?:していない|されていない|しなかった|至らなかった|至っていない|なかった|存在しない)|(?:契約|合意|協定|覚書|署名|調印)(?:は|も|には|に|が|を)[^、。]{0,10}?(?:結|交わ|締|署名|調印|至|達|成立|まとま)[^、。]{0,4}?(?:ていない|ず|ない|なかった)"),
    ("no_decision", r"(?:機種|選定|購入|導入|調達|決定|結論|方針|詳細)[^、。]{0,6}?(?:は|も|を|について)(?:まだ)?(?:決まっていない|決めていない|決定していない|決定はしていない|していない|出ていない|未定|白紙(?!に戻|撤回)|固まっていない|前提としない|前提とするものではない|されていない)|決定はしていない|決まっていない|決めていない|未定だ|未定で|選定は白紙(?!に戻|撤回)|前提(?:と|に)(?:したもの|するもの)?(?:では|は|し)な[いく]|決定したわけではない|(?:承認|選定|許可|採用|可決)(?:せず|しなかった|されず|されなかった)|(?:導入|購入|調達|契約|承認|決定)[^、。]{0,6}見送(?:られた|った|り|る)|(?:承認|選定|許可|採用)(?:は|も)?(?:まだ)?(?:していない|されていない|得ていない|得られていない)"),
    ("denied", r"(?:否定した|否定し(?!て(?:は)?い?(?:ない|お)|な|きれ)|否定する|事実ではない|事実と異なる|打ち消した|考えていない|(?:購入|調達|売却|輸出|発注|導入|買収)(?:は|を)?しな(?:い(?!か)|かった))"),
    ("not_started", r"(?:(?:納入|引き渡し|配備|就役|運用開始)(?:は|も)?(?:まだ)?(?:されていない|していない|始まっていない)|始まっていない|開始していない|着手していない|始めていない|行われていない|公示されていない)"),
    ("cancelled", r"(?:中止した|中止する|中止し|中止を決|中止とな|撤回した|撤回する|撤回し|取り消した|取り消し|キャンセルした|解約した|打ち切(?:った|られた|る|り)|断念した|断念する|断念し|白紙撤回|白紙に戻|(?:中止|撤回|打ち切り|断念)(?=[\s　]|\Z)|破棄した|廃止した)"),
    ("delayed", r"(?:延期(?=[\s　]|\Z)|延期した|延期され|延期する|延期と|延期に|遅れ(?:る|た|て|が|ている|に|、)|先送り|ずれ込(?:む|んだ|み)|後ろ倒し|後ずれ|順延|持ち越(?:す|した|され|し、)|遅延(?:した|する|し、|して|が)|(?:交渉|協議|納入|生産|開発|計画|手続き|審査|引き渡し)[^、。]{0,4}?を(?:一時)?(?:中断|凍結|停止)(?:した|する|し、|して)|間に合わない)"),
    ("conditional", r"(?:得られれば|承認されれば|条件(?:と|に|で|付き)|得た上で|前提に(?!な)|次第|まとまれば|成立すれば|可決されれば|認められれば|整えば|得られた場合|(?:承認|許可|可決|合意|契約|成立)[^、。]{0,6}場合)"),
    ("under_negotiation", r"(?:交渉中|交渉している|協議中|協議している|協議を続け(?:て|る)|交渉を続ける|交渉を続けて|交渉が続|交渉を進めて|協議を進めて|交渉に入っ|交渉を始め|(?:交渉|協議|商談)[はが][^、。]{0,3}難航|(?:交渉|協議|商談)(?:が|を)(?:重ね|本格化|大詰め|行って|再開)|商談(?:(?:が|を)(?:進んで|進めて|続いて|続けて)いる)?)"),
    ("considering", r"(?:検討している|検討する|検討し|検討中|検討に入|検討対象|検討を|検討も|方向で調整|調整している|(?:最終)?調整に入(?:っ|る)|視野に入れ|模索|関心を(?:示|寄せ|持)|候補に(?:挙|浮上|入)|選択肢)"),
    ("expected", r"(?<![円ルロ機隻基台両％人]を)見込(?:む|み|まれ|んでいる)|見通し|(?<![円ルロ機隻基台両％人])(?<!前後)(?<!程度)(?<!規模)(?<![前度模]になる)(?<!超える)(?<!上回る)(?<!下回る)(?<!達する)(?<!及ぶ)とみられ|可能性(?:が|も)(?:ある|高い|出て)|予想(?:され|する|して)|予測(?:され|する|して)|想定され|はずだ|とみている"),
    ("delivery_started", r"(?:納入|引き渡し|配備)(?:を|が)(?:開始した|始めた|始まった|開始された)"),
    ("planned", r"(?:する方針|方針だ|方針を固めた|方針を|計画している|計画だ|計画で|計画を(?!承認|了承|可決|認め|許可|中止|撤回|断念|凍結|延期|見直|変更)|予定だ|予定で|予定。|予定している|盛り込む|する考え|計上する|意向(?!書|表明)|目指(?:す|し|して)|構えだ|(?:購入|調達|導入|取得|配備|発注|売却|輸出|供与|供給|納入|増産|派遣|建造|生産|開発)する(?:と|ことを|考えを)(?:発表|表明|明らかに|述べ|語|説明|伝え))"),
    ("notified", r"(?:議会に)?通知した|通告した"),
    ("requested", r"(?:要求した|要求する|要求し|要請した|要請し|概算要求|求めた|求めている|要望した|申請した|申請し|(?:入札|公募|提案)(?:を)?(?:公告|公示|開始|募集|要請)[^、。]{0,4}?(?:した|し、|された)|情報提供(?:を)?(?:要請|依頼|求め))"),
    ("approved", r"(?:(?:承認|閣議決定|了承)(?=[\s　]|\Z)|承認した|承認され|承認し|閣議決定した|閣議決定し|決定した|可決した|可決され|可決し|了承した|了承し|許可した|認可した|(?:輸出|購入|売却|移転|取得|調達|計画|導入|契約|供与|使用|派遣|予算|取引)[^、。]{0,6}(?:認められ|認めた)|容認した|許可された|許可し、|批准した|ゴーサイン|(?<!採用を)(?<!選定を)決めた)"),
    ("selected", r"(?:選定(?=[\s　]|\Z)|選定した|選定され|選定し|選ばれた|選ばれ|選んだ|選び|採用した|採用され|採用を決|落札した|落札し、|内定した|決定した(?=相手)|(?:機種|候補|調達先|相手先|企業|業者)を[^、。]{0,12}?(?:決定|決め|絞(?:り込|っ))(?:し|た|ん|て)|軍配)"),
    ("firm_order", r"(?:(?:発注|受注|購入|調達|取得|注文)(?:を)?(?:し|され)(?:ており|ている|ていた)|(?:発注|購入|調達|取得)された|取得した|買い付けた|買った|追加発注|発注した|発注し|受注した|受注し|購入した|調達した|注文した|確定発注|確定分|(?:発注|受注)(?=[\s　、。]|\Z))"),
    ("awarded", r"(?:契約を獲得|契約を受け|受注を獲得|契約を得た|受注を(?:決め|勝ち取)|受注が決ま|契約を(?:勝ち取|与え)|交付した)"),
    ("signed", r"(?:(?:契約|協定|覚書|意向書|合意書|文書)(?:[^、。]{0,8}?)(?:に|を)(?:[^、。]{1,14}と)?(?:署名|調印|締結|交わ|結)(?:し|さ|ん|ば|び)[^、。]{0,3}?(?:た|、|ており)|(?:署名式|調印式)|(?:契約|合意)(?:が)?成立し(?:た|、)|契約済み|契約を(?:[^、。]{1,14}と)?(?:結んだ|結び|結ぶこと|締結した|締結し|締結|交わした)|署名した|署名し|調印した|調印し|締結した|契約した|締結され|覚書を交わし|契約に(?:署名|調印)|(?:契約(?:を)?(?:締結)|署名|調印)(?=[\s　]|\Z))"),
    ("delivered", r"(?:(?:納入|引き渡し)(?=[\s　]|\Z)|引き渡された|引き渡した|引き渡し(?:た|、)|(?:納入|納品|引き渡し|受領|受け取り)(?:を|が)(?:完了|終わ|終え|済)[^、。]{0,3}(?:た|、)|引き渡され(?:た|、)|納入した|納入され(?:た|て|、)|納入し(?:た|て|、)|受領した|届いた|納品した|引き渡しを終え|到着した)"),
    ("operational", r"(?:就役した|就役し|配備された|配備した|運用を開始した|運用を始めた|(?:稼働|就航|任務)(?:を|が)(?:開始|始)[^、。]{0,3}た|配備されている|配備し、|就航した|運用開始|実戦配備|稼働した|運用している|稼働を始め)"),
    ("tested", r"(?:試験に成功|初飛行した|初飛行に|初飛行を|発射試験|試験を実施|実験に成功|試験を行った|命中し|撃墜し|撃墜に成功|迎撃に成功|試験した|試験を(?:終え|完了|始め|重ね)|試射|実射[^、。]{0,6}(?:成功|行っ|実施)|(?:試験|実証|飛行)(?:に|が)成功|初めて飛行し|初飛行)"),
    ("agreed", r"(?:合意した|合意し|一致した|一致し|合意に達)"),
)  # fmt: skip

# What a pattern steps over ends at a stop, but not at that of "$1.2 billion" or "3,500".
_STEP = re.compile(r"\[\^\.,;\](?=\{\d+,\d+\}\?)")
_ON = "(?:[^.,;]|[.,](?=\\d))"


_IDIOMS = {"en": status_idioms.EN, "tr": status_idioms.TR, "ja": status_idioms.JA}


def _words(lang: str, table: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the patterns of each class, with its idioms."""
    idioms = _IDIOMS[lang]
    return {label: f"{idioms[label][0]}|{words}" if label in idioms else words for label, words in table}


def _english(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_STEP.sub(lambda _: _ON, words)})")


# For text in lower case: patterns that ignore case take twice the time.
TABLES: dict[str, dict[str, re.Pattern[str]]] = {
    "en": {label: _english(words) for label, words in _words("en", _EN).items()},
    "tr": {label: re.compile(rf"(?<!\w)(?:{words})") for label, words in _words("tr", _TR).items()},
    "ja": {label: re.compile(words) for label, words in _words("ja", _JA).items()},
}
# Deeds: in the future or before the past they are not the state of things.
DONE = frozenset(
    {
        "signed",
        "delivered",
        "approved",
        "requested",
        "selected",
        "awarded",
        "tested",
        "operational",
        "agreed",
        "firm_order",
        "cancelled",
    }
)
NEGATIVE = frozenset({"not_signed", "no_decision", "denied", "not_started", "cancelled"})

# A label is only looked for where one of its stems occurs: it took the pass from 3.8 to 0.4 ms for 600 characters.
_STEMS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "not_signed": ("no ", "not", "n't", "n’t", "yet to", "failed", "without", "unsigned", "before ", "short of", "nothing signed"),
        "no_decision": ("decision", "nothing", "decid", "undecided", "remain", "ruled out", "not", "n't", "n’t", "yet to"),
        "denied": ("den", "reject", "dismiss", "refut", "rebuff", "not", "turn", "declin", "spurn", "false", "untrue", "baseless", "unfounded", "fabricat", "no truth", "refus", "rul"),
        "not_started": ("not", "no ", "n't", "n’t", "yet to"),
        "cancelled": ("cancel", "scrap", "will not", "terminat", "called off", "abandon", "axed", "ditch", "drop", "pull", "withdr", "shelv", "broke", "through", "collaps", "halt", "rescind", "revok", "tore up", "torn up", "walk", "annul", "voided", "apart"),
        "delayed": ("delay", "postpon", "slip", "pushed", "defer", "put o", "suspend", "froze", "pause", "held up", "miss", "behind", "late", "overdue", "stalled", "put back", "on hold"),
        "conditional": ("subject to", "condition", "contingent", "dependent", "provided", "pending", "once ", "if ", "unless", "depend", "hing", "need", "requir", "await"),
        "under_negotiation": ("negotiat", "talks", "discussion", "late-stage", "final-stage"),
        "considering": ("consider", "weigh", "explor", "mull", "evaluat", "assess", "study", "ey", "examin", "looking", "think", "interest", "may ", "might ", "could ", "studies", "under review", "under study", "under evaluation"),
        "expected": ("expect", "likely", "set to", "poised", "due to", "slated", "due ", "forecast", "project", "anticipat", "tipped", "foresee", "should ", "could ", "close to", "near "),
        "delivery_started": ("deliver", "receiv", "handed", "handing"),
        "planned": ("plan", "intend", "propos", "prepar", "schedul", "slated", "earmark", "would", "want", "aim", "hop", "aspir", "to be "),
        "notified": ("notif",),
        "requested": ("request", "sought", "seek", "asked", "appl", "issu", "launch", "releas", "publish", "open", "float", "invit", "call"),
        "approved": ("approv", "clear", "authori", "green", "ratif", "endors", "adopt", "back", "signed off", "waved", "gave", "okay", "rubber", "vote", "go-ahead", "clearance", "passed"),
        "selected": ("select", "pick", "chose", "opted", "settled", "went for", "shortlist", "short-list", "named", "prefer", "won "),
        "awarded": ("award", "grant", "won", "win", "secur", "land", "receiv", "clinch", "book", "bag", "gain", "picked up", "contract", "order", "deal", "work"),
        "firm_order": ("order", "bought", "purchas", "acquir", "exercis", "procur", "contracted", "took up", "committed"),
        "signed": ("sign", "inked", "conclud", "seal", "finali", "entered into", "under contract", "penned", "initialled", "signature", "struck"),
        "delivered": ("deliver", "hand", "turned over", "ship", "took", "taken", "receiv", "arriv", "accept", "transferred"),
        "operational": ("service", "commission", "operational", "induct", "joined", "serial", "alert", "went on"),
        "tested": ("test", "trial", "success", "flight", "firing", "destroy", "hit ", "struck", "intercept", "shot", "flew", "took to", "began", "complet", "finish", "underw", "undergo", "pass"),
        "agreed": ("agree", "reached"),
    },
    "tr": {
        "not_signed": ("yok", "ma", "me", "bulunm", "değil"),
        "no_decision": ("karar", "belli", "netleş", "belirlen", "kesinleş", "onay", "seçilme", "seçme"),
        "denied": ("yalanla", "redd", "doğru", "asıls", "gerçe", "konusu", "satın"),
        "not_started": ("başla", "açıl", "ihale", "gerçekleş", "teslim", "hizmete", "yürürlüğe"),
        "cancelled": ("iptal", "fesh", "vazgeç", "rafa", "sonland", "askı", "geri", "durdur"),
        "delayed": ("ertele", "gecik", "sark", "ötelen", "aksa", "yetiş", "kal"),
        "conditional": ("bağlı", "şart", "koşul", "halinde", "arsa", "ırsa", "irse", "ilirse", "rsa", "rse", "olursa", "onay"),
        "under_negotiation": ("görüş", "müzakere", "pazarlık", "masada"),
        "considering": ("değerlendir", "düşün", "incel", "ilgi", "gündem", "seçenek", "araştır"),
        "expected": ("beklen", "öngör", "bekl", "abil", "ebil", "tahmin", "muhtemel", "umu"),
        "delivery_started": ("teslim", "sevk"),
        "planned": ("planl", "hazırlan", "niyet", "acak", "ecek", "hedefl", "amaçl", "tasarl", "öngörü", "ecek", "acak"),
        "notified": ("bildir",),
        "requested": ("talep", "taleb", "istedi", "başvur", "teklif", "ihale"),
        "approved": ("onay", "kabul", "yeşil", "izin", "karara", "olur", "geç", "lisans"),
        "selected": ("seç", "tercih", "ihale", "karar", "kazanan"),
        "firm_order": ("sipariş", "satın", "tedarik", "kesin", "opsiyon"),
        "awarded": ("ihale", "sözleşme", "proje", "kontrat"),
        "signed": ("imza", "sözleşme", "anlaşma", "protokol"),
        "delivered": ("teslim", "envanter", "filoya", "ihraç", "gönder", "donanma", "hizmet", "filo"),
        "operational": ("hizmete", "göreve", "servise", "envanter", "seri", "faaliyete"),
        "tested": ("uçuş", "test", "atış", "hedef", "ilk "),
        "agreed": ("anlaş", "uzlaş", "mutab", "karar", "el sık"),
    },
    "ja": {
        "not_signed": ("契約", "合意", "協定", "覚書", "文書", "署名", "締結", "調印"),
        "no_decision": ("せず", "しなかった", "されず", "されなかった", "見送", "ていない", "未定", "白紙", "前提", "わけではない", "していない"),
        "denied": ("否定", "事実", "打ち消", "考えていない", "しな"),
        "not_started": ("ていない",),
        "cancelled": ("中止", "撤回", "取り消", "白紙", "キャンセル", "解約", "打ち切", "断念", "破棄", "廃止"),
        "delayed": ("延期", "遅れ", "先送り", "ずれ込", "後ろ倒し", "間に合わ", "遅延", "後ずれ", "持ち越", "順延", "中断", "凍結", "停止"),
        "conditional": ("れば", "条件", "得た上", "前提に", "次第", "えば", "場合"),
        "under_negotiation": ("交渉", "協議", "商談"),
        "considering": ("検討", "調整", "視野", "模索", "関心", "候補", "選択肢"),
        "expected": ("見通し", "見込", "みられ", "可能性", "予想", "予測", "想定", "はず", "とみて"),
        "delivery_started": ("始",),
        "planned": ("方針", "計画", "予定", "盛り込", "考え", "計上", "意向", "目指", "構え", "すると", "する考え", "すること"),
        "notified": ("通知", "通告"),
        "requested": ("要求", "要請", "求めた", "申請", "求め", "要望", "公募", "公告", "公示", "入札", "情報提供", "提案"),
        "approved": ("承認", "決定", "可決", "了承", "許可", "認", "批准", "決めた", "容認", "ゴーサイン"),
        "selected": ("選", "採用", "落札", "内定", "軍配", "機種", "候補", "調達先", "相手先", "企業", "業者"),
        "firm_order": ("確定", "発注", "受注", "購入", "調達", "注文", "取得", "買"),
        "awarded": ("契約", "受注", "交付"),
        "signed": ("契約", "署名", "調印", "締結", "覚書", "協定", "意向書", "合意"),
        "delivered": ("引き渡", "納入", "受領", "受け取り", "届", "納品", "到着", "納入"),
        "operational": ("就役", "配備", "運用", "稼働", "就航", "任務"),
        "tested": ("試験", "初飛行", "実験", "命中", "撃墜", "迎撃", "試射", "実射", "飛行", "実証"),
        "agreed": ("合意", "一致"),
    },
}  # fmt: skip
GATES = {
    lang: {label: (*stems, *_IDIOMS[lang].get(label, ("", ()))[1]) for label, stems in gates.items()}
    for lang, gates in _STEMS.items()
}

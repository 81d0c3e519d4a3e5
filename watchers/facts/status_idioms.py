"""What became of a deal, said with an idiom, a noun or a condition rather than with the verb of its class.

`status_tables` joins each of these to the words of its class, and takes the stems for its gates.
"""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

_SHORT = r"[^.;]{0,60}?"

EN: dict[str, tuple[str, tuple[str, ...]]] = {
    "not_signed": (
        (r"\bno\s(?:deal|agreement|contract|accord|pact)\s(?:yet|so\sfar|in\ssight)\b|\b(?:ended|concluded|closed|broke\sup)\swithout\s(?:an?\s|any\s)?(?:agreement|deal|result|accord|contract)\b|"
        r"\byet\sto\sput\s(?:pen\sto\spaper|(?:their|its)\ssignatures?)|\bfail(?:ed|s)?\sto\s(?:reach|strike)\s(?:an?\s)?(?:accord|pact|compromise|terms|understanding)\b|\bfail(?:ed|s)?\sto\sagree\b"
        r"|\bis\snot\s(?:yet\s)?signed\b|\bno\scontract\s(?:exists|is\sin\splace)\b|\bnothing\s(?:is\s)?(?:on\spaper|in\swriting)\b"),
        (),
    ),
    "no_decision": (
        (r"\b(?:is|are|remains?)\sstill\s(?:open|undecided|unclear)\b|\byet\sto\smake\sup\s(?:its|their|his|her)\sminds?\b|\btoo\searly\sto\s(?:say|tell)\b"
        r"|\b(?:winner|supplier|bidder|contractor|successor)\s(?:has|had|have)\snot\s(?:yet\s)?been\s(?:named|chosen|picked|selected|announced)\b|\b(?:has|have|had)\smade\sno\s(?:choice|decision|commitment)\b|\b(?:race|contest|competition|question|matter|issue|choice)\s(?:is|was|remains)\s(?:still\s|wide\s)*open\b"
        r"|\bjury\sis\sstill\sout\b|\bnot\s(?:yet\s)?been\s(?:settled|determined|decided)\b"),
        ("still", "too early", "made no", "open", "jury", "not "),
    ),
    "denied": (
        rf"\bbrush(?:ed|es)\saside\b|\bdisput(?:ed|es)\s(?:that|the|reports?|claims?)\b|\bcall(?:ed|s|ing)\s(?:(?:the|a|such|these|those|that)\s)?(?:[\w-]+\s)?(?:reports?|claims?|story|allegations?|articles?|rumou?rs?|suggestions?){_SHORT}\s(?:untrue|false|baseless|unfounded|nonsense|fabricated|fiction|wrong)\b",
        ("aside", "disput", "call"),
    ),
    "not_started": (r"\byet\sto\sget\sunder\s?way\b", ()),
    "cancelled": (
        (r"\bback(?:ed|s|ing)\sout\sof\b|\b(?:is|are|was|were)\s(?:abandoning|scrapping|cancelling|axing|dropping)\b|(?:\bthe\s)?\b(?:cancellation|termination|scrapping|abandonment)\sof\s(?:the|its|an?|their)\s(?:[\w-]+\s?){1,4}|\b(?:announced|announces|means|brings)\sthe\send\sof\s(?:the|its)\s(?:[\w-]+\s){0,3}?(?:programme|program|project|contract|plan)\b"
        r"|\b(?:declared|ruled)\s(?:null\sand\s)?void\b|\bno\slonger\s(?:buy|order|purchase|acquire|proceed|go\sahead|wants?|needs?)\b|\bpull(?:ed|s)\sthe\splug\b"),
        ("back", "axing", "cancel", "end of", "void", "no longer", "the plug"),
    ),
    "delayed": (
        (r"\bmoved\sfrom\s[\w\s]{3,20}?\sto\s\w+|\b(?:weeks?|months?|years?)\slater\sthan\s(?:planned|scheduled|expected|agreed|promised)\b|\bpushed\s(?:out\s)?to\s(?:\d{4}|the|next|early|late|mid)\b|\b(?:has|have|had)\sset\sback\b"
        r"|\bwill\snot\sbe\s(?:ready|complete|finished|delivered|available|operational)\s(?:until|before)\b|\bnot\sbefore\s20\d\d\b|\bpushed\sinto\b|\b(?:arrive|come|ready|delivered|enter\sservice|finished)\s(?:[\w-]+\s){0,3}(?:months?|years?)\slate\b|\bheld\sback\b|\b(?:put|placed)\s(?:[\w\s-]{2,30}?\s)?on\sice\b|\bsl(?:id|ides?)\sto\s(?:20\d\d|next|early|late|mid)\b|\b(?:suffer(?:ed|s)|hit\sby|faces?|faced)\s(?:a\s|an\s|new\s|further\s)?(?:[\w-]+\s){0,2}?delays?\b|\bmonths?\sof\sdelays?\b"
        r"|\bshifted\s(?:from|to|back)\b|\bmoved\s(?:back|to\s20\d\d)\b|\brescheduled\b|\bnow\s(?:come|arrive|due|expected|be\s\w+)\s(?:only\s)?in\s[^.;,]{3,25},?\s(?:instead\sof|rather\sthan|not)\b"),
        ("moved", "later", "pushed", "set back", "will not be", "not before", "held back", "on ice", "slid", "shifted", "resched", "now "),
    ),
    "conditional": (
        (rf"\bonly\s(?:if|once|after|when)\b[^.,;]{{3,50}}|(?:(?<=,\s)|(?<=ahead\s)|(?<=only\s)|(?<=signed\s)|(?<=delivered\s))provided\b[^.,;]{{3,50}}|\bunless\b[^.,;]{{3,50}}|\bshould\s(?:the|its|both|parliament|congress)\b[^.,;]{{2,40}}?\b(?:succeed|fail|pass|approve|agree|go\swell|prove\w*)\b(?=[^.;]{{0,20}},)|"
        rf"\bif\s{_SHORT}\b(?:succeeds?|approves?|agrees?|falls?|(?:is|are)\s(?:approved|granted|signed|met|successful)|go(?:es)?\s(?:well|through|ahead))\b"
        r"|\bas\slong\sas\b[^.,;]{3,40}|\bonly\swith\s(?:the\s)?(?:consent|approval|agreement|permission|blessing)\b|\bmust\s(?:first|still|also)\sbe\s(?:approved|cleared|ratified|authori[sz]ed)\b|\b(?:is|are)\stied\sto\s(?:an?|the)\b[^.,;]{2,30}|\bif\s[^.,;]{3,40}?\b(?:is|are)\s(?:found|secured|available|agreed|released|lifted)\b|\bassuming\b[^.,;]{3,40}|\bin\sthe\sevent\sthat\b"
        r"|\bif\s(?:approved|confirmed|signed|agreed|funded|ratified|granted|successful|exercised)\b"),
        ("only ", "should ", "as long", "must ", "tied", "assuming", "in the event"),
    ),
    "under_negotiation": (
        (r"\bhaggl(?:es|ed|ing)\sover\b|\b(?:talks|negotiations|discussions)\b[^.;]{0,80}?\s(?:(?:have|has)\s(?:now\s)?(?:entered|reached|moved\sinto)\s(?:[\w-]+\s){0,3}(?:stages?|phases?|rounds?)\b|(?:are|is)\s(?:now\s)?(?:at|in)\s(?:an?|the|its|their)\s(?:\w+\s)?(?:stage|phase)\b|drags?\son\b)|\bopened\s(?:exclusive\s|formal\s)?(?:talks|negotiations)\s(?:with|on|over)\b"
        r"|\b(?:talks|negotiations|discussions)\s(?:on|over|about|with)\s[^.;]{2,60}?\s(?:have\s|has\s)?(?:resumed|begun|opened|restarted)\b|\bhammer(?:ing)?\sout\b|\b(?:stretch|stages?|phase|round|straight)\sof\s(?:the\s)?(?:talks|negotiations)\b|\b(?:is|are)\sbeing\s(?:worked\sout|negotiated|thrashed\sout|finali[sz]ed)\b|\bentered\s(?:into\s)?(?:exclusive\s|formal\s|direct\s)?(?:talks|negotiations)\b|\b(?:is|are)\sdiscussing\s(?:the|an?)\s(?:[\w-]+\s){0,2}?(?:purchase|sale|order|contract|deal|lease|price|terms)\b|\bcontinues?\sto\snegotiate\b|\b(?:still\s)?under\sdiscussion\b|\bbargaining\sover\b"
        r"|\b(?:early|exploratory|preliminary|advanced)\s(?:talks|negotiations|discussions)\b|\b(?:talks|negotiations|discussions)\b[^.;]{0,60}?\s(?:continue|continues|are\scontinuing|have\sbeen\sunder\s?way)\b|\btalking\sto\s[^.;]{2,40}?\sabout\s(?:buying|an?\s(?:purchase|deal|sale|order))\b"),
        ("haggl", "hammer", "being ", "discuss", "bargain", "talking"),
    ),
    "considering": (
        (r"\btoying\swith\b|\blooking\sto\s(?:lease|buy|acquire|purchase|order|replace)\b|\b(?:is|are|remains?)\son\sthe\stable\b|\b(?:is|are)\sbeing\s(?:discussed|considered|studied|weighed|examined|looked\sat|mulled)\b|\bkeep(?:s|ing)?\san\seye\son\b"
        r"|\b(?:may|might|could)\sturn\sto\b"),
        ("toying", "on the table", "being ", "an eye"),
    ),
    "expected": (
        (r"\blooks?\s(?:set|likely|poised|certain)\sto\s\w+|\bdecision\sshould\sbe\s(?:taken|made|reached|announced)\b|\bcount(?:s|ing)?\son\s(?:an?|the|winning)\b"
        r"|\b(?:is|are|was)\sforeseen\s(?:for|in|by)\b|\b(?:sources|analysts|officials|observers|executives)\sexpect\b(?:\s\w+){0,3}"
        r"|\bon\s(?:course|track)\sto\s\w+|\bin\sline\sto\s\w+|\bwill\s(?:probably|likely)\s\w+"),
        ("looks", "look ", "count", "foreseen", "on course", "on track", "in line"),
    ),
    "planned": (
        (r"\b(?:is|are)\sto\s(?:buy|order|sign|acquire|purchase|lease|procure|replace)\b|\b(?:has|have|had)\s(?:drawn\sup\s(?:an?\s)?)?plans?\s(?:for|to)\b|\b(?:drew|drawn)\sup\s(?:an?\s)?plans?\b|\b(?:competition|tender|contest)\sis\sto\sbe\s\w+"
        r"|\b(?:air\sforce|army|navy|ministry|government|company|firm|yard|coast\sguard)\splans\s(?:an?|another|the|its|more|further|\d|two|three|four|five|six)\b|\bunder\s(?:the|a|its)\splan,?\s[^.;]{2,40}?\bwill\sbe\s\w+"),
        ("is to ", "are to "),
    ),
    "requested": (
        r"\bappeal(?:ed|s)\s(?:to\s[^.,;]{2,30}?\s)?for\b|\bput\sout\s(?:an?|the|its)\s(?:[\w-]+\s){0,2}?(?:call|tender|request)\b|\brequest\sfor\s[^.;]{2,50}?\s(?:was|were|has\sbeen|have\sbeen)\s(?:sent|submitted|made|filed)\b",
        ("put out",),
    ),
    "approved": (
        (r"\blicen[cs]es?\s(?:was|were|has\sbeen|have\sbeen)\s(?:granted|issued)\b|\b(?:won|received|got|gained|secured)\sthe\s(?:backing|blessing|support)\sof\b"
        r"|\bgiven\s(?:its|their|his|her|the)\sblessing\b|\bgave\s(?:its|their|his|her)\sblessing\b"),
        ("licen", "blessing", "support"),
    ),
    "selected": (
        r"\b(?:decided|ruled|c[ao]me\s(?:down|out))\sin\sfavou?r\sof\b|\bwent\swith\sthe\b|\bemerged\sas\s(?:the\s)?(?:winner|preferred)|\bdeclared\s(?:the\s)?winner\b",
        ("in favo", "went with", "emerged", "declared"),
    ),
    "awarded": (
        (r"\bcontracts?\s(?:for|to)\s[^.;]{2,60}?\s(?:went|goes|has\sgone)\sto\b|\bhanded\s[^.,;]{2,40}?\s(?:a|an|the)\s(?:[\w.€$£-]+\s){0,4}?(?:contract|order)\b|\b(?:was|were|been)\s(?:given|handed)\s(?:an?|the)\s(?:[\w.€$£-]+\s){0,5}?(?:contract|order|deal)\b"
        r"|\b(?:job|work|task)\sof\s[^.;]{2,50}?\s(?:goes|went|falls)\sto\b|\b(?:was|were|been)\scontracted\sto\b|\b(?:has|have|had)\s(?:won|secured|landed|booked|received)\s(?:[\w-]+\s){0,2}?(?:orders?|contracts?|deals?)\b|\bbeat\s[^.;]{2,40}?\s(?:to|for)\s(?:the|a)\s(?:\w+\s)?(?:contract|order|deal)\b"
        r"|\b(?:wins|won|secures|lands|landed|bags|bagged|nets|netted|scoops|scooped|clinches)\s(?:[$€£¥]?[\w.,$€£¥-]+\s){0,6}?(?:contracts?|orders?|deals?)\b"),
        ("beat", "goes to", "nets", "netted", "scoop"),
    ),
    "firm_order": (r"\btopped\sup\s(?:its|an|the)\sorder\b", ()),
    "signed": (r"\bput\s(?:their|its|his|her)\ssignatures?\s(?:to|on|under)\b", ()),
    "delivered": ((r"\b(?:completed|finished|concluded)\s(?:the\s)?deliver(?:y|ies)\b"
        r"|\b(?:has|have)\s(?:now\s)?reached\s(?:the|its|their)\s(?:customer|navy|army|air\sforce|buyer)\b"),
        ("reached",),
    ),
    "operational": ((r"\bwent\slive\b|\breached\s(?:initial|full)\s(?:operational|operating)\scapability\b"
        r"|\bin\suse\s(?:since|with)\b|\btak(?:en|es|e)\sup\sduty\b|\btook\sup\sduty\b|\b(?:has|have)\sbegun\s(?:operations|patrols|operating)\b|\bbegan\s(?:operations|patrols)\b|\bgone\sinto\s(?:service|operation)\b"
        r"|\b(?:stood\sup|reached\sioc|started\soper\w+|on\scombat\sduty|on\sduty)\b"),
        ("live", "capability", "in use", "duty", "operat", "patrols", "stood up", "ioc"),
    ),
    "tested": (
        r"\b(?:was|were|been)\s(?:fired|launched)\ssuccessfully\b|\btook\soff\sfor\sthe\sfirst\stime\b|\bflown\sfor\sthe\sfirst\stime\b",
        ("first time",),
    ),
    "agreed": (r"\breached\san\s(?:understanding|accord)\b", ()),
    "delivery_started": (r"\bdeliveries\b[^.;]{0,40}?\b(?:are|is)\s(?:now\s|already\s)?under\s?way\b|\b(?:begun|began|started)\s(?:shipping|supplying|handing\sover|to\s(?:deliver|ship|hand\sover))\b", ("shipping", "supplying", "to deliver", "to ship")),
}  # fmt: skip

_NOUN_TR = r"(?:me|ma)s[ıi](?:n[ıiaedn]\w*|yl[ae]|yle)?(?!\w)"  # "the cancelling of": a deed as a noun, with its case

TR: dict[str, tuple[str, tuple[str, ...]]] = {
    "not_signed": ((r"imza\saşamasına\sgel(?:in)?me\w+|sonuç\sal(?:ın)?ama(?:dı|mış)\w*"
        r"|(?:henüz\s)?imzalanmış\sdeğil\w*|anlaşma\ssağla(?:n)?(?:ya)?ma(?:dı|mış|dığı)\w*"
        r"|(?:anlaşmaya|uzlaşmaya|mutabakata)\svar(?:ıla)?a?ma(?:dı|mış|dığı)\w*|uzlaş(?:ıl)?ama(?:dı|mış|dığı)\w*|imza\w*\satılma(?:dı|mış)\w*"),
        ("imza", "sonuç", "değil", "sağla"),
    ),
    "no_decision": (
        r"karar\w*\svar(?:ıl)?(?:ma|ama)(?:dı|mış|dığı)\w*|(?:henüz\s|hâlâ\s|hala\s)(?:belli|kesin|net)\sdeğil\w*|(?:belli|kesin)\solmadığ\w+",
        ("belli", "kesin", "net "),
    ),
    "denied": ((r"söz\skonusu\solmadığ\w+"
        r"|doğru\solmadığ\w+"),
        ("konusu",),
    ),
    "cancelled": (
        (rf"iptal\s(?:et|edil){_NOUN_TR}|fesh(?:i|in[ei]|edil{_NOUN_TR})(?!\w*me)|geçersiz\ssay\w+|sonlandırıl{_NOUN_TR}"
        r"|sona\serdir(?:il)?(?:di|miş|ildiği)\w*|rafa\skalk\w+"),
        ("iptal", "fesh", "geçersiz", "sonland", "sona", "rafa"),
    ),
    "delayed": (
        (rf"ertelen{_NOUN_TR}|gerisinde\skal(?:dı|mış|dığı|ıyor)\w*|takvim\w*\s(?:[\w'’]+\s){{0,2}}?(?:kaydı|kaymış|sarktı)\w*"
        r"|aksama\w*\s(?:yaşan|görül|ol)\w+|gecikmeli\b|(?:sonrasına|sonraya|yıla|aya)\s(?:bırakıl|kal|ertelen)(?:dı|mış)\w*"),
        ("ertele", "gerisinde", "takvim", "aksama", "gecikmeli", "sonra", "yıla", "aya "),
    ),
    "conditional": (
        (r"(?:[\w'’]+\s)?(?:[\w'’]+m[ae]s[ıi])\s(?:durumunda|halinde|hâlinde|koşuluyla|şartıyla)|\w+m[ae]s[ıi]n[ae]\sbağlı(?!\w*lı)|\w+(?:l[ıiuü]rs[ae]|[ıiuüae]rs[ae])(?=,)"
        r"|\w+(?:[ıiuü]rs[ae]|l[ıiuü]rs[ae]|olursa|[ae]rs[ae])\s(?:[\w'’%.]+\s){1,6}?\w*(?:[ae]c[ae][kğ])\w*|onayına\stabi\w*"),
        ("durumunda", "hâlinde", "bağlı", "rsa,", "rse,", "rsa ", "rse ", "tabi"),
    ),
    "under_negotiation": (
        (r"pazarlık\s(?:edi|yapı|sür)\w+|masaya\sotur\w+|(?:görüşme|müzakere)\w*\s(?:[\w'’]+\s){1,4}?(?:sür(?:üyor|düğü)\w*|devam\s(?:ediyor|ettiği)\w*)"
        r"|(?:görüşme|müzakere)\w*\s(?:[\w'’]+\s){0,2}?(?:ileri|son)\s(?:aşama|safha)\w*"),
        (),
    ),
    "considering": ((r"masaya\syatır\w+|üzerinde\sçalış(?:ıyor|ılıyor|tığı|ıldığı)\w*"
        r"|gündemine\sal\w+"),
        ("masaya", "üzerinde"),
    ),
    "planned": (
        (r"(?:imzalan|satın\sal|satın\salın|ihale\saç|ihale\saçıl|tedarik\sedil|sipariş\sedil|sipariş\sveril)(?:y?[ae]c[ae][kğ])\w*|seri\süretime\s(?:[\w'’]+\s){0,2}?geç(?:il)?ecek\w*"
        r"|(?:almak|edinmek|kurmak|üretmek|satmak|geliştirmek|yenilemek)\sist(?:iyor|ediği|edi)\w*|hazırlık\syap(?:ıyor|ıldığı|ılıyor|tığı)\w*"
        r"|imza(?:lar)?\s(?:at|atıl)acak\w*|ihale\w*\s(?:yap|yapıl|düzenlen|gerçekleştiril)(?:acak|ecek)\w*|plan(?:ı|lar[ıi])\s(?:var\b|hazırla\w+|açıkla\w+)"),
        ("hazırlık", "iste", "isti", "plan", "acağ", "eceğ"),
    ),
    "selected": (r"tercihi\s(?:[\w'’-]+\s){1,3}?oldu\b", ()),
    "awarded": ((r"(?:sözleşme|ihale|iş)\s(?:[\w'’]+\s){1,4}?verildi\b"
        r"|(?:bakım|yenileme|inşa|üretim|modernizasyon|tedarik)\w*\s(?:[\w'’]+\s){1,3}?üstlendi\b|ihale\w*\skazananı\s(?:[\w'’]+\s){1,3}?oldu\b"),
        ("verildi", "üstlendi", "kazanan"),
    ),
    "signed": (rf"imzalan{_NOUN_TR}\s(?:ardından|sonra|birlikte)|imzalanmasıyla", ()),
    "operational": ((r"devreye\s(?:alın|gir|sokul)(?:dı|di|du|mış|miş|muş)\w*"
        r"|hizmet(?:e|ine)\s(?:gir|alın|sokul)(?:di|dı|du|miş|mış|muş)\w*|(?:beri|süredir)\s(?:[\w'’]+\s){0,3}?kullan(?:ılıyor|ıyor)\w*"
        r"|kullanıma\s(?:gir|alın|sunul)(?:di|dı|du|miş|mış|muş)\w*|görev\s(?:yapıyor|aldı)\w*"),
        ("devreye", "hizmet", "kullan", "görev"),
    ),
    "tested": (
        r"ilk\s(?:uçuş|dalış|atış|seyir|sefer|deneme)\w*\s(?:[\w'’]+\s){0,5}?(?:yaptı|gerçekleştirdi|tamamladı|yapıldı|gerçekleşti)\b",
        (),
    ),
    "agreed": (r"görüş\sbirliğine\svar\w+", ("görüş birliğ",)),
    "requested": (r"başvuruda\sbulun(?:du|ul)\w*", ()),
    "delivered": (r"(?:ordu|donanma|kuvvet|komutanlı|birlik|polis|jandarma)\w*\sverildi\b", ("verildi",)),
    "delivery_started": (r"teslim(?:at|in)?\w*\sbaşla(?:dı|ndı|mış|nmış)\w*|ilk\steslimat\w*\s(?:\w+\s){0,2}?(?:yap|gerçekleş)\w*[dt][ıiuü]\b", ()),
}  # fmt: skip

JA: dict[str, tuple[str, tuple[str, ...]]] = {
    "not_signed": ((r"折り合わ(?:ず|なかった|ない)|物別れに終わ|交渉(?:が|は)決裂"
        r"|(?:合意|署名|締結)(?:でき|され)(?:なかった|ず|ていない)|合意できない"),
        ("折り合", "物別れ", "決裂"),
    ),
    "denied": ((r"事実無根(?![^。]{0,8}否定)"
        r"|報道[^、。]{0,4}「[^」]{0,8}(?:誤り|間違い|でたらめ|虚偽|うそ)"),
        ("報道",),
    ),
    "cancelled": (
        (r"取りやめ(?:た|る|を|と|、)|見合わせ(?:る(?:こと|と|方針)?|た)(?:を決めた)?|契約(?:を|の)解除(?:した|する|し|を)|打ち切りを"
        r"|不調に終わ(?:り|った)|頓挫(?:した|し)|白紙とな(?:った|り)"),
        ("取りやめ", "見合わせ", "解除", "不調", "頓挫"),
    ),
    "delayed": (
        (r"(?:以降|以後|年|月|秋|春|夏|冬|後)[にへまで]{1,2}延び(?:た|る|て)|[^、。]{0,6}遅れる(?:見通し|見込み|恐れ|可能性)"
        r"|後ろにずれ(?:た|る|込)|後ろ倒し"
        r"|滞って(?:いる|おり)|停滞し(?:て|た)|(?:年|月|期)以降にな(?:る|った)"),
        ("延び", "ずれ", "滞", "以降"),
    ),
    "conditional": (
        (r"[^、。]{0,10}?(?:(?:合格|承認|成功|可決|合意|批准|実現|締結|同意|許可|回復)(?:す|され|でき)れば|(?:付|つ|届|続|進)けば|(?:許|満た|下が|上が)せば|下がれば)|条件だ"
        r"|[^、。]{0,10}(?:成功|合格|承認|合意)した場合(?:に限り|に)?"
        r"|(?:され|す|でき|取れ|得られ)れば、|(?:決ま|下り|まとま)れば"),
        (),
    ),
    "under_negotiation": (
        r"(?:交渉|協議|商談)(?:が|は)(?:最終段階|大詰め|山場|佳境)[^、。]{0,6}|(?:価格|条件|詳細|内容)を詰めて(?:いる)?|交渉を詰めて",
        ("詰めて",),
    ),
    "considering": ((r"[^、。]{0,8}案(?:が|も)(?:浮上|出て|検討|取り沙汰)[^、。]{0,5}|(?:購入|導入|調達|参加|輸出|取得)に前向き"
        r"|絞り込みを(?:進め|行)|選択肢を(?:探|検討)"),
        ("浮上", "前向き", "案が", "案も", "絞り込み"),
    ),
    "planned": ((r"(?:結ぶ|行う|開く|決める|する)運びだ?|(?:する|の)構想を(?:示|発表|明らか|打ち出)|(?:に|を)(?:公告|公示|発注|契約)する方針"
        r"|(?:配備|導入|購入|調達|取得|輸出|建造)したい(?:考え|意向)?"
        r"|(?:調達|購入|導入|配備|建造|輸出|発注|生産)する(?:予定|計画|ことにし|つもり)"),
        ("運び", "構想", "たい", "する予定", "する計画", "ことにし", "つもり"),
    ),
    "approved": (r"(?:許可|認可|承認)が(?:下り|出)(?:た|て)", ()),
    "selected": (r"(?:次期|新型|主力|後継)[^、。]{0,14}は[^、。]{1,20}に決ま(?:った|り)|(?:の)?採用を決めた", ("決ま", "採用")),
    "signed": ((r"(?:契約|協定|覚書)が(?:交わされ|結ばれ)(?:た|、)"
        r"|取り交わし(?:た|、)|サイン(?:した|し、)|契約を交わし"),
        ("サイン", "取り交わ"),
    ),
    "expected": (r"になりそうだ?|(?:なる|決まる)公算", ("そう", "公算")),
    "delivered": (r"引き渡しを受け(?:た|、)", ()),
    "operational": (r"から(?:稼働|運用|運航|就役)している", ()),
}  # fmt: skip

"""The words of meetings and agreements in three languages, and what says that there was none."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

from watchers.facts.bodies import ON_EN
from watchers.facts.passage import UPPER

# Who holds office and meets others, in small letters or none.
WHO_EN = (
    r"(?i:(?:(?:vice|prime|deputy)[\s-])?(?:ministers?|presidents?|chancellors?|premiers?|king|emir|secretar(?:y|ies)|generals?|admirals?|chiefs?|commanders?|leaders?|heads|"
    r"officials|executives|delegat(?:ions?|es)|counterparts?|envoys?|ambassadors?|representatives|negotiators))"
)
# What is met without anybody's meeting: "met the army's requirements".
_MET_NEEDS = r"(?!(?:[\w’'-]+\s){0,5}?(?:targets?|requirements?|standards?|deadlines?|demands?|needs?|goals?|criteri\w+|specifications?|conditions?|obligations?|commitments?|costs?|resistance|opposition|expectations?|schedule|milestones?|quotas?|threats?|challenges?)\b)"
# What is to come, not what is offered, refused or agreed to be done.
_AHEAD_EN = r"\b(?:will|(?:is|are|was|were)\s(?:due\s|expected\s|scheduled\s|set\s|likely\s|slated\s)?to|(?:plans?|planned)\sto)\s(?:also\s|then\s|later\s|again\s)?"
_MONTHS_EN = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_PACT_EN = r"(?:agreements?|pacts?|accords?|treat(?:y|ies)|protocols?|arrangements?)"
_SIGNS_EN = r"(?:sign(?:ed|s|ing)?|ink(?:ed|s)?|initial+ed|conclude[sd]?|reach(?:ed|es)|struck|strikes?|seal(?:ed|s)|ratif(?:y|ied|ies)|enter(?:ed|s)\sinto|came\sto|penned)"
_TALKS_EN = r"(?:talks|meetings?|consultations|discussions)"
MEETINGS = {
    "en": re.compile(
        rf"\b(?:met(?:\swith)?\s{_MET_NEEDS}(?:(?:in|on)\s\w+\s(?:with\s)?)?(?=(?:his|her|its|their|the|with|Turkish|Japanese|(?:[{UPPER}]\w+))\b)(?:(?![“”\"]){ON_EN}){{4,70}}|"
        rf"h(?:eld|olds)\s(?:\w+\s){{0,3}}(?:talks|meetings?|consultations)\b{ON_EN}{{0,40}}|(?:hosted|received|welcomed)\s(?:his|her)\s(?:\w+\s){{0,3}}counterpart{ON_EN}{{0,30}}|"
        rf"(?:\w+-day\s)?meeting\s(?:in|at)\s(?=[A-Z])\w+|(?:(?<=\s)visit(?:ed|s)(?=\s[A-Z])|(?<=\s)visited|tour(?:ed|s)(?=\s[A-Z])|toured|(?<=\s)meets(?:\swith)?)\s(?:(?!\sand\s|\sto\s){ON_EN}){{4,50}}(?!\w)|"
        rf"(?:additional|further|bilateral|separate|several|series\sof)\s(?:\w+\s)?(?:meetings|talks)\swith\s{ON_EN}{{4,40}}(?!\w)|(?:sat\sdown|conferred|dined)\swith\s{ON_EN}{{4,40}}(?!\w)|"
        rf"(?:hosted|received|welcomed)\s(?:the\s)?(?:[A-Z][\w’']+\s){{0,3}}(?:(?:[Dd]efen[cs]e|[Ff]oreign|[Pp]rime)\s[Mm]inister|President|Chancellor|Premier|King|General|Admiral){ON_EN}{{0,40}}|"
        rf"(?:[Aa]fter|[Ff]ollowing|[Dd]uring|[Ff]or)\s(?:[\w-]+\s){{0,4}}?(?:talks|meetings?|discussions)\swith\s{ON_EN}{{4,50}}(?!\w)|"
        # "Nakatani and Güler met in Ankara on Tuesday": whom they met stands before; targets "were met".
        rf"(?<!was\s)(?<!were\s)(?<!been\s)(?<!be\s)(?<!are\s)(?<!is\s)met\s(?:again\s|(?:privately|briefly|separately)\s)?(?:in|at|on)\s(?=[{UPPER}])\w+(?:\s[{UPPER}]\w+)?|"
        rf"met\sfor\s(?:talks|the){ON_EN}{{0,30}}|(?:talks|meeting)\s(?:was|were|took\splace)\s(?:held\s)?(?:in|at|on)\s{ON_EN}{{2,30}}|"
        rf"met\s(?:behind\sclosed\sdoors|(?:last|this|earlier)\s{ON_EN}{{0,20}}?\bto\sdiscuss\b)|conferred\s(?:in|at|on)\s\w+|exchanged\sviews\s{ON_EN}{{4,50}}(?!\w)|(?:sp(?:oke|eaks?)|talk(?:s|ed)|conferred)\s(?:(?:by|over|on|via)\s(?:the\s)?(?:tele|video)?(?:phone|link|call))(?:\swith\s{ON_EN}{{4,40}}(?!\w))?|"
        rf"(?:held|had|holds?)\san?\s(?:[\w-]+\s){{0,2}}?(?:(?:tele|video\s)?(?:phone)?\s?(?:calls?|conference)|telephone\sconversation)\b(?:\swith\s{ON_EN}{{4,40}}(?!\w))?|"
        rf"(?<!open\s)(?<!hold\s)(?<!start\s)(?:[Tt]alks|[Mm]eetings?|Consultations)\sbetween\s(?:(?:the|their|senior|top)\s|[\w’'-]+\s){{0,4}}?(?:{WHO_EN}\b(?:(?!\s(?:was|were|has|have|had)\s){ON_EN}){{0,40}}(?:\s(?:was|were)\sheld)?(?!\w)|(?:and\s)?{ON_EN}{{4,50}}?(?:\s(?:was|were)\sheld|\stook\splace)\b)|"
        rf"{WHO_EN}\s(?:(?:from|of)\s{ON_EN}{{3,40}}?\s)?(?:have\s|had\s|are\s|will\s|to\s)?(?:meet(?:ing)?|met|gather(?:ed)?|convened?|confer(?:red)?|hold\stalks)\s(?=(?:in|at|on|for|again|to\sdiscuss|behind)\b)(?!on\sthe\ssidelines\Z){ON_EN}{{4,40}}(?!\w)|"
        rf"{_AHEAD_EN}(?:hold\s(?:[\w-]+\s){{0,3}}?(?:talks|meetings?|consultations)\b{ON_EN}{{0,40}}|(?:visit|tour)\s(?:the\s)?(?=[{UPPER}]){ON_EN}{{3,40}}(?!\w)|meet\sagain\b{ON_EN}{{0,30}}|(?:host|receive|welcome)\s(?:the\s|an?\s|his\s|her\s)?(?:[\w’'-]+\s){{0,4}}?{WHO_EN}\b(?!['’]){ON_EN}{{0,30}}(?!\w))|"
        rf"(?:(?<=\bto\s)|(?<=\bwill\s)|(?<=\balso\s))meet\s{_MET_NEEDS}(?=with\s|(?:(?:his|her|its|their|the|an?)\s)?(?:[\w’'-]+\s){{0,4}}?{WHO_EN}\b|[{UPPER}]\w+\s(?:[{UPPER}]\w+|in|on|at|next|this|again|later)\b){ON_EN}{{4,50}}(?!\w)|"
        rf"(?:host(?:s|ed)|receive[sd]|welcome[sd])\s(?:the\s|an?\s|his\s|her\s)?(?:[\w’'-]+\s){{0,3}}?{WHO_EN}\b(?!['’]){ON_EN}{{0,40}}(?!\w)|{WHO_EN}\s(?:was|were)\s(?:received|welcomed|hosted|greeted|given\sa\stour)\s(?:at|by|in|of)\b{ON_EN}{{4,40}}(?!\w)|"
        rf"(?:pa(?:id|ys?|ying)|began|begins?|started|ma(?:de|kes|king)|conclude[sd]?|complete[sd]?|ended|ends|for|[Oo]n|[Dd]uring)\s(?:an?|his|her|their)\s(?:[\w-]+\s){{0,4}}?(?<!site\s)visit\b(?!\sby\b)(?:\sto\s{ON_EN}{{4,40}}(?!\w))?|"
        rf"(?:travell?ed|flew|went|arrived|came)\s(?:to|in|at)\s{ON_EN}{{2,40}}?\bfor\s(?:[\w-]+\s){{0,3}}?{_TALKS_EN}\b{ON_EN}{{0,40}}(?!\w))"
    ),
    "tr": re.compile(
        r"(?:(?:ikili\s|baş\sbaşa\s)?görüş(?:tü|tüler|me\sgerçekleştir\w+|me\syap\w+)(?!\w)|bir\saraya\s(?:gel(?!m|em)\w*|gelmesi\s(?:bekleniyor|planlanıyor|öngörülüyor))|kabul\setti(?!\w)(?=.{0,20}\Z)|(?<!kişiyi\s)(?<!ziyaretçiyi\s)(?<!katılımcıyı\s)(?<!kişiye\s)ağırla(?:dı|yacak)\w*|(?:toplantı|[Gg]örüşme)\w{0,4}\s(?:yaptı|düzenledi|gerçekleştirdi|düzenlendi|gerçekleştirildi|yapıldı)\w*|(?<=\s)gez(?:di|diler|erek)(?!\w)|konuk\s(?:etti|edecek)\w*|buluş(?:tu(?:lar)?|acak(?:lar)?)(?!\w)|masaya\sotur(?:du|acak)\w*|temasla(?:rda\sbulun(?:du|acak|uyor|an)\w*|rını\ssürdür(?:dü|üyor)\w*)|"
        r"ziyaret\s(?:et(?:ti|mesi(?:\s(?:bekleniyor|planlanıyor|öngörülüyor)))|ed(?:ecek|en|erek|iyor)|gerçekleştir(?:di|ecek|en))\w*|ziyaret(?:t?e|inde|lerde)\sbulun(?:du|acak|an)\w*|ziyaret\siçin\s[\w'’]+\s(?:gitti|geldi|gelen|giden)\w*|inceleme(?:ler)?de\sbulun(?:du|acak|an)\w*|görüşmelerde\sbulun(?:du|acak|an)\w*|"
        # Who debates a bill talks to nobody, and who "is talking to" a firm negotiates: with whom stands before the other forms.
        r"(?<![\w'’])(?:ile|[\w'’]{1,40}(?:['’]y?|[ıiuü]y|l[ae]r)l[ae])\s(?:[\w'’]{1,30}\s){0,4}?(?:görüş(?:ecek(?:ler)?|en|erek|üp|tüğü\w*|eceği\w*)|görüşmesi\s(?:bekleniyor|planlanıyor|öngörülüyor))(?!\w)|arasında(?:ki)?\s(?:[\w'’]{1,30}\s){0,2}?(?:görüşme|toplantı)(?=\s(?:[\w'’]{1,30}\s){0,3}?sürdü)|"
        r"(?:görüşmeler|[Tt]oplantı(?:sı)?)\s(?:[\w'’]{1,30}\s)(?:yapıldı|düzenlendi|gerçekleştirildi)|[Gg]örüşmede\s(?:[\w'’]{1,30}\s){1,6}?(?:ele\salındı|konuşuldu|değerlendirildi)|(?<!\w)(?:bakan|başkan|komutan|lider)(?:lar|ler)[ıi]?,?\s(?:[\w'’]{1,30}\s){0,3}?topla(?:ndı|nacak|nıyor)(?!\w))"
    ),
    "ja": re.compile(
        r"(?:(?:首脳|防衛相|電話|個別)?会談(?=し|した|を行|で|に臨|、|する(?!こと|よう|方向|意向))|面[会談](?=し|する(?!こと|よう))|(?<!出)会った|(?<!出)会い(?=、)|懇談した|視察した|視察し|(?<=を)見学し|訪問した|訪問し|訪問(?=[　\s]|\Z|へ(?:[　\s。]|\Z)|する(?:予定|見通し|。|\Z))|会談(?=[　\s]|\Z)|視察(?=[　\s]|\Z)|(?:会合|会議|協議)を(?:開い|開く|開催|持っ|行っ)|"
        r"を訪(?:れ|ね)(?=た|、|る(?:予定|見通し|。|\Z))|(?:と|で)[^。、]{0,20}協議し(?=た|、)|意見(?:交換(?=し|を行)|を交わ)|話し合(?=った|い、)|(?:会談|会合|会議|協議)(?=[がは][^。]{0,24}(?:開かれ|行われ|開催され)))"
    ),
}
AGREEMENTS = {
    "en": re.compile(
        rf"\bagree(?:d|ing)\s(?:in\sprinciple\s)?(?:(?:on\s\w+day\s)?to|on)\s(?!disagree|\w+day\b(?!\s(?:that|to)\b)|{_MONTHS_EN}|\d)[^.,;“”]{{6,200}}?(?=\s(?:but|while|although|after)\b|[.,;]|\Z)|"
        r"(?<!\bto\s)(?<!must\s)(?<!would\s)(?<!could\s)(?<!should\s)(?<!will\s)(?<!may\s)(?<!might\s)(?<!can\s)(?<!not\s)(?<!they\s)(?<!we\s)\bagrees?\s(?:in\sprinciple\s)?to\s[^.,;“”]{6,200}?(?=\s(?:but|while|although|after)\b|[.,;]|\Z)|"
        r"\bagreed\san?\s(?:[\w-]+\s){0,2}?(?:plan|roadmap|framework|programme)\s(?:to|for|on)\s[^.,;“”]{4,80}?(?=[.,;]|\Z)|(?:[Ss]ides|[Ff]irms|[Cc]ompanies|[Cc]ountries|[Gg]overnments|[Pp]arties)\s(?:have\s|had\s)?agreed\sthat\b|"
        r"\b(?:memorand(?:um|a)\sof\s(?:understanding|cooperation)|(?<!draft\s)(?:[Mm]emorand(?:um|a)|M[Oo]Us?)\s(?:on|covering|covers)\s(?:[\w-]+\s){0,4}[\w-]+|M[Oo]Us?|letters?\sof\sintent|(?:declaration|statement)s?\sof\sintent|heads\sof\s(?:agreement|terms)|term\ssheets?|framework\s(?:agreement|contract|deal)|joint\sventure|(?:strategic\s|industrial\s|defen[cs]e\s|security\s)?(?:cooperation|partnership)\s(?:agreement|pact|accord|protocol)|"
        r"(?:working-level|staff)\s(?:discussions|talks|consultations)|(?:co-production|licen[cs]e|teaming|offset|loan|government-to-government|export)\s(?:agreement|deal|pact)|"
        rf"(?:[Ii]nter-?governmental|[Rr]eciprocal\s[Aa]ccess|[Ss]tatus[\s-]of[\s-][Ff]orces|[Mm]utual|[Jj]oint(?:\s[\w-]+)?)\s(?:[\w-]+\s)?{_PACT_EN}|"
        # What binds nobody to work together is bought or sold: "signed an agreement for 20 jets".
        rf"{_SIGNS_EN}\s(?:(?:an?|the|their|two|three)\s)?(?:[\w-]+\s){{0,3}}?(?:(?:security|defen[cs]e|military|logistics|training|basing|technology(?:-transfer)?|industrial|research)\s{_PACT_EN}|strategic\spartnership|(?:{_PACT_EN}|deal|understanding|roadmap)\s(?:on\s(?!\w+day\b|{_MONTHS_EN}|the\s(?:table|sidelines)|\d|hold)|that\s|covering\s|to\s(?:jointly|cooperate|work|share|co-?\w+|set|pool|build\s(?:[\w-]+\s)?together)\b|for\sjoint\s)\s?(?:[\w-]+\s){{0,4}}[\w-]*)|"
        rf"(?:deal|{_PACT_EN})\son\s(?:[\w-]+\s){{1,5}}?(?:was|were|has\sbeen)\s(?:signed|concluded|initialled|reached)"
        r")\b"
    ),
    "tr": re.compile(
        r"(?:(?<![\w'’])(?:[\w'’]{1,40}\s){1,6}(?:(?:konusunda|hususunda|üzerinde|için)\s)?(?:anlaştı\w*|anlaşmaya\svar(?!ama|ma)\w+|uzlaş(?:tı|ıldı)\w*|mutabakata\svar(?!ama|ma)\w+|mutabık\skal(?!ama|ma)\w+)|mutabakat\s(?:zaptı|muhtırası|metni)|niyet\s(?:mektubu|beyan[ıi])\w{0,3}|[Çç]erçeve\s(?:anlaşma|sözleşme)\w*|ortak\sgirişim|"
        r"(?:[İi]ş\s?birliği|[Ss]avunma|[Oo]rtaklık|[Gg]üvenlik|[Ee]ğitim|[Ll]isans|[Hh]ükümetler\s?arası|[Oo]rtak\s(?:üretim|geliştirme|bakım|eğitim|\w+\süretimi))\s(?:protokol(?!d)|anlaşma(?!z|d|k|y)|mutabakat(?:\s(?:zaptı|muhtırası|metni))?|belge(?=si))\w{0,4}|ön\s(?:protokol|anlaşma(?!z)|mutabakat)\w{0,3}|[Yy]ol\sharitası(?=\s(?:[\w'’]{1,30}\s){0,4}imza)|"
        r"(?<![\w'’])(?:[\w'’]{1,40}\s){1,6}(?:kararlaştırdı|kararlaştırıldı)\w*)(?!\w)"
    ),
    "ja": re.compile(
        r"(?:[^、。「」　]{4,40}(?:で|に|について|に関し)(?:大筋|基本)?(?:合意|一致)(?=し|[。　\s]|\Z)|[^、。「」]{4,40}で合意に達し|覚書|基本合意書?|枠組み合意|枠組み協定|政府間(?:合意|協定)|(?:合弁|共同)(?:会社|事業)(?:の設立)?|(?:装備品・?技術移転|防衛装備品移転|物品役務相互提供|(?:部隊間[^、。「」]{0,4})?円滑化)協定|意向書|"
        r"[^、。「」はが]{0,16}(?:協定|条約|議定書|取り決め|取極)(?=[にをが][^。、]{0,8}(?:署名|調印|締結|結[びばん]|交わ))|(?:ライセンス契約|(?:業務|技術|資本|戦略的)提携)(?=[をし]|に(?:合意|関)|で合意)|[^、。「」]{4,30}を申し合わせ)"
    ),
}
NEGATED = {
    "en": re.compile(
        r"\b(?:no|not|without|never|n['’]t|yet\sto|neither|failed|den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|refus\w*|declin\w*|short\sof|avoid\w*|rul\w+\sout|far\sfrom|instead\sof|rather\sthan|close\sto|considering|before)\b[^.;,]{0,60}\Z",
        re.IGNORECASE,
    ),
    "tr": re.compile(r"(?!)"),
    "ja": re.compile(r"(?!)"),
}
NEGATED_AFTER = {
    "en": re.compile(
        r"\A[^.;,]{0,30}\b(?:was|were|has|have|had|is|are)\s(?:not|(?:been\s)?(?:cancell?ed|called\soff|postponed|rejected|scrapped|abandoned))\b",
        re.IGNORECASE,
    ),
    "tr": re.compile(
        r"\A[^.;,]{0,40}\w+(?:madı|medi|mamış|memiş|mayacak|meyecek|mıyor|miyor)\b|\A\w*\syok\b"
    ),
    "ja": re.compile(r"\A[^。]{0,16}(?:なかった|ていない|ない。|見送|中止|取りやめ|至ら)"),
}


# What tells that a meeting is to come, up to its words and a little behind them.
AHEAD = {
    "en": re.compile(
        rf"{_AHEAD_EN}(?:[\w-]+\s){{0,2}}?(?:meet|visit|tour|hold|host|receive|welcome|talk|gather|convene)\b"
    ),
    "tr": re.compile(r"\w[ae]ca[kğ]|\w[ae]ce[kğ]|bekleniyor|planlanıyor|öngörülüyor"),
    "ja": re.compile(r"(?:会談|面会|面談|訪問|視察)(?:する(?:予定|見通し|。|\Z)|へ)|訪[れね]る|会う"),
}


# A text without one of these has no meeting or agreement; asked first, for speed.
TRIGGERS = {
    ("meeting", "en"): re.compile(
        r"\bmet\b|\bheld\b|\bhol?d|host|receiv|welcom|greeted|[Mm]eet|visit|tour|[Tt]alk|[Cc]onsultations|sat\sdown|conferred|dined|gather|conven|spoke|phone|call"
    ),
    ("meeting", "tr"): re.compile(
        r"[Gg]örüş|araya|kabul|ağırla|[Tt]opla|temas|ziyaret|gez|konuk|buluş|masaya|inceleme"
    ),
    ("meeting", "ja"): re.compile(r"会談|面[会談]|会[ういっ]|懇談|視察|見学|訪|会[合議]|協議|意見|話し合"),
    ("agreement", "en"): re.compile(
        r"agree|[Mm]emorand|[Ll]etters?\sof|[Ff]ramework|venture|ooperation|partnership|discussions|talks|consultations|deal|pact|accord|treat(?:y|ies)|protocol|M[Oo]U|roadmap|understanding|of\s(?:intent|terms)|term\ssheet|agreement"
    ),
    ("agreement", "tr"): re.compile(
        r"anlaş|uzlaş|mutab|niyet|çerçeve|ortak|protokol|kararlaştır|belge|harita", re.IGNORECASE
    ),
    ("agreement", "ja"): re.compile(
        r"合意|一致|覚書|枠組み|合弁|共同|協定|意向書|条約|議定書|取り決め|取極|契約|提携|申し合わせ"
    ),
}

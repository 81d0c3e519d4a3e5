"""Tell an act that a clause denies from one that is done: "no contract was signed", "imza yok", "契約には至っていない"."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

# English negates before its verb, and cuts a clause at commas and conjunctions; "between A and B" is one phrase.
_CUT_EN = re.compile(
    r"[;:—–]|,\s|\s(?:but|while|although|though|whereas|after|because|since|when|as)\s|(?<!between)\sand\s"
)
_BETWEEN_EN = re.compile(r"\b(?:between|both)\s[^.;,]{2,50}\sand\s\Z")
_NOT_EN = re.compile(
    r"\b(?:not(?!\s(?:only|just|merely|least))|cannot|no(?!\s(?:later|fewer|less|more|doubt|matter|wonder|secret|one|other)\b)|never|without|neither|nor|none|nothing|(?:yet|still)\sto|"
    r"fail(?:s|ed|ing)?\sto|refus(?:es|ed|ing|al)|declin(?:es|ed|ing)\sto|den(?:y|ies|ied|ying|ial)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|rul(?:es|ed|ing)\sout|"
    r"(?:stopp?(?:s|ed|ing)?|f[ae]ll(?:s|ing)?)\sshort\sof|unable\sto|(?:decid|opt|vot)(?:es|ed|ing|s)?\s(?:against|not)|walk(?:s|ed|ing)?\saway|unsigned)\b|n['’]t\b",
    re.IGNORECASE,
)
# After the act or the name: "signed no contract", "a contract with X has not been signed", "are false".
_NONE_EN = re.compile(r"\A\s(?:no(?!\s(?:later|fewer|less|more|doubt)\b)|nothing|none|neither)\b")
_NOT_AFTER_EN = re.compile(
    r"\A[^.;,]{0,50}?\b(?:(?:has|have|had|was|were|is|are|did|does|do|will|would)(?:n['’]t|\snot|\snever|\syet\sto)\b|remains?\sunsigned|f[ae]ll(?:s|en)?\sthrough|"
    r"(?:is|are|was|were)\s(?:\w+ly\s)?(?:false|untrue|baseless|unfounded|denied|rejected|dismissed)\b)"
)

# Turkish negates in the verb, which ends the clause. What was done between ends the search.
_STEM_TR = r"(?:imzala(?:n)?|sat(?:ıl)?|al(?:ın)?|ver(?:il)?|e[td](?:il)?|yap(?:ıl)?|at(?:ıl)?|kazan(?:ıl)?|anlaş(?:ıl)?|seç(?:il)?|var(?:ıl)?|sağla(?:n)?|gönder(?:il)?|üret(?:il)?|öde(?:n)?|çık(?:ar)?|ol)"
_DONE_TR = rf"(?:{_STEM_TR}(?:[dt][ıiuü]\w*|m[ıiuü]ş\w*|y?[ae]n(?!\w*m[ae])\w*|y?[ae]c[ae][kğ]\w*|[ıiuü]yor\w*|y?[ıiuü]p|y?[ae]r[ae]k))(?!\w)"
_VERB_NOT_TR = (
    r"(?!tamam)[a-zçğıöşü]+(?:m[ae](?:d[ıiuü](?!r)\w*|m[ıiuü]ş\w*|y[ae]c[ae][kğ]\w*|y[ae]n\w*|m[ae]\w*|ks[ıi]z\w*)|m[ıiuü]yor\w*)"
    rf"|(?!anlaş){_STEM_TR}[ae]?m[ae]d[ae]n(?!\sönce)"
)
_REFUSES_TR = r"yok(?:tu|tur)?|değil\w*|redde[dt]\w*|vazgeç\w*|kaçın[dm]\w*|yanaşma\w*|yalanla\w*|asılsız\w*"
_NOT_TR = re.compile(
    rf"\A(?:(?!{_DONE_TR})[\w’'-]+\s){{0,5}}?(?:{_VERB_NOT_TR}|{_REFUSES_TR})(?!\w)"
    r"|\A(?:[\w’'-]+\s)?\w*(?:[dt][ıiuü]ğ|[ae]c[ae]ğ)\w*\s(?:[\w’'-]+\s){0,3}?(?:yalanla\w*|redde[dt]\w*|doğru\sdeğil\w*|asılsız\w*|söz\skonusu\sdeğil\w*)"
)
_CUT_TR = re.compile(r"[,;:—–]|\s(?:ama|ancak|fakat|oysa)\s")
_WORD = re.compile(r"\w*")
_WORD_NOT_TR = re.compile(rf"(?:{_VERB_NOT_TR})\Z")

# Japanese negates behind the act; a topic's comma does not end the clause.
_CLAUSE_JA = re.compile(r"(?:[^。、\n]*[はもをにでのと]、)?[^。、\n]*")
_NOT_JA = re.compile(
    r"(?<!少)(?<!しれ)(?<!違い)(?<!なら)(?<!だけで)な(?:い|かった|く)(?!か)|(?:せ|れ|ば|わ|ら|か|き|じ|め|え)ず(?![れか])|見送|断念|拒否|拒ん|否定|白紙|不成立|破談|決裂|至らな"
)
# "決定した事実はない": a deed is denied as a noun, too.
_NOT_RIGHT_JA = re.compile(
    r"\A(?:[てで](?:は)?(?:い|お))?(?:ない|なかった|らず)|\A(?:せ)?ず(?![れか])|\A(?:という)?(?:事実|こと|わけ|訳)(?:は|が|も|では|でも)(?:ない|な[くか]|あり(?:ません|得ない))"
)


def is_undone(text: str, lang: str, clause: int, act: tuple[int, int], end: int) -> bool:
    """Tell whether the clause around an act denies it; it begins at `clause` or later and ends by `end`."""
    if lang == "tr":
        tail = text[act[0] : end]
        cut = _CUT_TR.search(tail)
        return _NOT_TR.match(tail[: cut.start()] if cut else tail) is not None
    if lang == "ja":
        if text[max(clause, act[0] - 1) : act[0]] in ("未", "不"):
            return True
        rest = _CLAUSE_JA.match(text, act[0], end)
        return rest is not None and _NOT_JA.search(rest.group()) is not None
    after = text[act[1] : end]
    return (
        _NOT_EN.search(_clause_en(text[clause : act[1]])) is not None
        or _NONE_EN.match(after) is not None
        or _NOT_AFTER_EN.match(after) is not None
    )


def negative_until(text: str, lang: str, start: int, end: int) -> int:
    """Return where the words of an act end that are themselves negative, 0 if they are not.

    Such as "kazanamadı", "signed" before "no contract" and "発注し" before "ていない".
    """
    if lang == "en":
        return end if _NONE_EN.match(text[end : end + 12]) else 0
    if lang == "tr":
        word = _WORD.match(text, end)
        end = word.end() if word else end
        return end if _WORD_NOT_TR.search(text[start:end]) else 0
    tail = _NOT_RIGHT_JA.match(text[end : end + 12])
    return end + tail.end() if tail else 0


def _clause_en(before: str) -> str:
    """Return the last clause of what stands before the end of an act."""
    at = 0
    for cut in _CUT_EN.finditer(before):
        if not _BETWEEN_EN.search(before[: cut.end()]):
            at = cut.end()
    return before[at:]

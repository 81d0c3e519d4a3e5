"""Codes that look like the designation of a machine and are none."""

# A pattern broken over lines is harder to check than a long one.

from __future__ import annotations

import re

_NOT_CODES = re.compile(
    r"(?:G-?[278]|G20|Q[1-4]|H[12]|FY-?\d+|COVID-?19|Covid-19|A[1-5]|[345]G|F[1-3]|COP-?\d+|U-?(?:1\d|2[0-3])|EU-?2\d|B2[BCG]|C[2-6][A-Z]*|"
    r"P[1-5]|R2|ISO-?\d+|GPT-?\d\w*|CO2|Y2K|MP[34]|E[1-9]|D-?\d|T[12]|P5\+?1|E3|M\d{1,2}|[A-Z]\w+-(?:US|UK|EU|UN|AI)|"
    r"(?:Article|Sub|Under|Post|Pre|Anti|Non|Euro|Anglo|World|Vision|Agenda|Chapter|Section)-\w+|Euro-?\d|IDEF\d*|SAHA\d*|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*-\d+|(?:Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık)-\d+|"
    r"HTTP\d*|IPv\d|Web3|X-?ray\w*|OPV-?\d?|STANAG\d+|AS9100|KC\d{5,})\Z"
)


def is_no_designation(name: str) -> bool:
    """Tell whether a name of letters and digits is a summit, a quarter, a standard or the like."""
    return _NOT_CODES.match(name) is not None


def in_code(text: str, start: int, end: int) -> bool:
    """Tell whether a designation is a piece of a longer code."""
    return text[max(0, start - 1) : start] in ("-", "/", "_") or text[end : end + 1] == "_"

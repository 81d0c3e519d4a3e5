"""Say what a number counts in a word of our own, so that "17 soldiers" and "17 asker" can be compared."""

from __future__ import annotations

import re

from watchers.text import fold

# In order: the dead are people too, and a missile boat is a boat. Stems as `watchers.text.fold` writes them.
_CLASSES: tuple[tuple[str, str], ...] = (
    ("dead", r"\b(?:dead|deaths?|killed|fatalit|olu\b|olum|hayatini|sehit)|死亡|死者"),
    ("injured", r"\b(?:injured|wounded|hurt|yarali)|負傷|けが"),
    (
        "people",
        r"\b(?:soldier|troop|sailor|marine|personnel|people|crew|pilot|guard|asker|personel|kisi)|\d人|人員|名",
    ),
    # What crossed a border is counted as violations by one outlet and as objects by the other.
    (
        "violations",
        r"\b(?:violation|incursion|intrusion|incident|object|crossing|ihlal|olay|cisim|nesne)|\d件|物体",
    ),
    (
        "ships",
        r"\b(?:ship|boat|frigate|corvette|destroyer|submarine|vessel|gemi|firkateyn|korvet|denizalt|bot\b)|隻",
    ),
    ("batteries", r"\b(?:batter|launcher|radar|batarya|firlatici|roketatar|sistem|system)|\d基|中隊"),
    ("munitions", r"\b(?:missile|shell|rocket|round|bomb|munition|fuze|mermi|bomba|roket)|\d発"),
    (
        "aircraft",
        r"\b(?:aircraft|jet|fighter|plane|helicopter|drone|uav|trainer|uca[kg]|helikopter|iha|siha)|\d機",
    ),
    ("vehicles", r"\b(?:tank|vehicle|howitzer|gun|truck|cars?\b|arac|obus|zirhli)|\d[両台輌]"),
    ("countries", r"\b(?:countr|nation|state|ulke)|[カか]国|ヶ国"),
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _CLASSES)
MAX_CHARACTERS = 120  # of a mention; a longer one is no count


def counted_class(mention: str) -> str:
    """Return what a count's own words say it counts, empty if that is in none of the classes."""
    flat = fold(mention[:MAX_CHARACTERS])
    return next((name for name, pattern in _PATTERNS if pattern.search(flat)), "")

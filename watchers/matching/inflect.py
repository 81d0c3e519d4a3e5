"""Make the plain forms of English nouns and verbs; irregular ones are written in the table of concepts."""

from __future__ import annotations

_VOWELS = "aeiou"
_HISSING = ("s", "x", "z", "ch", "sh")


def noun_forms(noun: str) -> tuple[str, ...]:
    """Return a noun and its plural; aircraft and words that end in a single s have none."""
    if noun.endswith("aircraft") or (noun.lower().endswith("s") and not noun.endswith("ss")):
        return (noun,)
    return noun, _with_s(noun)


def verb_forms(verb: str) -> tuple[str, ...]:
    """Return a verb with -s, -ed and -ing, and its other forms, which stand behind commas: "buy, bought".

    The first word of several changes: "phase out". An irregular past replaces the one in -ed, and a form in
    -ing the one that would be made (banning).
    """
    base, *others = (form.strip() for form in verb.split(","))
    first, space, rest = base.partition(" ")
    made = [first, _with_s(first)]
    if not any(not form.partition(" ")[0].endswith("ing") for form in others):
        made.append(_past(first))
    if not any(form.partition(" ")[0].endswith("ing") for form in others):
        made.append(_going(first))
    return tuple(dict.fromkeys([*(f"{form}{space}{rest}" for form in made), *others]))


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(_HISSING) else "s")


def _past(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return word + ("d" if word.endswith("e") else "ed")


def _going(word: str) -> str:
    silent = word.endswith("e") and not word.endswith(("ee", "ye", "oe"))
    return (word[:-1] if silent else word) + "ing"

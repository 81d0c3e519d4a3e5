"""Read what a person typed: `noun verb value… option:value…`, quotes for spaces."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from bot.commands import meant
from bot.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Chat clients put typographic quotes where a person typed straight ones.
_QUOTES = str.maketrans("“”„«»‟「」", '""""""""')
_ESCAPED = "\ue000"  # stands for \\" while a text is cut; a private character that no text needs
_OPTION = re.compile(r"([a-z]+):(.*)", re.DOTALL)
# What makes quoted words a whole expression rather than "these words in a row"; of a rule, a phrase of its
# own and a joining word in small letters do, too, which is then refused with the line in capitals.
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b|NEAR/|[()*:]|(?:^|\s)-")
_RULES_OWN = re.compile(r"\s(?i:and|or)\s|\"|(?<!\w)'[^']+'(?!\w)")
# What stands before a colon in an address or a channel's id.
_NO_OPTIONS = frozenset({"http", "https", "slack", "discord", "preview"})
_CODES = {
    "turkish": "tr", "türkçe": "tr", "turkce": "tr", "english": "en", "japanese": "ja", "日本語": "ja",
    "jp": "ja",
}  # fmt: skip
_LIKE = 0.66  # of nouns: "serach" and "sorces" are like one, "list" and "quiet" are like none
MAX_LENGTH = 3000  # code points; a Slack command's text ends there
# Of a text pasted into a form: Discord's field holds 4,000, and a quotation mark in it is sent as two.
MAX_PASTED = 8500
_PASTED = ("source import ", "exemplar add ", "like ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as typed: its words (noun, verb), its values and its options."""

    noun: str
    verb: str
    values: tuple[str, ...]
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option a command may be given, as `name:value`. With `choices`, it is one of them.

    `suggests` names the kind of thing ("source", "story" …) that a door may complete it with. `brief` says
    what it is about where all options together have little room, as on Discord; empty: `about` does.
    """

    name: str
    about: str
    brief: str = ""
    choices: tuple[str, ...] = ()
    suggests: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One command there is: its name (the verb may be empty), what it takes, and a line that works.

    `takes` shows its values, in capitals where they name a kind ("SOURCE", "STORY or ARTICLE"); empty: none.
    """

    noun: str
    verb: str
    takes: str
    options: tuple[Option, ...]
    does: str
    example: str
    right: Literal["", "change", "manage"] = ""  # to change what is watched; to moderate
    least: int = 0  # values it needs
    hidden: bool = False  # asked by buttons, not listed by help

    @property
    def name(self) -> str:
        """Return "noun verb"."""
        return f"{self.noun} {self.verb}".strip()

    @property
    def usage(self) -> str:
        """Return the whole line as help shows it."""
        return " ".join(
            part for part in (self.name, self.takes, *(f"{o.name}:…" for o in self.options)) if part
        )


def parse(text: str, forms: Sequence[Form]) -> tuple[Form, Command]:
    """Return the form a text is of, and its parts. Raises CommandError with the nearest valid thing."""
    most = MAX_PASTED if text.startswith(_PASTED) else MAX_LENGTH
    if len(text) > most:
        raise CommandError(
            f"That is {len(text)} characters; a command has at most {most}.", example="/watch help"
        )
    words = _cut(text, forms)
    if words and words[0][0].lower() in {"/watch", "watch"}:
        words = words[1:]
    if not words:
        words = [("help", False)]
    plain = [word for word, _ in words]
    if all(form.noun != plain[0].lower() for form in forms):
        return _guessed(words, forms)
    form, rest = _form(plain, forms)
    return form, _fill(form, words[len(words) - len(rest) :])


def _cut(text: str, forms: Sequence[Form]) -> list[tuple[str, bool]]:
    """Return the pieces of a text; for a quote left open the error's example closes it, if that works."""
    try:
        return tokens(text)
    except CommandError as error:
        line = text.strip().removeprefix("/").removeprefix("watch ") + '"'
        if line.startswith("rule ") or not works(line, forms):
            raise  # an expression that breaks off says more by an example
        raise CommandError(error.message, example=f"/watch {line}") from error


def _guessed(words: Sequence[tuple[str, bool]], forms: Sequence[Form]) -> tuple[Form, Command]:
    """Answer a question with help. Raises CommandError with the line that was probably meant."""
    plain = [word for word, _ in words]
    if meant.asks(plain):
        words = [("help", False), *((word, False) for word in [meant.topic(plain)] if word)]
        return _form(["help"], forms)[0], _fill(_form(["help"], forms)[0], words[1:])
    nouns = sorted({form.noun for form in forms if not form.hidden})
    near = difflib.get_close_matches(plain[0].lower(), nouns, n=1, cutoff=_LIKE)
    typed = [f'"{word}"' if quoted or any(map(str.isspace, word)) else word for word, quoted in words[1:]]
    guesses = meant.lines(plain)
    like = (" ".join([near[0], *typed]), f"help {near[0]}") if near and not guesses else ()
    line = next((line for line in (*guesses, *like) if works(line, forms)), "")
    raise CommandError(
        f'There is no command "{shown(plain[0])}".',
        nearest=near[0] if like else _named(line, forms),
        example=f"/watch {line or 'help'}",
    )


def works(line: str, forms: Sequence[Form]) -> bool:
    """Tell whether a line can be read as the command that its first word names."""
    try:
        form, _ = parse(line, forms)
    except CommandError:
        return False
    return form.noun == line.partition(" ")[0]


def _named(line: str, forms: Sequence[Form]) -> str:
    return parse(line, forms)[0].name if line else ""


def tokens(text: str) -> list[tuple[str, bool]]:
    """Cut a text at spaces outside quotes; each piece says whether it was quoted whole.

    Raises CommandError for a quote left open. A quote inside a piece (`name:"Sea power"`) joins its words;
    one behind a backslash is a character like any other.
    """
    pieces: list[tuple[str, bool]] = []
    piece, quoted, opened, started = "", False, False, False
    for char in text.replace('\\"', _ESCAPED).translate(_QUOTES):
        if char == _ESCAPED:
            piece, started = piece + '"', True
        elif char == '"':
            quoted = quoted or not started
            opened, started = not opened, True
        elif char.isspace() and not opened:
            if started:
                pieces.append((piece, quoted))
            piece, quoted, started = "", False, False
        else:
            piece, started = piece + char, True
    if opened:
        raise CommandError("A quotation mark was left open.", example='/watch rule add "drone procurement"')
    if started:
        pieces.append((piece, quoted))
    return pieces


def _form(words: list[str], forms: Sequence[Form]) -> tuple[Form, list[str]]:
    noun = words[0].lower()
    of_noun = [f for f in forms if f.noun == noun]
    verbs = {f.verb: f for f in of_noun}
    if len(words) > 1 and words[1].lower() in verbs:
        return verbs[words[1].lower()], words[2:]
    if noun == "mute" and len(words) > 1:
        return verbs["add"], words[1:]  # "mute t7" is how people say it
    if "" in verbs:
        return verbs[""], words[1:]
    takes = f"takes {_listed(list(verbs))}."
    if len(words) == 1:
        raise CommandError(f"{noun} what? It {takes}", example=f"/watch help {noun}")
    near = difflib.get_close_matches(words[1].lower(), list(verbs), n=1, cutoff=0.5)
    verb = near[0] if near else meant.VERBS.get(words[1].lower(), "")
    if verb not in verbs:
        raise CommandError(
            f'"{shown(words[1])}" is not something {noun} does; it {takes}', example=f"/watch help {noun}"
        )
    behind = words[1:] if verb == "set" and not near else words[2:]  # "settings language tr" lacks the verb
    mended = " ".join([noun, verb, *(f'"{w}"' if any(map(str.isspace, w)) else w for w in behind)])
    whole = len(behind) >= max(verbs[verb].least, 1) and works(mended, forms)
    raise CommandError(
        f'"{shown(words[1])}" is not something {noun} does; it {takes}',
        nearest=f"{noun} {verb}",
        example=f"/watch {mended}" if whole and verb != "schedule" else verbs[verb].example,
    )


def _fill(form: Form, words: Sequence[tuple[str, bool]]) -> Command:
    values: list[tuple[str, bool]] = []
    options: dict[str, str] = {}
    known = {option.name: option for option in form.options}
    expression = form.takes.startswith(("EXPRESSION", "WORDS"))
    for word, quoted in words:
        found = None if quoted else _OPTION.fullmatch(word)
        if found and found[1] in known:
            options[found[1]] = _chosen(form, known[found[1]], found[2])
        elif found and found[1] not in _NO_OPTIONS and not expression:
            raise _no_option(form, found[1])
        else:
            values.append((word, quoted))
    if values and not form.takes and not form.right:  # the others say themselves what they miss
        known_names = ", ".join(f"{name}:" for name in known) or "nothing"
        raise CommandError(
            f'"{form.name}" takes {known_names} and not "{shown(values[0][0])}".', example=form.example
        )
    if len(values) < form.least:
        example = (
            "/watch settings audit" if form.noun == "undo" else form.example
        )  # where the ids of changes are
        raise CommandError(f'"{form.name}" needs {form.takes}.', example=example)
    whole = len(values) == 1 and is_whole(values[0][0], rule=form.takes.startswith("EXPRESSION"))
    return Command(
        noun=form.noun,
        verb=form.verb,
        values=tuple(f'"{word}"' if expression and quoted and not whole else word for word, quoted in values),
        options=MappingProxyType(options),
    )


def is_whole(text: str, *, rule: bool = True) -> bool:
    """Tell whether quoted words are a whole expression rather than these words in a row."""
    return bool(_OPERATOR.search(text) or (rule and _RULES_OWN.search(text)))


def _chosen(form: Form, option: Option, value: str) -> str:
    if (code := language_code(value)) in option.choices:
        return code
    if option.choices and value.lower() not in option.choices:
        said = meant.CHOICES.get(value.lower(), "")
        near = (
            said
            if said in option.choices
            else "".join(difflib.get_close_matches(value.lower(), option.choices, n=1))
        )
        raise CommandError(
            f'{option.name}: takes {_listed(option.choices)}, not "{shown(value)}".',
            nearest=f"{option.name}:{near}" if near else "",
            example=form.example,
            typed=value,
        )
    return value.lower() if option.choices else value


def language_code(value: str) -> str:
    """Return the code of a language that was written out, the word itself for anything else."""
    return _CODES.get(value.strip().lower(), value)


def _no_option(form: Form, name: str) -> CommandError:
    names = [option.name for option in form.options]
    near = difflib.get_close_matches(name, names, n=1)
    has = f"it has {', '.join(names)}" if names else "it has none"
    return CommandError(
        f'"{form.name}" has no option "{shown(name)}"; {has}.',
        nearest=f"{near[0]}:" if near else "",
        example=form.example,
        typed=f"{name}:",
    )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def shown(text: str, limit: int = 60) -> str:
    """Return what a person typed, short enough to be shown back."""
    return text if len(text) <= limit else text[: limit - 1] + "…"

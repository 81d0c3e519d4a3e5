"""Read what a person typed: `noun verb value… option:value…`, quotes for spaces."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from bot.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Chat clients put typographic quotes where a person typed straight ones.
_QUOTES = str.maketrans("“”„«»‟「」", '""""""""')
_ESCAPED = "\ue000"  # stands for \\" while a text is cut; a private character that no text needs
_OPTION = re.compile(r"([a-z]+):(.*)", re.DOTALL)
# What makes quoted words a whole expression rather than "these words in a row".
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b|NEAR/|[()*:]|(?:^|\s)-")
# What stands before a colon in an address or a channel's id.
_NO_OPTIONS = frozenset({"http", "https", "slack", "discord", "preview"})
MAX_LENGTH = 3000  # code points; a Slack command's text ends there


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

    `suggests` names the kind of thing ("source", "story" …) that a door may complete it with.
    """

    name: str
    about: str
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
    if len(text) > MAX_LENGTH:
        raise CommandError(
            f"That is {len(text)} characters; a command has at most {MAX_LENGTH}.", example="/watch help"
        )
    words = tokens(text)
    if words and words[0][0].lower() in {"/watch", "watch"}:
        words = words[1:]
    if not words:
        words = [("help", False)]
    form, rest = _form([w for w, _ in words], forms)
    return form, _fill(form, words[len(words) - len(rest) :])


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
    if not of_noun:
        near = difflib.get_close_matches(noun, sorted({f.noun for f in forms}), n=1, cutoff=0.5)
        raise CommandError(
            f'There is no command "{shown(words[0])}".',
            nearest=near[0] if near else "",
            example="/watch help",
        )
    verbs = {f.verb: f for f in of_noun}
    if len(words) > 1 and words[1].lower() in verbs:
        return verbs[words[1].lower()], words[2:]
    if noun == "mute" and len(words) > 1:
        return verbs["add"], words[1:]  # "mute t7" is how people say it
    if "" in verbs:
        return verbs[""], words[1:]
    named = f'"{shown(words[1])}" is not something {noun} does' if len(words) > 1 else f"{noun} what?"
    near = difflib.get_close_matches(words[1].lower(), list(verbs), n=1, cutoff=0.5) if len(words) > 1 else []
    raise CommandError(
        f"{named}; it takes {', '.join(sorted(verbs))}.",
        nearest=f"{noun} {near[0]}" if near else "",
        example=of_noun[0].example,
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
        raise CommandError(f'"{form.name}" needs {form.takes}.', example=form.example)
    alone = len(values) == 1
    return Command(
        noun=form.noun,
        verb=form.verb,
        values=tuple(
            f'"{word}"' if expression and quoted and not (alone and _OPERATOR.search(word)) else word
            for word, quoted in values
        ),
        options=MappingProxyType(options),
    )


def _chosen(form: Form, option: Option, value: str) -> str:
    if option.choices and value.lower() not in option.choices:
        near = difflib.get_close_matches(value.lower(), option.choices, n=1)
        raise CommandError(
            f'{option.name}: takes {_listed(option.choices)}, not "{shown(value)}".',
            nearest=f"{option.name}:{near[0]}" if near else "",
            example=form.example,
        )
    return value.lower() if option.choices else value


def _no_option(form: Form, name: str) -> CommandError:
    names = [option.name for option in form.options]
    near = difflib.get_close_matches(name, names, n=1)
    has = f"it has {', '.join(names)}" if names else "it has none"
    return CommandError(
        f'"{form.name}" has no option "{shown(name)}"; {has}.',
        nearest=f"{near[0]}:" if near else "",
        example=form.example,
    )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def shown(text: str, limit: int = 60) -> str:
    """Return what a person typed, short enough to be shown back."""
    return text if len(text) <= limit else text[: limit - 1] + "…"

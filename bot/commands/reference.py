"""Write docs/commands.md from the forms: each command, its options, who may use it, a line that works."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from bot.commands.help import EXPRESSIONS, NOUNS, START, shown_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.commands.parse import Form

_INTRO: Final = """\
# Commands

The same words work in Slack, in Discord, in the preview page and on the command line. In Slack you type the
line as it stands here; Discord offers commands and options as you type `/watch`, and completes sources,
rules and stories by name; on the command line `/watch` becomes `vedette`, with `--channel` where there are
several. An option is written `name:value`, with quotation marks around a value that has spaces.

Answers are for you alone; **Share**, or `show:channel`, lets everybody see them. A change leaves one line in
the channel that says who changed what, with **Undo**. `/watch settings audit` lists these, and
`/watch undo u12` takes one back by its id. Of channels that share rules and sources (`bound_to`) each lists
what the others changed of them, for the eyes of those who manage it and unless people outside the team can
read it. What was changed again since is not undone unsaid: you are told by whom and when, and how to go on.

Commands marked *those who manage* are for admins and editors on Slack, for Manage Channels and the configured
roles on Discord, and for everybody where a channel allows it (`/watch settings set editors everyone`).

Taking a story back and setting how often a source is asked hold in every channel. They are for who manages
all the channels concerned, those that read the source or were told the story: an admin on Slack manages each
of the workspace's, Manage Channels on Discord stands for that channel alone, and one that shares rules and
sources is managed with the other; the page of whoever runs the bot counts as none. Configured editors and
roles, and whoever runs the bot, may in any case.

Ids are short: `s12` a source, `r4` a rule, `a88` an article, `t7` a story, `x9` an exemplar, `d1` a digest,
`m3` a mute, `u5` a change. Part of a name or title works too.
"""
_ABOUT: Final = {**NOUNS, "help": "how to start, and what can be asked"}
_WHO: Final = {"": "", "change": " *Those who manage.*", "manage": " *Managers only.*"}


def reference() -> str:
    """Return the whole page as Markdown."""
    forms = shown_forms()
    lines = [_INTRO, "## Start here\n"]
    lines += [f"{number}. {what}: `/watch {line}`" for number, (what, line) in enumerate(START, 1)]
    nouns = dict.fromkeys(form.noun for form in forms)
    for noun in nouns:
        lines += [f"\n## {noun}\n", f"{_sentence(_ABOUT[noun])}\n"]
        lines += _section([form for form in forms if form.noun == noun])
        if noun == "rule":
            lines += _expressions()
    return "\n".join(lines).rstrip() + "\n"


def _section(forms: Sequence[Form]) -> Iterator[str]:
    yield from _table(
        ("type", "what it does", "for example"),
        [
            (
                _code(f"/watch {form.name} {form.takes}".strip()),
                form.does + _WHO[form.right],
                _code(form.example),
            )
            for form in forms
        ],
    )
    options = [
        (form.verb or form.noun, _code(f"{option.name}:"), option.about + _choices(option.choices))
        for form in forms
        for option in form.options
        if option.name != "show"
    ]
    if options:
        yield ""
        yield from _table(("of", "option", "what it is"), options)


def _expressions() -> Iterator[str]:
    yield "\nWhat a rule can say:\n"
    yield from _table(("expression", "is met by"), [(_code(text), meaning) for text, meaning in EXPRESSIONS])
    yield (
        "\nPut an expression of several parts in double quotes and phrases inside it in single ones: "
        "`/watch rule add \"('sea power' OR frigate) AND contract\"`. Words alone in double quotes are a "
        "phrase; to find them anywhere, leave the quotes off. AND and OR are capitals."
    )


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield _row(header)
    yield _row(tuple("---" for _ in header))
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _code(text: str) -> str:
    return f"`{text}`"


def _choices(choices: tuple[str, ...]) -> str:
    return f": {', '.join(map(_code, choices))}" if choices else ""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


if __name__ == "__main__":
    sys.stdout.write(reference())

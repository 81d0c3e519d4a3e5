"""Build Discord's slash commands from our forms; each composes the line that would be typed elsewhere."""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import app_commands

from bot.commands.forms import FORMS
from bot.platforms.discord.markdown import label, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from bot.commands.parse import Form
    from bot.platforms.discord.asking import Asking

# Discord's documentation, "Application Commands".
MAX_NAME: Final = 32
MAX_DESCRIPTION: Final = 100
MAX_CHOICES: Final = 25
MAX_CHOICE: Final = 100
# Of an option's words: as many as the whole leaves room for. A test holds that it is all of them, and that
# there is room for further commands.
ABOUT_LIMITS: Final = (MAX_DESCRIPTION, 80, 60, 50, 40, 30, 25, 20)
MAX_TREE: Final = 8_000  # characters of all names, descriptions and choices of one command

KINDS: Final = frozenset(
    {"SOURCE", "RULE", "STORY", "OTHER", "ARTICLE", "EXEMPLAR", "DIGEST", "MUTE", "CHANGE"}
)
_FREE: Final = frozenset({"EXPRESSION", "WORDS"})  # what is typed as it is, quotation marks and all
_QUOTES: Final = re.compile('["“”„‟«»「」]')
_OPTION_LIKE: Final = re.compile(r"(?:^|\s)[a-z]+:(?!//)")
_ABOUT: Final = {  # what the values are that no kind names
    "URL": "of a feed or page",
    "URL or SOURCE": "an address, or what is here",
    "EXPRESSION": "words, AND, OR, -not",
    "EXPRESSION or RULE": "words, or a rule's name",
    "WORDS": "words to look for",
    "TOPIC": "a command, such as source",
    "SETTING": "language, tz, threshold, budget, quiet, lull, layout or name",
    "VALUE": "what to set it to",
    "OTHER": "the story that goes into it",
    "PROMISE": "its id, such as p12",
    "CHANGE": "its id, such as u12",
}


# Of commands whose words help has room for and the tree has not; the option beside it names the settings.
_DOES: Final = {
    "settings set": "Change a setting here.",
    "setup": "Set this channel up: language, time zone, digest, sources.",
    "like": "Propose a watch for more of an article.",
    "digest preview": "Show the digest as it would be now, only to you.",
    "export": "Hand over a file of what was read, found, watched or voted.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One option as Discord shows it. `value` tells a value from an option that is typed with its name."""

    name: str
    about: str
    value: bool = False
    free: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()

    @property
    def parameter(self) -> str:
        """Return a name that Python allows; `for` and `as` are words of its own."""
        return f"o_{self.name}"


def slots(form: Form) -> tuple[Slot, ...]:
    """Return the options of a form's command, required ones first, which is Discord's rule too."""
    options = tuple(
        Slot(
            name=option.name,
            about=option.brief or option.about,
            choices=option.choices,
            suggests=(option.suggests,) if option.suggests else (),
        )
        for option in form.options
    )
    return _values(form) + options


def compose(form: Form, given: Mapping[str, str]) -> str:
    """Return the command's line: values in order, then options by name. Keys are slots' names."""
    words = [form.name]
    for slot in slots(form):
        text = " ".join(given.get(slot.name, "").split())
        if text:
            words.append(_typed(text, slot) if slot.value else f"{slot.name}:{_one_word(text)}")
    return " ".join(words)


def build(
    client: discord.Client, asking: Asking, *, name: str = "watch"
) -> app_commands.CommandTree[discord.Client]:
    """Return the tree of all commands that help lists, under one name; it is not synced yet."""
    tree = app_commands.CommandTree(client)
    tops = (_top(name, asking, limit=limit) for limit in ABOUT_LIMITS)
    fitting = (top for top in tops if _weight(top.to_dict(tree)) <= MAX_TREE)
    tree.add_command(next(fitting, None) or _top(name, asking, limit=ABOUT_LIMITS[-1]))
    return tree


def _top(name: str, asking: Asking, *, limit: int) -> app_commands.Group:
    """Return all listed commands as one; options' descriptions are at most `limit` long."""
    top = app_commands.Group(
        name=name.strip("/ ").lower()[:MAX_NAME],
        description="Watch defence news here: sources, rules, digests, stories, facts.",
        guild_only=True,
    )
    groups: dict[str, app_commands.Group] = {}
    for form in FORMS:
        if form.hidden:
            continue
        parent = top
        if form.verb:
            if form.noun not in groups:
                # Discord shows nobody what a group is about; it only wants something said.
                groups[form.noun] = app_commands.Group(
                    name=form.noun, description=form.noun.capitalize(), parent=top
                )
            parent = groups[form.noun]
        parent.add_command(_command(form, asking, limit=limit))
    return top


def _weight(node: Mapping[str, Any]) -> int:  # JSON as discord.py gives it
    """Count the characters that Discord counts: names, descriptions, and choices' names and values."""
    own = (
        len(str(node.get("name", "")))
        + len(str(node.get("description", "")))
        + len(str(node.get("value", "")))
    )
    return own + sum(_weight(inner) for part in ("options", "choices") for inner in node.get(part, ()))


def fingerprint(tree: app_commands.CommandTree[discord.Client]) -> str:
    """Return a hash of the tree as Discord would get it, to sync only when it changed."""
    shapes = [command.to_dict(tree) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps(shapes, sort_keys=True, default=str).encode()).hexdigest()


def _values(form: Form) -> tuple[Slot, ...]:
    takes = form.takes
    if not takes:
        return ()
    if takes.islower():  # words to choose from
        choices = tuple(re.split(r", | or ", takes))
        return (Slot(name="what", about=takes, value=True, choices=choices, required=form.least > 0),)
    kinds = re.split(r", | or ", takes)
    if len(kinds) == 1:  # perhaps several values, one after the other
        return tuple(
            _value((kind,), kind.lower(), required=number < form.least)
            for number, kind in enumerate(takes.split())
        )
    name = "what" if len(kinds) > 2 else kinds[0].lower()
    return (_value(tuple(kinds), name, required=form.least > 0),)


def _value(kinds: tuple[str, ...], name: str, *, required: bool) -> Slot:
    about = _ABOUT.get(" or ".join(kinds), "by name or id")
    if len(kinds) > 2:
        about = f"{', '.join(kinds[:-1])} or {kinds[-1]}".lower()
    nouns = tuple(dict.fromkeys(form.noun for form in FORMS if not form.hidden))
    return Slot(
        name=name,
        about=about,
        value=True,
        free=bool(_FREE.intersection(kinds)),
        required=required,
        choices=nouns if kinds == ("TOPIC",) else (),
        suggests=tuple(kind.lower() for kind in kinds if kind in KINDS),
    )


def _typed(text: str, slot: Slot) -> str:
    """Return a value as it would be typed: an expression as it is, others in quotes where they need them."""
    if slot.free and (_QUOTES.search(text) or not _OPTION_LIKE.search(text)):
        return text
    return _one_word(text)


def _one_word(text: str) -> str:
    """Return the text so that it stays one piece: in quotes if it has spaces or looks like an option."""
    text = _QUOTES.sub("'", text)
    if " " not in text and not _OPTION_LIKE.search(text):
        return text
    return '"' + text.rstrip("\\") + '"'  # a backslash would take the closing mark with it


def _command(
    form: Form, asking: Asking, *, limit: int
) -> app_commands.Command[app_commands.Group, ..., None]:
    """Return a leaf of the tree. Its callback's signature is made to measure, for that is what is read."""
    known = slots(form)

    async def run(interaction: discord.Interaction[discord.Client], **given: str | None) -> None:
        values = {slot.name: given.get(slot.parameter) or "" for slot in known}
        await asking.ask(interaction, compose(form, values))

    run.__signature__ = _signature(known)  # type: ignore[attr-defined]
    app_commands.rename(**{slot.parameter: slot.name for slot in known})(run)
    app_commands.describe(**{slot.parameter: shorten(slot.about, limit) for slot in known})(run)
    app_commands.choices(
        **{
            slot.parameter: [app_commands.Choice(name=choice, value=choice) for choice in slot.choices]
            for slot in known
            if slot.choices
        }
    )(run)
    app_commands.autocomplete(
        **{slot.parameter: _suggesting(slot.suggests, asking) for slot in known if slot.suggests}
    )(run)
    about = shorten(_DOES.get(form.name, form.does), MAX_DESCRIPTION)
    return app_commands.Command(name=form.verb or form.noun, description=about, callback=run)


def _signature(known: Sequence[Slot]) -> inspect.Signature:
    first = inspect.Parameter(
        "interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction
    )
    rest = [
        inspect.Parameter(
            slot.parameter,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            annotation=str if slot.required else str | None,
            default=inspect.Parameter.empty if slot.required else None,
        )
        for slot in known
    ]
    return inspect.Signature([first, *rest])


def _suggesting(
    kinds: tuple[str, ...], asking: Asking
) -> Callable[
    [discord.Interaction[discord.Client], str], Coroutine[object, object, list[app_commands.Choice[str]]]
]:
    async def suggest(
        interaction: discord.Interaction[discord.Client], current: str
    ) -> list[app_commands.Choice[str]]:
        found = await asking.suggest(interaction, kinds, current)
        return [
            app_commands.Choice(name=label(choice.label, MAX_CHOICE) or choice.value, value=choice.value)
            for choice in found
            if 0 < len(choice.value) <= MAX_CHOICE
        ]

    return suggest

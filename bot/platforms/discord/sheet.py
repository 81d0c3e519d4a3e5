"""Show a sheet of questions as one of Discord's modals, and ask its command when it is sent.

A modal's custom id says what it asks, so that one which is open while we start again, or connect anew, can
still be sent. Only one whose command is too long for that is kept in memory.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import discord

from bot.commands.request import Question, Sheet, filled
from bot.platforms.discord.markdown import label, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.platforms.discord.asking import Asking

# Discord's documentation, "Receiving and Responding" and "Component Reference".
MAX_TITLE: Final = 45
MAX_LABEL: Final = 45
MAX_HINT: Final = 100
MAX_QUESTIONS: Final = 5
MAX_CHOICES: Final = 25
MAX_CHOICE: Final = 100
MAX_VALUE: Final = 4_000
MAX_CUSTOM_ID: Final = 100
OPEN_FOR: Final = 15 * 60.0  # seconds; as long as the interaction that opened it lives


# Marks of what the fields showed that says how things stand, in their order, and the command.
_CARRIED: Final = re.compile(r"sheet:([0-9a-f.]*):(.+)", re.DOTALL)


def carried(sheet: Sheet) -> str:
    """Return the custom id of a sheet's modal; empty if its command is too long to be carried."""
    marks = (_mark(one.value[:MAX_VALUE]) if one.stands else "" for one in sheet.questions[:MAX_QUESTIONS])
    custom = f"sheet:{'.'.join(marks)}:{sheet.command}"
    return custom if size(custom) <= MAX_CUSTOM_ID else ""


def sent(data: Mapping[str, object]) -> str:
    """Return the command that a modal means as it was sent; empty for one that `carried` nothing."""
    found = _CARRIED.fullmatch(str(data.get("custom_id", "")))
    if found is None:
        return ""
    marks = found[1].split(".")
    answers = {
        name: answer
        for number, (name, answer) in enumerate(_answers(data.get("components")))
        if number >= len(marks) or marks[number] != _mark(answer)
    }
    questions = tuple(Question(name=name, label=name) for name in answers)
    return filled(Sheet(title="", command=found[2], questions=questions), answers)


def _answers(parts: object) -> Iterator[tuple[str, str]]:
    """Yield each field's name with what was filled in, in order."""
    for part in parts if isinstance(parts, list) else ():
        field = part.get("component") if isinstance(part, Mapping) else None
        if not isinstance(field, Mapping):
            continue
        chosen = field.get("values")
        value = field.get("value") if chosen is None else next(iter(chosen), "")
        yield str(field.get("custom_id", "")), value if isinstance(value, str) else ""


def _mark(text: str) -> str:
    """Return a short mark of a text, the same for the same words: the text itself would not fit."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


class SheetModal(discord.ui.Modal):
    """A sheet as a modal. Each field's custom id is its question's name."""

    def __init__(self, sheet: Sheet, asking: Asking) -> None:
        super().__init__(title=label(sheet.title, MAX_TITLE) or "…", timeout=OPEN_FOR)
        if custom := carried(sheet):
            self.custom_id = custom
            self.stop()  # else discord.py would keep it, and answer it beside us
        self._sheet = sheet
        self._asking = asking
        self._fields: dict[str, _Field] = {}
        for question in sheet.questions[:MAX_QUESTIONS]:
            field = _field(question)
            self._fields[question.name] = field
            self.add_item(
                discord.ui.Label(
                    text=label(question.label, MAX_LABEL) or question.name,
                    description=label(question.hint, MAX_HINT) or None,
                    component=field,
                )
            )

    async def on_submit(self, interaction: discord.Interaction[discord.Client]) -> None:
        """Ask the command that the answers make."""
        await self._asking.ask(interaction, filled(self._sheet, self.answers()))

    def answers(self) -> dict[str, str]:
        """Return what was filled in; empty for what was left open."""
        return {
            name: (field.values[0] if field.values else "")
            if isinstance(field, discord.ui.Select)
            else field.value
            for name, field in self._fields.items()
        }


_Field = discord.ui.TextInput[SheetModal] | discord.ui.Select[SheetModal]


def _field(question: Question) -> _Field:
    if question.choices:
        options = [
            discord.SelectOption(
                label=label(choice.label, MAX_CHOICE) or choice.value,
                value=choice.value,
                default=choice.value == question.value,
            )
            for choice in question.choices[:MAX_CHOICES]
        ]
        return discord.ui.Select(
            custom_id=question.name,
            options=options,
            min_values=int(question.required),
            required=question.required,
        )
    return discord.ui.TextInput(
        custom_id=question.name,
        style=discord.TextStyle.paragraph if question.long else discord.TextStyle.short,
        default=question.value[:MAX_VALUE] or None,
        required=question.required,
        max_length=MAX_VALUE,
    )

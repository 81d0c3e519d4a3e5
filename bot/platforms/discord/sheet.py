"""Show a sheet of questions as one of Discord's modals, and ask its command when it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord

from bot.commands.request import filled
from bot.platforms.discord.markdown import label

if TYPE_CHECKING:
    from bot.commands.request import Question, Sheet
    from bot.platforms.discord.asking import Asking

# Discord's documentation, "Receiving and Responding" and "Component Reference".
MAX_TITLE: Final = 45
MAX_LABEL: Final = 45
MAX_HINT: Final = 100
MAX_QUESTIONS: Final = 5
MAX_CHOICES: Final = 25
MAX_CHOICE: Final = 100
MAX_VALUE: Final = 4_000
OPEN_FOR: Final = 15 * 60.0  # seconds; as long as the interaction that opened it lives


class SheetModal(discord.ui.Modal):
    """A sheet as a modal. Each field's custom id is its question's name."""

    def __init__(self, sheet: Sheet, asking: Asking) -> None:
        super().__init__(title=label(sheet.title, MAX_TITLE) or "…", timeout=OPEN_FOR)
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

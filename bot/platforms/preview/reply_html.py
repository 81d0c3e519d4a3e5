"""Put an answer together as the page shows it: who sees it, what it says, its form and its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from bot.platforms.inert import inert, one_line
from bot.platforms.preview.looks import render
from bot.platforms.preview.page_html import PRODUCT
from bot.platforms.preview.pressing import ask

if TYPE_CHECKING:
    from bot.commands.request import Question, Reply, Sheet
    from bot.platforms.preview.looks import Look
    from bot.platforms.preview.page_html import Frame

_ECHO: Final = 200  # characters of a command that its answer repeats
_EMPTY: Final = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A reply and the names under which the page keeps it, its form and its file; empty without one."""

    command: str
    reply: Reply
    name: str
    sheet: str = ""
    file: str = ""


def drawn(told: Told, look: Look) -> Markup:
    """Return the reply's message in one look."""
    return render(told.reply.message, look, pictures=f"/chart/{told.name}")


def answer_html(told: Told, frame: Frame) -> Markup:
    """Return the answer to a command, marked with who sees it."""
    shared = told.reply.shown == "channel" and not told.reply.refused
    card = drawn(told, frame.view.look)
    form = _sheet(told.reply.sheet, told.sheet) if told.reply.sheet else _EMPTY
    file = (
        Markup('<p class="file"><a href="/file/{}" download>{}</a> <span>{}</span></p>').format(
            told.file, one_line(told.reply.file.name), _size(len(told.reply.file.body))
        )
        if told.reply.file
        else _EMPTY
    )
    return _article(
        one_line(told.reply.message.notice),
        "Everyone here sees this" if shared else "Only visible to you",
        "shared" if shared else "private",
        Markup('<p class="asked">You asked <kbd>{}</kbd></p>{}{}{}').format(
            one_line(told.command)[:_ECHO], card, form, file
        ),
    )


def confirm_html(question: str, command: str, frame: Frame) -> Markup:
    """Return a question with a button that runs the command, and a link that does not."""
    return _article(
        one_line(question),
        "Only visible to you",
        "private",
        Markup('<p dir="auto">{}</p><div class="actions">{}<a href="/?{}">Leave it</a></div>').format(
            inert(question), ask("Yes, do it", command, style="primary"), frame.view.query
        ),
    )


def _article(heard: str, seen_by: str, kind: str, inside: Markup) -> Markup:
    return Markup(
        '<article class="post answer {}" aria-label="Answer: {}">'
        '<div class="avatar" aria-hidden="true"></div>'
        '<div class="said"><div class="only"><span>{}</span>'
        '<button type="button" class="dismiss" hidden>Dismiss</button></div>'
        '<div class="by"><span class="name">{}</span><span class="app">app</span></div>{}</div></article>'
    ).format(kind, heard, seen_by, PRODUCT, inside)


def _sheet(sheet: Sheet, name: str) -> Markup:
    """Return the form; sent, it becomes the command with its answers as options."""
    fields = _EMPTY.join(_field(question, f"{name}-{n}") for n, question in enumerate(sheet.questions))
    return Markup(
        '<form method="post" action="/sheet/{}" class="sheet" aria-label="{}"><h4 dir="auto">{}</h4>{}'
        '<div class="actions"><button class="button primary">Save</button></div></form>'
    ).format(name, one_line(sheet.title), one_line(sheet.title), fields)


def _field(question: Question, name: str) -> Markup:
    hint = Markup('<span class="hint" id="{}-hint">{}</span>').format(name, one_line(question.hint))
    about = Markup(' aria-describedby="{}-hint"').format(name) if question.hint else _EMPTY
    rest = about + (Markup(" required") if question.required else _EMPTY)
    start = Markup('id="{}" name="{}"').format(name, question.name) + rest
    if question.choices:
        first = Markup('<option value=""></option>') if not question.required else _EMPTY
        options = _EMPTY.join(
            Markup('<option value="{}"{}>{}</option>').format(
                choice.value,
                Markup(" selected") if choice.value == question.value else _EMPTY,
                one_line(choice.label),
            )
            for choice in question.choices
        )
        control = Markup("<select {}>{}{}</select>").format(start, first, options)
    elif question.long:
        control = Markup('<textarea {} rows="4" dir="auto">{}</textarea>').format(start, question.value)
    else:
        control = Markup('<input {} type="text" value="{}" autocomplete="off" dir="auto">').format(
            start, question.value
        )
    return Markup('<div class="field"><label for="{}">{}{}</label>{}{}</div>').format(
        name,
        one_line(question.label),
        _EMPTY if question.required else Markup(' <span class="optional">optional</span>'),
        control,
        hint if question.hint else _EMPTY,
    )


def _size(count: int) -> str:
    if count < 1_000:
        return f"{count} bytes"
    return f"{count / 1_000:.0f} kB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"

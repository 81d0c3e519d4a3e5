"""Take what a reader asks, typed, pressed or filled into a form, and hand over files and charts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from bot.commands.request import Reply, filled
from bot.messages import Chart, Message, Text
from bot.platforms.inert import one_line
from bot.platforms.preview import page_html
from bot.platforms.preview.looks import LOOKS
from bot.platforms.preview.page_state import PAGE, SHOWN
from bot.platforms.preview.reply_html import Told, answer_html, confirm_html, drawn
from bot.platforms.preview.view import COOKIE, REMEMBERED, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.commands.request import Sheet
    from bot.platforms.preview.page_state import PageState

ANSWER_WITHIN: Final = 35.0  # seconds; the command layer gives up, in words of its own, after 30
BODY_WITHIN: Final = 10.0  # seconds for a request's body to arrive


async def show(request: web.Request) -> web.Response:
    """Show the page, and remember how it was asked for."""
    response = await _document(request, Markup(""))
    view = View.of(request.query, request.cookies.get(COOKIE, ""))
    response.set_cookie(COOKIE, view.query, path="/", max_age=REMEMBERED, httponly=True, samesite="Strict")
    return response


async def answer(request: web.Request) -> web.Response:
    """Answer a command: as JSON to the page's script, as a whole page to a browser without scripts."""
    return await _answered(request, _command(await _form(request)))


async def confirm(request: web.Request) -> web.Response:
    """Ask whether a command is meant, for a browser without scripts; the page's script asks by itself."""
    form = await _form(request)
    frame = await request.app[PAGE].framed(request)
    return await _document(request, confirm_html(form.get("question", ""), _command(form), frame))


async def sheet(request: web.Request) -> web.Response:
    """Answer a form that was handed out: its questions are the only ones it may answer."""
    kept = request.app[PAGE].sheets.get(request.match_info["name"])
    if kept is None:
        raise web.HTTPGone(text="This form is too old. Ask for it again.\n")
    answers = await _form(request)
    _check(kept, answers)
    return await _answered(request, filled(kept, dict(answers)))


async def file(request: web.Request) -> web.Response:
    """Hand over a file that an answer came with."""
    kept = request.app[PAGE].files.get(request.match_info["name"])
    if kept is None:
        raise web.HTTPGone(text="This file is not kept any more. Ask for it again.\n")
    headers = {"Content-Disposition": _attachment(kept.name)}
    return web.Response(body=kept.body, content_type="application/octet-stream", headers=headers)


async def chart(request: web.Request) -> web.Response:
    """Hand over a chart of a post or an answer, as the picture that the platforms get."""
    from bot.platforms.chart import png  # noqa: PLC0415 - the drawing library loads when a picture is asked for

    page, name = request.app[PAGE], request.match_info["name"]
    posts = {post.id: post.message for post in await page.feed.history(SHOWN)}
    message = page.answers.get(name) or posts.get(name)
    charts = [block for block in message.blocks if isinstance(block, Chart)] if message else []
    index = int(request.match_info.get("index", "0"))
    if index >= len(charts):
        raise web.HTTPNotFound(text="There is no such chart.\n")
    return web.Response(body=await asyncio.to_thread(png, charts[index]), content_type="image/png")


def _attachment(name: str) -> str:
    """Return the header that makes a browser save a file (RFC 6266): a plain name, and the whole one."""
    shown = one_line(name).replace("/", "-") or "file"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " ._-") else "_" for c in shown)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(shown, safe='')}"


async def _form(request: web.Request) -> Mapping[str, str]:
    """Return the fields of a form; one that holds a file is refused."""
    try:
        async with asyncio.timeout(BODY_WITHIN):
            form = await request.post()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout(text="The command did not arrive in time.\n") from error
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    if len(fields) != len(form):
        raise web.HTTPBadRequest(text="A field came twice, or was a file.\n")
    return fields


def _command(form: Mapping[str, str]) -> str:
    command = form.get("command", "").strip()
    if not command:
        raise web.HTTPBadRequest(text="Type a command first.\n")
    return command


def _check(sheet: Sheet, answers: Mapping[str, str]) -> None:
    questions = {question.name: question for question in sheet.questions}
    for name, value in answers.items():
        if name not in questions:
            raise web.HTTPBadRequest(text="The form has no such question.\n")
        choices = {choice.value for choice in questions[name].choices}
        if choices and value and value not in choices:
            raise web.HTTPBadRequest(text="That is none of the choices.\n")


async def _answered(request: web.Request, command: str) -> web.Response:
    page = request.app[PAGE]
    reply = await _reply(page, command)
    told = Told(
        command=command,
        reply=reply,
        name=page.answers.keep(reply.message),
        sheet=page.sheets.keep(reply.sheet) if reply.sheet else "",
        file=page.files.keep(reply.file) if reply.file else "",
    )
    frame = await page.framed(request)
    html = answer_html(told, frame)
    if "application/json" in request.headers.get("Accept", ""):
        looks = {look: drawn(told, look) for look in LOOKS}
        said = {"html": html, "looks": looks, "title": frame.title, "refused": reply.refused}
        return web.json_response(said)
    return await _document(request, html)


async def _document(request: web.Request, answer: Markup) -> web.Response:
    page = request.app[PAGE]
    html = page_html.page(await page.framed(request), await page.feed.history(SHOWN), answer)
    return web.Response(text=html, content_type="text/html")


async def _reply(page: PageState, command: str) -> Reply:
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            return await page.answer(command)
    except TimeoutError:
        words = "That took too long and was given up. Try again, or ask for less."
        blocks = (Text(text=words, tone="warning"),)
        return Reply(message=Message(kind="reply", notice=words, blocks=blocks), refused=True)

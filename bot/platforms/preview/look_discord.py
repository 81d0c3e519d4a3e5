"""Draw the payload that Discord would get, component by component, near enough to how Discord draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from bot.platforms.inert import one_line
from bot.platforms.preview.discord_markdown import discord_markdown
from bot.platforms.preview.payload import number, part, parts, unsupported, words
from bot.platforms.preview.pressing import Pressing, picture
from bot.platforms.preview.spans import link

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.platforms.preview.payload import Payload

_EMPTY: Final = Markup("")
_WIDE: Final = 2  # `spacing` of a separator: 1 is narrow, 2 is wide
_LINK: Final = 5  # `style` of a button that opens an address
_STYLES: Final = {1: "primary", 2: "normal", 3: "success", 4: "danger"}


def look_discord(payload: Payload, pressing: Pressing) -> Markup:
    """Return the HTML of a message's components; without them its content is the message."""
    components = parts(payload, "components")
    if not components:
        return discord_markdown(words(payload, "content"))
    return _all(components, pressing)


def _all(components: tuple[Payload, ...], pressing: Pressing) -> Markup:
    return _EMPTY.join(_component(component, pressing) for component in components)


def _component(component: Payload, pressing: Pressing) -> Markup:
    draw = _COMPONENTS.get(number(component, "type", 0))
    return draw(component, pressing) if draw else unsupported(component.get("type"))


def _container(component: Payload, pressing: Pressing) -> Markup:
    colour = number(component, "accent_color", -1)
    # An SVG's own attribute may hold any colour; the page's policy forbids styles inside HTML.
    accent = (
        Markup(
            '<svg class="accent" aria-hidden="true" viewBox="0 0 1 1" preserveAspectRatio="none">'
            '<rect width="1" height="1" fill="#{}"/></svg>'
        ).format(f"{colour:06x}")
        if 0 <= colour <= 0xFFFFFF
        else _EMPTY
    )
    return Markup('<div class="container">{}{}</div>').format(
        accent, _all(parts(component, "components"), pressing)
    )


def _text(component: Payload, _pressing: Pressing) -> Markup:
    return Markup('<div class="text">{}</div>').format(discord_markdown(words(component, "content")))


def _separator(component: Payload, _pressing: Pressing) -> Markup:
    wide = "wide" if number(component, "spacing", 1) == _WIDE else "narrow"
    if component.get("divider") is False:
        return Markup('<div class="gap {}"></div>').format(wide)
    return Markup('<hr class="{}">').format(wide)


def _row(component: Payload, pressing: Pressing) -> Markup:
    return Markup('<div class="actions">{}</div>').format(_all(parts(component, "components"), pressing))


def _button(component: Payload, pressing: Pressing) -> Markup:
    label = one_line(f"{words(part(component, 'emoji'), 'name')} {words(component, 'label')}")
    style = number(component, "style", 2)
    if style == _LINK:
        return Markup('<span class="button">{}</span>').format(link(label, words(component, "url")))
    return pressing.button(label, words(component, "custom_id"), _STYLES.get(style, "normal"))


def _section(component: Payload, pressing: Pressing) -> Markup:
    accessory = part(component, "accessory")
    return Markup('<div class="section"><div class="told">{}</div>{}</div>').format(
        _all(parts(component, "components"), pressing),
        Markup('<div class="accessory">{}</div>').format(_component(accessory, pressing))
        if accessory
        else _EMPTY,
    )


def _thumbnail(component: Payload, pressing: Pressing) -> Markup:
    return picture(words(component, "description"), pressing.pictures)


def _gallery(component: Payload, pressing: Pressing) -> Markup:
    items = (picture(words(item, "description"), pressing.pictures) for item in parts(component, "items"))
    return Markup('<div class="gallery">{}</div>').format(_EMPTY.join(items))


_COMPONENTS: Final[dict[int, Callable[[Payload, Pressing], Markup]]] = {
    1: _row,
    2: _button,
    9: _section,
    10: _text,
    11: _thumbnail,
    12: _gallery,
    14: _separator,
    17: _container,
}

"""Call whom and what the gazetteer knows by their names in a channel's language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from watchers.gazetteer.load import load
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from watchers.gazetteer.entities import Entity

# Turkish writes people, machines and programmes as English does; the names it has besides are by-names.
_TRANSLATED_TR: Final = ("loc:", "org:", "con:")


def named(name: str, lang: str, entity: str = "") -> str:
    """Return the name in a language, as given where there is none; `entity` empty: whoever has that name."""
    if lang == "en":
        return name
    found = load().entities.get(entity) if entity else _by_name().get(name)
    if found is None or found.name != name or (lang == "tr" and not found.id.startswith(_TRANSLATED_TR)):
        return name
    own = found.called(lang)
    longer = lang == "tr" and fold(name) in fold(own)  # "Başkent Ankara" is Ankara
    return name if longer else own


def listed(names: Iterable[str], lang: str) -> str:
    """Return names in a row, each in the language."""
    return ("、" if lang == "ja" else ", ").join(named(name, lang) for name in names)


@cache
def _by_name() -> Mapping[str, Entity]:
    return {one.name: one for one in reversed([*load().entities.values()])}

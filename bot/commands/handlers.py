"""Which function answers which command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from bot.commands import (
    digests,
    exemplars,
    exemplars_change,
    exemplars_check,
    export,
    facts,
    like,
    mutes,
    privacy,
    promises,
    rules,
    rules_back,
    rules_change,
    rules_tried,
    schedules,
    search,
    settings,
    setup,
    sources,
    sources_add,
    sources_change,
    sources_export,
    sources_import,
    sources_listed,
    sources_saved,
    sources_show,
    status,
    stories,
    stories_change,
    timeline,
    votes,
    why,
)
from bot.commands.help import answer as answer_help

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.commands.desk import Desk
    from bot.commands.parse import Command, Form
    from bot.commands.replies import Change
    from bot.commands.request import Reply
    from bot.messages import Message

# A Message is for the asker alone unless shared; a Change is a line everybody sees; a Reply says it itself.
Handler: TypeAlias = "Callable[[Command, Desk], Awaitable[Message | Change | Reply]]"

HANDLERS: Mapping[str, Handler] = {
    "help": answer_help,
    "setup": setup.answer,
    "status": status.answer,
    "source add": sources_add.add,
    "source save": sources_saved.answer,
    "source list": sources_listed.answer,
    "source show": sources_show.answer,
    "source test": sources.test,
    "source edit": sources_change.edit,
    "source pause": sources_change.pause,
    "source resume": sources_change.resume,
    "source remove": sources_change.remove,
    "source import": sources_import.answer,
    "source unimport": sources_import.unimport,
    "source export": sources_export.answer,
    "rule add": rules_change.add,
    "rule list": rules.listed,
    "rule show": rules.show,
    "rule test": rules_tried.answer,
    "rule edit": rules_change.edit,
    "rule pause": rules_change.pause,
    "rule resume": rules_change.resume,
    "rule remove": rules_back.remove,
    "rule restore": rules_back.restore,
    "exemplar add": exemplars_change.add,
    "like": like.answer,
    "like save": like.save,
    "exemplar list": exemplars.listed,
    "exemplar check": exemplars_check.check,
    "exemplar remove": exemplars_change.remove,
    "digest now": digests.now,
    "digest preview": digests.preview,
    "digest schedule": schedules.schedule,
    "digest list": schedules.listed,
    "digest cancel": schedules.cancel,
    "digest history": schedules.history,
    "search": search.answer,
    "why": why.answer,
    "story show": stories.show,
    "story timeline": timeline.answer,
    "story follow": stories.follow,
    "story unfollow": stories.unfollow,
    "story merge": stories_change.merge,
    "story split": stories_change.split,
    "story retract": stories.retract,
    "facts": facts.answer,
    "promises": promises.listed,
    "promise drop": promises.drop,
    "promise restore": promises.restore,
    "mute add": mutes.add,
    "mute list": mutes.listed,
    "mute off": mutes.off,
    "settings show": settings.show,
    "settings set": settings.change,
    "settings audit": settings.audit,
    "settings forget-me": privacy.forget_me,
    "export": export.answer,
    "vote up": votes.up,
    "vote down": votes.down,
}

# Without an option they only open a form, or ask for how long; the others of these without any word.
_ASKING: Final = frozenset({"setup", "source edit", "rule edit", "digest schedule", "mute add"})
_ASKING_BARE: Final = frozenset({"source import", "exemplar add", "like"})


def only_asks(form: Form, command: Command) -> bool:
    """Tell whether a command writes nothing as it stands, since it only opens a form or asks something."""
    bare = form.name in _ASKING_BARE and not command.values
    return not command.options and (bare or form.name in _ASKING)


# Carried out in one transaction, so that what was read is still so when it is written: they ask nobody and
# reckon nothing. The others would keep all writers waiting meanwhile, and write in transactions of their own.
AT_ONCE: Final = frozenset(
    {
        "setup",
        "source edit",
        "source pause",
        "source resume",
        "source remove",
        "source unimport",
        "rule edit",
        "rule pause",
        "rule resume",
        "rule remove",
        "rule restore",
        "digest schedule",
        "digest cancel",
        "story merge",
        "story split",
        "story retract",
        "promise drop",
        "promise restore",
        "mute add",
        "mute off",
        "settings set",
    }
)

"""What every door hands to the command layer and gets back; a door is a platform, the page or the shell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks. `id` has the platform's name in front, such as "slack:U0123".

    `manages` is the platform's own answer to "may this person change things in this channel": Manage Channels
    or a configured role on Discord; an admin, a configured person or user group on Slack; always on the page
    and the command line, which are the operator's. `everywhere` tells that the configuration names them, so
    that they may also change what holds in channels that they do not manage.
    """

    id: str
    name: str
    manages: bool
    everywhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question: typed, pressed, picked from a message's menu or filled into a form, always as a command.

    `event` is the platform's id of this very asking, the same when the platform delivers it again; empty if
    it never does. `public` tells whether people outside the team can read the channel; it is `guessed` where
    the platform does not say just now, and then holds for this answer alone. `file` was handed in with the
    command, by a door that can take one.
    """

    text: str
    channel: str
    asker: Asker
    event: str = ""
    channel_name: str = ""
    public: bool = False
    guessed: bool = False
    file: File | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to choose: what is shown and what is put into the command."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field of a form. With `choices` one of them is picked, else text is typed. `value` is filled in.

    `stands` tells that the value is how things stand, not a proposal: an answer that is still the same says
    nothing, for somebody else may change it while the form is open.
    """

    name: str  # the command option it becomes
    label: str
    hint: str = ""
    value: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    long: bool = False  # several lines of text
    stands: bool = False

    def left(self, answer: str) -> bool:
        """Tell whether an answer is what was filled in, but for spaces and line ends, which clients mend."""
        return self.stands and answer.split() == self.value.split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form to fill in, five questions at most; sent, it becomes the command with its answers as options."""

    title: str
    command: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file handed over, to a person or by one."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What to show, and to whom. A refusal goes to the asker alone and nothing was changed.

    `sheet` is a form to open where the door can show one; `message` says the same in words for the others.
    """

    message: Message
    shown: Literal["asker", "channel"] = "asker"
    refused: bool = False
    sheet: Sheet | None = None
    file: File | None = None


class Commands(Protocol):
    """The command layer as a door sees it."""

    async def answer(self, request: Request) -> Reply | None:
        """Answer a command, refusals included; None if this very asking was answered before."""
        ...

    async def suggest(self, what: str, words: str, *, channel: str) -> tuple[Choice, ...]:
        """Return at most 25 things of a kind ("source", "rule", "story" …) whose name has the words."""
        ...

    async def home(self, seen: Collection[str] | None) -> Message:
        """Return what the bot watches in the channels that somebody sees; None: nobody can tell which."""
        ...


# Each mark that the parser takes for a quotation mark: an answer must not break out of its option.
_BACKSLASH = "\\"
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»‟「」', '\\"'))


def filled(sheet: Sheet, answers: dict[str, str]) -> str:
    """Return the command that a filled-in form means; what is empty or was left as it stood is left out."""
    known = {question.name: question for question in sheet.questions}
    options = [
        f'{name}:"{value.replace(_BACKSLASH, "").translate(_QUOTES).strip()}"'
        for name, value in answers.items()
        if name in known and value.strip() and not known[name].left(value)
    ]
    return " ".join([sheet.command, *options])

"""People type, press and fill in on simcord's Discord; every way ends as a command at the command layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest
import pytest_asyncio

from bot.commands.forms import FORMS
from bot.commands.parse import parse
from bot.commands.request import Choice, File, Question, Reply, Sheet
from bot.messages import Actions, Button, Message, Text
from bot.platforms.discord.door import Bot
from bot.platforms.discord.tree import slots
from tests.bot.platforms.discord_commands import FakeCommands, said

if TYPE_CHECKING:
    import simcord
    from simcord import ResponseMessage

    from bot.commands.parse import Form

LISTED = [form for form in FORMS if not form.hidden]


class Scene:
    """A guild with a channel, ada who manages channels, bob who does not, and our bot."""

    def __init__(self, env: simcord.Env, commands: FakeCommands) -> None:
        self.env, self.commands = env, commands
        self.guild = env.create_guild()
        self.news = self.guild.create_text_channel("news")
        role = self.guild.create_role("Desk", permissions=discord.Permissions(manage_channels=True))
        self.ada = self.guild.add_member(env.create_user("ada"), roles=[role])
        self.bob = self.guild.add_member(env.create_user("bob"))


@pytest.fixture
def commands() -> FakeCommands:
    return FakeCommands()


@pytest.fixture
def simcord_bot(commands: FakeCommands) -> Bot:
    return Bot(commands)


@pytest_asyncio.fixture
async def scene(simcord_env: simcord.Env, simcord_bot: Bot, commands: FakeCommands) -> Scene:
    await simcord_bot.sync()
    return Scene(simcord_env, commands)


def text_of(message: discord.Message | ResponseMessage | None) -> str:
    assert message is not None
    post = message if isinstance(message, discord.Message) else message.message
    return "\n".join(
        part.content
        for part in discord.ui.LayoutView.from_message(post).walk_children()
        if isinstance(part, discord.ui.TextDisplay)
    )


def filled_in(form: Form) -> dict[str, str]:
    values = {slot.name: slot.choices[0] if slot.choices else f"some {slot.name}" for slot in slots(form)}
    return {**values, **({"url": "https://example.org/feed.xml"} if "url" in values else {})}


@pytest.mark.parametrize("form", LISTED, ids=lambda form: form.name)
async def test_every_command_can_be_asked_with_all_its_options(scene: Scene, form: Form) -> None:
    await scene.ada.slash(scene.news, f"watch {form.name}", **filled_in(form))
    asked = scene.commands.asked[-1]
    found, command = parse(asked.text, FORMS)
    assert found.name == form.name
    assert dict(command.options) == {
        slot.name: filled_in(form)[slot.name] for slot in slots(form) if not slot.value
    }
    assert " ".join(command.values) == " ".join(
        filled_in(form)[slot.name] for slot in slots(form) if slot.value
    )


async def test_an_answer_is_for_the_asker_alone(scene: Scene) -> None:
    result = await scene.bob.slash(scene.news, "watch status", of="feeds")
    assert result.ephemeral
    assert text_of(result.response) == "asked\\: status of\\:feeds"
    assert scene.news.last_message is None


async def test_a_request_says_who_asked_where_and_with_what_right(scene: Scene) -> None:
    for member in (scene.ada, scene.bob):
        await member.slash(scene.news, "watch status")
    first, second = scene.commands.asked
    assert (first.asker.id, first.asker.name, first.asker.manages) == (f"discord:{scene.ada.id}", "ada", True)
    assert not second.asker.manages
    assert first.channel == f"discord:{scene.news.id}"
    assert (first.channel_name, first.public) == ("news", True)
    assert first.event != second.event


async def test_a_configured_role_manages(scene: Scene) -> None:
    role = scene.guild.create_role("Editors")
    carl = scene.guild.add_member(scene.env.create_user("carl"), roles=[role])
    bot = Bot(scene.commands, roles=[role.id])
    await scene.env.restart_bot(bot)
    await carl.slash(scene.news, "watch status")
    assert scene.commands.asked[0].asker.manages
    assert scene.commands.asked[0].asker.everywhere
    await scene.ada.slash(scene.news, "watch status")
    managing = scene.commands.asked[1].asker
    assert (managing.manages, managing.everywhere) == (True, False)


async def test_a_change_leaves_one_line_that_everybody_sees(scene: Scene) -> None:
    scene.commands.replies["source pause"] = Reply(message=said("ada paused s1"), shown="channel")
    result = await scene.ada.slash(scene.news, "watch source pause", source="s1")
    assert not result.ephemeral
    assert scene.news.last_message is not None
    assert text_of(scene.news.last_message) == "ada paused s1"


async def test_a_refused_change_stays_private(scene: Scene) -> None:
    scene.commands.replies["source pause"] = Reply(
        message=said("You may not."), shown="channel", refused=True
    )
    result = await scene.bob.slash(scene.news, "watch source pause", source="s1")
    assert result.ephemeral
    assert scene.news.last_message is None


@pytest.mark.parametrize(
    ("command", "option", "kinds"),
    [
        pytest.param("watch source show", "source", ["source"], id="sources"),
        pytest.param("watch facts", "story", ["story", "article"], id="stories and articles"),
        pytest.param("watch mute add", "what", ["story", "source", "rule"], id="whatever can be muted"),
        pytest.param("watch search", "source", ["source"], id="an option"),
        pytest.param("watch mute off", "mute", ["mute"], id="mutes"),
        pytest.param("watch digest cancel", "digest", ["digest"], id="digests"),
        pytest.param("watch why", "article", ["article"], id="articles"),
        pytest.param("watch undo", "change", ["change"], id="changes that can be taken back"),
    ],
)
async def test_an_option_is_completed_by_name(
    scene: Scene, command: str, option: str, kinds: list[str]
) -> None:
    required = {"words": "x"} if command == "watch search" else {}
    offered = await scene.bob.autocomplete(scene.news, command, option, "harb", **required)
    assert [what for what, _, _ in scene.commands.suggested] == kinds
    assert scene.commands.suggested[0][1:] == ("harb", f"discord:{scene.news.id}")
    assert len(offered) == 25
    assert offered[0]["value"] == f"{kinds[0][0]}1"


WITH_BUTTONS = Message(
    kind="reply",
    notice="Why",
    blocks=(
        Text(text="Why t7"),
        Actions(
            buttons=(
                Button(label="Share", command="why t7 show:channel", style="primary"),
                Button(label="More", command="story show t7"),
                Button(label="Take back", command="story retract t7", style="danger", confirm="For good?"),
            )
        ),
    ),
)


async def shown(scene: Scene) -> discord.Message:
    scene.commands.replies["why t7"] = Reply(message=WITH_BUTTONS, shown="channel")
    await scene.ada.slash(scene.news, "watch why", article="t7", show="channel")
    post = scene.news.last_message
    assert post is not None
    return post


async def test_a_press_asks_the_buttons_command(scene: Scene) -> None:
    result = await scene.bob.click(await shown(scene), label="More")
    assert result.ephemeral
    assert scene.commands.asked[-1].text == "story show t7"
    assert scene.commands.asked[-1].asker.id == f"discord:{scene.bob.id}"


async def test_a_shared_answer_is_for_everybody(scene: Scene) -> None:
    post = await shown(scene)
    result = await scene.bob.click(post, label="Share")
    assert not result.ephemeral
    assert scene.news.last_message is not None
    assert scene.news.last_message.id != post.id


async def test_a_button_with_a_question_asks_back_first(scene: Scene) -> None:
    asked_back = await scene.ada.click(await shown(scene), label="Take back")
    assert asked_back.ephemeral
    assert "For good?" in text_of(asked_back.response)
    assert "retract" not in scene.commands.asked[-1].text
    assert asked_back.response is not None
    await scene.ada.click(asked_back.response, label="Take back")
    assert scene.commands.asked[-1].text == "story retract t7"


async def test_a_button_works_after_a_restart(scene: Scene) -> None:
    post = await shown(scene)
    later = FakeCommands()
    bot = Bot(later)
    await scene.env.restart_bot(bot)
    await scene.bob.click(post, label="More")
    assert later.asked[-1].text == "story show t7"


SHEET = Sheet(
    title="Set this channel up",
    command="setup",
    questions=(
        Question(name="keywords", label="Words to watch for", value="frigate", required=True, long=True),
        Question(name="at", label="Time of the digest", hint="such as 08:00"),
        Question(
            name="lang",
            label="Language",
            value="tr",
            choices=(Choice(label="English", value="en"), Choice(label="Türkçe", value="tr")),
        ),
    ),
)


async def test_a_sheet_opens_as_a_form_and_becomes_a_command(scene: Scene) -> None:
    scene.commands.replies["setup"] = Reply(message=said("in words"), sheet=SHEET)
    opened = await scene.ada.slash(scene.news, "watch setup")
    assert scene.commands.asked[-1].text == "setup"
    scene.commands.replies.clear()
    await scene.ada.submit_modal(opened, {"keywords": "air defence, drones", "at": "08:00", "lang": ["en"]})
    assert scene.commands.asked[-1].text == 'setup keywords:"air defence, drones" at:"08:00" lang:"en"'
    assert scene.commands.asked[-1].channel == f"discord:{scene.news.id}"


async def test_a_command_in_a_thread_is_the_channels_above_it(scene: Scene) -> None:
    post = await shown(scene)
    await post.create_thread(name="t7")
    await scene.ada.slash(scene.news.threads[0], "watch status")
    assert scene.commands.asked[-1].channel == f"discord:{scene.news.id}"
    assert scene.commands.asked[-1].channel_name == "news"


async def test_a_hidden_channel_is_not_public(scene: Scene) -> None:
    unseen: dict[Any, discord.PermissionOverwrite] = {
        scene.guild.default_role: discord.PermissionOverwrite(view_channel=False),
        scene.ada: discord.PermissionOverwrite(view_channel=True),
    }
    hidden = scene.guild.create_text_channel("desk", overwrites=unseen)
    await scene.ada.slash(hidden, "watch status")
    assert not scene.commands.asked[-1].public


async def test_what_is_asked_in_a_private_thread_is_of_the_channel_above_which_everyone_reads(
    scene: Scene, simcord_bot: Bot
) -> None:
    news = simcord_bot.get_channel(int(scene.news.id))
    assert isinstance(news, discord.TextChannel)
    desk = await news.create_thread(name="desk", type=discord.ChannelType.private_thread)
    await desk.add_user(discord.Object(int(scene.ada.id)))
    await scene.ada.slash(scene.news.threads[0], "watch status")
    asked = scene.commands.asked[-1]
    assert (asked.channel, asked.public, asked.guessed) == (f"discord:{scene.news.id}", True, False)
    news.guild._remove_channel(news)  # as before Discord has told of it
    await scene.ada.slash(scene.news.threads[0], "watch status")
    asked = scene.commands.asked[-1]
    assert (asked.channel, asked.public, asked.guessed) == (f"discord:{scene.news.id}", True, True)


async def test_a_file_is_handed_over_with_the_answer(scene: Scene) -> None:
    file = File(name="facts of t7.csv", body=b"a,b\n")
    scene.commands.replies["export"] = Reply(message=said("Here it is."), file=file)
    result = await scene.bob.slash(scene.news, "watch export", what="facts")
    assert result.response is not None
    assert [one.filename for one in result.response.attachments] == ["facts-of-t7.csv"]


async def test_a_failure_is_owned_up_to_and_logged(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene.commands.fails = RuntimeError("broken")
    result = await scene.bob.slash(scene.news, "watch status")
    assert "failed on our side" in text_of(result.response)
    assert "broken" in caplog.text

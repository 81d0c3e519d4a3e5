"""The `[retention]` section of the configuration: how long what is no longer needed is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from bot.settings.values import Duration

_TEN_YEARS: Final = timedelta(days=3650)
# `rule test`, the budget's advice and `exemplar check` look back thirty days; less would falsify them.
_Texts = Annotated[Duration, Field(ge=timedelta(days=31), le=_TEN_YEARS)]
# A digest tells of up to a week after an outage, and a message is tried again for a day.
_Messages = Annotated[Duration, Field(ge=timedelta(days=14), le=_TEN_YEARS)]
_Changes = Annotated[Duration, Field(ge=timedelta(days=14), le=_TEN_YEARS)]
# Both platforms want what a removed app leaves deleted; longer than thirty days is not offered.
_Gone = Annotated[Duration, Field(ge=timedelta(days=1), le=timedelta(days=30))]


class Retention(BaseModel):
    """How long things stay.

    `texts` of articles, `messages` settled, `changes` by hand, and what a removed app, server or
    channel leaves behind, `gone`.

    Texts of articles' own pages have a shorter time of their own in `[articles]`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    texts: _Texts = timedelta(days=180)
    messages: _Messages = timedelta(days=90)
    changes: _Changes = timedelta(days=365)
    gone: _Gone = timedelta(days=30)

"""The `[articles]` section of the configuration."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.settings.values import Duration

_Kept = Annotated[Duration, Field(ge=timedelta(hours=1), le=timedelta(days=3650))]
_Again = Annotated[Duration, Field(ge=timedelta(), le=timedelta(hours=6))]


class Articles(BaseModel):
    """Whether articles' own pages are fetched where feeds give teasers, how often, and how long texts stay.

    `most` is pages an hour and host; `again` is how long a page is looked at again for corrections, zero for
    never; `keep` holds for texts that were fetched, whether or not new ones are.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool = True
    keep: _Kept = timedelta(days=30)
    most: int = Field(default=60, ge=1, le=1000)
    again: _Again = timedelta(hours=6)

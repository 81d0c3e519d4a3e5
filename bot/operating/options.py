"""The options that several commands of the program have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

CONFIG: Final = Path("config.toml")
Configuration = Annotated[
    Path,
    typer.Option(
        "--config", "-c", envvar="VEDETTE_CONFIG", help="The configuration file.", show_default=True
    ),
]
LOOPBACK: Final = "127.0.0.1"
PageBind = Annotated[
    str, typer.Option(help="Address the page listens on; anything but 127.0.0.1 shows it to others.")
]
PageHosts = Annotated[
    list[str] | None,
    typer.Option(
        "--page-host", help="A name the page may be asked for by, besides localhost; may be repeated."
    ),
]
HttpPort = Annotated[
    int | None,
    typer.Option(
        min=0, max=65535, help="Also answer /healthz and /metrics at this port; without it nothing listens."
    ),
]

"""The commands of the roles; what does the work is imported when it runs, for a quick --help."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bot.operating.options import CONFIG, LOOPBACK, Configuration, HttpPort, PageBind, PageHosts

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Config


def worker(config: Configuration = CONFIG, http_port: HttpPort = None) -> None:
    """Ask feeds and understand what came, one of any number; needs PostgreSQL, a scheduler and a bot."""
    settings = _settings(config)
    from bot.roles.worker import run_worker  # noqa: PLC0415 -- as the module says

    run_worker(settings, config, http_port=http_port)


def bot(
    config: Configuration = CONFIG,
    page_bind: PageBind = LOOPBACK,
    page_hosts: PageHosts = None,
) -> None:
    """Tell channels and answer them; a second one stands by and takes over. Needs PostgreSQL."""
    from bot.operating.setup import fit_to_run  # noqa: PLC0415 -- as the module says

    settings = fit_to_run(_settings(config), config, os.environ)
    from bot.roles.talking import run_bot  # noqa: PLC0415 -- as the module says

    run_bot(settings, config, page_bind=page_bind, page_hosts=tuple(page_hosts or ()))


def scheduler(config: Configuration = CONFIG, http_port: HttpPort = None) -> None:
    """Hand out to workers what is due; a second one stands by and takes over. Needs PostgreSQL."""
    settings = _settings(config)
    from bot.roles.scheduler import run_scheduler  # noqa: PLC0415 -- as the module says

    run_scheduler(settings, config, http_port=http_port)


def _settings(config: Path) -> Config:
    """Read the configuration. Raises ConfigError, also for a database that several cannot work on."""
    from bot.config import load  # noqa: PLC0415 -- as the module says

    return load(config)

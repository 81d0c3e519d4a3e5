"""What `why` says of an article's card on its way to the channel, or of its digest. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcing.alerts import ALERTING, decision
from bot.wording.phrases import say
from bot.wording.values import moment, shorten

if TYPE_CHECKING:
    from datetime import datetime

    from bot.commands.why_facts import Case
    from watchers.store.rows import OutboxItem


def delivery(case: Case, called: str) -> str:
    """Return what became of the card, as it is `called`; without one, of the digest it was for."""
    return _undelivered(case) if case.card is None else _delivered(case.card, case, called)


def _undelivered(case: Case) -> str:
    lang = case.audience.lang
    outcome = decision([case.report], case.audience) if case.report is not None else "store"
    if outcome in ALERTING and not case.deferral:
        return say("way_no_card", lang)
    if case.digest is None or outcome == "store":
        return say("way_nothing_sent", lang)
    day, arrived = case.digest.local_date.isoformat(), case.digest.delivered_at
    if arrived is None:
        return say("way_in_digest", lang, day=day)
    return say("way_in_digest_arrived", lang, day=day, when=_when(arrived, case))


def _delivered(card: OutboxItem, case: Case, called: str) -> str:
    lang = case.audience.lang
    match card.state:
        case "delivered":
            return say("way_arrived", lang, card=called, when=_when(card.delivered_at or card.created, case))
        case "dead":
            said = say("way_given_up", lang, card=called)
            return say("way_because", lang, what=said, why=shorten(card.last_error))
        case "queued":
            waits = say("way_card_waits", lang, card=called)
            if card.attempts > 1:
                waits = say("way_card_tried", lang, card=called, count=card.attempts)
            error = shorten(card.last_error)
            return say("way_because", lang, what=waits, why=error) if card.last_error else waits


def _when(at: datetime, case: Case) -> str:
    return moment(at, case.audience.zone, case.audience.lang)

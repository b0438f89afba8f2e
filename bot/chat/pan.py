"""The thumb: decisions on cards."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial

from telegram.error import BadRequest

from bot.chat import delivery
from bot.chat.buttons import Press
from bot.chat.desk import Visit
from bot.chat.layout import cards
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.wording import Wording
from bot.domain.card_numbers import CARDS_A_PAGE
from bot.domain.records import Verdict
from bot.journey import expand as expansions
from bot.journey import pan as journey

log = logging.getLogger(__name__)


async def keep(visit: Visit, press: Press) -> str:
    """⭐ on a card."""
    return await _decide(visit, press, Verdict.KEPT)


async def maybe(visit: Visit, press: Press) -> str:
    """🤨 on a card."""
    return await _decide(visit, press, Verdict.MAYBE)


async def take_back(visit: Visit, press: Press) -> str:
    """✓⭐ or ✓🤨 on a card: it is undecided again."""
    return await _decide(visit, press, Verdict.NEW)


async def drop_rest(visit: Visit, press: Press) -> str:
    """🗑: what is undecided on this page goes."""
    expansion_id, page = press.ids
    dropped = await journey.drop_rest(
        visit.desk.db,
        person_id=visit.person.id,
        expansion_id=expansion_id,
        page=page,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    if dropped is None:
        return gone(visit.say)
    _redraw(visit, expansion_id, page)
    if not dropped:
        return _nothing_to_do(visit.say)
    return visit.say.ngettext("{n} dropped", "{n} dropped", len(dropped)).format(n=len(dropped))


async def bring_back(visit: Visit, press: Press) -> str:
    """✓🗑: what that 🗑 dropped comes back."""
    expansion_id, page, dropped_by = press.ids
    back = await journey.bring_back(
        visit.desk.db,
        person_id=visit.person.id,
        expansion_id=expansion_id,
        page=page,
        dropped_by=dropped_by,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    if back is None:
        return gone(visit.say)
    _redraw(visit, expansion_id, page)
    return visit.say.gettext("Brought back") if back else _nothing_to_do(visit.say)


async def turn(visit: Visit, press: Press) -> str | None:
    """Another page of the same cards; below, where the message cannot be changed any more."""
    expansion_id, number = press.ids
    letter = await _page(visit, expansion_id, number)
    if letter is None:
        return gone(visit.say)
    message = visit.update.effective_message
    if message and message.is_accessible:
        _redraw(visit, expansion_id, number)
        return None
    sent = await delivery.send(visit.bot, visit.person.id, letter)
    await _shows(visit, sent.message_id, expansion_id, number)
    return visit.say.gettext("That message is too old to change: here it is anew.")


async def _decide(visit: Visit, press: Press, verdict: Verdict) -> str:
    idea = await journey.decide(
        visit.desk.db,
        person_id=visit.person.id,
        idea_id=press.id,
        verdict=verdict,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    if idea is None:
        return gone(visit.say)
    _redraw(visit, idea.expansion_id, idea.position // CARDS_A_PAGE)
    return decided(visit.say, idea.verdict)


def decided(say: Wording, verdict: Verdict) -> str:
    """The toast that says what holds of an idea now."""
    return {
        Verdict.KEPT: say.gettext("Kept"),
        Verdict.MAYBE: say.gettext("Put aside as odd but interesting"),
        Verdict.DROPPED: say.gettext("Dropped"),
        Verdict.NEW: say.gettext("Taken back"),
    }[verdict]


def _nothing_to_do(say: Wording) -> str:
    return say.gettext("Nothing was left to do here.")


async def _page(visit: Visit, expansion_id: int, number: int) -> Letter | None:
    round = await expansions.show(visit.desk.db, visit.person.id, expansion_id)
    if round is None or not 0 <= number < cards.pages(round):
        return None
    return cards.page(visit.say, round, number)


async def _shows(visit: Visit, message_id: int, expansion_id: int, number: int) -> None:
    await journey.turned(
        visit.desk.db,
        person_id=visit.person.id,
        expansion_id=expansion_id,
        message_id=message_id,
        page=number,
    )


def _redraw(visit: Visit, expansion_id: int, number: int) -> None:
    """Show a page in the message that was pressed; what a number in a reply to it means changes
    only once the person sees that page."""

    async def page() -> Letter | None:
        return await _page(visit, expansion_id, number)

    async def shown(message_id: int) -> None:
        await _shows(visit, message_id, expansion_id, number)

    _draw_later(visit, page, shown)


def _draw_later(
    visit: Visit,
    page: Callable[[], Awaitable[Letter | None]],
    shown: Callable[[int], Awaitable[None]] | None = None,
) -> None:
    """Show in the message that was pressed what `page` gives by then, and tell `shown` of it."""
    message = visit.update.effective_message
    if message is None:
        return

    async def draw() -> None:
        if letter := await page():
            try:
                await delivery.edit(visit.bot, message, letter)
            except BadRequest as exc:  # deleted, or too old to change: what was decided stands
                log.info("a page could not be drawn: %s", exc)
                return
            if shown:
                await shown(message.message_id)

    redraws = visit.desk.redraws
    visit.afterwards.append(partial(redraws.draw, message.chat_id, message.message_id, draw))

"""The thumb: decisions on cards."""

from collections.abc import Awaitable, Callable
from functools import partial

from telegram import Message

from bot.chat import delivery
from bot.chat.buttons import Press
from bot.chat.desk import Visit
from bot.chat.layout import cards
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.domain.records import Verdict
from bot.journey import expand as expansions
from bot.journey import pan as journey
from bot.journey.pan import CARDS_A_PAGE


async def keep(visit: Visit, press: Press) -> str:
    """⭐ on a card."""
    return await _decide(visit, press, Verdict.KEPT)


async def maybe(visit: Visit, press: Press) -> str:
    """🤨 on a card."""
    return await _decide(visit, press, Verdict.MAYBE)


async def drop_rest(visit: Visit, press: Press) -> str:
    """🗑: what is undecided on this page goes; pressed again it comes back."""
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
        return visit.say.gettext("Brought back")
    return visit.say.ngettext("{n} dropped", "{n} dropped", len(dropped)).format(n=len(dropped))


async def turn(visit: Visit, press: Press) -> str | None:
    """Another page of the same cards."""
    expansion_id, page = press.ids
    round = await expansions.show(visit.desk.db, visit.person.id, expansion_id)
    if round is None or not 0 <= page < cards.pages(round):
        return gone(visit.say)
    _redraw(visit, expansion_id, page)
    return None


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
    return {
        Verdict.KEPT: visit.say.gettext("Kept"),
        Verdict.MAYBE: visit.say.gettext("Put aside as odd but interesting"),
    }.get(idea.verdict, visit.say.gettext("Taken back"))


def _redraw(visit: Visit, expansion_id: int, number: int) -> None:
    async def page() -> Letter | None:
        round = await expansions.show(visit.desk.db, visit.person.id, expansion_id)
        return cards.page(visit.say, round, number) if round else None

    _draw_later(visit, page)


def _draw_later(visit: Visit, page: Callable[[], Awaitable[Letter | None]]) -> None:
    """Show in the message that was pressed what `page` gives by then."""
    message = visit.update.effective_message
    # Telegram no longer gives us messages over 48 hours old; the decision stands all the same.
    if not isinstance(message, Message):
        return

    async def draw() -> None:
        if letter := await page():
            await delivery.edit(visit.bot, message, letter)

    redraws = visit.desk.redraws
    visit.afterwards.append(partial(redraws.draw, message.chat_id, message.message_id, draw))

"""The thumb: decisions on cards."""

from bot.chat import inplace
from bot.chat.buttons import Press
from bot.chat.desk import Visit
from bot.chat.inplace import Page, View
from bot.chat.layout import cards
from bot.chat.layout.notices import gone
from bot.chat.wording import Wording
from bot.domain.card_numbers import CARDS_A_PAGE
from bot.domain.records import Verdict
from bot.journey import expand as expansions
from bot.journey import pan as journey


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
    _show(visit, expansion_id, page)
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
    _show(visit, expansion_id, page)
    return visit.say.gettext("Brought back") if back else _nothing_to_do(visit.say)


async def turn(visit: Visit, press: Press) -> str | None:
    """Another page of the same cards."""
    expansion_id, number = press.ids
    if await _page(visit, expansion_id, number) is None:
        return gone(visit.say)
    _show(visit, expansion_id, number)
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
    _show(visit, idea.expansion_id, idea.position // CARDS_A_PAGE)
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


async def _page(visit: Visit, expansion_id: int, number: int) -> View | None:
    round = await expansions.show(visit.desk.db, visit.person.id, expansion_id)
    if round is None or not 0 <= number < cards.pages(round):
        return None
    return View(cards.page(visit.say, round, number), Page(expansion_id, number))


def _show(visit: Visit, expansion_id: int, number: int) -> None:
    inplace.draw_later(visit, lambda: _page(visit, expansion_id, number))

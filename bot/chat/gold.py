"""/gold: what was kept; each piece can be opened, expanded, mixed and taken back."""

from functools import partial

from bot.chat import delivery, inplace
from bot.chat.buttons import MODES, MadeUp, Press
from bot.chat.desk import Visit
from bot.chat.inplace import View
from bot.chat.layout import lists, single
from bot.chat.layout.notices import gone
from bot.chat.pan import decided
from bot.chat.signs import GOLD, sign
from bot.domain.records import Fragment, Idea, Mode, Verdict
from bot.journey import backlog, mix, pan
from bot.journey import gold as journey


async def command(visit: Visit, _words: str) -> None:
    """What was kept, newest first."""
    items = await pan.gold(visit.desk.db, person_id=visit.person.id)
    await delivery.send(visit.bot, visit.person.id, lists.gold(visit.say, items, 0))


async def page(visit: Visit, press: Press) -> str | None:
    """Another page, in place."""
    number = press.id

    async def look() -> View:
        items = await pan.gold(visit.desk.db, person_id=visit.person.id)
        return View(lists.gold(visit.say, items, number))

    inplace.draw_later(visit, look)
    return None


async def look(visit: Visit, item: Fragment | Idea, page: int, *, why: bool = False) -> View:
    """One piece of gold alone."""
    db, person_id = visit.desk.db, visit.person.id
    found = await journey.find(db, person_id, *lists.named(item)) or item
    if isinstance(found, Fragment):
        return View(single.gold_fragment(visit.say, found, page, visit.person))
    card = await backlog.card(db, found)
    sources = await backlog.why(db, found) if why else None
    return View(single.gold_idea(visit.say, card, page, sources), found)


async def star(visit: Visit, press: Press) -> str:
    """Take it out of the gold, or put it back."""
    *card, page, keep = press.ids
    item = await journey.star(
        visit.desk.db,
        visit.person.id,
        *card,
        keep=bool(keep),
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    if item is None:
        return gone(visit.say)
    inplace.draw_later(visit, lambda: look(visit, item, page))
    if isinstance(item, Fragment):
        react = partial(delivery.react_at, visit.bot, visit.person.id, item.message_id)
        visit.afterwards.append(partial(react, GOLD if keep else sign(item)))
    return decided(visit.say, Verdict.KEPT if keep else Verdict.NEW)


async def grow_as(visit: Visit, press: Press) -> str:
    """Expand it: into angles, hooks, titles, stories or visuals."""
    *card, which = press.ids
    if which >= len(MODES):
        raise MadeUp
    return await _grow(visit, *card, mode=MODES[which])


async def grow_idea(visit: Visit, press: Press) -> str:
    """Expand a kept idea, from a message of before pieces of gold could be opened."""
    return await _grow(visit, press.id, 0)


async def grow_fragment(visit: Visit, press: Press) -> str:
    """Expand a fragment."""
    return await _grow(visit, 0, press.id)


async def _grow(visit: Visit, idea_id: int, n: int, *, mode: Mode = Mode.ANGLES) -> str:
    wanted = await mix.grow(
        visit.desk.db,
        visit.person.id,
        idea_id,
        n,
        mode=mode,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    return visit.say.gettext("⛏ Digging …") if wanted else gone(visit.say)

"""A card alone, wherever it stands: folded up or saying why, and mixed with another."""

from bot.chat import backlog, gold, inplace
from bot.chat.buttons import WALKS, Press
from bot.chat.desk import Visit
from bot.chat.inplace import View
from bot.chat.layout import single as layout
from bot.chat.layout.notices import gone
from bot.domain.records import Fragment, Idea
from bot.journey import gold as journey
from bot.journey import mix


async def show(visit: Visit, press: Press) -> str | None:
    """The card in place of what stands there; 🔍 has it say why."""
    idea_id, n, _, why = press.ids
    item = await journey.find(visit.desk.db, visit.person.id, idea_id, n)
    if item is None:
        return gone(visit.say)
    _show(visit, item, press.place, why=bool(why))
    return None


async def partners(visit: Visit, press: Press) -> str | None:
    """🔗: what there is to mix it with."""
    idea_id, n, _ = press.ids
    place = press.place
    item = await journey.find(visit.desk.db, visit.person.id, idea_id, n)
    if item is None:
        return gone(visit.say)

    async def look() -> View:
        others = await mix.partners(visit.desk.db, item)
        shown = item if isinstance(item, Idea) else None
        return View(layout.partners(visit.say, item, others, place), shown)

    inplace.draw_later(visit, look)
    return None


async def mix_with(visit: Visit, press: Press) -> str:
    """Mix it with the one chosen; its card is here again."""
    idea_id, n, _, *other = press.ids
    item = await journey.find(visit.desk.db, visit.person.id, idea_id, n)
    wanted = item and await mix.begin(
        visit.desk.db,
        visit.person.id,
        (idea_id, n),
        (other[0], other[1]),
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    if not item or not wanted:
        return gone(visit.say)
    _show(visit, item, press.place)
    return visit.say.gettext("🔗 Mixing the two …")


def _show(visit: Visit, item: Fragment | Idea, place: int, *, why: bool = False) -> None:
    async def look() -> View:
        if place in WALKS and isinstance(item, Idea):
            return await backlog.look(visit, place, item.id, why=why)
        return await gold.look(visit, item, 0 if place in WALKS else place, why=why)

    inplace.draw_later(visit, look)

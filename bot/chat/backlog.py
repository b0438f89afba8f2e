"""/pan: what is undecided, one card at a time."""

from bot.chat import inplace
from bot.chat.buttons import VERDICTS, WALKS, MadeUp, Press
from bot.chat.desk import Visit
from bot.chat.inplace import View
from bot.chat.layout import single
from bot.chat.layout.notices import gone
from bot.chat.pan import decided
from bot.journey import backlog as journey


async def command(visit: Visit, _words: str) -> None:
    """/pan: the first card, in a new message."""
    await _begin(visit)


async def begin(visit: Visit, _press: Press) -> str | None:
    """The same from a button, as below an evening's digest."""
    await _begin(visit)
    return None


async def decide(visit: Visit, press: Press) -> str:
    """⭐, 🤨 or 🗑 on a card; the next one comes in its place."""
    idea_id, which, walk = press.ids
    if which >= len(VERDICTS):
        raise MadeUp
    idea = await journey.decide(
        visit.desk.db,
        person_id=visit.person.id,
        idea_id=idea_id,
        verdict=VERDICTS[which],
        walk=_walk(walk),
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    if idea is None:
        return gone(visit.say)
    _show(visit, walk)
    if idea.verdict is not VERDICTS[which]:
        return visit.say.gettext("You had decided about it already; that stands.")
    return decided(visit.say, idea.verdict)


async def undo(visit: Visit, press: Press) -> str:
    """↩︎: the last decision of this walk is taken back, and its card is here again."""
    walk = _walk(press.id)
    idea = await journey.take_back(
        visit.desk.db,
        person_id=visit.person.id,
        walk=walk,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    if idea is None:
        return visit.say.gettext("There is nothing to take back.")
    _show(visit, walk, idea.id)
    return visit.say.gettext("Taken back")


async def look(visit: Visit, walk: int, idea_id: int | None = None, *, why: bool = False) -> View:
    """Where a walk stands: at this card as long as it is undecided, else at the next."""
    db, person_id = visit.desk.db, visit.person.id
    place = await journey.stand(db, person_id=person_id, walk=walk, idea_id=idea_id)
    if isinstance(place, journey.Panned):
        return View(single.panned(visit.say, place.decided, walk))
    asked = why and place.idea.id == idea_id
    sources = await journey.why(db, place.idea) if asked else None
    return View(single.on_walk(visit.say, place, walk, sources), place.idea)


async def _begin(visit: Visit) -> None:
    walk = int(visit.desk.clock.now().timestamp())
    await inplace.send(visit, lambda: look(visit, walk))


def _show(visit: Visit, walk: int, idea_id: int | None = None) -> None:
    inplace.draw_later(visit, lambda: look(visit, walk, idea_id))


def _walk(number: int) -> int:
    if number not in WALKS:
        raise MadeUp
    return number

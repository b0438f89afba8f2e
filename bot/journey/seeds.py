"""What an expansion grows from: words of the person's own, never nothing."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import excerpts, script, words
from bot.store import expansions, fragments, ideas
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Seed:
    """What to expand: a text, and the fragment it stands in if there is one."""

    text: str
    n: int | None = None


async def choose(
    db: Database, *, person_id: int, text: str, reply_to_message: int | None
) -> Seed | None:
    """What /expand is about: its words, the message it replies to, or the last fragment.

    None when there is nothing to expand: the bot never starts from zero. A reply to a page of
    cards with a number ("/expand 2") means that card.
    """
    async with db.read() as session:
        if reply_to_message is not None:
            return await _replied_to(session, person_id, reply_to_message, text)
        if not words.is_blank(text):
            return Seed(text, await _standing_in(session, person_id, text))
        last = await fragments.last_with_words(session, person_id)
        return Seed(excerpts.of(last), last.n) if last else None


async def find(
    db: Database, *, person_id: int, idea_id: int | None = None, n: int | None = None
) -> Seed | None:
    """An idea or a fragment of this person's as a seed, None when it is gone or has no words."""
    async with db.read() as session:
        if idea_id is not None:
            idea = await ideas.get(session, person_id, idea_id)
            return Seed(idea.title, next(iter(idea.sources), None)) if idea else None
        fragment = await fragments.by_number(session, person_id, n or 0)
        return Seed(excerpts.of(fragment), fragment.n) if fragment and fragment.has_words else None


async def _replied_to(
    session: AsyncSession, person_id: int, message_id: int, text: str
) -> Seed | None:
    fragment = await fragments.about(session, person_id, message_id)
    if fragment:
        # Words beside a reply steer the seed; the fragment stays the source.
        said = excerpts.of(fragment)
        seed = said if words.is_blank(text) else f"{said}\n{text}"
        return None if words.is_blank(seed) else Seed(seed, fragment.n)
    shown = await expansions.shown_in(session, person_id, message_id)
    if shown is None:
        if words.is_blank(text):
            return None
        return Seed(text, await _standing_in(session, person_id, text))
    cards = shown.expansion
    if text.strip().isdecimal():
        for idea in await ideas.of_expansion(session, cards.id):
            if idea.position + 1 == int(text):
                return Seed(idea.title, cards.seed_n)
    return Seed(cards.seed, cards.seed_n)


async def _standing_in(session: AsyncSession, person_id: int, text: str) -> int | None:
    """The newest fragment these words stand in, if they stand in one."""
    needle = script.fold(text.strip())
    for fragment in reversed(await fragments.all_of(session, person_id)):
        if needle in script.fold(fragment.text):
            return fragment.n
    return None

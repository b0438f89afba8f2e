"""What an expansion grows from: words of the person's own, never nothing."""

import asyncio
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import excerpts, related, words
from bot.domain.hearing import Hearing, Stage
from bot.domain.records import Fragment, Idea, Kind
from bot.store import card_messages, expansions, fragments, heard, ideas
from bot.store.card_messages import Shown
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Seed:
    """What to expand: a text, and the fragment it stands in if there is one.

    One that `waits` is a recording nobody has heard yet; its text then steers what will be heard.
    """

    text: str
    n: int | None = None
    waits: bool = False


async def choose(
    db: Database, *, person_id: int, text: str, reply_to_message: int | None
) -> Seed | None:
    """What /expand is about: its words, the message it replies to, or the last fragment.

    None when there is nothing to expand: the bot never starts from zero. A picture that nobody
    described is a seed without a text, to be asked about. A reply to a page of cards with a number
    ("/expand 2") means the card that has it on the page shown now.
    """
    async with db.read() as session:
        if reply_to_message is not None:
            seed = await _replied_to(session, person_id, reply_to_message, text)
            if seed or words.is_blank(text):
                return seed
        elif words.is_blank(text):
            return await _last(session, person_id)
        everything = await fragments.texts(session, person_id)
    # Thousands of fragments take a while to compare; captures must not wait for that.
    return Seed(text, await asyncio.to_thread(related.standing_in, text, everything))


async def find(
    db: Database, *, person_id: int, idea_id: int | None = None, n: int | None = None
) -> Seed | None:
    """An idea by its id, or else a fragment by its number, as a seed; None when it is gone, not
    this person's, or has no words."""
    async with db.read() as session:
        if idea_id:
            idea = await ideas.get(session, person_id, idea_id)
            return await of(session, idea) if idea else None
        fragment = await fragments.by_number(session, person_id, n or 0)
        return await of(session, fragment) if fragment and fragment.has_words else None


async def of(session: AsyncSession, item: Fragment | Idea) -> Seed:
    """What a piece is a seed of. A question is none itself: what it asks about is."""
    if isinstance(item, Fragment):
        return Seed(excerpts.of(item), item.n)
    cards = await expansions.get(session, item.expansion_id)
    assert cards is not None, "an idea belongs to an expansion"
    if item.is_question:
        return Seed(cards.seed, cards.seed_n)
    return Seed(item.title, next(iter(item.sources), cards.seed_n))


async def unheard(session: AsyncSession, fragment_id: int) -> Hearing | None:
    """The first recording of a fragment that is still to be heard."""
    recordings = await heard.of_fragment(session, fragment_id)
    waits = (Stage.WAITING, Stage.HEARING)
    return next((one for one in recordings if one.stage in waits), None)


async def awaited(session: AsyncSession, person_id: int, expansion_id: int) -> Hearing | None:
    """The recording that this expansion waits for; None when it does not."""
    waits = await expansions.get(session, expansion_id)
    if waits is None or not waits.waits or waits.person_id != person_id:
        return None
    fragment = await fragments.by_number(session, person_id, waits.seed_n or 0)
    return await unheard(session, fragment.id) if fragment else None


async def grown(session: AsyncSession, fragment: Fragment, steer: str = "") -> Seed:
    """A fragment as a seed. Words beside it steer; the fragment stays the source."""
    if not fragment.has_words and await unheard(session, fragment.id):
        return Seed(steer, fragment.n, waits=True)
    return Seed(beside(excerpts.of(fragment), steer), fragment.n)


def beside(said: str, steer: str) -> str:
    """What was said, and below it what shall be made of it."""
    return "\n".join(text for text in (said, steer) if not words.is_blank(text))


async def _last(session: AsyncSession, person_id: int) -> Seed | None:
    """The last thing said, or shown. What was said may still have to be heard; a recording without
    a word in it, or a file, is not what anybody means."""
    newest = await fragments.newest_own(session, person_id)
    if newest and (newest.kind is Kind.PHOTO or await unheard(session, newest.id)):
        return await grown(session, newest)
    spoken = await fragments.last_with_words(session, person_id)
    return await grown(session, spoken) if spoken else None


async def _replied_to(
    session: AsyncSession, person_id: int, message_id: int, text: str
) -> Seed | None:
    if fragment := await fragments.about(session, person_id, message_id):
        return await grown(session, fragment, text)
    shown = await card_messages.shown_in(session, person_id, message_id)
    return await _shown(session, person_id, shown, text) if shown else None


async def _shown(session: AsyncSession, person_id: int, shown: Shown, text: str) -> Seed:
    """The idea that a message shows alone, the card with this number, or else what the cards grew
    from."""
    cards = shown.expansion
    if shown.idea_id and (idea := await ideas.get(session, person_id, shown.idea_id)):
        seed = await of(session, idea)
        return Seed(beside(seed.text, text), seed.n)
    if text.strip().isdecimal():
        idea = await ideas.numbered(session, shown, int(text))
        return await of(session, idea) if idea else Seed(cards.seed, cards.seed_n)
    return Seed(beside(cards.seed, text), cards.seed_n)

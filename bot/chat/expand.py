"""/expand: a seed in, pages of cards out."""

import asyncio
import logging

from telegram import InlineKeyboardButton
from telegram.error import TelegramError

from bot.chat import delivery
from bot.chat.buttons import Press
from bot.chat.desk import Desk, Visit
from bot.chat.layout import cards
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.pace import type_bot
from bot.chat.wording import Wording, wording
from bot.domain.records import Expansion, Fragment, Person
from bot.domain.script import language_of
from bot.journey import expand as journey
from bot.journey import people, seeds
from bot.journey.ports import IdeaSketch

log = logging.getLogger(__name__)
# Telegram asks for about one message a second in a chat; a preview is a message.
PREVIEW_EVERY_S = 1.0
# Cards that are there within the blink of an eye need no preview.
FIRST_PREVIEW_S = 0.3


async def command(visit: Visit, words: str) -> None:
    """Expand the words, the message replied to, or the last fragment."""
    seed = await seeds.choose(
        visit.desk.db,
        person_id=visit.person.id,
        text=words,
        reply_to_message=visit.replied_to,
    )
    if seed is None:
        nothing = visit.say.gettext(
            "Nothing to expand yet. Send a thought first, or write it after /expand."
        )
        await delivery.send(visit.bot, visit.person.id, Letter(nothing))
    else:
        await _begin(visit, seed)


async def again(visit: Visit, press: Press) -> str | None:
    """🎲: another round on the same seed, through other eyes."""
    expansion = await journey.begin_again(
        visit.desk.db,
        person_id=visit.person.id,
        expansion_id=press.id,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    return None if expansion else gone(visit.say)


async def grow(visit: Visit, seed: seeds.Seed) -> None:
    """Expand something from a list."""
    await _begin(visit, seed)


async def after_answer(visit: Visit, fragment: Fragment) -> None:
    """A fragment that answers our question about a thin seed sets the expansion off."""
    if visit.replied_to is not None:
        await journey.answer(
            visit.desk.db,
            person_id=visit.person.id,
            question_message=visit.replied_to,
            fragment=fragment,
            request_id=visit.update.update_id,
            now=visit.desk.clock.now(),
        )


async def after_spoken_answer(visit: Visit, fragment: Fragment) -> None:
    """The same for a recording, once it is heard."""
    if visit.replied_to is not None:
        await journey.answer_when_heard(
            visit.desk.db, question_message=visit.replied_to, fragment=fragment
        )


async def work(desk: Desk, bot: type_bot, expansion: Expansion) -> None:
    """Do one claimed expansion: ask the writers, show ideas as they come, store them all, ready to
    be sent as cards."""
    person = await people.find(desk.db, expansion.person_id)
    assert person is not None, "an expansion belongs to a person"
    preview = Preview(bot, person.id, wording(person.language), draft_id=expansion.id)
    showing = asyncio.create_task(preview.run())
    try:
        await journey.dig(
            desk.db, desk.writers, expansion, person, seen=preview.add, now=desk.clock.now()
        )
    finally:
        showing.cancel()


async def letter(desk: Desk, person: Person, expansion_id: int) -> Letter | None:
    """What a stored expansion says: its cards, or the question that comes first."""
    round = await journey.show(desk.db, person.id, expansion_id)
    if round is None:
        return None
    say = wording(person.language)
    if round.expansion.asked:
        seed = round.expansion.seed
        language = language_of(seed, person.language)
        return cards.question(say, desk.interviewer.question(seed, language))
    return cards.page(say, round, 0) if round.ideas else cards.nothing(say, round.expansion)


async def named(
    desk: Desk, person: Person, expansion_id: int
) -> tuple[str, InlineKeyboardButton] | None:
    """What an expansion is called, and a button that shows it."""
    round = await journey.show(desk.db, person.id, expansion_id)
    if round is None:
        return None
    button = cards.show_button(wording(person.language), round.expansion)
    return cards.heading(round.expansion), button


async def show(visit: Visit, press: Press) -> str | None:
    """Cards, or a question, once more, because the person asks for it."""
    again = await letter(visit.desk, visit.person, press.id)
    if again is None:
        return gone(visit.say)
    sent = await delivery.send(visit.bot, visit.person.id, again)
    await journey.shown_as(visit.desk.db, press.id, sent.message_id)
    return None


class Preview:
    """Streams the ideas that have arrived as a draft message; frames nobody could read are
    skipped, and a preview that fails costs nothing but itself."""

    def __init__(self, bot: type_bot, chat_id: int, say: Wording, *, draft_id: int) -> None:
        self._bot = bot
        self._chat_id = chat_id
        self._say = say
        self._draft_id = draft_id
        self._titles: list[str] = []
        self._news = asyncio.Event()

    def add(self, sketch: IdeaSketch) -> None:
        """One more idea has arrived."""
        self._titles.append(sketch.title)
        self._news.set()

    async def run(self) -> None:
        """Show what has arrived, at most once a second, until cancelled."""
        await asyncio.sleep(FIRST_PREVIEW_S)
        while True:
            await self._news.wait()
            self._news.clear()
            text = cards.preview(self._say, self._titles)
            part = next(iter(Letter(text).parts()))
            try:
                await self._bot.send_message_draft(self._chat_id, self._draft_id, part.text)
            except TelegramError as exc:
                log.info("a preview frame was skipped: %s", type(exc).__name__)
            await asyncio.sleep(PREVIEW_EVERY_S)


async def _begin(visit: Visit, seed: seeds.Seed) -> None:
    await journey.begin(
        visit.desk.db,
        person_id=visit.person.id,
        seed=seed,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )

"""/expand: a seed in, pages of cards out."""

from contextlib import nullcontext

from telegram import InlineKeyboardButton

from bot.chat import delivery
from bot.chat.buttons import Press
from bot.chat.desk import Desk, Visit
from bot.chat.layout import cards, hearing
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.pace import type_bot
from bot.chat.preview import Preview
from bot.chat.wording import wording
from bot.domain import modes
from bot.domain.records import Expansion, Fragment, Mode, Person
from bot.domain.script import language_of
from bot.journey import expand as journey
from bot.journey import people, seeds
from bot.journey.digging import OFFLINE


async def command(visit: Visit, words: str) -> None:
    """Expand the words, the message replied to, or the last fragment, as what they ask for."""
    mode, idea = modes.read(words)
    seed = await seeds.choose(
        visit.desk.db,
        person_id=visit.person.id,
        text=idea,
        reply_to_message=visit.replied_to,
    )
    if seed is None:
        nothing = visit.say.gettext(
            "Nothing to expand yet. Send a thought first, or write it after /expand."
        )
        await delivery.send(visit.bot, visit.person.id, Letter(nothing))
    else:
        await _begin(visit, seed, mode)


async def again(visit: Visit, press: Press) -> str:
    """🎲: another round on the same seed, through other eyes."""
    expansion = await journey.begin_again(
        visit.desk.db,
        person_id=visit.person.id,
        expansion_id=press.id,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    return visit.say.gettext("⛏ Digging …") if expansion else gone(visit.say)


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
    say = wording(person.language)
    head = say.gettext("⛏ Digging …")
    preview = Preview(bot, person.id, head, draft_id=expansion.id)
    # The offline writer's cards are there at once.
    async with nullcontext() if desk.writers[0].name == OFFLINE else preview:
        await journey.dig(
            desk.db, desk.writers, expansion, person, seen=preview.add, now=desk.clock.now()
        )


async def letter(desk: Desk, person: Person, expansion_id: int) -> Letter | None:
    """What a stored expansion says: its cards, or the question that comes first."""
    round = await journey.show(desk.db, person.id, expansion_id)
    if round is None:
        return None
    say = wording(person.language)
    if round.expansion.waits:
        return await waiting(desk, person, expansion_id)
    if round.expansion.asked:
        seed = round.expansion.seed
        language = language_of(seed, person.language)
        return cards.question(say, desk.interviewer.question(seed, language))
    return cards.page(say, round, 0) if round.ideas else cards.nothing(say, round.expansion)


async def waiting(desk: Desk, person: Person, expansion_id: int) -> Letter | None:
    """That an expansion waits for a recording to be heard; None when it does not, or when that was
    heard in vain, which is told by itself."""
    recording = await journey.waits_for(desk.db, person.id, expansion_id)
    if recording is None:
        return None
    listens = desk.listener() is not None
    return hearing.awaited(wording(person.language), recording, listens=listens)


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


async def _begin(visit: Visit, seed: seeds.Seed, mode: Mode) -> None:
    await journey.begin(
        visit.desk.db,
        person_id=visit.person.id,
        seed=seed,
        request_id=visit.update.update_id,
        mode=mode,
        now=visit.desk.clock.now(),
    )

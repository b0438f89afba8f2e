"""/draft: a script from the person's own sentences, with its sources and shots."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial

from telegram import InlineKeyboardButton

from bot.chat import delivery, forms, inplace, revise
from bot.chat.buttons import STATUSES, MadeUp, Press
from bot.chat.desk import Desk, Visit
from bot.chat.heartbeat import held
from bot.chat.inplace import View
from bot.chat.layout import draft as layout
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.pace import type_bot
from bot.chat.preview import Preview
from bot.chat.wording import wording
from bot.domain import form_names
from bot.domain.drafts import Status, Version
from bot.domain.forms import SHORT
from bot.domain.records import Person
from bot.domain.words import is_blank
from bot.journey import draft as journey
from bot.journey import people, seeds, takes, worn
from bot.journey.digging import OFFLINE
from bot.journey.draft import Sheet
from bot.journey.worn import Found

# Previews of drafts are numbered apart from those of expansions.
PREVIEWS = 10**9
# Several times within a lease.
HOLD_S = 60.0


async def command(visit: Visit, words: str) -> None:
    """A draft of the day, or of what it replies to, or of its words; in a form that is named. As a
    reply to a draft, that one in another form. "form" and "forms" are about the forms.
    """
    if await forms.command(visit, words):
        return
    form, about = form_names.read(words, (await forms.known(visit)).values())
    now, request_id = visit.desk.clock.now(), visit.update.update_id
    if visit.replied_to is not None and is_blank(about):
        again = await takes.in_form(
            visit.desk.db,
            person_id=visit.person.id,
            message_id=visit.replied_to,
            form=form.id if form else None,
            request_id=request_id,
            now=now,
        )
        if again:
            return
    seed = None
    if visit.replied_to is not None or not is_blank(about):
        seed = await seeds.choose(
            visit.desk.db,
            person_id=visit.person.id,
            text=about,
            reply_to_message=visit.replied_to,
        )
    await journey.begin(
        visit.desk.db,
        person_id=visit.person.id,
        form=form.id if form else SHORT,
        seed=seed,
        request_id=request_id,
        now=now,
    )


async def draft_it(visit: Visit, press: Press) -> str:
    """A draft about a piece of gold."""
    idea_id, n = press.ids
    seed = await seeds.find(visit.desk.db, person_id=visit.person.id, idea_id=idea_id, n=n)
    if seed is None:
        return gone(visit.say)
    await journey.begin(
        visit.desk.db,
        person_id=visit.person.id,
        form=SHORT,
        seed=seed,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    return visit.say.gettext("✍ Writing …")


async def another(visit: Visit, press: Press) -> str:
    """🎲: another take on the same material."""
    version = await takes.another(
        visit.desk.db,
        person_id=visit.person.id,
        draft_id=press.id,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    return visit.say.gettext("✍ Writing …") if version else gone(visit.say)


async def work(desk: Desk, bot: type_bot, version: Version, *, hold_s: float = HOLD_S) -> None:
    """Write one claimed version and store it, ready to be sent. A model takes a minute, or many for
    a long form and its repair: all the while the chat says what is being done, and every `hold_s`
    it is noted that somebody still writes."""
    person = await people.find(desk.db, version.person_id)
    assert person is not None, "a draft belongs to a person"
    head = wording(person.language).gettext("✍ Writing, and checking every line …")
    preview = Preview(bot, person.id, head, draft_id=PREVIEWS + version.id)

    async def hold() -> None:
        await journey.hold(desk.db, version, now=desk.clock.now())

    # The offline writer is done at once.
    shown = nullcontext() if desk.writers[0].name == OFFLINE else preview
    async with held(hold, every_s=hold_s), shown:
        await journey.write(
            desk.db,
            desk.writers,
            desk.interviewer,
            desk.forms,
            version,
            person,
            now=desk.clock.now(),
        )


async def letter(desk: Desk, person: Person, version_id: int) -> Letter | None:
    """What a version of a draft says, or the question that was asked instead."""
    sheet = await journey.show(desk.db, person.id, version_id)
    if sheet is None:
        return None
    return layout.draft(wording(person.language), sheet, desk.forms, await _worn(desk, sheet))


async def named(
    desk: Desk, person: Person, version_id: int
) -> tuple[str, InlineKeyboardButton] | None:
    """What a draft is called, and a button that shows it."""
    sheet = await journey.show(desk.db, person.id, version_id)
    if sheet is None:
        return None
    say = wording(person.language)
    return layout.heading(say, sheet), layout.show_button(say, version_id)


async def show(visit: Visit, press: Press) -> str | None:
    """The script, where its sources or shots were seen."""
    return await _turn(
        visit, press, lambda sheet, worn: layout.draft(visit.say, sheet, visit.desk.forms, worn)
    )


async def sources(visit: Visit, press: Press) -> str | None:
    """Each line beside the fragments it was cut from."""
    return await _turn(
        visit, press, lambda sheet, _: layout.sources(visit.say, sheet, visit.person)
    )


async def shots(visit: Visit, press: Press) -> str | None:
    """What is seen with each line, and the prompts for what nobody wants to film."""
    return await _turn(visit, press, lambda sheet, worn: layout.shots(visit.say, sheet, worn))


async def fragment(visit: Visit, press: Press) -> str | None:
    """A fragment that a line stands on: an answer to its message, so that one more tap leads there;
    its words too, should that message be gone."""
    found = await journey.fragment(visit.desk.db, visit.person.id, press.id)
    if found is None:
        return gone(visit.say)
    shown = layout.fragment(visit.say, found, visit.person)
    await delivery.send(visit.bot, visit.person.id, shown, reply_to=found.message_id)
    return None


async def status(visit: Visit, press: Press) -> str:
    """Kept, filmed, published, or none of it; the same tap takes it back."""
    version_id, which = press.ids
    if which >= len(STATUSES):
        raise MadeUp
    there = await journey.set_status(
        visit.desk.db,
        person_id=visit.person.id,
        version_id=version_id,
        status=STATUSES[which],
        now=visit.desk.clock.now(),
    )
    if not there:
        return gone(visit.say)

    async def view() -> View | None:
        sheet = await journey.show(visit.desk.db, visit.person.id, version_id)
        if sheet is None:
            return None
        worn = await _worn(visit.desk, sheet)
        return View(layout.draft(visit.say, sheet, visit.desk.forms, worn), sheet.version)

    inplace.draw_later(visit, view)
    sheet = await journey.show(visit.desk.db, visit.person.id, version_id)
    if sheet and STATUSES[which] is Status.PUBLISHED:
        visit.afterwards.append(partial(revise.after_publishing, visit, sheet))
    return layout.status_in_words(visit.say, STATUSES[which])


async def _worn(desk: Desk, sheet: Sheet) -> Sequence[Found]:
    """The worn phrases of a script. A final text is looked at only when the person asks."""
    return await worn.find(desk.db, desk.worn, sheet.version) if sheet.version.script else ()


async def _turn(
    visit: Visit, press: Press, look: Callable[[Sheet, Sequence[Found]], Letter]
) -> str | None:
    """Another side of a version, in its message if it fits into one."""
    sheet = await journey.show(visit.desk.db, visit.person.id, press.id)
    if sheet is None:
        return gone(visit.say)
    letter = look(sheet, await _worn(visit.desk, sheet))

    async def view() -> View | None:
        return View(letter, sheet.version)

    if len(list(letter.parts())) == 1:
        inplace.draw_later(visit, view)
        return None
    sent = await delivery.send(visit.bot, visit.person.id, letter)
    await journey.shown_as(visit.desk.db, visit.person.id, press.id, sent.message_id)
    return None

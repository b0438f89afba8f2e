"""[Film on …]: a draft gets a day and an hour, and the person's calendar a file."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from bot.chat import delivery, draft, inplace
from bot.chat.buttons import Action, MadeUp, Press
from bot.chat.desk import Visit
from bot.chat.inplace import View
from bot.chat.layout import draft as drafts_layout
from bot.chat.layout import film as layout
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.layout.takeaway import labels
from bot.domain import shoots, takeaway
from bot.domain.drafts import Draft
from bot.domain.filenames import file_name
from bot.domain.shoots import Shoot
from bot.domain.takeaway import Taken
from bot.domain.words import speaking_seconds
from bot.journey import draft as drafts
from bot.journey import film as journey
from bot.journey.draft import Sheet


async def days(visit: Visit, press: Press) -> str | None:
    """Which day, a week at a time."""
    version_id, page = press.ids
    if page >= shoots.PAGES:
        raise MadeUp
    return await _ask(visit, version_id, partial(_days, visit, page))


async def hours(visit: Visit, press: Press) -> str | None:
    """At what time of the day that was pressed."""
    version_id, ordinal = press.ids
    day = _read(visit, ordinal)
    if not shoots.hours(day, visit.desk.clock.now(), visit.person.zone):
        return await _too_late(visit, version_id)
    return await _ask(visit, version_id, partial(_hours, visit, day))


async def plan(visit: Visit, press: Press) -> str | None:
    """It is to be filmed then."""
    version_id, ordinal, minute = press.ids
    if minute not in shoots.MINUTES:
        raise MadeUp
    at = shoots.moment(_read(visit, ordinal), minute, visit.person.zone)
    if at <= visit.desk.clock.now():
        return await _too_late(visit, version_id)
    planned = await _planned(visit, version_id, at)
    if isinstance(planned, str):
        return planned
    await draft.show(visit, Press(Action.SHOW_DRAFT, (str(version_id),)))
    visit.afterwards.append(partial(_send, visit, planned))
    return layout.planned(visit.say, at.astimezone(visit.person.zone))


async def call_off(visit: Visit, press: Press) -> str | None:
    """It is not to be filmed then after all. The button says what the calendar has."""
    version_id, minute = press.ids
    try:
        at = datetime.fromtimestamp(minute * 60, UTC)
    except (ValueError, OverflowError, OSError) as exc:
        raise MadeUp from exc
    sheet = await drafts.show(visit.desk.db, visit.person.id, version_id)
    film_at = sheet.draft.film_at if sheet else None
    if shoots.unbelievable(at, film_at or visit.desk.clock.now()):
        raise MadeUp
    planned = await _planned(visit, version_id, None)
    if isinstance(planned, str):
        return planned
    if not planned.film_changes:  # it never was to be filmed
        raise MadeUp
    await draft.show(visit, Press(Action.SHOW_DRAFT, (str(version_id),)))
    visit.afterwards.append(partial(_take_out, visit, planned, at))
    return layout.taken_back(visit.say)


async def command(visit: Visit, words: str) -> None:
    """/draft shoots tells what is planned, with the file; any other is about a draft."""
    if not shoots.lists(words):
        return await draft.command(visit, words)
    found = await journey.ahead(visit.desk.db, visit.person.id, now=visit.desk.clock.now())
    letter = layout.listed(visit.say, [(one, _local(visit, one)) for one in found])
    if found:
        await _send_file(visit, [_shoot(visit, one) for one in found], letter)
    else:
        await delivery.send(visit.bot, visit.person.id, letter)
    return None


async def _planned(visit: Visit, version_id: int, at: datetime | None) -> Draft | str:
    """The draft once that is stored, or why it is not."""
    found = await journey.plan(
        visit.desk.db, person_id=visit.person.id, version_id=version_id, at=at
    )
    if found is None:
        return gone(visit.say)
    return layout.done(visit.say) if found.done else found


async def _too_late(visit: Visit, version_id: int) -> str:
    """What was pressed is past: say so, and show what is not."""
    refused = await _ask(visit, version_id, partial(_days, visit, 0))
    return refused or layout.over(visit.say)


async def _ask(visit: Visit, version_id: int, ask: Callable[[Sheet], Letter]) -> str | None:
    """Ask where the draft stands; below a message that holds more than it. Or why not."""
    sheet = await drafts.show(visit.desk.db, visit.person.id, version_id)
    if sheet is None:
        return gone(visit.say)
    if sheet.draft.done:
        return layout.done(visit.say)
    letter = ask(sheet)

    async def look() -> View:
        return View(letter, sheet.version)

    pressed = visit.update.effective_message
    if pressed and not await journey.shows_draft(
        visit.desk.db, visit.person.id, pressed.message_id
    ):
        visit.afterwards.append(partial(inplace.send, visit, look))
    else:
        inplace.draw_later(visit, look)
    return None


def _days(visit: Visit, page: int, sheet: Sheet) -> Letter:
    now, zone = visit.desk.clock.now(), visit.person.zone
    choice = shoots.days(now, zone, page)
    heading = drafts_layout.heading(visit.say, sheet)
    return layout.days(visit.say, heading, sheet.version.id, choice, page, now.astimezone(zone))


def _hours(visit: Visit, day: date, sheet: Sheet) -> Letter:
    left = shoots.hours(day, visit.desk.clock.now(), visit.person.zone)
    heading = drafts_layout.heading(visit.say, sheet)
    return layout.hours(visit.say, heading, sheet.version.id, day, left)


def _read(visit: Visit, ordinal: int) -> date:
    """The day that a button names. Raises MadeUp."""
    try:
        day = date.fromordinal(ordinal)
    except (ValueError, OverflowError) as exc:
        raise MadeUp from exc
    if shoots.made_up(day, visit.desk.clock.now(), visit.person.zone):
        raise MadeUp
    return day


async def _send(visit: Visit, planned: Draft) -> None:
    """The calendar file, this one first: some phones take no other from a file."""
    found = await journey.ahead(visit.desk.db, visit.person.id, now=visit.desk.clock.now())
    found.sort(key=lambda one: one.draft.id != planned.id)
    if found and found[0].draft.id == planned.id:  # not if it was called off meanwhile
        letter = layout.with_file(visit.say, _local(visit, found[0]), len(found) - 1)
        await _send_file(visit, [_shoot(visit, one) for one in found], letter)


async def _take_out(visit: Visit, draft: Draft, at: datetime) -> None:
    one = await journey.newest(visit.desk.db, replace(draft, film_at=at))
    if one:
        cancelled = replace(_shoot(visit, one), cancelled=True)
        await _send_file(visit, [cancelled], layout.called_off(visit.say))


async def _send_file(visit: Visit, found: Sequence[Shoot], letter: Letter) -> None:
    first = found[0]
    # Its library takes a while to load the first time, and nobody else is to wait for it.
    content = await asyncio.to_thread(visit.desk.calendar_file, found, visit.desk.clock.now())
    name = file_name(first.title, first.at.date(), "ics")
    await delivery.send_file(visit.bot, visit.person.id, name, content, letter)


def _shoot(visit: Visit, one: Taken) -> Shoot:
    """A draft as a calendar has it: what is said, and its line of origin."""
    paper = takeaway.paper(
        one,
        visit.desk.forms.get(one.draft.form),
        labels(visit.say),
        language=visit.person.language,
        zone=visit.person.zone,
    )
    script = one.version.script
    return Shoot(
        shoots.uid(one.draft),
        one.title,
        takeaway.plain(replace(paper, titled=False)),
        _local(visit, one),
        shoots.lasting(script.seconds if script else speaking_seconds(one.words)),
        one.draft.film_changes,
    )


def _local(visit: Visit, one: Taken) -> datetime:
    assert one.draft.film_at is not None, "only what is planned comes here"
    return one.draft.film_at.astimezone(visit.person.zone)

"""/read, and looking into what was kept: slow work, after the acknowledgement."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from telegram import InlineKeyboardButton
from telegram.error import TelegramError

from bot.chat import capture, delivery
from bot.chat.buttons import Press
from bot.chat.desk import Desk, Visit
from bot.chat.layout import reading as layout
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.pace import type_bot
from bot.chat.signs import KEPT, NOT_HEARD, NOT_YET_HEARD, NOT_YOURS
from bot.chat.wording import wording
from bot.domain.records import Kind, Media, Origin, Person, Unread
from bot.errors import EngineError
from bot.journey import capture as captures
from bot.journey import reading as journey

log = logging.getLogger(__name__)
PAGE = "text/html"
# Ours: each page takes a process to read, and each picture may be paid for.
AT_ONCE = 2
# A page that took too long is tried again after these, as often as there are; `layout` says how
# often that was in all. Ours: a busy machine, or a busy site, is over it by then.
AGAIN_AFTER = (timedelta(seconds=30), timedelta(minutes=2))
# After a trouble that passes, such as a spent budget, pictures wait so long.
REST = timedelta(minutes=10)


async def command(visit: Visit, words: str) -> None:
    """/read: fetch the page behind a link. It becomes a fragment in somebody else's words, linked
    with the one the link stands in."""
    link = await journey.choose_link(
        visit.desk.db, person_id=visit.person.id, text=words, reply_to_message=visit.replied_to
    )
    if link is None:
        nothing = visit.say.gettext(
            "No link to read. Write one after /read, or reply /read to a message that has one."
        )
        await delivery.send(visit.bot, visit.person.id, Letter(nothing))
        return
    page = replace(
        capture.said(visit.message),
        text="",
        kind=Kind.LINK,
        origin=Origin.FORWARDED,
        reply_to_message=link.message_id,
        media=(Media(file_id=link.address, path=None, mime=PAGE, size=0),),
        source=link.address,
    )
    await captures.capture(visit.desk.db, page)
    await delivery.react(visit.bot, visit.message, NOT_YET_HEARD)


async def show(visit: Visit, press: Press) -> str | None:
    """A page once more, because the person asks for it."""
    again = await letter(visit.desk, visit.person, press.id)
    if again is None:
        return gone(visit.say)
    await delivery.send(visit.bot, visit.person.id, again)
    return None


async def letter(desk: Desk, person: Person, fragment_id: int) -> Letter | None:
    """What a page says, or why it says nothing."""
    fragment = await journey.get(desk.db, person_id=person.id, fragment_id=fragment_id)
    return layout.page(wording(person.language), fragment) if fragment else None


async def named(
    desk: Desk, person: Person, fragment_id: int
) -> tuple[str, InlineKeyboardButton] | None:
    """What a page is called, and a button that shows it."""
    fragment = await journey.get(desk.db, person_id=person.id, fragment_id=fragment_id)
    if fragment is None:
        return None
    return layout.heading(fragment), layout.show_button(wording(person.language), fragment)


class Readings:
    """Looks into each file and page once, `AT_ONCE` at a time; what a dead process had begun is
    begun anew."""

    def __init__(self, desk: Desk, bot: type_bot) -> None:
        self._desk = desk
        self._bot = bot
        self._in_hand: set[int] = set()
        self._failed: dict[int, tuple[int, datetime]] = {}  # how often, and until when it rests
        self._pictures_from: datetime | None = None

    async def due(self) -> list[Unread]:
        """What is to be looked into now; it is in hand from here on."""
        if len(self._in_hand) >= AT_ONCE:
            return []
        now = self._desk.clock.now()
        rested = self._pictures_from is None or now >= self._pictures_from
        pictures = self._desk.describer is not None and rested
        resting = {id for id, (_, until) in self._failed.items() if now < until}
        waiting = await journey.waiting(
            self._desk.db,
            self._desk.admits,
            pictures=pictures,
            now=now,
            but=self._in_hand | resting,
            most=AT_ONCE,
        )
        # Another look may have taken some of them meanwhile.
        free = [one for one in waiting if one.id not in self._in_hand]
        due = free[: AT_ONCE - len(self._in_hand)]
        self._in_hand |= {one.id for one in due}
        return due

    async def work(self, one: Unread) -> None:
        """Look into it, keep what is found, and say so by a reaction."""
        try:
            emoji = await self._look(one)
            if emoji:
                await delivery.react_at(self._bot, one.person_id, one.message_id, emoji)
        except TelegramError as exc:  # the words are kept all the same
            log.info("a reaction to what was read did not go out: %s", type(exc).__name__)
        finally:
            self._in_hand.discard(one.id)

    async def _look(self, one: Unread) -> str | None:
        desk = self._desk
        if one.media.mime == PAGE:
            return await self._read(one)
        assert desk.describer is not None, "pictures are due only when somebody sees them"
        try:
            seen = await journey.describe(desk.db, desk.shelf, desk.describer, one)
        except EngineError as exc:
            log.warning("pictures wait a while: %s", exc.trouble)
            self._pictures_from = desk.clock.now() + REST
            return None
        return KEPT if seen else None

    async def _read(self, one: Unread) -> str | None:
        desk = self._desk
        failures, _ = self._failed.pop(one.id, (0, None))
        last = failures == len(AGAIN_AFTER)
        try:
            read = await journey.read_page(
                desk.db, desk.pages, one, last=last, now=desk.clock.now()
            )
        except EngineError:
            until = desk.clock.now() + AGAIN_AFTER[failures]
            self._failed[one.id] = failures + 1, until
            return None
        return NOT_YOURS if read else NOT_HEARD

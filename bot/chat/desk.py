"""What every handler works with, and one visit of one person."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import Message, Update, User
from telegram.ext import Application, CallbackContext

from bot.chat.outage import Outage
from bot.chat.pace import type_bot
from bot.chat.redraws import Redraws
from bot.chat.wording import Wording, language_from_code
from bot.domain.cliche import Worn
from bot.domain.forms import Form
from bot.domain.papers import Paper
from bot.domain.records import Language, Person
from bot.domain.shoots import Shoot
from bot.journey import people
from bot.journey.ports import (
    Charter,
    Clock,
    Describer,
    DocumentReader,
    Interviewer,
    Listener,
    PageReader,
    Writer,
)
from bot.store.database import Database
from bot.store.media import Shelf

# python-telegram-bot types its Application by six arguments; these are ours.
Context = CallbackContext[type_bot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]
Telegram = Application[
    type_bot,
    Context,
    dict[Any, Any],
    dict[Any, Any],
    dict[Any, Any],
    None,
]
Step = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a handler may need; built once in `app`."""

    db: Database
    shelf: Shelf
    clock: Clock
    writers: tuple[Writer, ...]  # asked in this order; the last one always answers
    interviewer: Interviewer
    documents: DocumentReader
    pages: PageReader
    admits: Callable[[int], bool]
    newcomer: Callable[[int, Language], Person]  # a person with the default settings
    forms: Mapping[str, Form]  # of drafts, by their ids
    worn: Callable[[], Worn]  # what counts as a cliché; the first call reads it, in 0.15 s
    word_file: Callable[[Paper], bytes]
    calendar_file: Callable[[Sequence[Shoot], datetime], bytes]  # and as of when
    default_language: Language
    # Who listens just now; None as long as nobody does.
    listener: Callable[[], Listener | None] = lambda: None
    # What lenses, moves and modes are called, by their ids.
    names: Callable[[Language], Mapping[str, str]] = lambda _language: {}
    outage: Outage = field(default_factory=Outage)  # of the listener
    redraws: Redraws = field(default_factory=Redraws)
    afterwards: dict[int, list[Step]] = field(default_factory=dict)  # by the number of the update
    describer: Describer | None = None  # None: pictures are kept and not described
    charter: Charter | None = None  # None: a look back at a week comes without its picture
    refused_at: dict[int, datetime] = field(default_factory=dict)  # when each person was last told

    async def person_of(self, user: User) -> Person:
        """The person behind an allowed user; let in when they write for the first time."""
        person = await people.find(self.db, user.id)
        if person is None:
            language = language_from_code(user.language_code, self.default_language)
            newcomer = self.newcomer(user.id, language)
            person = await people.welcome(self.db, newcomer, now=self.clock.now())
        return person


@dataclass(frozen=True, slots=True)
class Visit:
    """One update of one allowed person, with the words to answer in.

    What a handler puts into `afterwards` is done in that order once it has returned, and holds back
    none of the person's next messages however long Telegram makes it wait. Only then is the update
    booked as handled: a crash, or a step that fails, has all of it handled again.
    """

    desk: Desk
    bot: type_bot
    update: Update
    person: Person
    say: Wording
    afterwards: list[Step] = field(default_factory=list)

    @property
    def message(self) -> Message:
        """The message this update brings, new or edited."""
        message = self.update.effective_message
        assert message is not None, "routes send only messages here"
        return message

    @property
    def replied_to(self) -> int | None:
        """The id of the message this one answers."""
        reply = self.message.reply_to_message
        return reply.message_id if reply else None

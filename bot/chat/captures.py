"""Texts that need only keeping, kept and acknowledged together.

A transaction costs about as much for a hundred texts as for one, and so do a hundred reactions that
wait for Telegram side by side.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from telegram import Message, Update

from bot.chat import capture, commands
from bot.chat.booking import Outcome
from bot.chat.desk import Desk
from bot.chat.pace import type_bot
from bot.domain.records import Fragment
from bot.domain.words import is_blank
from bot.errors import StoreError
from bot.journey import capture as journey
from bot.journey.intake import Waiting

log = logging.getLogger(__name__)
# Ours: how long an acknowledged text may wait to be booked together with others. Until then a crash
# has it acknowledged once more.
BOOK_WITHIN_S = 0.5


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update out of the inbox: read, or `unreadable` for the library."""

    waiting: Waiting
    update: Update | None = None
    unreadable: Exception | None = None

    @classmethod
    def read(cls, waiting: Waiting, bot: type_bot) -> "Arrival":
        """Whatever is in it, this gives an arrival."""
        try:
            arrival = cls(waiting, update=Update.de_json(json.loads(waiting.raw), bot))
            _ = arrival.only_to_keep  # the library takes a number for a text; this does not
        except Exception as exc:  # nothing is foreseeable about what cannot be read
            return cls(waiting, unreadable=exc)
        return arrival

    @property
    def only_to_keep(self) -> bool:
        """Whether it is a text with no command and no reply: those set nothing else off. One that
        failed before goes its own way, so that it cannot fail the others a second time."""
        message = self.update.message if self.update else None
        if message is None or message.reply_to_message or is_blank(message.text or ""):
            return False
        if self.waiting.attempts:
            return False
        return bool(message.forward_origin) or commands.read(message.text or "") is None

    @property
    def about(self) -> int | None:
        """The message it is about, if that is another one: edited, reacted to, or answered."""
        if self.update is None:
            return None
        if self.update.message_reaction:
            return self.update.message_reaction.message_id
        if self.update.edited_message:
            return self.update.edited_message.message_id
        message = self.update.message
        reply = message.reply_to_message if message else None
        return reply.message_id if reply else None


class Captures:
    """Keeps what gathered while the transaction before was under way."""

    def __init__(
        self,
        desk: Desk,
        bot: type_bot,
        *,
        handle: Callable[[Arrival], Awaitable[None]],
        book: Callable[[Sequence[Outcome]], Awaitable[None]],
        spawn: Callable[[Awaitable[None]], object],
    ) -> None:
        self._desk = desk
        self._bot = bot
        self._handle = handle
        self._book = book
        self._spawn = spawn
        self._gathered: list[Arrival] = []
        self._alone: set[int] = set()
        self._turn = asyncio.Lock()

    async def keep(self, arrivals: Sequence[Arrival]) -> None:
        """Return once these are committed or have failed; they are acknowledged after that."""
        self._gathered += arrivals
        async with self._turn:
            # Whoever had the turn before may have taken ours along.
            gathered, self._gathered = self._gathered, []
            if gathered:
                await self._commit(gathered)
        for one in arrivals:
            if one.waiting.update_id in self._alone:
                self._alone.discard(one.waiting.update_id)
                await self._handle(one)

    async def _commit(self, arrivals: Sequence[Arrival]) -> None:
        try:
            said = [capture.said(_message(one)) for one in arrivals]
            kept = await journey.capture_all(self._desk.db, said)
        except StoreError as exc:
            await self._book([(one.waiting, exc) for one in arrivals])
        except Exception as exc:  # a newcomer, or one that cannot be kept: not with the others
            log.info("%d texts are kept one by one: %s", len(arrivals), type(exc).__name__)
            self._alone |= {one.waiting.update_id for one in arrivals}
        else:
            self._spawn(self._acknowledge(arrivals, kept))

    async def _acknowledge(
        self, arrivals: Sequence[Arrival], kept: Sequence[Fragment | None]
    ) -> None:
        under_way = [
            asyncio.ensure_future(self._acknowledge_one(*one))
            for one in zip(arrivals, kept, strict=True)
        ]
        try:
            while under_way:
                # One that Telegram has wait keeps the others from being booked only for so long.
                await asyncio.wait(under_way, timeout=BOOK_WITHIN_S)
                done = [one for one in under_way if one.done()]
                under_way = [one for one in under_way if one not in done]
                if done:
                    await self._book([one.result() for one in done])
        finally:
            for one in under_way:
                one.cancel()

    async def _acknowledge_one(self, arrival: Arrival, fragment: Fragment | None) -> Outcome:
        assert fragment is not None, "only texts with words come here"
        try:
            await capture.acknowledge(self._bot, _message(arrival), fragment)
        except Exception as exc:  # it is tried again; the fragment is kept already
            return arrival.waiting, exc
        return arrival.waiting, None


def _message(arrival: Arrival) -> Message:
    assert arrival.update is not None, "only updates that could be read come here"
    assert arrival.update.message is not None, "and of those only messages"
    return arrival.update.message

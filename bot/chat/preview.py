"""What is shown of a round while its ideas are still coming in.

A draft that grows, where Telegram and its server know drafts; else one message that is edited, and
taken away before the cards come. A preview that fails costs nothing but itself.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.chat import delivery
from bot.chat.layout import cards
from bot.chat.layout.letter import Letter
from bot.chat.pace import Wish, type_bot, wait_s
from bot.journey.ports import IdeaSketch

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast frames follow each other, in seconds."""

    # Telegram asks for about one message a second in a chat; a preview is a message.
    every_s: float = 1.0
    # Ours: who has seen nothing for so long is told that the digging has begun.
    first_sign_s: float = 2.0
    # Telegram shows a draft for 30 seconds (Bot API, sendMessageDraft).
    keep_s: float = 25.0
    # Ours: how long the cards wait for a frame that is on its way, so as not to come before it.
    last_s: float = 1.0


class _Unshowable(Exception):
    """Nothing can be shown in this way."""


class _Draft:
    """Streams into a draft. Its server may not know the method: it is then not found (404)."""

    def __init__(self, bot: type_bot, chat_id: int, draft_id: int, keep_s: float) -> None:
        self._bot, self._chat_id, self._draft_id = bot, chat_id, draft_id
        self.keep_s: float | None = keep_s

    async def show(self, text: str) -> None:
        try:
            await self._bot.send_message_draft(self._chat_id, self._draft_id, text)
        except (BadRequest, InvalidToken) as exc:
            raise _Unshowable from exc

    async def remove(self) -> None:
        """The next message takes its place."""


class _Message:
    """Edits one message."""

    keep_s: float | None = None  # it stays by itself

    def __init__(self, bot: type_bot, chat_id: int) -> None:
        self._bot, self._chat_id = bot, chat_id
        self._message_id: int | None = None

    async def show(self, text: str) -> None:
        if self._message_id:
            await delivery.edit_at(self._bot, self._chat_id, self._message_id, Letter(text))
            return
        try:
            letter, wish = Letter(text, silent=True), Wish(later=True)
            sent = await delivery.send_part(self._bot, self._chat_id, letter, wish=wish)
        except TelegramError as exc:  # whether it is there or not: a second one would be too many
            raise _Unshowable from exc
        self._message_id = sent.message_id

    async def remove(self) -> None:
        if self._message_id:
            with suppress(TelegramError):
                await self._bot.delete_message(self._chat_id, self._message_id)


class Preview:
    """Shows the ideas that have arrived for as long as the block runs: the first at once, then at
    most one frame a second, always of all there are by then. `head` says above them what is being
    done."""

    def __init__(
        self,
        bot: type_bot,
        chat_id: int,
        head: str,
        *,
        draft_id: int,
        tempo: Tempo = Tempo(),
    ) -> None:
        self._head = head
        self._tempo = tempo
        self._ways: list[_Draft | _Message] = [
            _Draft(bot, chat_id, draft_id, tempo.keep_s),
            _Message(bot, chat_id),
        ]
        self._titles: list[str] = []
        self._news = asyncio.Event()
        self._over = asyncio.Event()

    def add(self, sketch: IdeaSketch) -> None:
        """One more idea has arrived."""
        self._titles.append(sketch.title)
        self._news.set()

    async def __aenter__(self) -> "Preview":
        self._showing = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        self._news.set()
        try:
            await asyncio.wait({self._showing}, timeout=self._tempo.last_s)
        finally:
            self._showing.cancel()
            for way in self._ways:
                await way.remove()

    async def _run(self) -> None:
        await _within(self._tempo.first_sign_s, self._news)
        while self._ways and not self._over.is_set():
            await _within(await self._frame(), self._over)
            if self._ways:
                await _within(self._ways[0].keep_s, self._news)

    async def _frame(self) -> float:
        """Show what there is; how long to rest after it."""
        self._news.clear()
        part = next(Letter(cards.preview(self._head, self._titles)).parts())
        try:
            await self._ways[0].show(part.text)
        except _Unshowable as exc:
            log.info("no preview in this way: %s", type(exc.__cause__).__name__)
            del self._ways[0]
            self._news.set()
            return 0.0
        except RetryAfter as exc:
            self._news.set()
            return wait_s(exc)
        except TelegramError as exc:
            log.info("a preview frame was skipped: %s", type(exc).__name__)
            self._news.set()
            return self._tempo.every_s
        # That the digging has begun must not keep anybody from seeing what was found first.
        return self._tempo.every_s if self._titles else 0.0


async def _within(seconds: float | None, event: asyncio.Event) -> None:
    """Wait for an event, so long at most."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()

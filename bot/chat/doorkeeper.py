"""Who comes in: the owners, or the first who brings the code from the log."""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Callable
from typing import Any

from telegram.error import TelegramError

from bot.chat import delivery
from bot.chat.layout.letter import Letter
from bot.chat.pace import type_bot
from bot.chat.wording import language_from_code, wording
from bot.domain.records import Language, Person
from bot.journey import people
from bot.journey.ports import Clock
from bot.store.database import Database

log = logging.getLogger(__name__)
# Without letters and digits that look alike. Eight of 32 are 40 bits: not to be guessed in the
# few tries each sender has.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
MOST_TRIES = 20


class Doorkeeper:
    """Admits the ids in OWNER_IDS; without any, whoever was paired.

    Strangers get one polite line a run, remembered in memory only: they leave no data.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        owners: frozenset[int],
        newcomer: Callable[[int, Language], Person],
        default_language: Language,
    ) -> None:
        self._db = db
        self._clock = clock
        self._owners = owners
        self._pairs = not owners
        self._newcomer = newcomer
        self._default_language = default_language
        self._greeted: set[int] = set()
        self._tries: Counter[int] = Counter()
        self._code: str | None = None
        self._one_by_one = asyncio.Lock()
        self.bot: type_bot | None = None

    async def open(self) -> None:
        """Learn who is in already; with nobody, print a one-time code to the log, once. The code is
        this process's own."""
        await self._learn()
        if self._pairs and not self._owners and self._code is None:
            self._code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
            log.warning("Nobody is paired yet. To pair, send the bot:  /start %s", self._code)

    def admits(self, person_id: int) -> bool:
        """Whether this Telegram user may use the bot."""
        return person_id in self._owners

    async def let_in(self, sender: int, raw: dict[str, Any]) -> bool:
        """Whether somebody not admitted so far is, by now: paired by another process, or by the
        code this update brings. Raises StoreError when that cannot be told."""
        if not self._pairs:
            return False
        async with self._one_by_one:  # the code is good for one of them
            await self._learn()
            message = _message(raw)
            if not self.admits(sender) and self._fits(sender, message.get("text")):
                newcomer = self._newcomer(sender, self._language(message))
                await people.welcome(self._db, newcomer, now=self._clock.now())
                self._owners, self._code = frozenset({sender}), None
                log.warning("Paired with Telegram user %d.", sender)
            return self.admits(sender)

    async def decline(self, sender: int, raw: dict[str, Any]) -> None:
        """Tell a stranger who writes, once, that the bot is private."""
        if "message" not in raw or sender in self._greeted:
            return
        self._greeted.add(sender)
        assert self.bot is not None, "the bot is there before its updates are"
        text = wording(self._language(_message(raw))).gettext(
            "This is somebody's private notebook, so I cannot help you here. "
            "Nothing you wrote was kept."
        )
        try:
            await delivery.send(self.bot, sender, Letter(text))
        except TelegramError as exc:
            log.info("a stranger could not be answered: %s", type(exc).__name__)

    async def _learn(self) -> None:
        if self._pairs:
            self._owners = await people.admitted(self._db)
        if self._owners:
            self._code = None

    def _fits(self, sender: int, text: object) -> bool:
        words = text.split() if isinstance(text, str) else []
        if self._code is None or words[:1] != ["/start"] or len(words) != 2:
            return False
        if self._tries[sender] >= MOST_TRIES:
            return False
        fits = secrets.compare_digest(words[1].upper().encode(), self._code.encode())
        self._tries[sender] += not fits  # the right one may come again: the database may be full
        return fits

    def _language(self, message: dict[str, Any]) -> Language:
        sender = message.get("from")
        code = sender.get("language_code") if isinstance(sender, dict) else None
        known = code if isinstance(code, str) else None
        return language_from_code(known, self._default_language)


def _message(raw: dict[str, Any]) -> dict[str, Any]:
    message = raw.get("message")
    return message if isinstance(message, dict) else {}

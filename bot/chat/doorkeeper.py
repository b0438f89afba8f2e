"""Who comes in: the owners, or the first who brings the code from the log."""

import logging
import secrets
from collections import Counter
from collections.abc import Callable
from typing import Any

from telegram.error import TelegramError

from bot.chat import delivery
from bot.chat.layout import greetings
from bot.chat.layout.letter import Letter
from bot.chat.pace import type_bot
from bot.chat.wording import language_from_code, wording
from bot.domain.records import Language, Person
from bot.errors import StoreError
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
        self._newcomer = newcomer
        self._default_language = default_language
        self._greeted: set[int] = set()
        self._tries: Counter[int] = Counter()
        self._code: str | None = None
        self.bot: type_bot | None = None

    async def open(self) -> None:
        """Learn who is in already; with nobody, print a one-time code to the log, once."""
        if self._owners:
            return
        self._owners = await people.admitted(self._db)
        if not self._owners and self._code is None:
            self._code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
            log.warning("Nobody is paired yet. To pair, send the bot:  /start %s", self._code)

    def admits(self, person_id: int) -> bool:
        """Whether this Telegram user may use the bot."""
        return person_id in self._owners

    async def stranger(self, raw: dict[str, Any]) -> None:
        """Pair whoever brings the code; tell others once that the bot is private."""
        message = raw.get("message") or {}
        sender = message.get("from") or {}
        if not sender.get("id"):
            return
        language = language_from_code(sender.get("language_code"), self._default_language)
        try:
            if self._fits(sender["id"], message.get("text") or ""):
                await self._pair(sender["id"], language)
            elif sender["id"] not in self._greeted:
                self._greeted.add(sender["id"])
                await self._decline(sender["id"], language)
        except TelegramError as exc:
            log.info("a stranger could not be answered: %s", type(exc).__name__)
        except StoreError as exc:
            log.error("pairing did not work, the code stays valid: %s", exc)

    def _fits(self, sender: int, text: str) -> bool:
        words = text.split()
        if self._code is None or words[:1] != ["/start"] or len(words) != 2:
            return False
        self._tries[sender] += 1
        if self._tries[sender] > MOST_TRIES:
            return False
        return secrets.compare_digest(words[1].upper().encode(), self._code.encode())

    async def _pair(self, person_id: int, language: Language) -> None:
        now = self._clock.now()
        person = await people.welcome(self._db, self._newcomer(person_id, language), now=now)
        self._owners, self._code = frozenset({person_id}), None
        log.warning("Paired with Telegram user %d.", person_id)
        await self._send(person_id, greetings.hello(wording(person.language), person, now))

    async def _decline(self, person_id: int, language: Language) -> None:
        text = wording(language).gettext(
            "This is somebody's private notebook, so I cannot help you here. "
            "Nothing you wrote was kept."
        )
        await self._send(person_id, Letter(text))

    async def _send(self, chat_id: int, letter: Letter) -> None:
        assert self.bot is not None, "the bot is there before its updates are"
        await delivery.send(self.bot, chat_id, letter)

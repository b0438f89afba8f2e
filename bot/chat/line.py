"""The line to Telegram: what is asked is asked again until it works, and the log tells of each
change of state once, however long it lasts."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from typing import TypeVar

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.chat.pace import Pace, type_bot, wait_s
from bot.errors import GoldpanError, StoreError

log = logging.getLogger(__name__)
T = TypeVar("T")
# Ours: a restart of a router passes within the first few, and after an outage of hours nobody
# minds another half minute.
WAITS_S = (1, 2, 4, 8, 16, 30)
# Ours: the longest step is a round of getUpdates. Telegram answers it after 30 s at the latest, the
# database gives up after 15 s; twice that is no longer slow but dead.
WITHIN_S = 90


class PatientBot(type_bot):
    """A bot whose start does not depend on Telegram: `meet` asks who it is, when that can be."""

    def __init__(self, token: str, *, request: BaseRequest, get_updates_request: BaseRequest,
                 base_url: str, base_file_url: str, rate_limiter: Pace) -> None:  # fmt: skip
        super().__init__(
            token,
            base_url=base_url,
            base_file_url=base_file_url,
            request=request,
            get_updates_request=get_updates_request,
            rate_limiter=rate_limiter,
        )
        self._for_updates = get_updates_request  # the library freezes names without "_"

    @property
    def for_updates(self) -> BaseRequest:
        """The connection that getUpdates goes over."""
        return self._for_updates

    async def initialize(self) -> None:
        """Nothing: connections open with the first call."""

    async def meet(self) -> None:
        """Learn who we are; the first call that needs the network."""
        await super().initialize()

    async def shutdown(self) -> None:
        """Close the connections, met or not."""
        await super().shutdown()
        for request in (self.request, self.for_updates):
            await request.shutdown()


class Line:
    """Asks Telegram at the address `api`."""

    def __init__(
        self,
        api: str,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        within_s: float = WITHIN_S,
    ) -> None:
        self._api = api
        self._sleep = sleep
        self._within_s = within_s
        self._trouble: type[Exception] | None = None

    async def until(self, step: Callable[[], Awaitable[T]]) -> T:
        """What `step` gives, as soon as it works. A step that hangs is cut off and begun anew.

        Raises GoldpanError for a token Telegram does not know, and whatever `step` raises of its
        own accord as one.
        """
        for rest_s in chain(WAITS_S, repeat(WAITS_S[-1])):
            done: list[T] = []
            pause_s = await self._attempt(step, done)
            if done:
                return done[0]
            await self._sleep(max(rest_s, pause_s))
        raise AssertionError("it is tried for ever")

    async def once(self, step: Callable[[], Awaitable[T]]) -> bool:
        """Whether `step` works at once. Raises as `until` does."""
        done: list[T] = []
        await self._attempt(step, done)
        return bool(done)

    async def _attempt(self, step: Callable[[], Awaitable[T]], done: list[T]) -> float:
        """Put the result into `done`, or give the seconds Telegram asks to wait, if it does."""
        try:
            async with asyncio.timeout(self._within_s):
                done.append(await step())
        except InvalidToken:  # its cause may hold the token
            raise GoldpanError(
                f"{self._api} does not know this token; check TELEGRAM_BOT_TOKEN with @BotFather"
            ) from None
        except GoldpanError as exc:
            if not isinstance(exc, StoreError):
                raise
            self._note(exc, "updates cannot be stored, so they stay with Telegram: %s", exc)
        except RetryAfter as exc:
            self._note(exc, "%s asks us to wait: %s", self._api, exc)
            return wait_s(exc)
        except Conflict as exc:
            self._note(exc, "somebody else fetches this bot's updates (%s); end it there", exc)
        except TelegramError as exc:
            self._note(exc, "%s cannot be reached (%s); trying until it can", self._api, exc)
        except TimeoutError as exc:
            self._note(exc, "%s gave no answer for %g s; asking anew", self._api, self._within_s)
        except Exception as exc:  # the next message must come, whatever became of this one
            self._note(exc, "fetching updates failed (%s)", type(exc).__name__, trace=exc)
        else:
            if self._trouble:
                log.warning("%s is reached again", self._api)
            self._trouble = None
        return 0.0

    def _note(
        self, exc: Exception, message: str, *about: object, trace: Exception | None = None
    ) -> None:
        kind = _kind(exc)
        if kind is not self._trouble:
            log.warning(message, *about, exc_info=trace)
        self._trouble = kind


def _kind(exc: Exception) -> type[Exception]:
    """Refused, reset or 502 are one state: not reached."""
    for kind in (Conflict, RetryAfter, TelegramError):
        if isinstance(exc, kind):
            return kind
    return type(exc)

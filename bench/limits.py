"""At Telegram's real limits: how fast messages go out, and that captures do not wait for them."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.measure import Row
from bench.process import running
from bench.whole import BURST, PATIENCE_S, PEOPLE, TEXT
from bot.sandbox.cloud import Cloud, Past
from bot.sandbox.faults import PER_CHAT_PER_S, PER_S
from bot.sandbox.phone import Phone
from bot.sandbox.server import serving

ASKING, QUESTIONS = 60, 2
"""So many people ask so often for help, at once: four seconds' worth of messages."""


class Calls:
    """When which chat was written to, and how many reactions there were."""

    def __init__(self, cloud: Cloud) -> None:
        self.messages: list[tuple[float, str]] = []
        self.reactions = 0
        cloud.overhear(self._note)

    def _note(self, method: str, arguments: dict[str, Any], _: Any) -> None:
        if method == "sendMessage":
            self.messages.append((perf_counter(), arguments["chat_id"]))
        self.reactions += method == "setMessageReaction"

    async def reach(self, reactions: int, messages: int = 0) -> None:
        """Return when there were so many of each."""
        async with asyncio.timeout(PATIENCE_S):
            while self.reactions < reactions or len(self.messages) < messages:  # noqa: ASYNC110
                await asyncio.sleep(0.001)


async def rows() -> AsyncIterator[Row]:
    """Captures a second beside those of a bot without a limit, and the fullest second."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        free, _ = await _run(folder, "100000", Past())
        bound, calls = await _run(folder, str(PER_S), Past(1_000_000_000, 1_000_000))
    yield Row(f"captures at {PER_S} messages/s", "a second", bound, "without a limit", free)
    chats = defaultdict[str, list[float]](list)
    for at, chat in calls.messages:
        chats[chat].append(at)
    total, one = _fullest(at for at, _ in calls.messages), max(map(_fullest, chats.values()))
    telegrams = "Telegram's limit"
    yield Row("most messages", "a second", total, telegrams, PER_S, more_is_better=False)
    yield Row("most messages to one chat", "a second", one, telegrams, PER_CHAT_PER_S, False)


async def _run(folder: Path, per_s: str, past: Past) -> tuple[float, Calls]:
    cloud = Cloud(lambda: datetime.now(UTC), past=past)
    phones, calls = [Phone(cloud, person_id=one) for one in PEOPLE], Calls(cloud)
    async with (
        serving(cloud) as address,
        running(*(("bot", "run"), folder, address), owners=PEOPLE, TELEGRAM_MESSAGES_PER_S=per_s),
    ):
        for phone in phones:
            phone.send("the first, after which everything is warm")
        await calls.reach(len(phones))
        for phone in phones[:ASKING] * QUESTIONS:
            phone.send("/help")
        began = perf_counter()
        for n in range(BURST):
            phones[n % len(phones)].send(TEXT.format(n=n))
        await calls.reach(len(phones) + BURST)
        took_s = perf_counter() - began
        await calls.reach(0, ASKING * QUESTIONS)
        await cloud.updates.all_confirmed()
    return BURST / took_s, calls


def _fullest(moments: Iterable[float]) -> int:
    """The most that fell into any second."""
    window, most = deque[float](), 0
    for at in moments:
        window.append(at)
        while window[0] <= at - 1:
            window.popleft()
        most = max(most, len(window))
    return most

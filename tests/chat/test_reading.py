"""Pages are read a few at a time; one that takes too long gets more than one chance."""

import asyncio
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.chat.desk import Desk
from bot.chat.layout import reading as layout
from bot.chat.reading import AGAIN_AFTER, AT_ONCE, PAGE
from bot.chat.rounds import Rounds
from bot.chat.wording import wording
from bot.domain.records import Fragment, Kind, Language, Media, Origin, Person, Said
from bot.errors import EngineError, Trouble
from bot.journey.capture import capture
from bot.journey.ports import Page
from tests.fakes import FailingBot, FakeClock


class Crowded:
    """A web that answers once `gate` is open, and knows how many asked it at once."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.full = asyncio.Event()
        self.asked: list[str] = []
        self.now = self.most = 0
        self.trouble: Trouble | None = None

    async def read(self, address: str) -> Page:
        self.asked.append(address)
        self.now += 1
        self.most = max(self.most, self.now)
        if self.now == AT_ONCE:
            self.full.set()
        try:
            await self.gate.wait()
        finally:
            self.now -= 1
        if self.trouble:
            raise EngineError(self.trouble)
        return Page(address, "On pianos", "Nobody plays them.")


@pytest.fixture
def web() -> Crowded:
    return Crowded()


@pytest.fixture
def reading(desk: Desk, web: Crowded) -> Desk:
    """A desk that reads that web."""
    return replace(desk, pages=web)


async def ask(desk: Desk, person: Person, n: int) -> None:
    """Somebody wants a page read."""
    page = Media(f"https://piano.example/{n}", None, PAGE, 0)
    said = Said(person.id, n, "", desk.clock.now(), Kind.LINK, Origin.FORWARDED, media=(page,))
    await capture(desk.db, said)


async def test_of_many_pages_only_so_many_are_fetched_at_once_and_each_once(
    reading: Desk, ming: Person, web: Crowded
) -> None:
    for n in range(1, 8):
        await ask(reading, ming, n)
    rounds = Rounds(reading, cast("Any", FailingBot()))
    await asyncio.gather(*(rounds.tick(reading.clock.now()) for _ in range(3)))
    await web.full.wait()
    await rounds.tick(reading.clock.now())
    web.gate.set()
    await rounds.done()
    assert web.most == AT_ONCE
    assert sorted(web.asked) == [f"https://piano.example/{n}" for n in range(1, 8)]


async def test_a_page_that_takes_too_long_is_tried_three_times_and_then_given_up(
    reading: Desk, ming: Person, web: Crowded, clock: FakeClock
) -> None:
    bot = FailingBot()
    await ask(reading, ming, 1)
    web.trouble = Trouble.TIMEOUT
    web.gate.set()
    rounds = Rounds(reading, cast("Any", bot))
    for tries, wait in enumerate(AGAIN_AFTER, start=1):
        for _ in range(2):  # at once nothing is tried again
            await rounds.tick(clock.now())
            await rounds.done()
        assert (len(web.asked), bot.arrived) == (tries, [])
        clock.set(clock.now() + wait)
    await rounds.tick(clock.now())
    await rounds.done()
    assert len(web.asked) == 1 + len(AGAIN_AFTER) == 3
    assert any("我試了三次" in one for one in bot.arrived)


def shown(person: Person, trouble: Trouble | None) -> str:
    page = Media("https://piano.example", None, PAGE, 0, words="Pianos\n\nNobody", trouble=trouble)
    forwarded = (person.id, 1, Kind.LINK, Origin.FORWARDED, "", 1, person.digest_from)
    fragment = Fragment(1, *forwarded, media=(page,))
    return layout.page(wording(Language.EN), fragment).text


def test_a_page_that_went_on_says_that_this_is_its_beginning(ming: Person) -> None:
    assert "only its beginning" in shown(ming, Trouble.TRUNCATED)
    assert "only its beginning" not in shown(ming, None)

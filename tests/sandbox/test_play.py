"""Scripts, performed against a bot that polls over HTTP from a thread of its own."""

import io
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from bot.errors import PlayError
from bot.sandbox.clock import PlayClock
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import Phone
from bot.sandbox.play import Play, settled
from bot.sandbox.printing import TextPrinter
from bot.sandbox.script import parse
from bot.sandbox.server import serving


class Theatre:
    """A play, its stage, and what was printed."""

    def __init__(self, tiny_bot) -> None:
        self._tiny_bot = tiny_bot
        self.out = io.StringIO()

    async def perform(self, text: str, *, patience_s: float = 60, stuck: bool = False) -> None:
        script = parse(text, name="day.txt")
        clock = PlayClock(script.starts_at)
        cloud = Cloud(clock.now)
        cloud.listen(TextPrinter(script.directives.zone, self.out))
        phone = Phone(cloud, language_code=script.directives.language_code)
        async with serving(cloud) as url:
            self.stage = self._tiny_bot(f"{url}/bot{cloud.token}/", clock)
            self.stage.stuck = stuck
            play = Play(
                script, self.stage, cloud=cloud, phone=phone, clock=clock, patience_s=patience_s
            )
            await play.run()

    @property
    def lines(self) -> list[str]:
        return self.out.getvalue().splitlines()


@pytest.fixture
def theatre(tiny_bot) -> Theatre:
    return Theatre(tiny_bot)


async def test_a_day_is_played_and_printed(theatre):
    await theatre.perform(
        "@tz Asia/Taipei\n"
        "08:41 words\n"
        "08:42   \n"
        "08:43 @forward theirs\n"
        "20:59 more\n"
        "21:01 @react 1 🔥\n"
    )
    assert theatre.lines == [
        "08:41  me   (1)  words",
        "08:41  bot  ✍ on (1)",
        "08:43  me   (2)  theirs",
        "08:43  bot  ✍ on (2)",
        "20:59  me   (3)  more",
        "20:59  bot  ✍ on (3)",
        "21:00  bot  (4)  digest: words / theirs / more",
        "21:01  me   🔥 on (1)",
    ]


async def test_every_minute_is_ticked_once_and_the_first_steps_own_too(theatre):
    await theatre.perform("@date 2026-11-20\n23:58 a\n00:01 @wait")
    assert theatre.stage.ticks == [
        datetime(2026, 11, 20, 23, 58, tzinfo=UTC),
        datetime(2026, 11, 20, 23, 59, tzinfo=UTC),
        datetime(2026, 11, 21, 0, 0, tzinfo=UTC),
        datetime(2026, 11, 21, 0, 1, tzinfo=UTC),
    ]


async def test_the_applications_own_timers_run_on_the_plays_clock(theatre):
    await theatre.perform("08:00 /remind 90\n08:02 @tap ok\n08:02 /remind 1.5")
    assert theatre.lines[2:] == [
        "08:01  bot  (2)  remember  [ok]",
        "08:02  me   tap  [ok] on (2)",
        "08:02  bot  toast  kept",
        "08:02  me   (3)  /remind 1.5",
        "08:02  bot  ✍ on (3)",
        "08:02  bot  (4)  remember  [ok]",
    ]


async def test_a_restart_throws_timers_away_and_keeps_what_was_kept(theatre):
    await theatre.perform("12:58 words\n12:58 /remind 30\n12:58 @restart\n13:00 @wait")
    assert theatre.lines[-1] == "13:00  bot  (3)  digest: words / /remind 30"


async def test_a_day_in_which_nothing_happens_costs_seconds(theatre):
    await theatre.perform("00:00 @wait\n23:59 @wait")
    assert len(theatre.stage.ticks) == 1440
    assert theatre.lines == ["13:00  bot  (1)  digest:"]


async def test_a_step_that_cannot_be_done_stops_the_play(theatre):
    with pytest.raises(PlayError, match=r'^day.txt, line 2: there is no button "⭐"; '):
        await theatre.perform("08:00 words\n08:01 @tap ⭐\n08:02 never said")
    assert len(theatre.lines) == 2


async def test_an_application_that_is_never_done_stops_the_play(theatre):
    with pytest.raises(PlayError, match=r"^day.txt, line 1: the application was still busy after"):
        await theatre.perform("08:00 words", patience_s=0.05, stuck=True)


async def test_what_a_killed_bot_did_not_confirm_is_given_to_it_again(
    tiny_bot, cloud: Cloud, url: str, phone: Phone, eventually: Callable[..., Awaitable[None]]
):
    stage = tiny_bot(f"{url}/bot{cloud.token}/", PlayClock(cloud.now()))
    stage.confirms = False
    await stage.start()
    phone.send("words")
    await eventually(lambda: phone.events[-1].kind == "reaction")
    await stage.kill()
    stage.confirms = True
    await stage.start()
    await settled(stage, cloud)
    await stage.kill()
    assert len(stage.given) == 2
    assert len(set(stage.given)) == 1
    assert stage.kept == {1: "words"}
    assert [event.text for event in phone.events] == ["words", "✍"]

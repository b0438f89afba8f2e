"""`python -m bench.faults [seed]`: kills, faults and floods, each number with its seed."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.storm import ECHO, GOLDPAN, KEEPING_ECHO, Storm, Subject, Toll, Weather

SEED = 4
MISHAPS, FLOODS = 0.05, 0.05
"""Share of calls that fail, and of calls into a chat that are refused with 429."""
BACKLOG_S = 6.0  # the deaths come while it is worked off
ECHO_CALM_S = 4.0  # what an echo bot has lost it never answers, and it never takes longer


async def main(seed: int) -> None:
    """Print a table: Goldpan in every weather, the others in those that need no care for limits."""
    storms: list[tuple[str, Subject, Weather]] = [
        ("5 kills", GOLDPAN, Weather(seed)),
        ("5 kills", ECHO, Weather(seed, calm_s=ECHO_CALM_S)),
        ("5 kills", KEEPING_ECHO, Weather(seed, calm_s=ECHO_CALM_S)),
        ("5 kills, a backlog", GOLDPAN, Weather(seed, queued=True, over_s=BACKLOG_S)),
        (
            "5 kills, a backlog",
            ECHO,
            Weather(seed, queued=True, over_s=BACKLOG_S, calm_s=ECHO_CALM_S),
        ),
        (
            "5 kills, a backlog",
            KEEPING_ECHO,
            Weather(seed, queued=True, over_s=BACKLOG_S, calm_s=ECHO_CALM_S),
        ),
        ("5 kills, 5 % 502/reset", GOLDPAN, Weather(seed, faults={"mishaps": MISHAPS})),
        ("5 kills, 5 % 429", GOLDPAN, Weather(seed, faults={"floods": FLOODS, "limits": True})),
        (
            "5 kills, twice, any order",
            GOLDPAN,
            Weather(seed, faults={"duplicate": True, "reorder": True}),
        ),
    ]
    print(f"1,000 messages from 50 people within 20 s, 50 ms to Telegram, seed {seed}")
    print(f"{'weather':<28}{'bot':<20}{'lost':>6}{'doubled':>9}{'repeated':>10}{'in flight':>11}"
          f"{'disorder':>10}{'unanswered':>12}{'too soon':>10}{'s':>7}")  # fmt: skip
    for what, subject, weather in storms:
        with TemporaryDirectory() as name:
            _print(what, subject, await Storm(subject, weather, Path(name)).blow())


def _print(what: str, subject: Subject, toll: Toll) -> None:
    print(f"{what:<28}{subject.name:<20}{toll.lost:>6}{toll.doubled:>9}{toll.repeated:>10}"
          f"{toll.in_flight:>11}{toll.out_of_order:>10}{toll.unanswered:>12}{toll.too_soon:>10}"
          f"{toll.took_s:>7.1f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else SEED))

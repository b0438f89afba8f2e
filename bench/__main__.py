"""`python -m bench` prints a table and writes bench/results.json."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path

from bench import capture, pan
from bench.measure import Row

RESULTS = Path(__file__).with_name("results.json")
SUBJECTS = (capture, pan)


async def measure() -> list[Row]:
    """Every row of every subject, one after the other: they must not share the processor."""
    return [row for subject in SUBJECTS async for row in subject.rows()]


def main() -> None:
    rows = asyncio.run(measure())
    print(f"{'':<22}{'per second':>12}   {'compared with':<24}{'per second':>12}{'ratio':>8}")
    for row in rows:
        ours, theirs = f"{row.per_s:>12,.0f}", f"{row.against_per_s:>12,.0f}"
        print(f"{row.what:<22}{ours}   {row.against:<24}{theirs}{row.ratio:>8.2f}")
    found = [asdict(row) | {"ratio": round(row.ratio, 3)} for row in rows]
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""`python -m bench` prints a table and writes bench/results.json."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path

from bench import (
    backlog,
    capture,
    compose,
    connecting,
    digest,
    full,
    hear,
    limits,
    listen,
    pan,
    preview,
    whole,
)
from bench.measure import Row

RESULTS = Path(__file__).with_name("results.json")
SUBJECTS = (
    whole,
    limits,
    capture,
    full,
    listen,
    hear,
    preview,
    pan,
    backlog,
    compose,
    connecting,
    digest,
)


async def measure() -> list[Row]:
    """Every row of every subject, one after the other: they must not share the processor."""
    return [row for subject in SUBJECTS async for row in subject.rows()]


def main() -> None:
    rows = asyncio.run(measure())
    print(f"{'':<28}{'ours':>10}  {'':<9} {'compared with':<28}{'theirs':>10}{'ratio':>7}  better")
    for row in rows:
        ours, theirs = f"{row.ours:>10,.5g}", f"{row.theirs:>10,.5g}"
        better = "more" if row.more_is_better else "less"
        print(
            f"{row.what:<28}{ours}  {row.unit:<9} {row.against:<28}{theirs}{row.ratio:>7.2f}"
            f"  {better}"
        )
    found = [asdict(row) | {"ratio": round(row.ratio, 3)} for row in rows]
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

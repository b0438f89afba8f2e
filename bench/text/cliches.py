"""Clichés: what the linter makes of a file, and of our own fixtures.

In `home_made`, `cliches-said.jsonl` holds fragments as creators say them, `cliches-plain.jsonl`
notes that come near a cliché and are none (one abstract word, a contrast, a list of three), and
`cliches-ridden.jsonl` blocks full of clichés, half of them without a famous phrase. All are
home-made. `part` counts the sittings in which they were written: what is looked for was tuned on
1, 3, 4 and 6; of 2, 5 and 7 only totals were read. 5 came after the patterns and is the hardest.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from statistics import mean
from typing import TypedDict

from bot.domain.cliche import LIMIT, Looked, Worn, look
from bot.engines.cliches import worn
from bot.engines.prompts import PromptLibrary
from bot.resources import folder

FIXTURES = Path(__file__).parent / "home_made"
SAID, PLAIN = FIXTURES / "cliches-said.jsonl", FIXTURES / "cliches-plain.jsonl"
RIDDEN = FIXTURES / "cliches-ridden.jsonl"
UNSEEN = ("2", "5", "7", "9")


class Line(TypedDict, total=False):
    """A line of a file: `id`, `text`, `own`; our fixtures also say `lang`, `part` and `famous`."""

    id: str
    text: str
    own: list[str]
    lang: str
    part: str
    famous: bool


def scores(file: Path) -> Iterator[str]:
    """A line of JSON, `{"id", "score", "marks"}`, for each line of `file`; ValueError says which
    one cannot be read."""
    for line, found in _looked(file):
        marks = [asdict(mark) for mark in found.marks]
        said = {"id": line["id"], "score": round(found.score, 3), "marks": marks}
        yield json.dumps(said, ensure_ascii=False)


def table() -> Iterator[str]:
    """What is above the limit in our own fixtures."""
    yield f"clichés, home-made{'':<24}{'texts':>8}{'above ' + str(LIMIT):>12}{'mean':>8}"
    every = [
        (name, line, found.score)
        for name, file in (("as people talk", SAID), ("near misses", PLAIN), ("worn", RIDDEN))
        for line, found in _looked(file)
    ]
    yield from _rows(every, lambda name, line: f"{name}{_phrases(line)}, {line['lang']}")
    yield from _rows(every, _sitting)


def _rows(
    every: Sequence[tuple[str, Line, float]], group: Callable[[str, Line], str]
) -> Iterator[str]:
    scores: dict[str, list[float]] = {}
    for name, line, score in every:
        scores.setdefault(group(name, line), []).append(score)
    for name, found in scores.items():
        above = mean(score > LIMIT for score in found)
        if name:
            yield f"  {name:<40}{len(found):>8}{above:>12.0%}{mean(found):>8.2f}"


def _phrases(line: Line) -> str:
    return {True: ", famous phrases", False: ", no famous one", None: ""}[line.get("famous")]


def _sitting(name: str, line: Line) -> str:
    part = line.get("part")
    seen = "only totals read" if part in UNSEEN else "tuned beside"
    return f"{name}, sitting {part}: {seen}" if part else ""


def _looked(file: Path) -> Iterator[tuple[Line, Looked]]:
    for number, written in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if written.strip():
            try:
                line: Line = json.loads(written)
                text, own = line["text"], line.get("own") or []
            except (ValueError, TypeError, KeyError, AttributeError) as exc:
                raise ValueError(
                    f'{file}, line {number}: not {{"id", "text", "own": [str]}}'
                ) from exc
            yield line, look(text, _worn(), own)


@cache
def _worn() -> Worn:
    return worn(PromptLibrary(folder("prompts")))

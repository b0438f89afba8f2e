"""Clichés: what the linter makes of a file, and of our own fixtures.

In `home_made`, `cliches-said.jsonl` holds fragments as creators say them, `cliches-plain.jsonl`
notes that come near a cliché and are none (one abstract word, a contrast, a list of three), and
`cliches-ridden.jsonl` blocks full of clichés, half of them without a famous phrase. All are
home-made. `part` counts the sittings in which they were written: what is looked for was tuned on
1, 3, 4 and 6; of 2, 5 and 7 only totals were read. 5 came after the patterns and is the hardest.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from itertools import groupby
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
    for name, texts, above, score in fixtures():
        yield f"  {name:<40}{texts:>8}{above:>12.0%}{score:>8.2f}"


def fixtures() -> Iterator[tuple[str, int, float, float]]:
    """Of our fixtures, by language (and part): how many, the share above the limit, the mean."""
    for file in (SAID, PLAIN, RIDDEN):
        every = [(_group(file, line), found.score) for line, found in _looked(file)]
        for name, group in groupby(sorted(every), key=lambda one: one[0]):
            scores = [score for _, score in group]
            yield name, len(scores), mean(score > LIMIT for score in scores), mean(scores)


def _group(file: Path, line: Line) -> str:
    return " ".join(filter(None, (file.stem, line["lang"], line.get("part"))))


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

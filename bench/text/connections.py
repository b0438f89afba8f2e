"""What was said earlier that a day touches: days with one planted older piece and days without,
written for this by hand, beside libraries of fragments that other fixtures brought."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from bench.text.own_words import BUILT_ON, LATER, read
from bot.domain.connecting import connections
from bot.domain.related import Text, near

FOLDER = Path(__file__).parent / "home_made"
TUNED_ON, LATER_ON = FOLDER / "connections.jsonl", FOLDER / "connections_later.jsonl"
FRESH = FOLDER / "connections_fresh.jsonl"
"""JSON Lines {"id", "lang", "day": [str], "older": str or null, "near": [str], "how", "gold"};
`near` are pieces that share a word with the day and nothing else. The first two are tuned on; the
third was written by someone who knew nothing of the code, when that was done."""

LANGUAGES = ("zh-Hant", "zh-Hans", "yue", "en", "mixed")


@dataclass(frozen=True, slots=True)
class Case:
    """A day, and what it is known to touch, if anything."""

    id: str
    lang: str
    day: Sequence[str]
    older: str | None
    near: Sequence[str]
    gold: bool
    answers: bool


def cases(path: Path) -> list[Case]:
    """Those of a file."""
    entries = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Case(
            one["id"],
            one["lang"],
            one["day"],
            one["older"],
            one["near"],
            one.get("gold", False),
            one.get("how") == "answered",
        )
        for one in entries
    ]


@cache
def corpus(lang: str) -> tuple[str, ...]:
    """Some three hundred fragments that nobody wrote for this."""
    if lang == "mixed":
        return corpus("zh-Hant")[::2] + corpus("en")[::2]
    said = [
        text
        for one in chain(read(BUILT_ON), read(LATER))
        if one.lang == lang
        for text in one.fragments.values()
    ]
    for name in ("cliches-said.jsonl", "cliches-plain.jsonl"):
        entries = map(json.loads, (FOLDER / name).read_text(encoding="utf-8").splitlines())
        said += [one["text"] for one in entries if one["lang"] == lang]
    return tuple(dict.fromkeys(said))


def library(case: Case, all_cases: Sequence[Case], *, planted: bool = True) -> list[Text]:
    """What was said before the day: the corpus of its language, everything that is near to any day
    of that language, what is planted for the others, and what is planted for this one."""
    alike = [one for one in all_cases if one.lang == case.lang]
    texts = [*corpus(case.lang), *chain.from_iterable(one.near for one in alike)]
    texts += [one.older for one in alike if one.older and one is not case]
    if case.older and planted:
        texts.insert(len(texts) // 2, case.older)
    return [Text(n, text, own=True) for n, text in enumerate(dict.fromkeys(texts), 1)]


def found(case: Case, texts: Sequence[Text]) -> str | None:
    """What is shown to that day out of these texts."""
    planted = [one.n for one in texts if one.text == case.older]
    today = [Text(len(texts) + i, text, own=True) for i, text in enumerate(case.day, 1)]
    shown = connections(
        today,
        texts,
        gold=planted if case.gold else (),
        answers=planted if case.answers else (),
    )
    return next((one.text for one in texts if shown and one.n == shown[0].n), None)


def nearest(case: Case, texts: Sequence[Text]) -> str | None:
    """What shares most with that day by `related`, which always finds something."""
    best = near("\n".join(case.day), None, texts, most=1)
    return next((one.text for one in texts if one.n in best), None)


def table() -> Iterator[str]:
    """How many of the planted pieces were found; on how many days without one, and on how many of
    the others once theirs is taken away, something else was shown."""
    yield (
        f"an older piece that today touches{'':<13}{'found':>10}{'another':>9}"
        f"{'invented':>10}{'without':>10}{'nearest':>10}"
    )
    for name, path in (
        ("tuned on", TUNED_ON),
        ("tuned on later", LATER_ON),
        ("fresh, as first seen", FRESH),
    ):
        everything = cases(path)
        for lang in ("", *LANGUAGES):
            yield _row(f"  {name}, {lang or 'all'}", lang, everything)


def _row(name: str, lang: str, everything: Sequence[Case]) -> str:
    chosen = [one for one in everything if lang in ("", one.lang)]
    connected = [one for one in chosen if one.older]
    shown = [(one, found(one, library(one, everything))) for one in connected]
    right = sum(text == one.older for one, text in shown)
    other = sum(text not in (one.older, None) for one, text in shown)
    days = [one for one in chosen if not one.older]
    invented = sum(found(one, library(one, everything)) is not None for one in days)
    bare = sum(found(one, library(one, everything, planted=False)) is not None for one in connected)
    by_words = sum(nearest(one, library(one, everything)) == one.older for one in connected)
    return (
        f"{name:<46}{right:>4} of {len(connected):<3}{other:>8}"
        f"{invented:>5} of {len(days):<2}{bare:>5} of {len(connected):<2}"
        f"{by_words:>4} of {len(connected):<2}"
    )

"""Everything that `make bench-text` prints."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from bench.text import cliches, drafts, own_words, reuse, sets
from bench.text.pairs import Labelled, as_used, plain, read, score

HOME_MADE = Path(__file__).parent / "home_made" / "titles.jsonl"
"""Rounds of titles as a writer might give them, written and labelled for this by hand."""

FIGURES = ("precision", "recall", "multi_precision", "multi_recall")
WAYS = {"plain 3-character grams at .50": plain, "ours, as the product uses it": as_used}


def lines(given: Path | None) -> Iterator[str]:
    """The tables, line by line; `given` is a file of labelled pairs that somebody else made."""
    if given:
        yield from chain(_duplicates(f"near-duplicates in {given.name}", read(given)), [""])
    titles = read(HOME_MADE)
    for lang in ("", "zh-Hant", "zh-Hans", "yue", "en"):
        chosen = [one for one in titles if lang in ("", one.lang)]
        yield from chain(_duplicates(f"near-duplicates, home-made ({lang or 'all'})", chosen), [""])
    words = (drafts.table, own_words.table, drafts.speed)
    tables = (*words, reuse.table, reuse.speed, cliches.table)
    yield from chain(_sets(), *(chain([""], table()) for table in tables))


def _duplicates(what: str, prompts: Sequence[Labelled]) -> Iterator[str]:
    pairs = sum(len(one.same) for one in prompts)
    same = sum(sum(one.same) for one in prompts)
    yield f"{what}: {pairs} pairs, {same} of them one idea"
    yield f"  {'':<32}{'precision':>12}{'recall':>12}{'multi prec.':>13}{'multi recall':>14}"
    for name, judge in WAYS.items():
        found = score(prompts, judge)
        cells = [found[figure] for figure in FIGURES]
        shown = ["–" if cell is None else f"{cell:.3f}" for cell in cells]
        yield f"  {name:<32}{shown[0]:>12}{shown[1]:>12}{shown[2]:>13}{shown[3]:>14}"


def _sets() -> Iterator[str]:
    yield "home-made lists of eight: diverse | homogenised"
    yield f"  {'cosine':<14}{'distinct-2':<14}self-BLEU"
    apart = 0
    pairs = sets.home_made()
    for pair in pairs:
        a, b = sets.measure(pair.diverse), sets.measure(pair.homogenised)
        apart += a.differs_more_than(b)
        columns = (
            f"{a.cosine:.2f} | {b.cosine:.2f}   {a.distinct_2:.2f} | {b.distinct_2:.2f}   "
            f"{a.self_bleu:.2f} | {b.self_bleu:.2f}"
        )
        yield f"  {columns}   {pair.lang} {pair.seed}"
    yield f"  told apart by all three measures: {apart} of {len(pairs)}"

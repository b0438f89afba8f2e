"""Whole drafts against the table of docs/science.md, "Own words"; how long judging one takes."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain, islice
from pathlib import Path
from time import process_time

from bench.text.own_words import BUILT_ON, LATER, Fixture, read
from bot.domain.drafts import Line, Role
from bot.domain.grounding import Ruling, check

HOME_MADE = Path(__file__).parent / "home_made" / "drafts.jsonl"
"""For each row and language one draft of four or five lines, written for this by hand."""

FRAGMENTS, CHARACTERS = 2_000, 400


def table() -> Iterator[str]:
    """What becomes of each draft, and what was measured on it."""
    yield (
        f"own words, whole drafts{'':<22}{'':<9}{'expected':<10}{'seen':<10}{'':<7}"
        f"{'coverage':>9}{'weakest':>9}{'new run':>9}"
    )
    for one in sorted(read(HOME_MADE), key=lambda one: (not one.good, one.kind)):
        report = one.judged()
        new = max(finding.longest_new for finding in report.findings)
        yield (
            f"  {one.kind:<43}{one.lang:<9}{'passes' if one.good else 'refused':<10}"
            f"{_seen(report.verdict):<10}{'' if one.right() else 'WRONG':<7}"
            f"{report.coverage:>9.2f}{report.weakest:>9.2f}{new:>9}"
        )


def speed() -> Iterator[str]:
    """How long a draft of 400 characters takes beside 2,000 fragments never seen before, the best
    of three: half of them our fixtures', half of them two of those in one."""
    known = list(dict.fromkeys(text for one in _fixtures() for text in one.fragments.values()))
    both = [f"{a}\n{b}" for a, b in zip(known, reversed(known), strict=True)]
    texts = list(_four_hundred(known))
    size = sum(len(text) for _, text in texts)
    took: dict[str, list[float]] = defaultdict(list)
    for ends in ("", "。", "。。"):  # else what was read once would be remembered
        numbered = enumerate(chain(known, both, both[::-1]), 1)
        fragments = {n: text + ends for n, text in islice(numbered, FRAGMENTS)}
        few = [Line(Role.SETUP, text, (n,)) for n, text in texts]
        every = [Line(Role.SETUP, text, tuple(fragments)) for _, text in texts]
        took["each line cites them all"].append(_seconds(every, fragments))
        took["each line cites one"].append(_seconds(few, fragments))
        took["difflib, each fragment beside the draft"].append(_difflib(texts, fragments))
    yield f"a draft of {size} characters, {FRAGMENTS:,} fragments, seconds of one core (goal .1)"
    yield from (f"  {name:<43}{min(seconds):>9.4f}" for name, seconds in took.items())


def _seen(verdict: Ruling) -> str:
    return {Ruling.OWN: "passes", Ruling.AMBER: "marked"}.get(verdict, verdict)


def _fixtures() -> Iterator[Fixture]:
    chinese = (one for one in chain(read(BUILT_ON), read(LATER)) if one.lang != "en")
    english = (one for one in chain(read(BUILT_ON), read(LATER)) if one.lang == "en")
    return chain(chinese, english)


def _four_hundred(texts: list[str]) -> Iterator[tuple[int, str]]:
    """Every thirtieth, with its number, until they are so many characters."""
    whole = 0
    for n, text in islice(enumerate(texts, 1), 0, None, 30):
        if whole >= CHARACTERS:
            return
        whole += len(text)
        yield n, text


def _seconds(lines: list[Line], fragments: dict[int, str]) -> float:
    begun = process_time()
    check(lines, fragments)
    return process_time() - begun


def _difflib(texts: list[tuple[int, str]], fragments: dict[int, str]) -> float:
    """The same fragments by the standard library, which only says what is the same, not whether
    an edit is honest."""
    begun = process_time()
    matcher = SequenceMatcher(None, "", "\n".join(text for _, text in texts), autojunk=False)
    for text in fragments.values():
        matcher.set_seq1(text)
        matcher.get_matching_blocks()
    return process_time() - begun

"""Whose words a line is: how much of it stands, word for word, in the fragments it cites.

Every number here comes from docs/science.md, "Own words", measured on made-up drafts. Sizes are in
characters, a word of English counting as two (see `copying`).

The measures are necessary, not sufficient: they stop ghost-writing and wrong citations, and miss
most names swapped inside a quote and half-sentences stitched together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bot.domain.copying import Words, copied_spans, flips, size, words_of
from bot.domain.numbers import numbers_in
from bot.domain.records import Line, LineKind
from bot.domain.script import fold
from bot.domain.words import tokens

NEW_RUN = 20
"""The longest run of new words a line may hold (20 characters, 10 words)."""

OWN_COVERAGE, AMBER_COVERAGE = 0.70, 0.40
"""Shares of a whole draft that must be copied: to pass, and to be shown with a mark."""

LINE_COVERAGE = 0.60
"""The share of every single line that must stand in the fragments it cites."""

GLUE = 12
"""How long a line of glue may be (12 characters, 6 words); up to `NEW_RUN` it gets a mark."""


class Ruling(StrEnum):
    """Whether a line may be shown as the person's words."""

    OWN = "own"
    AMBER = "amber"  # with a mark: a little too much of it is new
    REFUSED = "refused"  # never


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured on one line. Coverage is a share, 0 to 1; `longest_new` counts tokens."""

    verdict: Ruling
    coverage: float
    longest_new: int = 0
    new_numbers: tuple[str, ...] = ()
    negation_flips: int = 0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A finding for each line, in order, and what they add up to.

    `yours` is the share of all the script's words that stand in the fragments its lines cite;
    `coverage` leaves out the lines that do not claim to be the person's.
    """

    findings: tuple[Finding, ...]
    verdict: Ruling
    coverage: float
    yours: float

    @property
    def weakest(self) -> float:
        """The coverage of the line least covered."""
        return min((finding.coverage for finding in self.findings), default=0.0)


def check(
    lines: Sequence[Line], fragments: Mapping[int, str], *, picked: Sequence[str] = ()
) -> Report:
    """Judge every line against the fragments it cites, and the script as a whole.

    `fragments` holds the person's own words only, by number; `picked` the ideas they kept.
    """
    findings = tuple(_judge(line, fragments, picked) for line in lines)
    sizes = [size(tokens(line.text)) for line in lines]
    rows = zip(lines, findings, sizes, strict=True)
    claimed = [(found.coverage, n) for line, found, n in rows if line.kind is LineKind.YOURS]
    coverage = _share(claimed, sum(n for _, n in claimed))
    return Report(findings, _overall(findings, coverage), coverage, _share(claimed, sum(sizes)))


def _judge(line: Line, fragments: Mapping[int, str], picked: Sequence[str]) -> Finding:
    if line.kind is LineKind.GLUE:
        return _judge_glue(line)
    cited = [fragments[n] for n in line.sources if n in fragments]
    missing = [f"no fragment #{n}" for n in line.sources if n not in fragments]
    texts = [*picked, *cited] if line.kind is LineKind.PICKED else cited
    if not texts or missing:
        return Finding(Ruling.REFUSED, 0.0, reasons=tuple(missing) or ("no source",))
    return _measure(line.text, texts)


def _judge_glue(line: Line) -> Finding:
    found = tokens(line.text)
    numbers = tuple(numbers_in(fold(line.text)).values())
    reasons = [f"new number {number}" for number in numbers]
    if size(found) > GLUE:
        reasons.append("glue too long")
    refused = bool(numbers) or size(found) > NEW_RUN
    verdict = Ruling.REFUSED if refused else Ruling.AMBER if reasons else Ruling.OWN
    return Finding(verdict, 0.0, len(found), numbers, reasons=tuple(reasons))


def _measure(text: str, texts: Sequence[str]) -> Finding:
    line, sources = words_of(text), [words_of(source) for source in texts]
    spans = copied_spans(line, sources)
    copied = {place for span in spans for place in span.places}
    whole = size(line.tokens)
    # Only punctuation: there is nothing to count, so it must stand in a source as it is.
    coverage = float(any(text in source for source in texts))
    if whole:
        coverage = size(line.tokens[place] for place in copied) / whole
    run = max(_new_runs(line, copied), key=size, default=[])
    return _weigh(coverage, run, _new_numbers(text, texts), flips(line, spans))


def _weigh(coverage: float, run: list[str], numbers: tuple[str, ...], flipped: int) -> Finding:
    altered = [f"new number {number}" for number in numbers]
    altered += ["a negation added or lost"] * bool(flipped)
    altered += ["too many new words in a row"] * (size(run) > NEW_RUN)
    reasons = altered + ["too little from the fragments it cites"] * (coverage < LINE_COVERAGE)
    verdict = Ruling.AMBER if reasons else Ruling.OWN
    if altered or coverage < AMBER_COVERAGE:
        verdict = Ruling.REFUSED
    return Finding(verdict, coverage, len(run), numbers, flipped, tuple(reasons))


def _overall(findings: Sequence[Finding], coverage: float) -> Ruling:
    verdicts = {finding.verdict for finding in findings}
    if not findings or Ruling.REFUSED in verdicts or coverage < AMBER_COVERAGE:
        return Ruling.REFUSED
    return Ruling.AMBER if Ruling.AMBER in verdicts or coverage < OWN_COVERAGE else Ruling.OWN


def _new_runs(line: Words, copied: set[int]) -> list[list[str]]:
    places = groupby(range(len(line.tokens)), key=copied.__contains__)
    return [[line.tokens[place] for place in run] for is_copied, run in places if not is_copied]


def _new_numbers(text: str, texts: Sequence[str]) -> tuple[str, ...]:
    known = {value for source in texts for value in numbers_in(fold(source))}
    return tuple(said for value, said in numbers_in(fold(text)).items() if value not in known)


def _share(parts: Iterable[tuple[float, int]], whole: int) -> float:
    return sum(share * part for share, part in parts) / whole if whole else 0.0

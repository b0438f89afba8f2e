"""Whose words a line is: the edit that led from the fragments it cites to what it says.

Each line is laid beside those fragments word by word (`alignment`), and what was done to them is
judged (`edits`). How much of it stands there counts too; those numbers come from docs/science.md,
"Own words". Sizes are in characters, a word of English counting as two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bot.domain.alignment import align
from bot.domain.bridges import is_bridge
from bot.domain.drafts import Line, LineKind
from bot.domain.edits import Flaw, flaws
from bot.domain.numbers import numbers_in
from bot.domain.passage import Passage, passage, size
from bot.domain.script import fold, simplified, traditional

NEW_RUN = 20
"""The longest run of new words a line may hold (20 characters, 10 words)."""

OWN_COVERAGE, AMBER_COVERAGE = 0.70, 0.40
"""Shares of a whole draft that must be copied: to pass, and to be shown with a mark."""

LINE_COVERAGE = 0.60
"""The share of every single line that must stand in the fragments it cites."""

MOST_SOURCES = 5
"""Ours: so many of the fragments a line cites are laid beside it, those that share most with it.
None of our own fixtures cites more than three."""

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
    lines: Sequence[Line],
    fragments: Mapping[int, str],
    *,
    picked: Sequence[str] = (),
    theirs: Mapping[int, str] | None = None,
) -> Report:
    """Judge every line against the fragments it cites, and the script as a whole.

    `fragments` holds the person's own words only, by number; `picked` the ideas they kept;
    `theirs` other people's words, which stand in a quotation and nowhere else.
    """
    findings = tuple(
        _judge_quotation(line, theirs or {})
        if line.kind is LineKind.QUOTED
        else _judge(line, fragments, picked)
        for line in lines
    )
    sizes = [size(passage(line.text).tokens) for line in lines]
    rows = zip(lines, findings, sizes, strict=True)
    claimed = [(found.coverage, n) for line, found, n in rows if line.kind is LineKind.YOURS]
    coverage = _share(claimed, sum(n for _, n in claimed))
    return Report(findings, _overall(findings, coverage), coverage, _share(claimed, sum(sizes)))


def _judge(line: Line, fragments: Mapping[int, str], picked: Sequence[str]) -> Finding:
    said = passage(line.text)
    if line.kind is LineKind.GLUE or is_bridge(said.tokens):
        return _judge_glue(said, line.text)
    cited = [fragments[n] for n in line.sources if n in fragments]
    missing = [f"no fragment #{n}" for n in line.sources if n not in fragments]
    texts = [*picked, *cited] if line.kind is LineKind.PICKED else cited
    if not texts or missing:
        return Finding(Ruling.REFUSED, 0.0, reasons=tuple(missing) or ("no source",))
    return _measure(line.text, tuple(texts))


def _judge_quotation(line: Line, theirs: Mapping[int, str]) -> Finding:
    """Other people's words stand as they said them, or not at all."""
    said = fold(line.text)
    texts = [theirs[n] for n in line.sources if said.strip() and said in fold(theirs.get(n, ""))]
    if not texts:
        return Finding(Ruling.REFUSED, 0.0, reasons=("nobody is known to have said so",))
    # Word for word it may still lack the "not" before it, or begin in the middle of a word.
    found = _measure(line.text, tuple(texts))
    if found.verdict is Ruling.OWN:
        return Finding(Ruling.OWN, 0.0)
    return replace(found, verdict=Ruling.REFUSED)


def _judge_glue(said: Passage, text: str) -> Finding:
    numbers = tuple(numbers_in(text).values())
    reasons = [f"new number {number}" for number in numbers]
    reasons += ["a claim, not glue"] * (not is_bridge(said.tokens))
    refused = bool(reasons) or size(said.tokens) > NEW_RUN
    reasons += ["glue too long"] * (size(said.tokens) > GLUE)
    verdict = Ruling.REFUSED if refused else Ruling.AMBER if reasons else Ruling.OWN
    return Finding(verdict, 0.0, len(said.tokens), numbers, reasons=tuple(reasons))


@lru_cache(maxsize=1_024)  # a line is judged alone, then mended, then as part of its script
def _measure(text: str, texts: Sequence[str]) -> Finding:
    texts = _likeliest(text, texts)
    said, sources = passage(text), [passage(source) for source in texts]
    places = align(said, sources)
    whole = size(said.tokens)
    if not whole:  # only punctuation: nothing to compare, so it must stand in a source as it is
        stands = any(text in source for source in texts)
        return Finding(Ruling.OWN if stands else Ruling.REFUSED, float(stands))
    copied = [token for token, place in zip(said.tokens, places, strict=True) if place]
    new = [None if place else token for token, place in zip(said.tokens, places, strict=True)]
    return _weigh(
        size(copied) / whole,
        max(_runs(new), key=size, default=[]),
        _new_numbers(text, sources),
        flaws(said, sources, places),
    )


def _likeliest(text: str, texts: Sequence[str]) -> Sequence[str]:
    """The sources worth laying beside a line, when it cites more than a line can hold."""
    if len(texts) <= MOST_SOURCES:
        return texts
    wanted = _shingles(text) | _shingles(simplified(text)) | _shingles(traditional(text))
    return sorted(texts, key=lambda source: -len(wanted & _shingles(source)))[:MOST_SOURCES]


@lru_cache(maxsize=4_096)
def _shingles(text: str) -> frozenset[str]:
    plain = text.lower()
    return frozenset(plain[at : at + 3] for at in range(max(1, len(plain) - 2)))


def _weigh(
    coverage: float, run: list[str], numbers: tuple[str, ...], found: Sequence[Flaw]
) -> Finding:
    reasons = [f"new number {number}" for number in numbers]
    reasons += dict.fromkeys(flaw.reason for flaw in found if flaw.grave)
    reasons += ["too many new words in a row"] * (size(run) > NEW_RUN)
    reasons += ["nothing of it stands in what it cites"] * (not coverage)
    refused = bool(reasons)
    reasons += dict.fromkeys(flaw.reason for flaw in found if not flaw.grave)
    reasons += ["glue too long"] * (GLUE < size(run) <= NEW_RUN)
    reasons += ["too little from the fragments it cites"] * (coverage < LINE_COVERAGE)
    verdict = Ruling.REFUSED if refused else Ruling.AMBER if reasons else Ruling.OWN
    flips = sum(flaw.negation for flaw in found)
    return Finding(verdict, coverage, len(run), numbers, flips, tuple(reasons))


def _overall(findings: Sequence[Finding], coverage: float) -> Ruling:
    verdicts = {finding.verdict for finding in findings}
    if not findings or Ruling.REFUSED in verdicts or coverage < AMBER_COVERAGE:
        return Ruling.REFUSED
    return Ruling.AMBER if Ruling.AMBER in verdicts or coverage < OWN_COVERAGE else Ruling.OWN


def _runs(found: Sequence[str | None]) -> list[list[str]]:
    """What stands between the Nones."""
    runs: list[list[str]] = [[]]
    for token in found:
        if token is None:
            runs.append([])
        else:
            runs[-1].append(token)
    return [run for run in runs if run]


def _new_numbers(text: str, sources: Sequence[Passage]) -> tuple[str, ...]:
    tokens = (token for source in sources for token in source.tokens)
    known = {token.removeprefix("#") for token in tokens if token.startswith("#")}
    return tuple(said for value, said in numbers_in(text).items() if value not in known)


def _share(parts: Iterable[tuple[float, int]], whole: int) -> float:
    return sum(share * part for share, part in parts) / whole if whole else 0.0

"""What was done to the person's words: an edit, read off an alignment, and what of it may stand.

Cutting at the border of a clause is an editor's right, and so are joints, fillers and particles.
Everything else is a flaw. A word swapped, a word cut out that bent the meaning, halves of different
sentences in one, and whatever nobody said are grave; little words of grammar get a mark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain import lexicon
from bot.domain.alignment import Place, Run, runs_of
from bot.domain.bonds import broken
from bot.domain.bridges import is_bridge
from bot.domain.lexicon import CONNECTIVES, FILLERS, LIGHT, PARTICLES, REASONS, SOFT, TIMES, made_of
from bot.domain.negation import negates
from bot.domain.passage import Passage

EMPTY_WORDS = (CONNECTIVES, FILLERS, PARTICLES, SOFT)
MOST_LIGHT = 2  # little words in a row


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something an editor may not do. One that is not `grave` may be shown with a mark."""

    reason: str
    grave: bool = True
    negation: bool = False


def flaws(line: Passage, sources: Sequence[Passage], places: Sequence[Place | None]) -> list[Flaw]:
    """Everything that was done to the words and should not have been."""
    runs = [_but_half_a_joint(run, sources[run.source]) for run in runs_of(places)]
    runs = [run for run in runs if run.start < run.end]
    if not runs:
        return [] if is_bridge(line.tokens) else [Flaw("nobody said this")]
    found: list[Flaw] = []
    for left, right in zip([None, *runs], [*runs, None], strict=True):
        found += _joint(line, sources, left, right)
    found += [Flaw(reason) for reason in broken(sources, runs)]
    if _unasked(line, sources, runs):
        found.append(Flaw("a question was made a claim"))
    if _asked(line, sources, runs):
        found.append(Flaw("a claim was made a question"))
    return found


def _but_half_a_joint(run: Run, source: Passage) -> Run:
    """A run without the end of a joint it begins in: of 但是 only 是 agrees with 可是."""
    segment = source.of_segment(source.segment[run.first])
    joint = segment.start + lexicon.length_at(source.tokens, segment.start, CONNECTIVES)
    half = joint - run.first if segment.start < run.first < joint else 0
    return Run(run.start + half, run.end, run.source, run.first + half, run.last)


def _joint(
    line: Passage, sources: Sequence[Passage], left: Run | None, right: Run | None
) -> Iterator[Flaw]:
    """Between two runs, or before the first, or after the last: what is new there, and what of the
    clauses around is gone."""
    gap = line.tokens[left.end if left else 0 : right.start if right else len(line.tokens)]
    if left and right and _within(sources, left, right):
        gone = sources[left.source].tokens[left.last + 1 : right.first]
        yield from _change(gap, [_but_stutter(gone, line, left, right)], inside=True)
        return
    tail = _rest(sources, left, after=True)
    head = _rest(sources, right, after=False)
    tail, head = _but_stutter(tail, line, left, right), _but_stutter(head, line, left, right)
    yield from _change(gap, [tail, head], inside=False)
    if left and right and _spliced(line, sources, left, right):
        yield Flaw("pieces of different sentences are joined to one")


def _within(sources: Sequence[Passage], left: Run, right: Run) -> bool:
    """Whether the second run goes on in the segment where the first stopped."""
    source = sources[left.source]
    return (
        left.source == right.source
        and left.last < right.first
        and source.segment[left.last] == source.segment[right.first]
    )


def _rest(sources: Sequence[Passage], run: Run | None, *, after: bool) -> tuple[str, ...]:
    """What is left out of the segment after a run, or before it."""
    if run is None:
        return ()
    source = sources[run.source]
    if after:
        segment = source.of_segment(source.segment[run.last])
        return source.tokens[run.last + 1 : segment.stop]
    segment = source.of_segment(source.segment[run.first])
    return source.tokens[segment.start : run.first]


def _but_stutter(
    gone: Sequence[str], line: Passage, left: Run | None, right: Run | None
) -> tuple[str, ...]:
    """What is gone, but for fillers and for what was said a second time: 我我我想."""
    before = line.tokens[: left.end] if left else ()
    after = line.tokens[right.start :] if right else ()
    rest: list[str] = []
    at = 0
    while at < len(gone):
        filler = lexicon.length_at(gone, at, FILLERS)
        again = next((n for n in range(6, 0, -1) if _twice(gone[at : at + n], before, after)), 0)
        rest += [] if again or filler else [gone[at]]
        at += max(again, filler, 1)
    return tuple(rest)


def _twice(piece: Sequence[str], before: Sequence[str], after: Sequence[str]) -> bool:
    said = tuple(piece)
    if len(said) == 1 and negates(said, 0):
        return False  # 不是不想 is no stutter
    return said == tuple(before[-len(said) :]) or said == tuple(after[: len(said)])


def _change(gap: Sequence[str], gone: Sequence[Sequence[str]], *, inside: bool) -> Iterator[Flaw]:
    """Words that came, words that went, or both, which is a swap."""
    weighty = [one for one in gone if one and not made_of(one, *EMPTY_WORDS, REASONS)]
    empty = EMPTY_WORDS if inside else (CONNECTIVES, FILLERS, PARTICLES)
    new = bool(gap) and not (made_of(gap, *empty) or is_bridge(gap))
    if new and weighty:
        yield _swapped(gap, weighty)
        return
    if new:
        yield _added(gap)
    for number, one in enumerate(gone):
        if one in weighty:
            yield _dropped(one, inside=inside, tail=number == 0)


def _swapped(gap: Sequence[str], gone: Sequence[Sequence[str]]) -> Flaw:
    lost = [token for one in gone for token in one]
    negation = bool(_negations(gap)) != bool(_negations(lost))
    small = len(gap) <= MOST_LIGHT and len(lost) <= MOST_LIGHT
    if small and not (negation or lexicon.PRONOUNS & {*gap, *lost}):
        alike = len(gap) == len(lost) == 1 and _same_stem(gap[0], lost[0])
        if alike or (made_of(gap, LIGHT, SOFT) and made_of(lost, LIGHT, SOFT)):
            return Flaw("a word was written another way", grave=False)
    return Flaw("a word was swapped for another", negation=negation)


def _added(gap: Sequence[str]) -> Flaw:
    negation = bool(_negations(gap))
    if len(gap) <= MOST_LIGHT and not negation and made_of(gap, LIGHT, SOFT):
        return Flaw("a little word was added", grave=False)
    return Flaw("words nobody said were added", negation=negation)


def _dropped(gone: Sequence[str], *, inside: bool, tail: bool) -> Flaw:
    if _negations(gone):
        return Flaw("a negation was dropped", negation=True)
    if any(lexicon.length_at(gone, at, lexicon.OPERATORS) for at in range(len(gone))):
        return Flaw("a word was dropped that bent the meaning")
    if made_of(gone, TIMES, LIGHT, *EMPTY_WORDS) and (inside or not tail or gone[0] != "的"):
        return Flaw("a little was left out inside a clause", grave=False)
    if tail and not inside and lexicon.length_at(gone, 0, lexicon.PREPOSITIONS):
        return Flaw("the end of a clause was left out", grave=False)
    return Flaw("a clause was cut in the middle")


def _spliced(line: Passage, sources: Sequence[Passage], left: Run, right: Run) -> bool:
    """Whether one sentence of the line is made of two that are not whole at the seam."""
    if line.sentence[left.end - 1] != line.sentence[right.start]:
        return False
    a, b = sources[left.source], sources[right.source]
    ours, theirs = a.sentence[left.last], b.sentence[right.first]
    if left.source == right.source and ours == theirs:
        return right.first < left.last  # turned round within a sentence
    ends = a.segment[a.of_sentence(ours).stop - 1] == a.segment[left.last]
    begins = b.segment[b.of_sentence(theirs).start] == b.segment[right.first]
    return not (ends and begins)


def _unasked(line: Passage, sources: Sequence[Passage], runs: Sequence[Run]) -> bool:
    """Whether the words before a question mark were taken, and no such mark follows them. Of a
    question cut off before its last clause nothing is asked any more."""
    for run in runs:
        source = sources[run.source]
        for mark in source.asks:
            within = [
                at
                for at in range(run.first, run.last + 1)
                if at <= mark and source.segment[at] == source.segment[mark]
            ]
            if within and not _asks_from(line, run.start + within[-1] - run.first):
                return True
    return False


def _asked(line: Passage, sources: Sequence[Passage], runs: Sequence[Run]) -> bool:
    """Whether a question mark follows words that asked nothing where they stand."""
    for mark in line.asks:
        before = [run for run in runs if run.start <= mark]
        if not before or line.sentence[before[-1].start] != line.sentence[mark]:
            continue
        run, source = before[-1], sources[before[-1].source]
        last = min(run.last, run.first + mark - run.start)
        words = [source.tokens[at] for at in source.of_segment(source.segment[last])]
        if not (_asks_from(source, last) or lexicon.asks(words)):
            return True
    return False


def _asks_from(text: Passage, at: int) -> bool:
    """Whether a question mark stands behind this token or further on in its sentence."""
    return any(at <= mark and text.sentence[mark] == text.sentence[at] for mark in text.asks)


def _negations(words: Sequence[str]) -> list[int]:
    return [at for at in range(len(words)) if negates(words, at)]


def _same_stem(a: str, b: str) -> bool:
    """Whether one English word is the other with an ending: cut, cuts, cutting."""
    if not (a.isascii() and b.isascii() and a.isalpha() and b.isalpha()):
        return False
    if lexicon.length_at([a], 0, lexicon.OPERATORS) or lexicon.length_at([b], 0, lexicon.OPERATORS):
        return False
    shorter, longer = sorted((a, b), key=len)
    endings = ("s", "es", "d", "ed", "ing", "ly", "er")
    return any(longer in (shorter + end, shorter.rstrip("e") + end) for end in endings)

"""Clauses that hang on one another: a condition and what follows from it, what is said and by whom.

To drop one of the two changes what the other says, though every word of it was spoken.
"""

from collections.abc import Iterator, Sequence

from bot.domain import lexicon
from bot.domain.alignment import Run
from bot.domain.bridges import is_hearsay
from bot.domain.lexicon import FILLERS, PARTICLES, made_of
from bot.domain.negation import negates
from bot.domain.passage import Passage


def broken(sources: Sequence[Passage], runs: Sequence[Run]) -> Iterator[str]:
    """Clauses left out whole that governed one that was kept, or the other way round."""
    kept = {
        (run.source, segment)
        for run in runs
        for segment in sources[run.source].segment[run.first : run.last + 1]
    }
    for number, segment in sorted(kept):
        source = sources[number]
        mine = source.of_segment(segment)
        sentence = source.sentence[mine.start]
        against = lexicon.length_at(source.tokens, mine.start, lexicon.CONTRASTS)
        if mine.start > 0 and source.sentence[mine.start - 1] == sentence and not against:
            before = source.segment[mine.start - 1]
            if (number, before) not in kept and _governs(_words(source, before)):
                yield "what a clause depends on was dropped"
        if mine.stop < len(source.tokens):
            after = source.segment[mine.stop]
            same = source.sentence[mine.stop] == sentence
            if (number, after) not in kept and _takes_back(_words(source, after), same=same):
                yield "what takes it back, or makes it a condition, was dropped"
        if _is_open(sources, kept, number, segment) and _goes_on(runs, number, mine.stop - 1):
            yield "a condition was tied to something else"


def _words(source: Passage, segment: int) -> tuple[str, ...]:
    places = source.of_segment(segment)
    return source.tokens[places.start : places.stop]


def _governs(words: Sequence[str]) -> bool:
    """Whether a clause bends the one behind it: a condition, "he said", "I dreamed that"."""
    return _conditional(words) or (not made_of(words, FILLERS) and _ends_open(words))


def _ends_open(words: Sequence[str]) -> bool:
    end = len(words)
    while end and (made_of(words[end - 1 : end], PARTICLES, FILLERS) or words[end - 1] == "that"):
        end -= 1
    return any(
        lexicon.length_at(words[:end], at, lexicon.GOVERNORS) == end - at
        and not (at and (negates(words, at - 1) or words[at - 1] in lexicon.BEFORE_NOUNS))
        for at in range(max(0, end - 4), end)
    )


def _conditional(words: Sequence[str]) -> bool:
    at = 0
    while at < len(words):
        if lexicon.length_at(words, at, lexicon.CONDITIONS):
            return not _has_its_own_end(words[at:])
        step = lexicon.length_at(words, at, lexicon.OPENERS)
        if not step:
            return False
        at += step
    return False


def _has_its_own_end(words: Sequence[str]) -> bool:
    """Whether a condition brings what follows from it: 如果他問我就說, "if he asks I will say"."""
    for at in range(3, len(words)):
        if lexicon.length_at(words, at, lexicon.CONSEQUENCES):
            return True
        if words[at] in lexicon.AUXILIARIES and words[at - 1] in lexicon.SUBJECTS:
            return True
    return False


def _takes_back(words: Sequence[str], *, same: bool) -> bool:
    said_so = same and (_conditional(words) or is_hearsay(_but_particles(words)))
    return said_so or made_of(words, lexicon.RETRACTORS, PARTICLES)


def _but_particles(words: Sequence[str]) -> Sequence[str]:
    end = len(words)
    while end and made_of(words[end - 1 : end], FILLERS):
        end -= 1
    return words[:end]


def _is_open(
    sources: Sequence[Passage], kept: set[tuple[int, int]], number: int, segment: int
) -> bool:
    """Whether a kept clause governs the next one of its sentence, and that is not kept."""
    source = sources[number]
    stop = source.of_segment(segment).stop
    if stop == len(source.tokens) or source.sentence[stop] != source.sentence[stop - 1]:
        return False
    return (number, source.segment[stop]) not in kept and _governs(_words(source, segment))


def _goes_on(runs: Sequence[Run], source: int, last: int) -> bool:
    """Whether the line goes on after the run that holds this place."""
    return any(
        run.source == source and run.first <= last <= run.last and run is not runs[-1]
        for run in runs
    )

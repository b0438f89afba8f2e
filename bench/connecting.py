"""How long it takes to find what a long day touches in all that was ever said."""

from collections.abc import AsyncIterator, Callable, Sequence
from difflib import SequenceMatcher
from itertools import chain
from random import Random
from time import process_time

from bench.measure import Row
from bench.text.connections import LANGUAGES, LATER_ON, TUNED_ON, cases, corpus
from bot.domain.connecting import connections
from bot.domain.related import Text, near
from bot.domain.words import clauses

LIBRARY, DAY, SEED = 20_000, 300, 8
SAMPLE = 20
"""So many of the day are laid beside the library by difflib; the whole day would take minutes."""


async def rows() -> AsyncIterator[Row]:
    """Seconds of one core for a day in a library, the second time; each beside other ways."""
    library = spoken(LIBRARY)
    said = [text for path in (TUNED_ON, LATER_ON) for one in cases(path) for text in one.day][:DAY]
    day = [Text(LIBRARY + n, text, own=True) for n, text in enumerate(said, 1)]
    what, size = f"older piece for {DAY} of today", f"of {LIBRARY:,}"
    ours = _seconds(lambda: connections(day, library))
    seed = "\n".join(one.text for one in day)
    words = _seconds(lambda: near(seed, None, library, most=1))
    yield Row(what, "s", ours, f"words in common, {size}", words, more_is_better=False)
    alike = _seconds(lambda: _difflib(day[:SAMPLE], library[: LIBRARY // 20])) * 20 * DAY / SAMPLE
    yield Row(what, "s", ours, f"difflib's quick ratio, {size}", alike, more_is_better=False)


def spoken(most: int) -> list[Text]:
    """So many fragments in four languages, none twice: our fixtures' clauses, put together anew."""
    said = Random(SEED)
    clauses_of = {
        lang: [one for text in corpus(lang) for one in clauses(text)]
        for lang in LANGUAGES
        if lang != "mixed"
    }
    made = chain.from_iterable(
        (" ".join(said.choices(known, k=said.randint(2, 6))) for known in clauses_of.values())
        for _ in range(most)
    )
    texts = dict.fromkeys(text for text, _ in zip(made, range(most + most // 10), strict=False))
    return [Text(n, text, own=True) for n, text in enumerate(list(texts)[:most], 1)]


def _seconds(work: Callable[[], object]) -> float:
    work()
    begun = process_time()
    work()
    return process_time() - begun


def _difflib(day: Sequence[Text], library: Sequence[Text]) -> float:
    """The best of a day's with any of a library's, as the standard library has it."""
    matcher = SequenceMatcher(None, autojunk=False)
    best = 0.0
    for one in day:
        matcher.set_seq2(one.text)
        for other in library:
            matcher.set_seq1(other.text)
            best = max(best, matcher.quick_ratio())
    return best

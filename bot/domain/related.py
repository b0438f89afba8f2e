"""Which of a person's texts belong to a seed: the thread it stands in, what speaks of the same
things, the newest, and the most distant."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from zlib import crc32

from bot.domain.script import simplified
from bot.domain.words import content_words, tokens

MOST = 40
"""How many fragments go into a prompt: with a cap on each they cost a cent at most."""

THREAD, RELATED, NEWEST = 8, 16, 8
"""The thread explains the seed, what is related is its evidence, the newest are what the person has
in mind; the rest are distant ones to force it together with. Ours: with so many of each no kind is
crowded out by another."""

_AT_ONCE = 500  # texts folded in one call, some milliseconds in which nothing else can run
_SIGNS = 64  # of a long seed: the rest says nothing new, and each is looked for in every text
_LONG = 500  # characters; a text of several times that holds most words by chance
_DISTANT = 64  # of so many distant ones some are dealt, others for every seed and round
_SAYING = range(12, 400)  # characters: enough to be linked with, and short enough to be one thing
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f]")


@dataclass(frozen=True, slots=True)
class Text:
    """What a fragment says, and what it continues."""

    n: int
    text: str
    own: bool
    reply_to: int | None = None


def plain(texts: Sequence[str]) -> list[str]:
    """The texts in a form for comparing; as `script.fold`, which takes ten times as long so as to
    lead back to each character."""
    found: list[str] = []
    for at in range(0, len(texts), _AT_ONCE):
        joined = "\0".join(text.replace("\0", " ") for text in texts[at : at + _AT_ONCE])
        folded = unicodedata.normalize("NFKC", simplified(joined)).casefold()
        found += _INVISIBLE.sub("", folded).split("\0")
    return found


def standing_in(words: str, texts: Sequence[Text]) -> int | None:
    """The number of the newest text that holds these words, in whichever script. Marks alone stand
    everywhere, so they stand nowhere."""
    if not tokens(words):
        return None
    (needle,) = plain([words.strip()])
    folded = plain([one.text for one in texts])
    pairs = zip(reversed(texts), reversed(folded), strict=True)
    return next((one.n for one, text in pairs if needle in text), None)


def mix(
    seed: str,
    seed_n: int | None,
    texts: Sequence[Text],
    *,
    said: Sequence[int] = (),
    round: int = 0,
) -> list[int]:
    """The numbers of at most `MOST` texts to go with a seed, in order. What was `said` about the
    seed belongs to its thread.

    With 20,000 texts of 60 characters it took 0.25 to 0.4 s on a busy machine, so it belongs into
    a thread.
    """
    if len(texts) <= MOST:
        return [one.n for one in texts]
    folded = plain([one.text for one in texts])
    scores = _scores(_signs(seed), folded)
    chosen = _thread(seed_n, said, texts)
    best = sorted((i for i, score in enumerate(scores) if score), key=lambda i: (-scores[i], -i))
    chosen += _first(RELATED, (texts[i].n for i in best), chosen)
    chosen += _first(NEWEST, (one.n for one in reversed(texts)), chosen)
    strangers = [
        (text, one.n)
        for one, text, score in zip(texts, folded, scores, strict=True)
        if one.own and not score and len(one.text) in _SAYING and one.n not in chosen
    ]
    return sorted([*chosen, *_far(seed, strangers, MOST - len(chosen), round)])


def nearness(seed: str, folded: Sequence[str]) -> list[float]:
    """How much each of these texts, which are `plain`, shares with a seed; 0: nothing."""
    return _scores(_signs(seed), folded)


def near(seed: str, seed_n: int | None, texts: Sequence[Text], *, most: int) -> list[int]:
    """The numbers of at most `most` texts that speak of what the seed speaks of, in order: its
    thread and what shares its words. None that does not: a draft is not filled up."""
    folded = plain([one.text for one in texts])
    scores = _scores(_signs(seed), folded)
    chosen = _thread(seed_n, (), texts)
    best = sorted((i for i, score in enumerate(scores) if score), key=lambda i: (-scores[i], -i))
    chosen += _first(max(0, most - len(chosen)), (texts[i].n for i in best), chosen)
    return sorted(chosen)


def _thread(seed_n: int | None, said: Sequence[int], texts: Sequence[Text]) -> list[int]:
    """The seed's fragment, what was said about the seed, newest first, what these continue, and
    what continues any of them; nearest first."""
    continued = {one.n: one.reply_to for one in texts}
    begin = dict.fromkeys([seed_n, *sorted(said, reverse=True)])
    found = [n for n in begin if n in continued]
    for n in found:  # it grows meanwhile
        near = (continued[n], *(other for other, to in continued.items() if to == n))
        found += [one for one in near if one in continued and one not in found]
        if len(found) >= THREAD:
            break
    return [n for n in found[:THREAD] if n is not None]


def _signs(seed: str) -> list[str]:
    """What tells that a text is about the same: the seed's words that carry meaning, and of longer
    Chinese ones each pair of characters, for they may be cut otherwise elsewhere."""
    signs = list(dict.fromkeys(one for word in plain(content_words(seed)) for one in _cut(word)))
    return signs[:_SIGNS]


def _cut(word: str) -> Iterator[str]:
    if word.isascii():
        yield word.removesuffix("s") if len(word) > 3 else word
        return
    yield word
    yield from (word[i : i + 2] for i in range(len(word) - 1) if len(word) > 2)


def _scores(signs: Sequence[str], folded: Sequence[str]) -> list[float]:
    """How much each text shares with the seed: a sign that is rare among all counts for more."""
    scores = [0.0] * len(folded)
    for sign in signs:
        # A Latin word begins where a word begins: "lid" is in "lids", not in "valid".
        begins = re.compile(rf"(?<![a-z]){re.escape(sign)}") if sign.isascii() else None
        held = [i for i, text in enumerate(folded) if sign in text]
        held = [i for i in held if begins is None or begins.search(folded[i])]
        for i in held:
            scores[i] += math.log((len(folded) + 1) / len(held)) / math.sqrt(
                1 + len(folded[i]) / _LONG
            )
    return scores


def _first(most: int, numbers: Iterable[int], chosen: Sequence[int]) -> list[int]:
    """The first `most` of these that are not chosen yet."""
    return list(islice((n for n in numbers if n not in chosen), most))


def _far(seed: str, strangers: Iterable[tuple[str, int]], most: int, round: int) -> list[int]:
    """Some of those with the smallest share of characters that the seed has too."""
    near = set("".join(plain([seed])))
    apart = sorted((len(near & set(text)) / len(set(text)), n) for text, n in strangers)
    far = [n for _, n in apart[:_DISTANT]]
    deal = Random(crc32(seed.encode("utf-8", "replace")) + round)
    return deal.sample(far, min(len(far), most))

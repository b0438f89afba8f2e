"""Making long texts fit: what a model is shown of them, and what is taken of its lines.

A text is only ever cut after a sentence, else after a clause, so that what stays reads as it was
said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from bot.domain.words import clauses, sentence_spans
from bot.engines.budget import tokens_at_most
from bot.journey.ports import Material

MATERIAL_TOKENS = 33_000
"""Ours: all fragments of one call, by the estimate the budget uses: 22,000 Chinese characters or
66,000 of English. Three hundred usual fragments are less. With the dearest default model (USD 4 and
20 a million) a short draft and its repair then fit under the default cap of a dollar a day."""


def fitted(
    material: Sequence[Material], most: int = MATERIAL_TOKENS
) -> list[tuple[Material, bool]]:
    """Every fragment that has words, and whether all of it is there. When they are too long
    together, the longest give way: each keeps its beginning, all to the same length."""
    worded = [one for one in material if one.text.strip()]
    sizes = [_tokens(one.text) for one in worded]
    share = _share(sizes, most)
    return [
        (one, True)
        if size <= share
        else (replace(one, text=beginning(one.text, len(one.text) * share // size)), False)
        for one, size in zip(worded, sizes, strict=True)
    ]


def beginning(text: str, max_chars: int) -> str:
    """As many whole sentences as fit, else clauses, else characters. All of `text` if it fits."""
    if len(text) <= max_chars:
        return text
    sentences = (end for _, end in sentence_spans(text))
    ends = list(takewhile(max_chars.__ge__, sentences))
    if not ends or ends[-1] < max_chars // 2:
        ends += takewhile(max_chars.__ge__, _clause_ends(text))
    return text[: max(ends, default=max_chars)].rstrip(" ,，、;；:：—")


def _share(sizes: Sequence[int], most: int) -> int:
    """How much each may take so that together they take no more than `most`: what short ones leave
    over goes to the long ones."""
    left = most
    for done, size in enumerate(sorted(sizes)):
        share = left // (len(sizes) - done)
        if size > share:
            return share
        left -= size
    return most


def _clause_ends(text: str) -> Iterator[int]:
    at = 0
    for start, end in sentence_spans(text):
        for clause in clauses(text[start:end]):
            at = text.index(clause, at) + len(clause)
            yield at


def _tokens(text: str) -> int:
    return tokens_at_most(text.encode("utf-8", "ignore").decode())

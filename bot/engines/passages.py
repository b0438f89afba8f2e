"""What of a day can be said to a camera, and how it is cut.

A passage is a sentence of the person's own, or a few said in one breath, verbatim.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.drafts import Line, Role
from bot.domain.grounding import Ruling, check
from bot.domain.script import fold
from bot.domain.words import (
    clauses,
    content_words,
    excerpt,
    sentence_spans,
    speaking_seconds,
)
from bot.journey.ports import Material

LONGEST_S = 14.0
"""A sentence that takes longer is trimmed at clauses: about 60 characters or 38 words."""

SHORTEST_S = 1.0
"""A sentence quicker than this cannot stand alone: four characters, two words."""

STORY = 4
"""A fragment of so many sentences is a story by itself, told sentence by sentence."""

_LINK = re.compile(r"(?:https?://|www\.)\S+|#\w+|@\w+")
# Notes to oneself, and directions for the film: nobody says them to a camera.
_MEMO = re.compile(
    r"^\W*(?:記得|记得|別忘|别忘|提醒|待辦|待办|要買|要买|備註|备注|備忘|备忘|"
    r"開場|开场|片頭|片头|片尾|結尾|结尾|鏡頭|镜头|字幕|封面|標題|标题|"
    r"(?:我)?(?:想|要|打算)(?:再)?拍|(?:下(?:禮拜|礼拜|週|周|次)|明天|聽日|听日)[^。！？!?]{0,8}(?:拍|去|要|買|买)|"
    r"i (?:want|need|plan|should|ought)(?: to)? (?:shoot|film|record|make)|ideas? for\b|tomorrow:|"
    r"todo|to-do|to do|note to self|remember to|don['’]t forget|reminder|"
    r"(?:buy|call|open on|close on|cut to|b-?roll|shot of|title)\b|/\w)",
    re.IGNORECASE,
)
# A thought that broke off.
_UNFINISHED = re.compile(
    r"^\W*(?:如果|要是|假如|萬一|万一)[^，,。！？!?]*$|"
    r"(?:就|和|跟|或|因為|因为|所以|但|但是|\b(?:the|an?|just|and|but|or|because|if|of|my))\s*$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？؟]\W*$")
# Questions about the work itself, unlike those that an audience could answer.
_DOUBTS = re.compile(
    r"要不要|該不該|该不该|到底|能不能|可不可以|會不會|会不会|我該|我该|標題|标题|開頭|开头|怎麼拍|怎么拍|拍什麼|拍什么|"
    r"^\W*(?:should|what should|what do|what am|do|am|can|could|how do|how should|maybe)\s+i\b",
    re.IGNORECASE,
)
_TO_YOU = re.compile(r"你|妳|您|大家|\byou(?:r|['’]re)?\b|\banyone\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of fragment `n`; `place` counts through the whole day, `inside` from the beginning
    of the fragment."""

    n: int
    place: int
    inside: int
    text: str

    @property
    def seconds(self) -> float:
        """How long it takes to say."""
        return speaking_seconds(self.text)

    def follows(self, other: "Passage") -> bool:
        """Whether it was said right after `other`, in the same breath."""
        return self.n == other.n and self.inside == other.inside + 1


def passages_in(
    material: Sequence[Material], used: Sequence[str], breath_s: float
) -> list[Passage]:
    """Everything own that could be said to a camera and is not in `used`, in order. Sentences of
    a fragment stay in one passage while it takes no longer than `breath_s`."""
    taken = [fold(text) for text in used]
    found: list[Passage] = []
    for item in material:
        if not item.own or _MEMO.search(item.text):
            continue
        for inside, text in enumerate(_sentences_of(item.text, breath_s)):
            folded = fold(text)
            repeated = any(folded in other or other in folded for other in taken)
            if not repeated and _filmable(text) and _verbatim(text, item):
                found.append(Passage(item.n, len(found), inside, text))
                taken.append(folded)
    return found


def trimmed(piece: str) -> str:
    """A clause without the mark that leads on to the next."""
    return piece.strip().rstrip(" ，,;；:：、—―–-")


def _sentences_of(text: str, breath_s: float) -> list[str]:
    """The sentences, neighbours kept in one piece where they should be, a long one shortened."""
    found = list(sentence_spans(text))
    if len(found) >= STORY:
        breath_s = 0.0
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and _kept_together(text, spans[-1], (start, end), breath_s):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [_shortened(text[start:end]) for start, end in spans]


def _kept_together(text: str, one: tuple[int, int], two: tuple[int, int], breath_s: float) -> bool:
    """A very short sentence cannot stand alone, nor can an answer without its question."""
    both = text[one[0] : two[1]]
    seconds = speaking_seconds(both)
    quickest = min(speaking_seconds(text[slice(*span)]) for span in (one, two))
    bound = quickest < SHORTEST_S or text[two[0]] in '「『“"'
    return "\n" not in both and (seconds <= breath_s or (bound and seconds <= LONGEST_S))


def _shortened(sentence: str) -> str:
    """The sentence, or the neighbouring clauses of it that say most in `LONGEST_S`."""
    seconds = speaking_seconds(sentence)
    if seconds <= LONGEST_S:
        return sentence
    runs = [trimmed(run) for run in _clause_runs(sentence)]
    if runs:
        return max(runs, key=lambda run: len(set(content_words(run))) // 4)
    return excerpt(sentence, int(len(sentence) * LONGEST_S / seconds)).removesuffix("…")


def _clause_runs(sentence: str) -> Iterator[str]:
    """From each clause on, as many whole clauses as fit into `LONGEST_S`."""
    spans: list[tuple[int, int]] = []
    for clause in clauses(sentence):
        start = sentence.index(clause, spans[-1][1] if spans else 0)
        spans.append((start, start + len(clause)))
    for i, (start, _) in enumerate(spans):
        ends = [end for _, end in spans[i:] if speaking_seconds(sentence[start:end]) <= LONGEST_S]
        if ends:
            yield sentence[start : ends[-1]]


def _filmable(text: str) -> bool:
    """Whether it can be said to a camera: words enough, no link, not a note to oneself."""
    if _LINK.search(text) or _UNFINISHED.search(text) or not content_words(text):
        return False
    doubts = _ASKS.search(text) and _DOUBTS.search(text) and not _TO_YOU.search(text)
    return speaking_seconds(text) >= SHORTEST_S and not doubts


def _verbatim(text: str, item: Material) -> bool:
    """A cut may still have lost a "not" beside it; the gate every draft passes says so."""
    report = check([Line(Role.SETUP, text, (item.n,))], {item.n: item.text})
    return report.verdict is Ruling.OWN and report.coverage == 1.0

"""What of a day can be said to a camera, and how it is cut.

A passage is a sentence of the person's own, or a few said in one breath, verbatim.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.drafts import Line, Role
from bot.domain.forms import Form
from bot.domain.grounding import Ruling, check
from bot.domain.records import Language
from bot.domain.script import HAN, fold, language_of, unlinked
from bot.domain.words import (
    clauses,
    content_words,
    excerpt,
    sentence_spans,
    speaking_seconds,
    tokens,
)
from bot.journey.ports import DraftAsk

LONGEST_S = 14.0
"""A sentence that takes longer is trimmed at clauses: about 60 characters or 38 words."""

SHORTEST_S = 1.0
"""A sentence quicker than this cannot stand alone: four characters, two words."""

FEWEST_TOKENS = 6
"""A line of more characters or words than this says something, even if all of them are little."""

STORY = 4
"""A fragment of so many sentences is a story by itself, told sentence by sentence."""

_LINK = re.compile(r"(?:https?://|www\.)\S+|@\w+")
_TAG = re.compile(r"#\w+")
_TAGS_BESIDE = re.compile(r"^(?:#\w+\s*)+|(?:\s*#\w+)+$")
_CHINESE = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
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
    of the fragment. `quote` is the stretch of the fragment it was cut from."""

    n: int
    place: int
    inside: int
    text: str
    quote: str = ""
    tongue: Language = Language.EN  # what its fragment is written in
    gold: bool = False
    answer: bool = False  # it answers cards, and may make no sense without them
    after: int | None = None  # the fragment it continues
    older: bool = False  # said on an earlier day

    @property
    def seconds(self) -> float:
        """How long it takes to say."""
        return speaking_seconds(self.text)

    def follows(self, other: "Passage") -> bool:
        """Whether it was said right after `other`, in the same breath."""
        return self.n == other.n and self.inside == other.inside + 1


def passages_in(ask: DraftAsk, breath_s: float) -> list[Passage]:
    """Everything own that could stand in a draft of this form, in order, but for what is in
    `ask.used` or holds a banned word. Sentences of a fragment stay in one passage while it takes
    no longer than `breath_s`."""
    taken = [fold(text) for text in ask.used]
    found: list[Passage] = []
    for item in ask.material:
        if not item.own or _MEMO.search(item.text):
            continue
        tongue = tongue_of(item.text, ask.language)
        for inside, text, quote in _tellable(item.text, breath_s, ask.form):
            folded = fold(text)
            repeated = any(folded in other or other in folded for other in taken)
            if repeated or holds_any(text, ask.banned):
                continue
            found.append(
                Passage(
                    item.n, len(found), inside, text, quote, tongue,
                    item.gold, item.answer, item.after, item.older,
                )
            )  # fmt: skip
            taken.append(folded)
    return found


@lru_cache(maxsize=1_024)  # each script of an evening is cut from the same day
def _tellable(text: str, breath_s: float, form: Form) -> tuple[tuple[int, str, str], ...]:
    """The pieces of a fragment that can stand in a draft: the place of each in the fragment, what
    is told of it, and the stretch it comes from."""
    return tuple(
        (inside, told, quote)
        for inside, (told, quote) in enumerate(_pieces(text, breath_s, form))
        if _fits(told, form) and _filmable(told, form) and is_verbatim(told, text)
    )


@lru_cache(maxsize=1_024)
def tongue_of(text: str, prefer: Language) -> Language:
    """The language of a fragment as a whole: Chinese with English words in it is Chinese, English
    with a Chinese name in it is English."""
    plain = unlinked(text)
    if len(_CHINESE.findall(plain)) < 2 * len(_LATIN_WORD.findall(plain)):
        return Language.EN
    return language_of(text, prefer)


def holds_any(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words stands in the text, whatever its case, width or script. A Latin
    word counts only as a whole one."""
    folded = fold(text) if words else ""
    return any(
        re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", folded) is not None
        if word.isascii()
        else word in folded
        for word in map(fold, words)
        if word.strip()
    )


def weight_of(text: str) -> int:
    """Its length where Chinese characters count twice (prompts/forms.yaml, `piece_chars`)."""
    return sum(1 if char.isascii() else 2 for char in text)


def _fits(text: str, form: Form) -> bool:
    return form.piece_chars is None or weight_of(text) <= form.piece_chars


def trimmed(piece: str) -> str:
    """A clause without the mark that leads on to the next."""
    return piece.strip().rstrip(" ，,;；:：、—―–-")


def _pieces(text: str, breath_s: float, form: Form) -> Iterator[tuple[str, str]]:
    """The sentences, neighbours kept in one piece where they should be, a long one shortened; each
    with the stretch of the text it comes from."""
    found = list(sentence_spans(text))
    if len(found) >= STORY:
        breath_s = 0.0
    spans: list[tuple[int, int]] = []
    for start, end in found:
        both = text[spans[-1][0] : end] if spans else ""
        if spans and _fits(both, form) and _kept_together(text, spans[-1], (start, end), breath_s):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    for start, end in spans:
        quote = text[start:end]
        said = _TAGS_BESIDE.sub("", quote) if form.spoken else quote
        yield _shortened(said or quote, form), quote


def _kept_together(text: str, one: tuple[int, int], two: tuple[int, int], breath_s: float) -> bool:
    """A very short sentence cannot stand alone, nor can an answer without its question."""
    both = text[one[0] : two[1]]
    seconds = speaking_seconds(both)
    quickest = min(speaking_seconds(text[slice(*span)]) for span in (one, two))
    bound = quickest < SHORTEST_S or text[two[0]] in '「『“"'
    return "\n" not in both and (seconds <= breath_s or (bound and seconds <= LONGEST_S))


def _shortened(sentence: str, form: Form) -> str:
    """The sentence, or the neighbouring clauses of it that say most in `LONGEST_S` and fit."""
    if _short_enough(sentence, form):
        return sentence
    runs = [trimmed(run) for run in _clause_runs(sentence, form)]
    if runs:
        return max(runs, key=lambda run: len(set(content_words(run))) // 4)
    share = LONGEST_S / speaking_seconds(sentence) if speaking_seconds(sentence) else 1.0
    room = form.piece_chars // 2 if form.piece_chars else len(sentence)
    return excerpt(sentence, min(int(len(sentence) * share), room)).removesuffix("…")


def _short_enough(text: str, form: Form) -> bool:
    return speaking_seconds(text) <= LONGEST_S and _fits(text, form)


def _clause_runs(sentence: str, form: Form) -> Iterator[str]:
    """From each clause on, as many whole clauses as fit."""
    spans: list[tuple[int, int]] = []
    for clause in clauses(sentence):
        start = sentence.index(clause, spans[-1][1] if spans else 0)
        spans.append((start, start + len(clause)))
    for i, (start, _) in enumerate(spans):
        ends = [end for _, end in spans[i:] if _short_enough(sentence[start:end], form)]
        if ends:
            yield sentence[start : ends[-1]]


def _filmable(text: str, form: Form) -> bool:
    """Whether it can be said to a camera: words enough, no link, not a note to oneself. A tag may
    be read, and is not spoken."""
    if _LINK.search(text) or (form.spoken and _TAG.search(text)):
        return False
    if _UNFINISHED.search(text) or not (content_words(text) or len(tokens(text)) > FEWEST_TOKENS):
        return False
    doubts = _ASKS.search(text) and _DOUBTS.search(text) and not _TO_YOU.search(text)
    return speaking_seconds(text) >= SHORTEST_S and not doubts


def is_verbatim(text: str, source: str) -> bool:
    """Whether a cut passes the gate every draft passes: it may have lost a "not" beside it."""
    if text == source:
        return True
    report = check([Line(Role.SETUP, text, (0,))], {0: source})
    return report.verdict is Ruling.OWN and report.coverage == 1.0

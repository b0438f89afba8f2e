"""The offline draft: the person's own sentences, word for word, in an order that can be spoken.

Find the thread of the day, choose sentences that carry it without repeating each other (maximal
marginal relevance), open with the strongest short one, and tell the rest as it was said.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.drafts import Line, Role
from bot.domain.script import fold
from bot.domain.words import clauses, content_words, excerpt, sentences, speaking_seconds
from bot.engines.passages import Passage, passages_in, trimmed
from bot.engines.threads import Thread, find_thread
from bot.journey.ports import DraftAsk, DraftSketch

TARGET_S = 60.0
"""A short script (docs/science.md, "Draft": 60 s is 260 characters or 165 words)."""

HOOK_S = 3.0
"""A hook over this is trimmed at a clause (docs/science.md: 13 characters or 8 words)."""

FEWEST, MOST = 4, 7
"""Passages in a script: a hook and three beats make one. Should the hook be only part of its
passage, the most still leave six beats and a close."""

TITLE_CHARS = 60

BREATH_S = 9.0
"""What was said in one fragment stays one beat up to this, so that no punch line goes missing:
about 40 characters or 25 words. A day of few fragments is cut into sentences instead."""

REPEATED = 0.6
"""A passage this much like a chosen one says it again."""

VARIETY = 0.35
"""How much likeness to what is already chosen counts against a sentence."""

_TURNS = re.compile(
    r"但|可是|結果|结果|後來|后来|不過|不过|沒想到|没想到|原來|原来|反而|直到|卻|却|點知|点知|"
    r"\b(?:but|until|instead|turns out|suddenly|except|then one|and yet)\b",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    r"所以|原來|原来|其實|其实|從此|从此|後來我|后来我|以後|以后|現在我|现在我|才發現|才发现|終於|终于|"
    r"我想說|我想说|"
    r"\b(?:so now|i realised|i realized|turns out|maybe that|from now on|these days|"
    r"in the end|that['’]s why|now i)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\s*(?:但|可是|所以|然後|然后|因為這|因为这|而且|不過|不过|結果|结果|後來|后来|它|他|她|牠|佢|嗰|這|这|那|其實|其实|"
    r"(?:but|so|and|then|it|its|it's|that|that's|this|these|those|he|she|they|because|or|which)\b)",
    re.IGNORECASE,
)
_CONTRASTS = re.compile(
    r"不是.*(?:是|而)|但|卻|却|反而|從來|从来|沒|没|冇|唔係|越.*越|只|"
    r"\b(?:not|never|but|instead|only|always|nobody|everyone|no one|without)\b|n['’]t\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？]\s*$")
_COUNTS = re.compile(
    r"\d|[二三四五六七八九十百千萬万]|\b(?:two|three|four|five|ten|hundred)\b", re.I
)


def assemble(ask: DraftAsk) -> DraftSketch | None:
    """One script from the strongest thread of the material; None when there is none.

    The first script of a digest takes in whatever is nearest when the thread is short of
    sentences; a later one (`ask.used`) needs a thread of its own.
    """
    found = passages_in(ask.material, ask.used, BREATH_S)
    if len(found) <= FEWEST:
        found = passages_in(ask.material, ask.used, 0.0)
    thread = find_thread(found, ask.picked, fewest=FEWEST, strict=bool(ask.used))
    if thread is None:
        return None
    chosen = _chosen(thread)
    hook, rest = _opened(thread, chosen)
    close = _closing(rest) if len(rest) >= FEWEST < len(found) else None
    beats = [passage for passage in rest if passage is not close]
    return DraftSketch(
        title=_title(thread, beats, hook),
        hooks=(hook,),
        beats=tuple(_line(_role(i, beats), passage) for i, passage in enumerate(beats)),
        close=_line(Role.CLOSE, close) if close else replace(hook, role=Role.CLOSE),
    )


def _chosen(thread: Thread) -> list[Passage]:
    """Up to `MOST` passages within `TARGET_S`: near the thread's centre, unlike each other."""
    chosen: list[Passage] = []
    left = list(thread.passages)
    while left and len(chosen) < MOST:
        best = max(left, key=lambda passage: _merit(passage, chosen, thread))
        left.remove(best)
        long = sum(passage.seconds for passage in [*chosen, best]) > TARGET_S
        again = _repeats(best, chosen, thread) >= REPEATED
        if len(chosen) + len(left) < FEWEST or not (long or again):
            chosen.append(best)
    return sorted(chosen, key=lambda passage: passage.place)


def _merit(passage: Passage, chosen: Sequence[Passage], thread: Thread) -> float:
    alone = _leans(passage) and not any(passage.follows(other) for other in chosen)
    return thread.relevance(passage) - VARIETY * _repeats(passage, chosen, thread) - 0.2 * alone


def _repeats(passage: Passage, chosen: Sequence[Passage], thread: Thread) -> float:
    return max((thread.likeness(passage, other) for other in chosen), default=0.0)


def _leans(passage: Passage) -> bool:
    """Whether it needs what was said before it."""
    return passage.inside > 0 or bool(_LEANS.match(passage.text))


def _opened(thread: Thread, chosen: Sequence[Passage]) -> tuple[Line, list[Passage]]:
    """The hook, and what is left to tell after it."""
    options = [(piece, passage) for passage in chosen for piece in _hooks_in(passage)]
    text, source = max(options, key=lambda option: _pull(option[0], option[1], thread, chosen))
    left = [(_remains(passage, text) if passage is source else passage) for passage in chosen]
    return Line(Role.HOOK, text, (source.n,)), [passage for passage in left if passage]


def _remains(passage: Passage, hook: str) -> Passage | None:
    """What a clause taken as the hook leaves of its sentence, if that can still be said."""
    parts = [trimmed(part) for part in passage.text.split(hook, 1)]
    part = max(parts, key=speaking_seconds).lstrip(" ，,;；:：、。.!?！？")
    whole = speaking_seconds(part) >= HOOK_S and len(content_words(part)) > 1
    return replace(passage, text=part) if whole else None


def _hooks_in(passage: Passage) -> list[str]:
    """The passage itself, its sentences, and their clauses, each able to stand alone."""
    parts = sentences(passage.text)
    pieces = parts + [trimmed(piece) for part in parts for piece in clauses(part)]
    stand = [piece for piece in pieces if len(content_words(piece)) > 1]
    return [passage.text, *(piece for piece in stand if piece != trimmed(passage.text))]


def _pull(text: str, passage: Passage, thread: Thread, chosen: Sequence[Passage]) -> float:
    """How well a text opens a video: short, and a question, a contrast or a number; standing by
    itself, whole, and giving no conclusion away."""
    seconds = speaking_seconds(text)
    score = thread.relevance(passage) - 0.3 * chosen.index(passage) / len(chosen)
    score -= 0.2 * max(0.0, seconds - HOOK_S) + 0.3 * (seconds < HOOK_S / 3)
    score += 0.6 * bool(_ASKS.search(text)) + 0.35 * bool(_CONTRASTS.search(text))
    score += 0.15 * bool(_COUNTS.search(text))
    score -= 0.8 * bool(_LEANS.match(text)) + 0.4 * (passage.inside > 0)
    orphans = any(other.follows(passage) for other in chosen[1:] if passage is not chosen[0])
    score -= 0.35 * (text != passage.text) + 0.4 * orphans
    return score - 0.5 * bool(_CONCLUDES.search(passage.text))


def _closing(rest: Sequence[Passage]) -> Passage:
    """The last thing said, unless a conclusion was drawn shortly before it."""
    concluding = [passage for passage in rest[-2:] if _CONCLUDES.search(passage.text)]
    return concluding[-1] if concluding else rest[-1]


def _role(i: int, beats: Sequence[Passage]) -> Role:
    if i == 0:
        return Role.SETUP
    if i == len(beats) - 1:
        return Role.PAYOFF
    return Role.TURN if _TURNS.search(beats[i].text) else Role.EVIDENCE


def _line(role: Role, passage: Passage) -> Line:
    return Line(role, passage.text, (passage.n,))


def _title(thread: Thread, beats: Sequence[Passage], hook: Line) -> str:
    """A clause of the sentence nearest the centre, other than the hook."""
    best = max(beats, key=lambda passage: (thread.relevance(passage), -passage.place))
    parts = [piece for sentence in sentences(best.text) for piece in clauses(sentence)]
    pieces = [trimmed(part).rstrip("。.") for part in parts]
    telling = [p for p in pieces if fold(p) not in fold(hook.text)] or pieces
    title = max(telling, key=lambda piece: (min(len(content_words(piece)), 4), -len(piece)))
    return excerpt(title, TITLE_CHARS)

"""How a draft may open: short stretches of own sentences, each of another kind, and what of a line
is worth showing on the screen."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.drafts import Line, Opening, Role
from bot.domain.leaning import manner_of
from bot.domain.numbers import numbers_in
from bot.domain.passage import size
from bot.domain.script import fold, simplified
from bot.domain.words import clauses, content_words, sentences, speaking_seconds, tokens
from bot.engines.passages import Passage, is_verbatim, trimmed
from bot.engines.threads import Thread

HOOK_S = 3.0
"""A hook is trimmed to this at a clause (docs/science.md: 13 characters or 8 words)."""

SHOWN = 12
"""Words on the screen: 12 characters or 6 words (docs/science.md, "Draft")."""

MOST_HOOKS = 3

_ASKS = re.compile(r"[?？]\W*$|^\W*(?:点解|为什么|凭什么|谁说|有没有(?:人|想过))|[吗呢咩]\W*$")
_CONTRASTS = re.compile(
    r"不是.*(?:是|而)|但|却|反而|从来|没|冇|未[食试见]|唔|不|越.*越|只|明明|居然|竟然|比.*还|"
    r"\b(?:not|never|but|instead|only|nobody|no one|nothing|without|except|although|still)\b|"
    r"n['’]t\b",
    re.IGNORECASE,
)
_SCENES = re.compile(
    r"[早晚今昨][上天晚日早]|今朝|寻日|琴日|夜晚|半夜|凌晨|中午|下午|点[半钟]|那天|嗰日|雨|"
    r"在.{1,8}[里上下前后旁边口]|喺|坐在|站在|蹲在|走到|走进|推开|打开|[坐站躺]着|看[到见]|听[到见]|"
    r"\b(?:this|last|every|one) (?:morning|evening|night|week|sunday|monday)|"
    r"\b(?:at|in|on|by|behind|under|outside|between|through) (?:the|my|a|our|her|his)\b|"
    r"\b(?:sat|stood|walked|opened|watched|heard|saw|came|went|rang|knocked|rain\w*)\b",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    r"所以|原来|从此|后来我|以后|现在我|才(?:发现|知道|明白|懂)|终于|总算|到头来|最后|其实我|"
    r"我想说|从那(?:天|次)?以?后|至今|"
    r"\b(?:so now|i realised|i realized|turns out|maybe that|from (?:now|then) on|ever since|"
    r"these days|in the end|that['’]s (?:why|when|how)|now i|finally|at last|never again)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"[$£€¥]?\d[\d,.:]*\s?%?(?:[a-z]+\b|[个個條条次塊块元年天歲岁把支隻只分秒小時时月人件樓楼毛蚊]{0,2})",
    re.IGNORECASE,
)
_EDGES = " ，,;；:：、。.!?！？"


@dataclass(frozen=True, slots=True)
class Hook:
    """A stretch of a passage a draft may open with, and how well it would."""

    text: str
    passage: Passage
    pull: float

    def line(self, opening: Opening) -> Line:
        """As a line of the script."""
        source, quote = (self.passage.n,), self.passage.quote
        shown = on_screen(self.text)
        return Line(Role.HOOK, self.text, source, quote=quote, on_screen=shown, opening=opening)


def hooks_for(thread: Thread, chosen: Sequence[Passage], pace: float) -> list[Hook]:
    """Every stretch the script could open with, the best first. Those over `HOOK_S` only when
    nothing shorter is there."""
    found = [
        Hook(piece, passage, _pull(piece, passage, thread, chosen))
        for passage in chosen
        if _may_open(passage, chosen, thread)
        for piece in _pieces(passage)
    ]
    short = [hook for hook in found if speaking_seconds(hook.text) * pace <= HOOK_S]
    found = sorted(short, key=lambda hook: -hook.pull) or sorted(
        found, key=lambda hook: speaking_seconds(hook.text)
    )
    return [hook for hook in found if is_verbatim(hook.text, hook.passage.quote)]


def of_other_kinds(main: Hook, hooks: Sequence[Hook]) -> tuple[Line, ...]:
    """The main hook first, then the best of each kind it is not of, as long as there are any."""
    opening = kinds_of(main.text)[0]
    lines = [main.line(opening)]
    taken = {opening}
    for hook in hooks:
        kind = next((kind for kind in kinds_of(hook.text) if kind not in taken), None)
        overlaps = any(_overlap(hook.text, line.text) for line in lines)
        if kind and _is_shown(hook.text, kind) and not overlaps and len(lines) < MOST_HOOKS:
            lines.append(hook.line(kind))
            taken.add(kind)
    return tuple(lines)


def kinds_of(text: str) -> list[Opening]:
    """The ways in which it opens, the plainest first; a scene when it is nothing else."""
    plain = simplified(text)
    found = [Opening.QUESTION] if _ASKS.search(plain) else []
    found += [Opening.NUMBER] if numbers_in(text) else []
    found += [Opening.CONTRAST] if _CONTRASTS.search(plain) else []
    found += [Opening.SCENE] if _SCENES.search(plain) or not found else []
    return found


def concludes(text: str) -> bool:
    """Whether it draws the conclusion, which belongs at the end."""
    return bool(_CONCLUDES.search(simplified(text)))


def on_screen(text: str) -> str:
    """The words of a line that say its point at a glance: a clause with its number, the amount
    alone, or the one short clause that turns it; else nothing."""
    parts = [piece.strip(_EDGES) for one in sentences(text) for piece in clauses(one)]
    short = [part for part in parts if 0 < size(tokens(part)) <= SHOWN and len(content_words(part))]
    counting = [part for part in short if numbers_in(part)]
    if counting:
        return counting[0]
    amount = _AMOUNT.search(text) if numbers_in(text) else None
    if amount and size(tokens(amount.group())) <= SHOWN:
        return amount.group().strip(_EDGES)
    turning = [part for part in short if _CONTRASTS.search(simplified(part))]
    return turning[0] if len(turning) == 1 and not manner_of(turning[0]) else ""


def remains(passage: Passage, hook: str) -> str:
    """What a stretch taken as the hook leaves of its passage, if that can still be told."""
    parts = [trimmed(part).lstrip(_EDGES) for part in passage.text.split(hook, 1)]
    rest = "".join(parts) if not all(parts) else ""
    tellable = speaking_seconds(rest) >= 1.0 and bool(content_words(rest))
    return rest if tellable and is_verbatim(rest, passage.quote) else ""


def _is_shown(text: str, kind: Opening) -> bool:
    """Whether it really is of this kind, and not a scene only for want of another."""
    return kind is not Opening.SCENE or bool(_SCENES.search(simplified(text)))


def _overlap(one: str, two: str) -> bool:
    a, b = fold(one), fold(two)
    return a in b or b in a


def _may_open(passage: Passage, chosen: Sequence[Passage], thread: Thread) -> bool:
    """Not what leans on another or answers a card; nor what the next line needs just before it."""
    if passage.place in thread.leans or passage.answer or manner_of(passage.text):
        return False
    leans = (thread.leans.get(other.place) for other in chosen)
    needed = any(lean and lean.tight and lean.on == passage for lean in leans)
    return passage is chosen[0] or not needed


def _pieces(passage: Passage) -> Iterator[str]:
    """The passage itself, its sentences, and their clauses and beginnings, each able to stand
    alone."""
    yield passage.text
    for sentence in sentences(passage.text):
        parts = clauses(sentence)
        begun = [sentence[: sentence.index(part) + len(part)] for part in parts[1:]]
        for piece in (sentence, *begun, *parts):
            stands = len(content_words(piece)) > 1 and not manner_of(piece)
            if trimmed(piece) != trimmed(passage.text) and stands:
                yield trimmed(piece)


def _pull(text: str, passage: Passage, thread: Thread, chosen: Sequence[Passage]) -> float:
    """How well a text opens a video: short, and a question, a contrast or a number; standing by
    itself, whole, kept by the person, and giving no conclusion away."""
    kinds, seconds = kinds_of(text), speaking_seconds(text)
    score = thread.relevance(passage) - 0.3 * chosen.index(passage) / len(chosen)
    score -= 0.2 * max(0.0, seconds - HOOK_S) + 0.3 * (seconds < HOOK_S / 3)
    score += 0.6 * (Opening.QUESTION in kinds) + 0.3 * (Opening.CONTRAST in kinds)
    score += 0.2 * (Opening.NUMBER in kinds) + 0.6 * passage.gold
    score -= 0.4 * (passage.inside > 0) + 0.2 * (text != passage.text)
    score -= 0.6 * (not passage.text.startswith(text)) + 0.3 * (passage is chosen[-1])
    return score - 0.5 * concludes(passage.text)

"""What a reply to a draft asks for, as far as it can be done without a model.

A reply is read only when every word of it is understood: each of its clauses is one of the wishes
below, whole. Anything else ("more about my mother", 語氣再兇一點) is for a model.
"""

import re
from collections.abc import Callable, Sequence

from bot.domain import wish_patterns as said
from bot.domain.changes import (
    Back,
    Change,
    Drop,
    Move,
    OtherHook,
    PutIn,
    Reverse,
    Shorter,
    Swap,
)
from bot.domain.inventing import invents
from bot.domain.revising import apply
from bot.domain.script import HAN, fold, folded
from bot.domain.wish_words import VERSION, fragment_in, kind_in, number_of, place_of, places_in

__all__ = ["apply", "invents", "read"]

MOST_CHARS = 200
"""A longer reply talks about content."""

_SPACES = re.compile(f"(?<=[{HAN}、,]) (?![a-z])| (?=[{HAN}])")  # 用 #9 代替
_BEFORE = re.compile(
    r"^(?:please|pls|can you|could you|would you|will you|just|maybe|okay|ok|hey|hi|let's|and|then|"
    r"also|so|but|now|i(?:'d| would) like (?:you )?to|i want (?:you )?to|"
    r"请|麻烦|唔该|帮我|帮手|帮忙|可唔可以|可不可以|可以|能不能|你|我想要?|想|就|不如|还有|仲有"
    r"|同埋|"
    r"再|然后|跟住|顺便|另外|嗱|那么?|并且|而且|但是?|不过)[\s,:]*(?=\S)"
)
_AFTER = re.compile(
    r"[\s,]*(?:(?<![a-z])(?:please|pls|thanks|thank you|okay|ok)|吗|吧|啦|喇|好吗|好唔好|好不好"
    r"|可以吗|行吗|谢谢|多谢|唔该|呢|吖|"
    r"就好|就得|就行|[。.!?~…])$"
)
_JOINT = re.compile(
    r"[,，;。.!\n]\s*|\s+and then\s+|\s+and\s+|\s+but\s+|\s+then\s+|然后|跟住|同埋|并且|但|再"
)


def read(wish: str) -> tuple[Change, ...] | None:
    """Everything a reply asks for; None when some of it only a model can do."""
    if len(wish) > MOST_CHARS or invents(wish):
        return None
    found = _read(_SPACES.sub("", " ".join(fold(wish).replace("’", "'").split())))
    if not found:
        return None
    shorter = [one for one in found if isinstance(one, Shorter)]
    others = tuple(one for one in found if not isinstance(one, Shorter))
    if not shorter:
        return others
    if not any(one.less for one in shorter):
        return None  # to keep something says nothing without what may go
    return (*others, _joined(shorter, wish))


def _joined(found: Sequence[Shorter], wish: str) -> Shorter:
    """One wish to be shorter, of all its clauses; words as they stand in the reply."""
    plain = folded(wish)

    def written(words: str) -> str:
        at = plain.text.find(words)
        return plain.quote(at, at + len(words)) if at >= 0 else words

    return Shorter(
        next((one.seconds for one in found if one.seconds is not None), None),
        tuple(place for one in found for place in one.places),
        tuple(written(words) for one in found for words in one.words),
    )


def _read(text: str) -> tuple[Change, ...]:
    """The clauses of a folded reply, each of them one wish; empty when one of them is not."""
    text = _bare(text)
    if change := _clause(text):
        return (change,)
    for joint in _JOINT.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        first = _clause(_bare(left)) if right.strip() else None
        if first and (rest := _read(right)):
            return (first, *rest)
    return ()


def _bare(text: str) -> str:
    """Without what is only said to be kind."""
    before = None
    while before != text:
        before = text
        text = _BEFORE.sub("", _AFTER.sub("", text.strip(" ,，;；")))
    return text


def _clause(text: str) -> Change | None:
    for pattern, change in _WISHES:
        if match := pattern.fullmatch(text):
            return change(match)
    return None


def _given(match: re.Match[str]) -> dict[str, str]:
    return {
        name.rstrip("0123456789"): text
        for name, text in match.groupdict().items()
        if text is not None
    }


def _shorter_to(match: re.Match[str]) -> Change:
    return Shorter(seconds=int(_given(match)["s"]))


def _keep(match: re.Match[str]) -> Change:
    return Shorter(places=places_in(_given(match)["kept"]), less=False)


def _keep_words(match: re.Match[str]) -> Change:
    return Shorter(words=(_given(match)["w"].strip(),), less=False)


def _hook_number(match: re.Match[str]) -> Change:
    return OtherHook(number_of(_given(match)["h"]))


def _where(given: dict[str, str]) -> tuple[int, int]:
    """The place named in a match, and on which side of it."""
    if "to" in given:
        return place_of(given["to"]), ("post" in given) - ("pre" in given)
    return (-1, 0) if "back" in given else (1, 0)


def _move(match: re.Match[str]) -> Change:
    given = _given(match)
    return Move(place_of(given["what"]), *_where(given))


def _swap(match: re.Match[str]) -> Change:
    given = _given(match)
    return Swap(place_of(given["a"]), place_of(given["b"]))


def _put_at(match: re.Match[str]) -> Change:
    to, beside = _where(_given(match))
    return PutIn(fragment_in(match.group()), at=to, beside=beside)


def _instead(match: re.Match[str]) -> Change:
    return PutIn(fragment_in(match.group()), instead=place_of(_given(match)["i"]))


def _back(match: re.Match[str]) -> Change:
    return Back(
        number_of(_given(match)["v"]) if re.fullmatch(VERSION, _given(match)["v"]) else None
    )


_WISHES: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Change]]] = [
    (re.compile(words), change)
    for words, change in (
        (said.LESS, lambda _: Shorter()),
        (said.SECONDS, _shorter_to),
        (said.KEEP, _keep),
        (said.KEEP_WORDS, _keep_words),
        (said.HOOK_KIND, lambda match: OtherHook(opening=kind_in(match.group()))),
        (said.HOOK_NUMBER, _hook_number),
        (said.HOOK_CHANGE, lambda _: OtherHook()),
        (said.BACK, _back),
        (said.INSTEAD, _instead),
        (said.PUT_AT, _put_at),
        (said.PUT_IN, lambda match: PutIn(fragment_in(match.group()))),
        (said.DROP, lambda match: Drop(places_in(match.group()))),
        (said.SWAP, _swap),
        (said.MOVE, _move),
        (said.REVERSE, lambda _: Reverse()),
    )
]

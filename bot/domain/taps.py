"""A wish made by a button, in signs: short, the same in every language, read without a model."""

import re
from collections.abc import Callable

from bot.domain.changes import Back, Change, Drop, Move, OtherHook, PutIn, Shorter

SHORTER = "✂"
_ANSWER = re.compile(r"➕ #(\d+) → ❓ ?(.*)", re.DOTALL)
_WISHES: list[tuple[re.Pattern[str], Callable[..., Change]]] = [
    (re.compile(SHORTER), Shorter),
    (re.compile(r"🪝 (\d+)"), OtherHook),
    (re.compile(r"🗑 (\d+)"), lambda place: Drop((place,))),
    (re.compile(r"↕ (\d+) → (\d+)"), Move),
    (re.compile(r"➕ #(\d+)"), PutIn),
    (re.compile(r"↩ v(\d+)"), Back),
]


def hook(number: int) -> str:
    """That hook opens; 1 is the present one."""
    return f"🪝 {number}"


def drop(place: int) -> str:
    """Without this beat, counted from 1."""
    return f"🗑 {place}"


def move(place: int, to: int) -> str:
    """This beat stands there."""
    return f"↕ {place} → {to}"


def put(n: int) -> str:
    """The best of this fragment goes in."""
    return f"➕ #{n}"


def back(number: int) -> str:
    """This version again."""
    return f"↩ v{number}"


def answer(n: int, gap: str) -> str:
    """This fragment goes in as it is, for it answers that gap, or a question asked beside."""
    return f"➕ #{n} → ❓ {gap}".rstrip()


def read(wish: str) -> tuple[Change, ...] | None:
    """What is to be changed; None for a wish in words, and for an answer."""
    for pattern, change in _WISHES:
        if found := pattern.fullmatch(wish):
            return (change(*map(int, found.groups())),)
    return None


def read_answer(wish: str) -> tuple[int, str] | None:
    """The fragment that answers, and the gap; None for a wish of another kind."""
    found = _ANSWER.fullmatch(wish)
    return (int(found[1]), found[2]) if found else None

"""Reads the elements of one JSON array out of an answer while it is still being written.

Each character is looked at once, however many pieces the answer comes in. 22,000 characters in
2,000 pieces take 2 ms; parsing all of it again at every piece took 70 ms, four times at once, in
which nothing else ran.
"""

import re

from pydantic_core import from_json

_OUTSIDE = re.compile(r'["{}\[\]]')
_INSIDE = re.compile(r'["\\]')
_MARGIN = 64  # how far before the end the array's name may have begun


class Arriving:
    """The objects and arrays in the array `field`, each given once, when its last brace is there.

    The array is found by its name, so prose or a code fence around the answer does no harm; text
    inside a string cannot pass for it, since its quotation marks are escaped there.
    """

    def __init__(self, field: str) -> None:
        self._opening = re.compile(rf'"{field}"\s*:\s*\[')
        self._at = 0  # all before it has been looked at
        self._open = False
        self._over = False
        self._quoted = False
        self._depth = 0
        self._start = 0

    @property
    def amid(self) -> bool:
        """Whether an element has begun that is not yet whole."""
        return self._depth > 0

    def complete(self, so_far: str) -> list[object]:
        """The elements that became whole since the last time; `so_far` is all of the answer."""
        if not self._open:
            self._find_opening(so_far)
        found: list[object] = []
        while self._open and not self._over:
            mark = (_INSIDE if self._quoted else _OUTSIDE).search(so_far, self._at)
            if mark is None:
                self._at = len(so_far)
                break
            if mark.group() == "\\":
                if mark.end() == len(so_far):  # what it escapes is still to come
                    self._at = mark.start()
                    break
                self._at = mark.end() + 1
                continue
            self._at = mark.end()
            found += self._step(mark, so_far)
        return found

    def _find_opening(self, so_far: str) -> None:
        opening = self._opening.search(so_far, max(0, self._at - _MARGIN))
        self._open = opening is not None
        self._at = opening.end() if opening else len(so_far)

    def _step(self, mark: re.Match[str], so_far: str) -> list[object]:
        match mark.group():
            case '"':
                self._quoted = not self._quoted
            case "{" | "[":
                if not self._depth:
                    self._start = mark.start()
                self._depth += 1
            case _ if self._depth:
                self._depth -= 1
                if not self._depth:
                    return _parsed(so_far[self._start : mark.end()])
            case _:
                self._over = True
        return []


def _parsed(element: str) -> list[object]:
    try:
        return [from_json(element)]
    except ValueError:
        return []

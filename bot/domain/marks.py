"""One-emoji answers: gold, or not one's own words."""

from enum import StrEnum


class Mark(StrEnum):
    """What a person says about a fragment with an emoji alone."""

    GOLD = "gold"
    NOT_MINE = "not mine"


_MARKS = {"⭐": Mark.GOLD, "🔥": Mark.GOLD, "👍": Mark.GOLD, "👎": Mark.NOT_MINE}
# Phones add a variation selector to the star and a skin tone to the thumbs.
_DECORATION = dict.fromkeys([0xFE0F, *range(0x1F3FB, 0x1F400)])


def read_mark(text: str) -> Mark | None:
    """The mark a text consists of (repeated at will), or None when it says anything else."""
    marks = {_MARKS.get(one) for one in text.translate(_DECORATION) if not one.isspace()}
    return marks.pop() if len(marks) == 1 else None

"""Whether a wish asks for a story, an example, a figure that may stand nowhere. A model can look
for one in the fragments; without a model only the person can tell it."""

import re

from bot.domain.script import fold

_WHAT = (
    r"(?:story|stories|anecdote|example|client|customer|testimonial|quote|statistics?|stats?|"
    r"figures?|numbers?|data|study|studies|research)"
)
_TOLD = re.compile(
    rf"\b(?:add|give|write|include|tell|insert|put in)\b[a-z ]{{1,40}}\b{_WHAT}\b"
    r"|(?:加|来|写|补|给|放|讲|插)(?:上|入|进|点|一|个|段|些|句|几|则|多)[^，。]{0,12}"
    r"(?:故事|例子|案例|见证|名言|金句|数据|数字|统计|研究)"
)


def asks_for(wish: str) -> bool:
    """Not where it names the fragment that says so ("#5")."""
    said = fold(wish)
    return not re.search(r"#\d", said) and bool(_TOLD.search(said))

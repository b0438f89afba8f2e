"""Words that say no."""

from collections.abc import Sequence

_NEGATIONS = frozenset(
    """不 没 未 无 非 别 勿 莫 否 唔 冇 咪 not no never none nothing nobody without cannot neither
    nor hardly""".split()  # noqa: SIM905
)
# Words that only look negative, and half of some (差不多, 对不起).
_HARMLESS = frozenset(
    """不过 不但 不只 不仅 不如 不同 不管 不断 不停 不然 不论 要不 差不 对不 无论 无限 非常 除非
    特别 别人 分别 级别 区别 告别 未来 没错 是否 能否 莫名 非洲""".split()  # noqa: SIM905
)


def negates(found: Sequence[str], at: int) -> bool:
    """Whether the token at this place is a negation."""
    token = found[at]
    if token.endswith("n't"):
        return True
    if token not in _NEGATIONS:
        return False
    before, after = "".join(found[at - 1 : at]), "".join(found[at + 1 : at + 2])
    asks = before == after != ""  # 是不是, 要不要
    return not (asks or before + token in _HARMLESS or token + after in _HARMLESS)

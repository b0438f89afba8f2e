"""A round of cards, as the person decided about it."""

from collections.abc import Sequence

from bot.domain.records import Idea, Verdict


def is_over(cards: Sequence[Idea]) -> bool:
    """Whether nothing of a round is undecided any more."""
    return all(one.verdict is not Verdict.NEW for one in cards)


def starred(cards: Sequence[Idea]) -> list[Idea]:
    """What was kept, what was kept first in front."""
    return sorted((one for one in cards if one.verdict is Verdict.KEPT), key=_decided)


def dropped_last(cards: Sequence[Idea]) -> int | None:
    """The update that dropped something among these last; None where nothing is dropped."""
    gone = [one for one in cards if one.verdict is Verdict.DROPPED]
    return max(gone, key=_decided).decided_by if gone else None


def _decided(idea: Idea) -> tuple[float, int]:
    """Two taps within one moment are told apart by their updates."""
    return idea.decided_at.timestamp() if idea.decided_at else 0.0, idea.decided_by or 0

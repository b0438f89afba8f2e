"""Leases: whoever works on a row holds it until a moment, and nobody after that.

A clock may be set back. What was written before then lies in the future, and must not wait there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, or_

from bot.store.types import Utc

# More than twice the longest lease (4 min): one that ends later was taken by a clock that has been
# set back since. Processes on several machines may differ by as much as the rest.
LONGEST = timedelta(minutes=10)
# Nothing is put off for longer.
LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """The moment at which a statement is asked that was built long before: see `told`."""

    after: timedelta = timedelta()

    def __add__(self, more: timedelta) -> "Asked":
        return Asked(self.after + more)

    def __clause_element__(self) -> BindParameter[datetime]:
        return bindparam(self._name, type_=Utc())

    @property
    def _name(self) -> str:
        return f"now_{int(self.after.total_seconds())}"

    @classmethod
    def told(cls, now: datetime) -> dict[str, datetime]:
        """What such a statement has to be told when it is asked."""
        return {cls(one)._name: now + one for one in (timedelta(), LONGEST, LONGEST_WAIT)}


Moment = datetime | Asked


def lapsed(lease_until: Any, now: Moment) -> ColumnElement[bool]:
    """Whether nobody works on a row, or not any more."""
    return or_(lease_until.is_(None), lease_until <= now, lease_until > now + LONGEST)


def runs(lease_until: datetime | None, now: datetime) -> bool:
    """The opposite, of a row that has been read."""
    return lease_until is not None and now < lease_until <= now + LONGEST


def is_due(due_at: Any, now: Moment) -> ColumnElement[bool]:
    """Whether the moment of a row has come."""
    return or_(due_at <= now, due_at > now + LONGEST_WAIT)

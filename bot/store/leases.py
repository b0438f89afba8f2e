"""Leases: whoever works on a row holds it until a moment, and nobody after that.

A clock may be set back. What was written before then lies in the future, and must not wait there.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_

# More than twice the longest lease (4 min): one that ends later was taken by a clock that has been
# set back since. Processes on several machines may differ by as much as the rest.
LONGEST = timedelta(minutes=10)
# Nothing is put off for longer.
LONGEST_WAIT = timedelta(days=1)


def lapsed(lease_until: Any, now: datetime) -> ColumnElement[bool]:
    """Whether nobody works on a row, or not any more."""
    return or_(lease_until.is_(None), lease_until <= now, lease_until > now + LONGEST)


def runs(lease_until: datetime | None, now: datetime) -> bool:
    """The opposite, of a row that has been read."""
    return lease_until is not None and now < lease_until <= now + LONGEST


def is_due(due_at: Any, now: datetime) -> ColumnElement[bool]:
    """Whether the moment of a row has come."""
    return or_(due_at <= now, due_at > now + LONGEST_WAIT)

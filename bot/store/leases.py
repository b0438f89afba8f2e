"""Leases: whoever works on a row holds it until a moment, and nobody after that."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_

# No lease is this long: one that ends later was taken by a clock that has been set back since.
LONGEST = timedelta(days=1)


def lapsed(lease_until: Any, now: datetime) -> ColumnElement[bool]:
    """Whether nobody works on a row, or not any more."""
    return or_(lease_until.is_(None), lease_until <= now, lease_until > now + LONGEST)

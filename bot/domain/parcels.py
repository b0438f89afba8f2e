"""What is on its way to a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Content(StrEnum):
    """What a parcel holds, and whose id its `about` is."""

    EXPANSION = "expansion"  # its cards, or the question that comes before them
    WAITS = "waits"  # that an expansion waits for its seed to be heard
    DIGEST = "digest"
    DRAFT = "draft"  # a version of a draft, or the question asked instead
    HEARING = "hearing"  # what was heard in a recording
    UNHEARD = "unheard"  # why nothing was; `about` is the same recording
    WHY = "why"  # the best two of a finished round, and why the person must tell them
    PAGE = "page"  # a page that was fetched; the fragment it became
    WEEK = "week"  # a look back at a week
    OFFER = "offer"  # to show the parcel `about`, of which nobody knows whether it arrived


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something on its way to a person, as claimed from the outbox."""

    id: int
    person_id: int
    kind: Content
    about: int
    parts_sent: int  # how many messages of it have arrived
    losses: int  # how often it may have been lost so far, which only an offer survives
    planned_at: datetime
    begun_at: datetime | None  # the moment its words were made for
    lease_until: datetime | None  # until then it is ours to send

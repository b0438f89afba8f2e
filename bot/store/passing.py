"""The tables of what passes through: what comes from Telegram, what is to be heard,
what goes there, and who fetches."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Table


class UpdateRow(Table):
    """An update from Telegram: its raw text until it is handled, then only its number."""

    __tablename__ = "inbox"
    __table_args__ = (Index(None, "state", "due_at"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger)
    raw: Mapped[str | None]
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]


class HearingRow(Table):
    """A recording that came with a fragment: waiting → hearing → heard; or nothing, or failed."""

    __tablename__ = "hearings"
    __table_args__ = (UniqueConstraint("media_id"), Index(None, "person_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    fragment_id: Mapped[int] = mapped_column(ForeignKey("fragments.id"), index=True)
    media_id: Mapped[int] = mapped_column(ForeignKey("media.id"))
    state: Mapped[str] = mapped_column(String(16))
    # Failures in a row.
    attempts: Mapped[int] = mapped_column(default=0)
    # It may be at fault itself, so it no longer holds up those behind it.
    aside: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(16))
    # What the recogniser gave, and what is shown; the person may correct the second.
    raw: Mapped[str | None]
    text: Mapped[str | None]
    by: Mapped[str | None]
    heard_s: Mapped[float | None]
    partial: Mapped[str | None] = mapped_column(String(16))
    why_empty: Mapped[str | None] = mapped_column(String(16))
    heard_at: Mapped[datetime | None]
    # Our message that shows the words, if one message holds them all.
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    # The expansion whose question it answers; its words set that off.
    answers: Mapped[int | None] = mapped_column(ForeignKey("expansions.id"))
    # The version of a draft that its words say how to change. No foreign key: SQLite would have to
    # copy the table for it.
    changes: Mapped[int | None]


class HearingMessageRow(Table):
    """A message about a hearing, ours or a correction: a reply to it is about the same hearing."""

    __tablename__ = "hearing_messages"
    __table_args__ = (UniqueConstraint("person_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    message_id: Mapped[int] = mapped_column(BigInteger)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"), index=True)


class CardMessageRow(Table):
    """A message that shows an expansion: a page of its cards, or one idea alone, or some of them,
    or a question about it. A reply to it is about the same."""

    __tablename__ = "card_messages"
    __table_args__ = (UniqueConstraint("person_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    message_id: Mapped[int] = mapped_column(BigInteger)
    expansion_id: Mapped[int] = mapped_column(ForeignKey("expansions.id"))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    # Which page it shows just now, from 0.
    page: Mapped[int] = mapped_column(default=0, server_default="0")
    # The ideas that stand in it by number, where that is no page.
    shows: Mapped[list[int] | None] = mapped_column(JSON)


class ParcelRow(Table):
    """Something long work sends: planned → sending → sent; or unknown, or failed. It holds no
    words: what it says is made anew from the row that `kind` and `about` name."""

    __tablename__ = "outbox"
    __table_args__ = (
        # Whatever is planned twice goes out once.
        UniqueConstraint("kind", "about"),
        Index(None, "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(16))
    about: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    parts_sent: Mapped[int] = mapped_column(default=0)
    # How often an offer may have been lost.
    losses: Mapped[int] = mapped_column(default=0)
    planned_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    # The moment its words were made for, which the later parts of a letter must share.
    begun_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    sent_at: Mapped[datetime | None]


class TurnRow(Table):
    """Which process fetches a bot's updates, and when Telegram last answered it."""

    __tablename__ = "turns"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    holder: Mapped[str]
    lease_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class AbsenceRow(Table):
    """A time in which what this person sent may have been lost, and whether they know."""

    __tablename__ = "absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]
    told_at: Mapped[datetime | None] = mapped_column(index=True)

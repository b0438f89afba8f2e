"""The tables of drafts and weeks, and of how the person speaks and writes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Table


class DraftRow(Table):
    """A script for the person. What it says stands in its versions."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digests.id"), index=True)
    created_at: Mapped[datetime]
    form: Mapped[str] = mapped_column(String(64), default="short", server_default="short")
    about: Mapped[str] = mapped_column(default="", server_default="")
    about_n: Mapped[int | None]
    # The first of several takes on the same material, and which this one is. No foreign key: SQLite
    # would have to copy the table for it.
    family: Mapped[int | None] = mapped_column(index=True)
    take: Mapped[int] = mapped_column(default=1, server_default="1")
    status: Mapped[str] = mapped_column(String(16), default="new", server_default="new")
    status_at: Mapped[datetime | None]
    link: Mapped[str] = mapped_column(default="", server_default="")
    figures: Mapped[str] = mapped_column(default="", server_default="")
    # When the person first opened it, and the evening that brings it back.
    opened_at: Mapped[datetime | None]
    postponed_to: Mapped[date | None]
    postponements: Mapped[int] = mapped_column(default=0, server_default="0")
    # When it is to be filmed, and how often that changed: a calendar knows the newest by it.
    film_at: Mapped[datetime | None]
    film_changes: Mapped[int] = mapped_column(default=0, server_default="0")


class WeekRow(Table):
    """The look back at a week, which ends with the day `week`. How it travels says the outbox."""

    __tablename__ = "weeks"
    __table_args__ = (UniqueConstraint("person_id", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    week: Mapped[date]
    composed_at: Mapped[datetime]
    body: Mapped[dict[str, Any]]


class DigestMessageRow(Table):
    """A message that a digest came in. It may show one of its drafts for a while."""

    __tablename__ = "digest_messages"
    __table_args__ = (UniqueConstraint("person_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    message_id: Mapped[int] = mapped_column(BigInteger)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id"), index=True)


class VersionRow(Table):
    """One version of a draft: wanted, then written (or not, and then it says why); or put together
    by the person, or brought back, and then written at once."""

    __tablename__ = "draft_versions"
    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        # One update asks once, however often Telegram delivers it.
        UniqueConstraint("person_id", "request_id"),
        Index(None, "state", "lease_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    number: Mapped[int]
    request_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(16))
    lease_until: Mapped[datetime | None]
    # What was asked for, in the person's words; which line alone; and of which version.
    wish: Mapped[str] = mapped_column(default="")
    line: Mapped[int | None]
    base: Mapped[int | None]
    script: Mapped[dict[str, Any] | None]
    # What the person sent back as the final text.
    text: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(String(32), default="")
    prompt: Mapped[str] = mapped_column(default="")
    trouble: Mapped[str | None] = mapped_column(String(16))
    question: Mapped[str | None]
    created_at: Mapped[datetime]
    # When a writer that costs something was asked, whatever became of that.
    paid_at: Mapped[datetime | None]


class DraftMessageRow(Table):
    """A message about a version of a draft. A reply to it is about the same."""

    __tablename__ = "draft_messages"
    __table_args__ = (UniqueConstraint("person_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    message_id: Mapped[int] = mapped_column(BigInteger)
    version_id: Mapped[int] = mapped_column(ForeignKey("draft_versions.id"), index=True)
    # What it asks for, if it asks: the number of a gap, a link, figures.
    asks: Mapped[str] = mapped_column(String(16), default="")


class FormRow(Table):
    """A form of drafts that the person made."""

    __tablename__ = "forms"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(64))
    how: Mapped[str]
    seconds: Mapped[float]
    created_at: Mapped[datetime]


class KeptPhraseRow(Table):
    """A worn phrase that the person wants to keep: it gets no mark again."""

    __tablename__ = "kept_phrases"
    __table_args__ = (UniqueConstraint("person_id", "phrase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    phrase: Mapped[str]
    kept_at: Mapped[datetime]


class SampleRow(Table):
    """A text that shows how the person speaks or writes: an old script or post they added, a final
    text, or (by its number) a fragment that is not to count."""

    __tablename__ = "voice_samples"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    manner: Mapped[str] = mapped_column(String(16))
    text: Mapped[str]
    source: Mapped[str] = mapped_column(String(16))
    fragment_n: Mapped[int | None]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("draft_versions.id"))
    added_at: Mapped[datetime]


class RuleRow(Table):
    """A rule of how the person speaks or writes, as they changed it (`measure` names the one we
    measured, "" for one of their own), or which they do not want (`off`)."""

    __tablename__ = "voice_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    manner: Mapped[str] = mapped_column(String(16))
    measure: Mapped[str] = mapped_column(String(32))
    text: Mapped[str]
    off: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]


class VoiceMessageRow(Table):
    """A message of the bot's that asks for something about the voice; a reply to it says it."""

    __tablename__ = "voice_messages"
    __table_args__ = (UniqueConstraint("person_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    message_id: Mapped[int] = mapped_column(BigInteger)
    asks: Mapped[str] = mapped_column(String(64))


class BanRow(Table):
    """A word, or a topic, that may not stand in a draft."""

    __tablename__ = "bans"
    __table_args__ = (UniqueConstraint("person_id", "word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    word: Mapped[str]
    topic: Mapped[bool]
    banned_at: Mapped[datetime]

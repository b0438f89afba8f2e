"""The tables. Their words are those of the product: person, fragment, idea, draft, digest."""

from datetime import date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import JSON as Json
from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.store.types import Utc

# Constraints need names so that a later migration can find them on both databases.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """The base of all tables; its metadata is what migrations are checked against."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        datetime: Utc,
        dict[str, Any]: Json,
        list[int]: Json,
        str: Text,
    }


class PersonRow(Table):
    """One allowed Telegram user; the id is Telegram's."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(16))
    timezone: Mapped[str] = mapped_column(String(64))
    digest_at: Mapped[time | None]
    digest_from: Mapped[datetime]
    day_starts: Mapped[time]
    # The hour from before it was off, which "on" brings back.
    digest_was_at: Mapped[time | None]
    weekdays_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    paused_until: Mapped[date | None]
    zone_from: Mapped[datetime | None]
    digest_form: Mapped[str] = mapped_column(String(64), default="short", server_default="short")
    dark: Mapped[bool] = mapped_column(default=False, server_default=false())
    # When they were asked, once, whether the digest should come otherwise.
    asked_at: Mapped[datetime | None]
    # How many fragments this person ever sent: the next one's number minus one, kept here so that
    # a number is never given twice, even after the newest fragment was erased.
    fragments_counted: Mapped[int] = mapped_column(default=0)
    joined_at: Mapped[datetime]
    # Telegram said so when we wrote to them; None again as soon as they write to us.
    blocked_at: Mapped[datetime | None]


class FragmentRow(Table):
    """One thing the person sent. `text` is the newest revision."""

    __tablename__ = "fragments"
    __table_args__ = (
        UniqueConstraint("person_id", "n"),
        # What makes redelivery harmless. A private chat's id is the person's id.
        UniqueConstraint("person_id", "message_id"),
        Index(None, "person_id", "album"),
        # Looked at after each message: pages to be read, pictures to be described.
        Index(None, "kind", "captured_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    n: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    origin: Mapped[str] = mapped_column(String(16))
    text: Mapped[str]
    message_id: Mapped[int] = mapped_column(BigInteger)
    captured_at: Mapped[datetime]
    reply_to: Mapped[int | None]
    # The expansion whose cards it answers.
    about: Mapped[int | None] = mapped_column(ForeignKey("expansions.id"))
    # The idea of that expansion it is about, if it names one. No foreign key: SQLite would have to
    # copy every fragment for it.
    about_idea: Mapped[int | None]
    # The draft it answers a question of. No foreign key, for the same reason.
    about_draft: Mapped[int | None]
    # The digest it answers. No foreign key, for the same reason.
    about_digest: Mapped[int | None]
    # It says how to change a draft: kept like everything, but nothing is made of it.
    aside: Mapped[bool] = mapped_column(default=False, server_default=false())
    gold_at: Mapped[datetime | None]
    # The person said of their own message that the words are not theirs. Not set on a forward.
    disowned: Mapped[bool] = mapped_column(default=False)
    # Who said it first, or the address it stands at; "" for what the person said.
    source: Mapped[str] = mapped_column(default="")
    source_at: Mapped[datetime | None]
    album: Mapped[str | None] = mapped_column(String(64))


class PartRow(Table):
    """One message of a fragment that came as several (a long paste cut up, or an album; its first
    message has a row too), or with a file. What was heard in that stands in the fragment's text,
    never here."""

    __tablename__ = "parts"
    __table_args__ = (UniqueConstraint("person_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    fragment_id: Mapped[int] = mapped_column(ForeignKey("fragments.id"), index=True)
    message_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str]
    sent_at: Mapped[datetime]


class RevisionRow(Table):
    """A text a fragment had before it was edited."""

    __tablename__ = "revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    fragment_id: Mapped[int] = mapped_column(ForeignKey("fragments.id"), index=True)
    text: Mapped[str]
    replaced_at: Mapped[datetime]


class MediaRow(Table):
    """A file that came with a fragment; `path` is relative to the media folder."""

    __tablename__ = "media"

    id: Mapped[int] = mapped_column(primary_key=True)
    fragment_id: Mapped[int] = mapped_column(ForeignKey("fragments.id"), index=True)
    file_id: Mapped[str]
    path: Mapped[str | None]
    mime: Mapped[str] = mapped_column(String(128))
    size: Mapped[int] = mapped_column(BigInteger)
    duration_s: Mapped[int | None]
    # What stands in it, or what a writer (`by`) sees in it. None: nobody has looked.
    words: Mapped[str | None]
    by: Mapped[str] = mapped_column(String(32), default="")
    trouble: Mapped[str | None] = mapped_column(String(16))


class ExpansionRow(Table):
    """One request to expand a seed: asked (a question goes out), waiting (for a recording to be
    heard), wanted, dug."""

    __tablename__ = "expansions"
    __table_args__ = (
        # One update asks once, however often Telegram delivers it.
        UniqueConstraint("person_id", "request_id"),
        Index(None, "state", "lease_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    request_id: Mapped[int] = mapped_column(BigInteger)
    seed: Mapped[str]
    seed_n: Mapped[int | None]
    round: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(16))
    lease_until: Mapped[datetime | None]
    dug: Mapped[int] = mapped_column(default=0)
    duplicates: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    mode: Mapped[str] = mapped_column(String(16), default="angles", server_default="angles")
    # A second kept thing, when two are mixed, and its fragment.
    mix: Mapped[str] = mapped_column(default="", server_default="")
    mix_n: Mapped[int | None]


class IdeaRow(Table):
    """One direction grown from a seed, and what the person decided about it."""

    __tablename__ = "ideas"
    __table_args__ = (
        UniqueConstraint("expansion_id", "position"),
        Index(None, "person_id", "verdict", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    expansion_id: Mapped[int] = mapped_column(ForeignKey("expansions.id"))
    position: Mapped[int]
    title: Mapped[str]
    lens: Mapped[str]
    move: Mapped[str]
    mechanism: Mapped[str]
    sources: Mapped[list[int]]
    by: Mapped[str] = mapped_column(String(32))
    prompt: Mapped[str]
    verdict: Mapped[str] = mapped_column(String(16))
    decided_at: Mapped[datetime | None]
    # The update that decided, so that its redelivery does not undo what it did.
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    # What held before, and since when, so that taking it back invents nothing.
    verdict_before: Mapped[str | None] = mapped_column(String(16))
    decided_before: Mapped[datetime | None]
    # Ids in prompts/lenses.yaml (a question card's lens has none) and moves.yaml.
    lens_id: Mapped[str] = mapped_column(String(64), default="", server_default="")
    move_id: Mapped[str] = mapped_column(String(64), default="", server_default="")
    assumption: Mapped[str] = mapped_column(default="", server_default="")
    # The position of the card it resembles.
    stack: Mapped[int | None]
    # How often it came back undecided, and when it does next; None: it rests.
    returns: Mapped[int] = mapped_column(default=0, server_default="0")
    returns_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]  # when it last did
    # The walk through the backlog it was decided in, by the second it began, so that ↩︎ takes back
    # nothing else.
    walk: Mapped[int | None] = mapped_column(BigInteger)


class DigestRow(Table):
    """One evening message: composing, then composed or silent. How it travels says the outbox."""

    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint("person_id", "evening"),
        # One update asks once, however often Telegram delivers it.
        UniqueConstraint("person_id", "request_id"),
        Index(None, "state", "lease_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    evening: Mapped[date | None]
    request_id: Mapped[int | None] = mapped_column(BigInteger)
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    lease_until: Mapped[datetime | None]
    # Everything up to this fragment number is in this digest or an earlier one.
    cut_n: Mapped[int]
    claimed_at: Mapped[datetime]
    body: Mapped[dict[str, Any] | None]
    # When the person first did something with it.
    touched_at: Mapped[datetime | None]
    # When a writer that costs something was asked, whatever became of that.
    paid_at: Mapped[datetime | None]


class SpendRow(Table):
    """One paid call: reserved at its worst case before it is made, settled at what it cost."""

    __tablename__ = "ledger"
    __table_args__ = (Index(None, "person_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    job: Mapped[str] = mapped_column(String(32))
    model: Mapped[str] = mapped_column(String(64))
    # Millionths of a dollar: SQLite has no decimal type, and a sum of floats drifts.
    micro_usd: Mapped[int] = mapped_column(BigInteger)
    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)
    cache_read_tokens: Mapped[int] = mapped_column(default=0)
    cache_write_tokens: Mapped[int] = mapped_column(default=0)

"""A digest offers drafts by their versions, comes on some days only, and is looked back at weekly.

What became of a draft moves what is chosen next, so it says when it was opened, put off, planned.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_g_evenings"
down_revision = "2026_11_21_f_drafts"
branch_labels = None
depends_on = None

digests = sa.table("digests", sa.column("id", sa.Integer), sa.column("body", sa.JSON))
FIRST_VERSIONS = sa.text(
    "SELECT draft_id, draft_versions.id FROM draft_versions JOIN drafts ON drafts.id = draft_id "
    "WHERE digest_id = :digest AND number = 1 ORDER BY draft_id"
)


def upgrade() -> None:
    for table, columns in {
        "people": (
            sa.Column("digest_was_at", sa.Time(), nullable=True),
            sa.Column("weekdays_only", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("paused_until", sa.Date(), nullable=True),
            _moment("zone_from"),
            sa.Column("digest_form", sa.String(64), nullable=False, server_default="short"),
            sa.Column("dark", sa.Boolean(), nullable=False, server_default=sa.false()),
            _moment("asked_at"),
        ),
        "digests": (_moment("touched_at"), _moment("paid_at")),
        "draft_versions": (_moment("paid_at"),),
        "drafts": (
            _moment("opened_at"),
            sa.Column("postponed_to", sa.Date(), nullable=True),
            sa.Column("postponements", sa.Integer(), nullable=False, server_default="0"),
            _moment("film_at"),
            sa.Column("film_changes", sa.Integer(), nullable=False, server_default="0"),
        ),
        "fragments": (sa.Column("about_digest", sa.Integer(), nullable=True),),
    }.items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "weeks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        _moment("composed_at", nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_weeks_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_weeks"),
        sa.UniqueConstraint("person_id", "week", name="uq_weeks_person_id_week"),
    )
    op.create_table(
        "digest_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_digest_messages_person_id"),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name="fk_digest_messages_digest_id"),
        sa.PrimaryKeyConstraint("id", name="pk_digest_messages"),
        sa.UniqueConstraint(
            "person_id", "message_id", name="uq_digest_messages_person_id_message_id"
        ),
    )
    op.create_index("ix_digest_messages_digest_id", "digest_messages", ["digest_id"])
    _offer()


def _offer() -> None:
    """Bodies held their scripts whole; these are versions of drafts by now."""
    connection = op.get_bind()
    for one, body in connection.execute(sa.select(digests.c.id, digests.c.body)).all():
        if not body or "scripts" not in body:
            continue
        drafts = connection.execute(FIRST_VERSIONS, {"digest": one}).all()
        pairs = zip(body.pop("scripts"), drafts, strict=False)
        body["offers"] = [
            _offered(script, *ids, by=body.get("by") or "offline") for script, ids in pairs
        ]
        connection.execute(digests.update().where(digests.c.id == one).values(body=body))


def _offered(script: dict[str, Any], draft_id: int, version_id: int, *, by: str) -> dict[str, Any]:
    return {
        "draft_id": draft_id,
        "version_id": version_id,
        "title": script["title"],
        "hook": script["hook"]["text"],
        "seconds": script["seconds"],
        "yours": script["yours"],
        "by": by,
        "came": "new",
    }


def _moment(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)

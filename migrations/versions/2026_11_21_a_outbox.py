"""The outbox: one way for everything that long work sends, and who blocked the bot.

Digests kept the state of their delivery in their own rows, and cards had none: a crash between
sending and noting sent them twice. What was on its way moves over; the columns that held it go.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_a_outbox"
down_revision = "2026_11_20_create_tables"
branch_labels = None
depends_on = None

OLD_DIGESTS = """
INSERT INTO outbox (person_id, kind, about, state, parts_sent, losses, planned_at, due_at,
                    lease_until, message_id, sent_at)
SELECT person_id, 'digest', id, CASE state WHEN 'ready' THEN 'planned' ELSE state END, 0, 0,
       due_at, due_at, lease_until, message_id, sent_at
FROM digests WHERE state IN ('ready', 'sending', 'sent', 'unknown')
"""
OLD_CARDS = """
INSERT INTO outbox (person_id, kind, about, state, parts_sent, losses, planned_at, due_at,
                    message_id)
SELECT person_id, 'expansion', id, CASE WHEN message_id IS NULL THEN 'planned' ELSE 'sent' END,
       0, 0, asked_at, asked_at, message_id
FROM expansions WHERE state IN ('asked', 'dug', 'shown')
"""


def upgrade() -> None:
    op.add_column("people", sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("about", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("parts_sent", sa.Integer(), nullable=False),
        sa.Column("losses", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_outbox_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("kind", "about", name="uq_outbox_kind_about"),
    )
    op.create_index("ix_outbox_state_due_at", "outbox", ["state", "due_at"])
    op.execute(OLD_DIGESTS)
    op.execute(OLD_CARDS)
    op.execute(
        "UPDATE digests SET state = 'composed', lease_until = NULL "
        "WHERE state IN ('ready', 'sending', 'sent', 'unknown')"
    )
    op.execute("UPDATE expansions SET state = 'dug', lease_until = NULL WHERE state = 'shown'")
    op.drop_column("digests", "message_id")
    op.drop_column("digests", "sent_at")

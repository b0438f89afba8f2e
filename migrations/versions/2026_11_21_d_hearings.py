"""Recordings on their way to words, and the messages that show those.

Voice notes that were kept before there was a listener get their rows here, oldest first: they are
caught up as soon as one listens.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_d_hearings"
down_revision = "2026_11_21_c_the_rest_of_the_world"
branch_labels = None
depends_on = None

KEPT_UNHEARD = """
INSERT INTO hearings (person_id, fragment_id, media_id, state, attempts, aside, due_at)
SELECT fragments.person_id, fragments.id, media.id, 'waiting', 0, false, fragments.captured_at
FROM media JOIN fragments ON fragments.id = media.fragment_id
WHERE media.path IS NOT NULL
  AND (fragments.kind IN ('voice', 'audio', 'video', 'video_note')
       OR media.mime LIKE 'audio/%' OR media.mime LIKE 'video/%')
ORDER BY fragments.person_id, fragments.n, media.id
"""


def upgrade() -> None:
    op.create_table(
        "hearings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("fragment_id", sa.Integer(), nullable=False),
        sa.Column("media_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(length=16), nullable=True),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("heard_s", sa.Double(), nullable=True),
        sa.Column("partial", sa.String(length=16), nullable=True),
        sa.Column("why_empty", sa.String(length=16), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answers"], ["expansions.id"], name="fk_hearings_answers"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_hearings_person_id"),
        sa.ForeignKeyConstraint(["fragment_id"], ["fragments.id"], name="fk_hearings_fragment_id"),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name="fk_hearings_media_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hearings"),
        sa.UniqueConstraint("media_id", name="uq_hearings_media_id"),
    )
    op.create_index("ix_hearings_person_id_state", "hearings", ["person_id", "state"])
    op.create_index("ix_hearings_fragment_id", "hearings", ["fragment_id"])
    op.create_table(
        "hearing_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_hearing_messages_person_id"),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearings.id"], name="fk_hearing_messages_hearing_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_messages"),
        sa.UniqueConstraint(
            "person_id", "message_id", name="uq_hearing_messages_person_id_message_id"
        ),
    )
    op.create_index("ix_hearing_messages_hearing_id", "hearing_messages", ["hearing_id"])
    op.execute(KEPT_UNHEARD)

"""What stands in files, whose words a forward is, and fragments that came as several messages.

Telegram's apps cut a long paste into messages and send an album as one message a photo; both are
one fragment, and an edit or a reply may name any of its messages. What was written below a file is
kept apart from what will be heard in it.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_c_the_rest_of_the_world"
down_revision = "2026_11_21_b_whose_turn"
branch_labels = None
depends_on = None


CAPTIONS = """
INSERT INTO parts (person_id, fragment_id, message_id, text, sent_at)
SELECT person_id, id, message_id, text, captured_at
FROM fragments WHERE id IN (SELECT fragment_id FROM media)
ORDER BY id
"""


def upgrade() -> None:
    for column in (
        sa.Column("source", sa.Text(), nullable=False, server_default=""),
        sa.Column("source_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("album", sa.String(length=64), nullable=True),
    ):
        op.add_column("fragments", column)
    op.create_index("ix_fragments_person_id_album", "fragments", ["person_id", "album"])
    op.create_index("ix_fragments_kind_captured_at", "fragments", ["kind", "captured_at"])
    op.add_column("media", sa.Column("words", sa.Text(), nullable=True))
    op.add_column("media", sa.Column("by", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("media", sa.Column("trouble", sa.String(length=16), nullable=True))
    op.create_table(
        "parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("fragment_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["fragment_id"], ["fragments.id"], name="fk_parts_fragment_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_parts_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_parts"),
        sa.UniqueConstraint("person_id", "message_id", name="uq_parts_person_id_message_id"),
    )
    op.create_index("ix_parts_fragment_id", "parts", ["fragment_id"])
    op.execute(CAPTIONS)

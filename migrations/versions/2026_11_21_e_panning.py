"""What an expansion was asked for, what the person learns of an idea, and when it comes back.

Cards are shown in several messages by now (a page, a single card, a question about the best two),
so which message shows what moves into a table of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_e_panning"
down_revision = "2026_11_21_d_hearings"
branch_labels = None
depends_on = None

SHOWN = """
INSERT INTO card_messages (person_id, message_id, expansion_id)
SELECT person_id, message_id, id FROM expansions WHERE message_id IS NOT NULL ORDER BY id
"""


def upgrade() -> None:
    op.create_table(
        "card_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("expansion_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("shows", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_card_messages_person_id"),
        sa.ForeignKeyConstraint(
            ["expansion_id"], ["expansions.id"], name="fk_card_messages_expansion_id"
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_card_messages_idea_id"),
        sa.PrimaryKeyConstraint("id", name="pk_card_messages"),
        sa.UniqueConstraint(
            "person_id", "message_id", name="uq_card_messages_person_id_message_id"
        ),
    )
    op.execute(SHOWN)
    # In place: copied and dropped, the table would take all that refers to it along on SQLite.
    op.drop_column("expansions", "message_id")
    for column in (
        sa.Column("mode", sa.String(length=16), nullable=False, server_default="angles"),
        sa.Column("mix", sa.Text(), nullable=False, server_default=""),
        sa.Column("mix_n", sa.Integer(), nullable=True),
    ):
        op.add_column("expansions", column)
    for column in (
        sa.Column("lens_id", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("move_id", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("assumption", sa.Text(), nullable=False, server_default=""),
        sa.Column("stack", sa.Integer(), nullable=True),
        sa.Column("verdict_before", sa.String(length=16), nullable=True),
        sa.Column("returns", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("returns_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("walk", sa.BigInteger(), nullable=True),
    ):
        op.add_column("ideas", column)
    op.add_column("fragments", sa.Column("about_idea", sa.Integer(), nullable=True))

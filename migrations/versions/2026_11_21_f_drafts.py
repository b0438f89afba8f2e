"""Drafts have versions, takes, forms and a status; and how the person speaks and writes is kept.

What a draft says moves into a table of its versions, so that each can be seen and brought back.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_f_drafts"
down_revision = "2026_11_21_e_panning"
branch_labels = None
depends_on = None

FIRST_VERSIONS = """
INSERT INTO draft_versions
    (draft_id, person_id, number, state, wish, script, text, by, prompt, created_at)
SELECT id, person_id, 1, 'there', '', script, '', by, prompt, created_at FROM drafts ORDER BY id
"""


def upgrade() -> None:
    _drafts()
    _voice()
    op.add_column("fragments", sa.Column("about_draft", sa.Integer(), nullable=True))
    op.add_column(
        "fragments",
        sa.Column("aside", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("hearings", sa.Column("changes", sa.Integer(), nullable=True))


def _drafts() -> None:
    op.create_table(
        "draft_versions",
        _id(),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        _person(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        _moment("lease_until", nullable=True),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("script", sa.JSON(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("trouble", sa.String(length=16), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        _moment("created_at"),
        *_keys("draft_versions", draft_id="drafts", person_id="people"),
        sa.UniqueConstraint("draft_id", "number", name="uq_draft_versions_draft_id_number"),
        sa.UniqueConstraint(
            "person_id", "request_id", name="uq_draft_versions_person_id_request_id"
        ),
    )
    op.create_index(
        "ix_draft_versions_state_lease_until", "draft_versions", ["state", "lease_until"]
    )
    op.execute(FIRST_VERSIONS)
    # In place: copied and dropped, the table would take all that refers to it along on SQLite.
    for column in ("script", "by", "prompt"):
        op.drop_column("drafts", column)
    for added in (
        sa.Column("form", sa.String(length=64), nullable=False, server_default="short"),
        sa.Column("about", sa.Text(), nullable=False, server_default=""),
        sa.Column("about_n", sa.Integer(), nullable=True),
        sa.Column("family", sa.Integer(), nullable=True),
        sa.Column("take", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("status", sa.String(length=16), nullable=False, server_default="new"),
        _moment("status_at", nullable=True),
        sa.Column("link", sa.Text(), nullable=False, server_default=""),
        sa.Column("figures", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("drafts", added)
    op.create_index("ix_drafts_family", "drafts", ["family"])
    op.create_table(
        "draft_messages",
        _id(),
        _person(),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("asks", sa.String(length=16), nullable=False),
        *_keys("draft_messages", person_id="people", version_id="draft_versions"),
        sa.UniqueConstraint(
            "person_id", "message_id", name="uq_draft_messages_person_id_message_id"
        ),
    )
    op.create_index("ix_draft_messages_version_id", "draft_messages", ["version_id"])
    op.create_table(
        "forms",
        _id(),
        _person(),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        _moment("created_at"),
        *_keys("forms", person_id="people"),
        sa.UniqueConstraint("person_id", "name", name="uq_forms_person_id_name"),
    )


def _voice() -> None:
    op.create_table(
        "kept_phrases",
        _id(),
        _person(),
        sa.Column("phrase", sa.Text(), nullable=False),
        _moment("kept_at"),
        *_keys("kept_phrases", person_id="people"),
        sa.UniqueConstraint("person_id", "phrase", name="uq_kept_phrases_person_id_phrase"),
    )
    op.create_table(
        "voice_samples",
        _id(),
        _person(),
        sa.Column("manner", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("fragment_n", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        _moment("added_at"),
        *_keys("voice_samples", person_id="people", version_id="draft_versions"),
    )
    op.create_index("ix_voice_samples_person_id", "voice_samples", ["person_id"])
    op.create_table(
        "voice_rules",
        _id(),
        _person(),
        sa.Column("manner", sa.String(length=16), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        _moment("changed_at"),
        *_keys("voice_rules", person_id="people"),
    )
    op.create_index("ix_voice_rules_person_id", "voice_rules", ["person_id"])
    op.create_table(
        "voice_messages",
        _id(),
        _person(),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("asks", sa.String(length=64), nullable=False),
        *_keys("voice_messages", person_id="people"),
        sa.UniqueConstraint(
            "person_id", "message_id", name="uq_voice_messages_person_id_message_id"
        ),
    )
    op.create_table(
        "bans",
        _id(),
        _person(),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("topic", sa.Boolean(), nullable=False),
        _moment("banned_at"),
        *_keys("bans", person_id="people"),
        sa.UniqueConstraint("person_id", "word", name="uq_bans_person_id_word"),
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _person() -> sa.Column[int]:
    return sa.Column("person_id", sa.BigInteger(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _keys(table: str, **refers_to: str) -> list[sa.Constraint]:
    foreign = [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")
        for column, other in refers_to.items()
    ]
    return [sa.PrimaryKeyConstraint("id", name=f"pk_{table}"), *foreign]

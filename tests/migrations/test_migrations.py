"""The migrations make the tables the code expects."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from bot.domain.digests import Offer
from bot.errors import StoreError
from bot.settings import sqlite_in
from bot.store import digests, migrate
from bot.store.database import Database


async def differences(folder: Path) -> None:
    """Alembic's own check; raises when the tables in the code ask for a migration."""
    db = Database(sqlite_in(folder))
    await db.run(lambda connection: command.check(migrate.configured(connection)))
    await db.close()


async def test_an_empty_database_becomes_what_the_tables_in_the_code_say(tmp_path: Path) -> None:
    await migrate.migrate(sqlite_in(tmp_path))
    await differences(tmp_path)


async def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    await migrate.migrate(sqlite_in(tmp_path))
    await migrate.migrate(sqlite_in(tmp_path))
    await differences(tmp_path)


def test_the_newest_migration_is_the_one_alembic_ends_with() -> None:
    no_connection: Any = None
    scripts = ScriptDirectory.from_config(migrate.configured(no_connection))
    assert scripts.get_current_head() == migrate.newest()


async def test_what_was_on_its_way_before_there_was_an_outbox_stays_where_it_was(
    tmp_path: Path,
) -> None:
    db = Database(sqlite_in(tmp_path))
    first = "2026_11_20_create_tables"
    await db.run(lambda connection: command.upgrade(migrate.configured(connection), first))
    await db.close()
    with closing(sqlite3.connect(tmp_path / "goldpan.db")) as connection:
        connection.executescript(OLD)
    await migrate.migrate(sqlite_in(tmp_path))
    with closing(sqlite3.connect(tmp_path / "goldpan.db")) as connection:
        parcels = connection.execute("SELECT kind, about, state, message_id FROM outbox").fetchall()
        digests = connection.execute("SELECT id, state FROM digests ORDER BY id").fetchall()
        rounds = connection.execute("SELECT state FROM expansions ORDER BY id").fetchall()
        shown = connection.execute("SELECT message_id, expansion_id FROM card_messages").fetchall()
    assert sorted(parcels, key=str) == [
        ("digest", 2, "planned", None),
        ("digest", 3, "sending", None),
        ("digest", 4, "sent", 8),
        ("expansion", 2, "planned", None),
        ("expansion", 3, "sent", 9),
    ]
    assert digests == [(1, "composing"), (2, "composed"), (3, "composed"), (4, "composed")]
    assert rounds == [("wanted",), ("dug",), ("dug",)]
    assert shown == [(9, 3)]


AT = "2026-11-20 13:00:00"
OLD = f"""
INSERT INTO people VALUES (42, 'en', 'UTC', NULL, '{AT}', '04:00:00', 0, '{AT}');
INSERT INTO digests VALUES
    (1, 42, '2026-11-17', NULL, '{AT}', 'composing', '{AT}', 0, '{AT}', NULL, NULL, NULL),
    (2, 42, '2026-11-18', NULL, '{AT}', 'ready', '{AT}', 0, '{AT}', '{{}}', NULL, NULL),
    (3, 42, '2026-11-19', NULL, '{AT}', 'sending', '{AT}', 0, '{AT}', '{{}}', NULL, NULL),
    (4, 42, '2026-11-20', NULL, '{AT}', 'sent', NULL, 0, '{AT}', '{{}}', 8, '{AT}');
INSERT INTO expansions VALUES
    (1, 42, 1, 'rain', NULL, 0, 'wanted', NULL, NULL, 0, 0, NULL, '{AT}'),
    (2, 42, 2, 'rain', NULL, 0, 'dug', '{AT}', NULL, 4, 0, NULL, '{AT}'),
    (3, 42, 3, 'rain', NULL, 0, 'shown', NULL, 9, 4, 0, NULL, '{AT}');
"""


async def test_recordings_kept_before_anybody_listened_wait_to_be_heard_in_order(
    tmp_path: Path,
) -> None:
    db = Database(sqlite_in(tmp_path))
    before = "2026_11_21_b_whose_turn"
    await db.run(lambda connection: command.upgrade(migrate.configured(connection), before))
    await db.close()
    with closing(sqlite3.connect(tmp_path / "goldpan.db")) as connection:
        connection.executescript(KEPT)
    await migrate.migrate(sqlite_in(tmp_path))
    with closing(sqlite3.connect(tmp_path / "goldpan.db")) as connection:
        found = connection.execute("SELECT media_id, state, aside FROM hearings ORDER BY id")
        assert found.fetchall() == [(12, "waiting", 0), (11, "waiting", 0), (15, "waiting", 0)]
        captions = connection.execute("SELECT message_id, text FROM parts ORDER BY message_id")
        assert captions.fetchall() == [(1, "x"), (2, ""), (3, ""), (4, ""), (5, "")]


KEPT = f"""
INSERT INTO people VALUES (42, 'en', 'UTC', NULL, '{AT}', '04:00:00', 5, '{AT}', NULL);
INSERT INTO fragments (id, person_id, n, kind, origin, text, message_id, captured_at, disowned)
VALUES (1, 42, 2, 'voice', 'own', '', 2, '{AT}', 0), (2, 42, 1, 'video', 'own', 'x', 1, '{AT}', 0),
       (3, 42, 3, 'photo', 'own', '', 3, '{AT}', 0), (4, 42, 4, 'voice', 'own', '', 4, '{AT}', 0),
       (5, 42, 5, 'document', 'own', '', 5, '{AT}', 0);
INSERT INTO media (id, fragment_id, file_id, path, mime, size) VALUES
    (11, 1, 'a', '42/2.ogg', 'audio/ogg', 1), (12, 2, 'b', '42/1.mp4', 'video/mp4', 1),
    (13, 3, 'c', '42/3.jpg', 'image/jpeg', 1), (14, 4, 'd', NULL, 'audio/ogg', 30000000),
    (15, 5, 'e', '42/5.m4a', 'audio/x-m4a', 1);
"""


async def test_a_database_of_a_newer_goldpan_is_refused_in_one_line(tmp_path: Path) -> None:
    await migrate.migrate(sqlite_in(tmp_path))
    with closing(sqlite3.connect(tmp_path / "goldpan.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '2099_01_01_beyond'")
        connection.commit()
    with pytest.raises(StoreError, match="made by a newer Goldpan"):
        await migrate.migrate(sqlite_in(tmp_path))


async def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "goldpan.db").write_text("shopping list", encoding="utf-8")
    with pytest.raises(
        StoreError, match=r"cannot open or write the database .*goldpan\.db"
    ) as error:
        await migrate.migrate(sqlite_in(tmp_path))
    assert "\n" not in str(error.value)


async def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="mend DATA_DIR or DATABASE_URL") as error:
        await migrate.migrate(sqlite_in(tmp_path / "file" / "data"))
    assert "\n" not in str(error.value)


async def test_a_digest_that_held_its_scripts_offers_their_drafts(tmp_path: Path) -> None:
    db = Database(sqlite_in(tmp_path))
    before = "2026_11_21_f_drafts"
    await db.run(lambda connection: command.upgrade(migrate.configured(connection), before))
    await db.close()
    with closing(sqlite3.connect(tmp_path / "goldpan.db")) as connection:
        connection.executescript(SCRIPTS)
        connection.execute("UPDATE digests SET body = ? WHERE id = 1", [json.dumps(BODY)])
        connection.commit()
    await migrate.migrate(sqlite_in(tmp_path))
    db = Database(sqlite_in(tmp_path))
    async with db.read() as session:
        digest, silent = [await digests.get(session, n) for n in (1, 2)]
    await db.close()
    assert digest is not None
    assert digest.body is not None
    assert [note.text for note in digest.body.fragments] == ["雨下了"]
    assert digest.body.offers == (
        Offer(5, 8, "雨", "雨下了", 20, 1.0),
        Offer(6, 7, "傘", "傘呢", 13, 0.9),
    )
    assert silent is not None
    assert silent.body is None


BODY = {
    "fragments": [{"n": 1, "text": "雨下了", "kind": "text", "origin": "own", "by": ""}],
    "by": "offline",
    "scripts": [
        {"title": "雨", "hook": {"text": "雨下了"}, "seconds": 20, "yours": 1.0},
        {"title": "傘", "hook": {"text": "傘呢"}, "seconds": 13, "yours": 0.9},
    ],
}
# The versions stand in another order than the drafts, and one was changed since.
SCRIPTS = f"""
INSERT INTO people VALUES (42, 'en', 'UTC', NULL, '{AT}', '04:00:00', 1, '{AT}', NULL);
INSERT INTO digests VALUES
    (1, 42, '2026-11-20', NULL, '{AT}', 'composed', NULL, 1, '{AT}', NULL),
    (2, 42, '2026-11-21', NULL, '{AT}', 'silent', NULL, 1, '{AT}', NULL);
INSERT INTO drafts (id, person_id, digest_id, created_at) VALUES
    (5, 42, 1, '{AT}'), (6, 42, 1, '{AT}'), (7, 42, NULL, '{AT}');
INSERT INTO draft_versions
    (id, draft_id, person_id, number, state, wish, script, text, by, prompt, created_at)
VALUES (7, 6, 42, 1, 'there', '', '{{}}', '', 'offline', '', '{AT}'),
       (8, 5, 42, 1, 'there', '', '{{}}', '', 'offline', '', '{AT}'),
       (9, 5, 42, 2, 'there', '', '{{}}', '', 'offline', '', '{AT}'),
       (10, 7, 42, 1, 'there', '', '{{}}', '', 'offline', '', '{AT}');
"""

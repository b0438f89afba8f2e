"""Everything a person has here, as files anybody can read."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.drafts import Draft, Line, LineKind, Role, Script, Status
from bot.domain.marks import Mark
from bot.domain.records import Kind, Media, Origin, Person, Verdict
from bot.journey import digest, expand, pan
from bot.journey.capture import mark, revise
from bot.journey.export import export
from bot.journey.ports import DraftSketch, IdeaSketch
from bot.journey.seeds import Seed
from bot.parts import looks
from bot.store import drafts
from bot.store.database import Database
from bot.store.drafts import Change, Wish, Written
from bot.store.media import Shelf
from tests.fakes import SHORT, ScriptedInterviewer, ScriptedWriter, whole
from tests.journey.conftest import NOON, Say


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "media")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the export goes: not there yet."""
    return tmp_path / "some" / "export"


def rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


async def test_fragments_are_written_in_the_shape_others_read(
    db: Database, ming: Person, shelf: Shelf, folder: Path, say: Say
) -> None:
    lid = await say("蓋子\n<b>", at=NOON)
    await say("別人的話", at=NOON + timedelta(minutes=1), origin=Origin.FORWARDED)
    await say("鋼琴的", at=NOON + timedelta(minutes=2), reply_to_message=lid.message_id)
    message = {"person_id": ming.id, "message_id": lid.message_id}
    for text in ("蓋子開了", "蓋子又關了"):
        await revise(db, **message, text=text, now=NOON)
    await mark(db, **message, mark=Mark.GOLD, now=NOON)
    assert await export(db, shelf, folder, looks()) == 3
    assert rows(folder / "fragments.jsonl") == [
        {
            "n": 1,
            "at": "2026-11-20T12:00:00+08:00",
            "kind": "text",
            "origin": "own",
            "text": "蓋子又關了",
            "revisions": ["蓋子\n<b>", "蓋子開了"],
            "reply_to": None,
            "gold": True,
            "files": [],
        },
        {
            "n": 2,
            "at": "2026-11-20T12:01:00+08:00",
            "kind": "text",
            "origin": "forwarded",
            "text": "別人的話",
            "revisions": [],
            "reply_to": None,
            "gold": False,
            "files": [],
        },
        {
            "n": 3,
            "at": "2026-11-20T12:02:00+08:00",
            "kind": "text",
            "origin": "own",
            "text": "鋼琴的",
            "revisions": [],
            "reply_to": 1,
            "gold": False,
            "files": [],
        },
    ]


async def test_words_are_written_as_they_are_read(
    db: Database, shelf: Shelf, folder: Path, say: Say
) -> None:
    await say("靈感 🧭 שלום")
    await export(db, shelf, folder, looks())
    assert "靈感 🧭 שלום" in (folder / "fragments.jsonl").read_text("utf-8")


async def test_files_are_copied_and_named(
    db: Database, shelf: Shelf, folder: Path, say: Say
) -> None:
    await shelf.put("42/v1.ogg", whole(b"a voice"))
    await shelf.put("42/p1.jpg", whole(b"a desk"))
    heavy = Media(file_id="v2", path=None, mime="video/mp4", size=30_000_000)
    voice = Media(file_id="v1", path="42/v1.ogg", mime="audio/ogg", size=7)
    photo = Media(file_id="p1", path="42/p1.jpg", mime="image/jpeg", size=6)
    await say("", kind=Kind.VOICE, media=[voice])
    await say("my desk", kind=Kind.PHOTO, media=[heavy, photo])
    await export(db, shelf, folder, looks())
    voiced, pictured = rows(folder / "fragments.jsonl")
    assert (voiced["kind"], voiced["text"], voiced["files"]) == ("voice", "", ["media/42/v1.ogg"])
    assert pictured["files"] == ["media/42/p1.jpg"]
    assert (folder / "media/42/v1.ogg").read_bytes() == b"a voice"
    assert (folder / "media/42/p1.jpg").read_bytes() == b"a desk"
    assert shelf.path("42/v1.ogg").read_bytes() == b"a voice"


async def test_a_lost_file_keeps_no_other_from_coming(
    db: Database, shelf: Shelf, folder: Path, say: Say
) -> None:
    await shelf.put("42/v2.ogg", whole(b"a voice"))
    for name in ("42/v1.ogg", "42/v2.ogg"):
        voice = Media(file_id=name, path=name, mime="audio/ogg", size=7)
        await say("", kind=Kind.VOICE, media=[voice])
    assert await export(db, shelf, folder, looks()) == 2
    assert (folder / "media/42/v2.ogg").read_bytes() == b"a voice"


async def test_ideas_that_were_kept_are_written(
    db: Database, ming: Person, mei: Person, shelf: Shelf, folder: Path
) -> None:
    seed = Seed("ideas come on the metro")
    begun = await expand.begin(db, person_id=ming.id, seed=seed, request_id=1, now=NOON)
    given = [
        IdeaSketch("手套", "lens 1", "reverse", "m 1", (2, 1)),
        IdeaSketch("escalator", "lens 2", "reverse", "m 2"),
    ]
    writer = ScriptedWriter(name="claude", ideas=given)
    round = await expand.dig(db, [writer], begun, ming, seen=lambda _: None, now=NOON)
    await pan.decide(
        db,
        person_id=ming.id,
        idea_id=round.ideas[0].id,
        verdict=Verdict.KEPT,
        request_id=1,
        now=NOON,
    )
    await export(db, shelf, folder, looks())
    assert rows(folder / "42" / "ideas.jsonl") == [
        {"title": "手套", "sources": [2, 1], "by": "claude"}
    ]
    assert rows(folder / "43" / "ideas.jsonl") == []


async def test_drafts_are_written_line_by_line_with_their_sources(
    db: Database, ming: Person, shelf: Shelf, folder: Path, say: Say
) -> None:
    await say("坐到公司那一站,念頭就散了。後面的人一直看我。只剩一句喂喂喂。")
    hook = Line(Role.HOOK, "念頭就散了", (1,))
    beats = (
        Line(Role.SETUP, "坐到公司那一站,念頭就散了", (1,)),
        Line(Role.TURN, "後面的人一直看我", (1,)),
        Line(Role.PAYOFF, "只剩一句喂喂喂", (1,)),
    )
    writer = ScriptedWriter(drafts=[DraftSketch("後面的人一直看我", (hook,), beats, None)])
    await digest.ask_now(db, person_id=ming.id, request_id=1, now=NOON)
    (asked,) = await digest.claim_due(db, lambda _: True, now=NOON)
    await digest.compose(db, [writer], ScriptedInterviewer(), asked, ming, form=SHORT, now=NOON)
    await export(db, shelf, folder, looks())
    (row,) = rows(folder / "drafts.jsonl")
    assert (row["title"], row["seconds"]) == ("後面的人一直看我", 9)
    yours = {"sources": [1], "kind": "yours"}
    assert row["lines"] == [
        {"role": "hook", "text": "念頭就散了"} | yours,
        {"role": "setup", "text": "坐到公司那一站,念頭就散了"} | yours,
        {"role": "turn", "text": "後面的人一直看我"} | yours,
        {"role": "payoff", "text": "只剩一句喂喂喂"} | yours,
        {"role": "close", "text": "念頭就散了"} | yours,
    ]
    assert (folder / row["file"]).read_text("utf-8").startswith("---\ntitle: 後面的人一直看我\n")


SCRIPT = Script(
    title="The lid",
    hook=Line(Role.HOOK, "the lid was stuck", (1,)),
    beats=(Line(Role.SETUP, "he said so", (2,), LineKind.QUOTED, said_by="@hsu"),),
    close=Line(Role.CLOSE, "so I went home", (1,)),
    seconds=12,
    yours=1.0,
    gaps=("when?",),
)


async def drafted(db: Database, person: Person, *written: Written) -> Draft:
    """A draft with these versions, published."""
    async with db.write() as session:
        draft = await drafts.open_draft(session, Wish(person.id, "post"), now=NOON)
        for number, one in enumerate(written, 1):
            later = NOON + timedelta(days=number - 1)
            await drafts.add(session, draft, one, Change(base=number - 1 or None), now=later)
        became: dict[str, Any] = {"link": "https://x.test/1", "figures": "812 views"}
        await drafts.set_status(session, draft.id, status=Status.PUBLISHED, now=NOON, **became)
    return draft


async def test_a_draft_tells_its_form_what_became_of_it_and_each_of_its_versions(
    db: Database, ming: Person, shelf: Shelf, folder: Path
) -> None:
    first = Written(script=SCRIPT, by="claude")
    await drafted(db, ming, first, Written(text="mine *now*", by="person"))
    await export(db, shelf, folder, looks())
    (row,) = rows(folder / "drafts.jsonl")
    told = [row[name] for name in ("title", "form", "status", "link", "figures")]
    assert told == ["The lid", "post", "published", "https://x.test/1", "812 views"]
    one, two = row["versions"]
    assert (one["number"], one["by"], one["title"]) == (1, "claude", "The lid")
    assert one["lines"][1]["said_by"] == "@hsu"
    assert row["gaps"] == one["gaps"] == ["when?"]
    assert two == {
        "number": 2,
        "at": "2026-11-21T12:00:00+08:00",
        "by": "person",
        "base": 1,
        "text": "mine *now*",
    }


async def test_each_draft_is_a_file_of_its_newest_version_with_the_earlier_ones_below(
    db: Database, ming: Person, shelf: Shelf, folder: Path
) -> None:
    first = Written(script=SCRIPT, by="claude")
    await drafted(db, ming, first, Written(text="mine *now*", by="person"))
    await drafted(db, ming, Written(script=SCRIPT, by="offline"))
    await drafted(db, ming, Written(trouble="ungrounded"))
    await export(db, shelf, folder, looks())
    assert sorted(one.name for one in (folder / "drafts").iterdir()) == [
        "2026-11-20 The lid.md",
        "2026-11-21 The lid.md",
    ]
    text = (folder / "drafts" / "2026-11-21 The lid.md").read_text("utf-8")
    newest, earlier = text.split("\n---\n\n## ")
    assert "mine \\*now\\*" in newest
    assert "the lid was stuck <sup>#1</sup>" in earlier
    assert len(rows(folder / "drafts.jsonl")) == 2


async def test_exporting_again_removes_the_files_it_wrote_and_no_others(
    db: Database, ming: Person, shelf: Shelf, folder: Path
) -> None:
    draft = await drafted(db, ming, Written(script=SCRIPT, by="claude"))
    await export(db, shelf, folder, looks())
    (folder / "drafts" / "of my own.md").write_text("kept")
    renamed = Written(script=replace(SCRIPT, title="The pedal"), by="claude")
    async with db.write() as session:
        await drafts.add(session, draft, renamed, now=NOON)
    await export(db, shelf, folder, looks())
    assert sorted(one.name for one in (folder / "drafts").iterdir()) == [
        "2026-11-20 The pedal.md",
        "of my own.md",
    ]


async def test_several_people_have_a_folder_each(
    db: Database, ming: Person, mei: Person, shelf: Shelf, folder: Path, say: Say
) -> None:
    await say("his")
    await say("hers", by=mei)
    await say("hers too", by=mei)
    assert await export(db, shelf, folder, looks()) == 3
    assert [one["text"] for one in rows(folder / "42" / "fragments.jsonl")] == ["his"]
    assert [(one["n"], one["at"]) for one in rows(folder / "43" / "fragments.jsonl")] == [
        (1, "2026-11-19T20:00:00-08:00"),
        (2, "2026-11-19T20:00:00-08:00"),
    ]
    assert not (folder / "fragments.jsonl").exists()


async def test_where_nobody_is_there_is_still_a_file(
    db: Database, shelf: Shelf, folder: Path
) -> None:
    assert await export(db, shelf, folder, looks()) == 0
    assert rows(folder / "fragments.jsonl") == []


async def test_exporting_again_replaces_what_was_written(
    db: Database, ming: Person, shelf: Shelf, folder: Path, say: Say
) -> None:
    lid = await say("the lid")
    await export(db, shelf, folder, looks())
    await revise(db, person_id=ming.id, message_id=lid.message_id, text="the pedal", now=NOON)
    await export(db, shelf, folder, looks())
    assert [one["text"] for one in rows(folder / "fragments.jsonl")] == ["the pedal"]

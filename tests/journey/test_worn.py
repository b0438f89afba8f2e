"""Which stretches of a draft are worn, what is exempt, and how a line gives way."""

from dataclasses import replace

import pytest

from bot.domain.cliche import look
from bot.domain.drafts import Line, LineKind, Role, Script, Version
from bot.domain.records import Kind, Origin, Person
from bot.journey import draft as drafting
from bot.journey import reworded, rewording, worn
from bot.journey.reworded import Instead
from bot.store import drafts
from bot.store.database import Database
from tests.fakes import FORMS
from tests.fakes import worn as shipped
from tests.journey.conftest import NOON, Say, send_due

WORN = "總而言之，"
GLUE = Line(Role.TURN, WORN, (), LineKind.GLUE)
HOOK = Line(Role.HOOK, "嗶卡出站就沒了", (1,))
BEATS = (
    Line(Role.SETUP, "坐到公司那一站,念頭就散了", (2,)),
    Line(Role.PAYOFF, "我在手扶梯上錄音", (3,)),
)
CLOSE = Line(Role.CLOSE, "只剩一句喂喂喂", (4,))
SCRIPT = Script("嗶卡出站", HOOK, (BEATS[0], GLUE, BEATS[1]), CLOSE, seconds=20, yours=0.9)
SAID = (
    "點子都是在捷運上來的,嗶卡出站就沒了",
    "坐到公司那一站,念頭就散了",
    "我在手扶梯上錄音,後面的人一直看我",
    "回到座位打開檔案,只剩一句喂喂喂",
)


@pytest.fixture
async def said(say: Say) -> None:
    """What the script was cut from."""
    for text in SAID:
        await say(text)


async def stored(
    db: Database, person: Person, script: Script | None = SCRIPT, text: str = ""
) -> Version:
    async with db.write() as session:
        draft = await drafts.open_draft(session, drafts.Wish(person.id, "short"), now=NOON)
        written = drafts.Written(script, text=text, by="claude")
        return await drafts.add(session, draft, written, now=NOON)


async def next_version(db: Database, version: Version, script: Script) -> Version:
    async with db.write() as session:
        draft = await drafts.get(session, version.person_id, version.draft_id)
        assert draft is not None
        return await drafts.add(session, draft, drafts.Written(script), now=NOON)


async def newest(db: Database, version: Version) -> Version:
    async with db.read() as session:
        return (await drafts.versions(session, version.draft_id))[-1]


async def marks(db: Database, version: Version) -> list[str]:
    return [one.mark.text for one in await worn.find(db, shipped, version)]


async def rewritten(db: Database, version: Version, text: str) -> Instead | None:
    return await reworded.rewrite(
        db,
        FORMS,
        person_id=version.person_id,
        version_id=version.id,
        place=rewording.texts(version).index(text),
        request_id=77,
        now=NOON,
    )


def with_line(text: str, *sources: int, kind: LineKind = LineKind.YOURS) -> Script:
    return replace(SCRIPT, beats=(*BEATS, Line(Role.TURN, text, sources, kind)))


@pytest.mark.usefixtures("said")
class TestMarking:
    @pytest.mark.parametrize(
        ("script", "marked"),
        [
            (SCRIPT, ["總而言之"]),
            (with_line("在這個快節奏的時代", kind=LineKind.PICKED), ["在這個快節奏的時代"]),
            (
                with_line("at the end of the day", 9, kind=LineKind.QUOTED),
                ["at the end of the day"],
            ),
            (replace(SCRIPT, beats=BEATS, title="總而言之"), ["總而言之"]),
            (replace(SCRIPT, beats=BEATS, caption=GLUE), ["總而言之"]),
            (replace(SCRIPT, beats=BEATS, other_hooks=(GLUE,)), ["總而言之"]),
            (replace(SCRIPT, beats=BEATS, hook=replace(HOOK, on_screen="總而言之")), ["總而言之"]),
            (replace(SCRIPT, beats=BEATS), []),
        ],
    )
    async def test_every_text_that_can_hold_one_is_looked_at(
        self, db: Database, ming: Person, script: Script, marked: list[str]
    ) -> None:
        assert await marks(db, await stored(db, ming, script)) == marked

    async def test_a_text_that_stands_twice_is_marked_once(
        self, db: Database, ming: Person
    ) -> None:
        twice = replace(SCRIPT, title=WORN, close=replace(CLOSE, text=WORN, sources=()))
        assert await marks(db, await stored(db, ming, twice)) == ["總而言之"]

    @pytest.mark.parametrize("own", ["总而言之 我就是爱", "反正總而言之,散了", "我說總而言之"])
    async def test_what_the_person_said_anywhere_is_exempt_in_either_script(
        self, db: Database, ming: Person, say: Say, own: str
    ) -> None:
        await say(own)
        assert await marks(db, await stored(db, ming)) == []

    async def test_in_english_a_phrase_of_theirs_is_exempt_whatever_its_case(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        version = await stored(db, ming, with_line("Here's the thing", kind=LineKind.GLUE))
        assert await marks(db, version) == ["Here's the thing"]
        await say("ok so HERE’S the thing, I lied")
        assert await marks(db, version) == []

    async def test_other_peoples_words_exempt_nothing(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        await say("總而言之很好", origin=Origin.FORWARDED)
        await say("總而言之很好", by=mei)
        assert await marks(db, await stored(db, ming)) == ["總而言之"]

    async def test_a_line_cut_from_what_it_cites_has_no_mark(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("不是我不想拍那支影片,而是我真的太累了")
        cut = "不是我不想拍,而是我真的太累了"
        assert shipped_marks(cut)
        assert await marks(db, await stored(db, ming, with_line(cut, 5))) == []
        # Nobody said so where it says it was cut from.
        assert await marks(db, await stored(db, ming, with_line(cut, 1)))

    async def test_a_phrase_that_is_kept_has_no_mark_until_that_is_taken_back(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        version = await stored(db, ming)
        kept = await worn.keep(db, ming.id, "總而言之", now=NOON)
        assert kept == await worn.keep(db, ming.id, "總而言之", now=NOON)
        assert await marks(db, version) == []
        assert await worn.take_back(db, mei.id, kept.id) is None
        assert await worn.kept(db, ming.id) == [kept]
        assert await worn.take_back(db, ming.id, kept.id) == "總而言之"
        assert await worn.take_back(db, ming.id, kept.id) is None
        assert await marks(db, version) == ["總而言之"]

    async def test_a_final_text_is_held_against_what_was_said_besides(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        final = "總而言之，我在手扶梯上錄音。"
        await say(final)
        version = await stored(db, ming, None, text=final)
        assert await marks(db, version) == ["總而言之"]

    async def test_somebody_elses_version_has_none_to_show(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        version = await stored(db, ming)
        assert await worn.of_version(db, shipped, mei.id, version.id) is None
        assert await worn.of_version(db, shipped, ming.id, 2**62) is None

    @pytest.mark.parametrize(
        "text", ["100% _總而言之_ %", "{words} 總而言之 {n}", "👩‍👧總而言之👩‍👧"]
    )
    async def test_no_sign_in_a_text_leads_it_astray(
        self, db: Database, ming: Person, text: str
    ) -> None:
        version = await stored(db, ming, with_line(text, kind=LineKind.GLUE))
        assert await marks(db, version) == ["總而言之"]


def shipped_marks(text: str) -> list[str]:
    return [mark.text for mark in look(text, shipped()).marks]


@pytest.mark.usefixtures("said")
class TestInMyWords:
    async def asked(self, db: Database, version: Version, text: str = WORN) -> None:
        place = rewording.texts(version).index(text)
        await drafting.shown_as(
            db, version.person_id, version.id, 500, asks=f"{reworded.ASKS}{place}"
        )

    async def test_what_was_typed_takes_the_place_of_the_line_and_is_its_source(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        version = await stored(db, ming)
        await self.asked(db, version)
        mine = await say("反正我就是捨不得\n那三站", reply_to_message=500)
        for _ in range(2):  # delivered twice
            made = await reworded.in_my_words(db, mine, asked_in=500, request_id=9, now=NOON)
        assert made is not None
        assert (made.number, made.base, made.line) == (2, 1, 2)
        assert made == await newest(db, version)
        script = made.script
        assert script is not None
        changed = Line(Role.TURN, "反正我就是捨不得 那三站", (5,), quote="反正我就是捨不得 那三站")
        assert script.beats == (BEATS[0], changed, BEATS[1])
        assert script.yours == 1
        assert script.seconds > SCRIPT.seconds
        assert await marks(db, made) == []
        assert [one.about for one in await send_due(db, at=NOON)] == [made.id]

    async def test_what_was_changed_since_the_question_stays_changed(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        version = await stored(db, ming)
        await self.asked(db, version)
        await next_version(db, version, replace(SCRIPT, title="三站"))
        mine = await say("就這樣", reply_to_message=500)
        made = await reworded.in_my_words(db, mine, asked_in=500, request_id=9, now=NOON)
        assert made is not None
        assert made.script is not None
        assert (made.number, made.base, made.script.title) == (3, 2, "三站")

    async def test_an_answer_to_anything_else_changes_no_draft(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        version = await stored(db, ming)
        await drafting.shown_as(db, ming.id, version.id, 501)
        mine = await say("更短", reply_to_message=501)
        for message in (501, 502):
            assert not await reworded.in_my_words(
                db, mine, asked_in=message, request_id=9, now=NOON
            )
        await self.asked(db, version)
        photo = await say("", kind=Kind.PHOTO, reply_to_message=500)
        assert not await reworded.in_my_words(db, photo, asked_in=500, request_id=9, now=NOON)
        assert await newest(db, version) == version


@pytest.mark.usefixtures("said")
class TestRewriting:
    async def test_glue_gives_way_to_nothing(self, db: Database, ming: Person) -> None:
        version = await stored(db, ming)
        for _ in range(2):  # delivered twice
            assert await rewritten(db, version, WORN) == Instead(gone=True)
        made = await newest(db, version)
        assert made.number == 2
        assert made.script is not None
        assert made.script.beats == BEATS
        assert made.script.yours == 1

    async def test_a_line_that_says_something_gives_way_to_the_nearest_sentence(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("昨天買了一把蔥")
        await say("捷運的廣播會把念頭切成兩半。")
        idea = "在這個時代,捷運廣播是靈感的敵人"
        version = await stored(db, ming, with_line(idea, kind=LineKind.PICKED))
        for _ in range(2):  # delivered twice
            assert await rewritten(db, version, idea) == Instead(n=6)
        script = (await newest(db, version)).script
        assert script is not None
        line = script.beats[-1]
        assert (line.text, line.sources, line.kind) == (
            "捷運的廣播會把念頭切成兩半。",
            (6,),
            LineKind.YOURS,
        )

    async def test_another_opening_takes_the_place_of_the_first_and_of_the_title(
        self, db: Database, ming: Person
    ) -> None:
        worn_hook, other = replace(HOOK, text=WORN, sources=()), replace(BEATS[1], role=Role.HOOK)
        script = replace(SCRIPT, title=WORN, hook=worn_hook, beats=BEATS, other_hooks=(other,))
        version = await stored(db, ming, replace(script, close=replace(worn_hook, role=Role.CLOSE)))
        assert await rewritten(db, version, WORN) == Instead(gone=True)
        made = (await newest(db, version)).script
        assert made is not None
        assert (made.hook, made.title) == (other, other.text)
        assert (made.close.text, made.close.role, made.other_hooks) == (other.text, Role.CLOSE, ())

    async def test_nothing_is_changed_where_too_little_would_be_left(
        self, db: Database, ming: Person
    ) -> None:
        only = replace(SCRIPT, hook=replace(HOOK, text=WORN, kind=LineKind.GLUE), beats=BEATS)
        version = await stored(db, ming, only)
        assert await rewritten(db, version, WORN) == Instead()
        assert await newest(db, version) == version

    async def test_what_is_gone_by_now_is_told(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        version = await stored(db, ming)
        assert await rewritten(db, replace(version, person_id=mei.id), WORN) is None
        final = await stored(db, ming, None, text="總而言之")
        assert await rewritten(db, final, "總而言之") is None

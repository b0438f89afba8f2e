"""Expansions of what has no words yet: recordings nobody heard, pictures nobody described."""

from bot.domain.heard import Nothing
from bot.domain.parcels import Content
from bot.domain.records import Expansion, Fragment, Kind, Media, Mode, Person
from bot.errors import EngineError, Trouble
from bot.journey import expand, hear, outbox, seeds
from bot.journey.seeds import Seed
from bot.store.database import Database
from tests.fakes import heard
from tests.journey.conftest import NOON, Say, everybody, send_due

SOUND = Media(file_id="v", path="42/v.ogg", mime="audio/ogg", size=5, duration_s=3)
PICTURE = Media(file_id="p", path="42/p.jpg", mime="image/jpeg", size=5)


async def voice(say: Say) -> Fragment:
    return await say("", kind=Kind.VOICE, media=(SOUND,))


async def photo(say: Say, caption: str = "", words: str = "") -> Fragment:
    media = Media("p", "42/p.jpg", "image/jpeg", 5, words=words, by="claude" if words else "")
    return await say(caption, kind=Kind.PHOTO, media=(media,))


async def chosen(
    db: Database, person: Person, text: str = "", *, reply: int | None = None
) -> Seed | None:
    return await seeds.choose(db, person_id=person.id, text=text, reply_to_message=reply)


async def begin(
    db: Database, person: Person, seed: Seed, *, request_id: int = 1, mode: Mode = Mode.ANGLES
) -> Expansion:
    return await expand.begin(
        db, person_id=person.id, seed=seed, request_id=request_id, mode=mode, now=NOON
    )


async def listen(db: Database, text: str) -> None:
    """Hear the next recording."""
    (hearing,) = await hear.claim(db, everybody, most=1, now=NOON)
    await hear.keep(db, hearing, heard(text), now=NOON)


async def claimed(db: Database) -> list[Expansion]:
    return await expand.claim(db, everybody, now=NOON)


async def waits(db: Database, person: Person, expansion: Expansion) -> bool:
    return await expand.waits_for(db, person.id, expansion.id) is not None


class TestRecordings:
    async def test_one_not_heard_yet_is_waited_for_and_that_is_said_once(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        note = await voice(say)
        seed = await chosen(db, ming, reply=note.message_id)
        assert seed == Seed("", note.n, waits=True)
        begun = await begin(db, ming, seed)
        assert begun.waits
        assert await begin(db, ming, seed) == begun
        assert await claimed(db) == []
        assert await waits(db, ming, begun)
        assert not await waits(db, mei, begun)
        assert [one.kind for one in await send_due(db, at=NOON)] == [Content.WAITS]

    async def test_it_begins_by_itself_once_that_was_heard(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        note = await voice(say)
        seed = await chosen(db, ming, "as a letter", reply=note.message_id)
        assert seed
        begun = await begin(db, ming, seed, mode=Mode.HOOKS)
        await send_due(db, at=NOON)
        await listen(db, "the lid is a plant stand")
        (grown,) = await claimed(db)
        assert grown.id == begun.id
        assert grown.seed == "the lid is a plant stand\nas a letter"
        assert (grown.seed_n, grown.mode, grown.round) == (note.n, Mode.HOOKS, 0)
        assert not await waits(db, ming, begun)

    async def test_a_redelivered_wish_after_that_changes_nothing(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        note = await voice(say)
        seed = Seed("", note.n, waits=True)
        begun = await begin(db, ming, seed)
        await listen(db, "the lid is a plant stand")
        again = await begin(db, ming, seed)
        assert again.id == begun.id
        assert len(await claimed(db)) == 1

    async def test_one_heard_between_choosing_and_beginning_is_not_waited_for(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        note = await voice(say)
        await listen(db, "the lid is a plant stand")
        begun = await begin(db, ming, Seed("as a letter", note.n, waits=True))
        assert begun.seed == "the lid is a plant stand\nas a letter"
        assert await claimed(db) == [begun]

    async def test_alone_it_means_the_newest_own_thing_heard_or_not(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("the plants")
        note = await voice(say)
        assert await chosen(db, ming) == Seed("", note.n, waits=True)
        await listen(db, "the lid")
        assert await chosen(db, ming) == Seed("the lid", note.n)

    async def test_two_wishes_for_one_recording_are_two_rounds(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        note = await voice(say)
        for request_id in (1, 2):
            await begin(db, ming, Seed("", note.n, waits=True), request_id=request_id)
        await listen(db, "the lid is a plant stand")
        assert sorted(one.round for one in await claimed(db)) == [0, 1]

    async def test_what_the_person_writes_in_its_place_sets_it_off_too(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        note = await voice(say)
        begun = await begin(db, ming, Seed("", note.n, waits=True))
        await send_due(db, at=NOON)  # as message 900
        assert await hear.correct(
            db, person_id=ming.id, about_message=900, by_message=901, text="the lid", now=NOON
        )
        assert [(one.id, one.seed) for one in await claimed(db)] == [(begun.id, "the lid")]

    async def test_in_vain_it_waits_for_the_persons_own_words(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        note = await voice(say)
        begun = await begin(db, ming, Seed("", note.n, waits=True))
        (hearing,) = await hear.claim(db, everybody, most=1, now=NOON)
        await hear.keep(db, hearing, heard("", nothing=Nothing.NO_VOICE), now=NOON)
        assert await claimed(db) == []
        assert not await waits(db, ming, begun)
        due = {one.kind for one in await outbox.claim(db, everybody, now=NOON)}
        assert Content.UNHEARD in due

    async def test_one_that_was_heard_in_vain_is_asked_about(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        note = await voice(say)
        (hearing,) = await hear.claim(db, everybody, most=1, now=NOON)
        await hear.fail(db, hearing, EngineError(Trouble.UNREADABLE), now=NOON)
        seed = await chosen(db, ming, reply=note.message_id)
        assert seed == Seed("", note.n)
        assert (await begin(db, ming, seed)).asked

    async def test_an_answer_and_a_wait_for_the_same_recording_both_begin(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        asked = await begin(db, ming, Seed("rain"))
        await expand.shown_as(db, asked.id, 300)
        note = await voice(say)
        await expand.answer_when_heard(db, question_message=300, fragment=note)
        await begin(db, ming, Seed("", note.n, waits=True), request_id=2)
        await listen(db, "the umbrella shop")
        assert {one.seed for one in await claimed(db)} == {
            "the umbrella shop",
            "rain\nthe umbrella shop",
        }


class TestPictures:
    async def test_one_without_words_is_asked_about_and_the_answer_grows_from_it(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("the plants")
        picture = await photo(say)
        seed = await chosen(db, ming)
        assert seed == Seed("", picture.n) == await chosen(db, ming, reply=picture.message_id)
        asked = await begin(db, ming, seed, mode=Mode.VISUALS)
        assert asked.asked
        await expand.shown_as(db, asked.id, 300)
        said = await say("the key nobody has", reply_to_message=300)
        grown = await expand.answer(
            db, person_id=ming.id, question_message=300, fragment=said, request_id=2, now=NOON
        )
        assert grown is not None
        assert (grown.seed, grown.seed_n) == ("the key nobody has", picture.n)
        assert grown.mode is Mode.VISUALS
        assert said.reply_to == picture.n
        assert await claimed(db) == [grown]

    async def test_a_caption_or_a_description_is_what_it_says(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        described = await photo(say, words="A desk by a window.")
        assert await chosen(db, ming) == Seed("A desk by a window.", described.n)
        captioned = await photo(say, "my desk", words="A desk by a window.")
        assert await chosen(db, ming) == Seed("my desk", captioned.n)
        assert not (await begin(db, ming, Seed("my desk", captioned.n))).asked

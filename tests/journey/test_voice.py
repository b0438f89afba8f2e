"""How a person speaks and writes, from the database to what a writer is told."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from bot.domain.drafts import Line, Role, Script
from bot.domain.grounding import Ruling
from bot.domain.hearing import Stage
from bot.domain.marks import Mark
from bot.domain.records import Kind, Language, Media, Origin, Person
from bot.domain.voice import Manner, Setting, Tongue, key
from bot.domain.voice_lessons import Edit
from bot.journey import voice, voice_changes, voice_lessons
from bot.journey.capture import mark
from bot.journey.holding import Ground
from bot.store import drafts
from bot.store.database import Database
from bot.store.drafts import Wish, Written
from bot.store.passing import HearingRow
from bot.store.tables import FragmentRow
from tests.domain.test_voice import EN, HANT
from tests.domain.test_voice_lessons import DRAFTS, FINALS
from tests.fakes import FORMS
from tests.journey.conftest import NOON, Say

POST, SHORT = FORMS["post"], FORMS["short"]


async def typed(say: Say, texts: Sequence[str] = HANT, **more: object) -> None:
    """These texts, two a day."""
    for at, text in enumerate(texts):
        await say(text, at=NOON + timedelta(hours=12 * at), **more)


async def written(db: Database, person: Person, tongue: Tongue = Tongue.ZH) -> int:
    """How many texts the person's writing is measured on."""
    found = await voice.look(db, person, forms=FORMS)
    return found.profiles[Manner.WRITTEN, tongue].texts


async def told(db: Database, person: Person, about: str = "", form: str = "post") -> voice.Brief:
    return await voice.brief(
        db, person, Language.ZH_HANT, FORMS[form], about, forms=FORMS
    )  # fmt: skip


async def noted(db: Database, say: Say, text: str, seconds: float, **more: object) -> None:
    """A voice note that was heard."""
    media = (Media(file_id="note", path="note", mime="audio/ogg", size=9, duration_s=int(seconds)),)
    fragment = await say(text, kind=Kind.VOICE, media=media)
    heard = {"state": Stage.HEARD, "text": text, "raw": text, "heard_s": seconds, **more}
    async with db.write() as session:
        await session.execute(
            update(HearingRow).where(HearingRow.fragment_id == fragment.id).values(heard)
        )


async def finished(db: Database, person: Person, lines: list[str], text: str) -> int:
    """A draft of these lines, and the final text that the person sent back."""
    hook, *beats = (Line(Role.TURN, one, (1,)) for one in lines)
    script = Script("", hook, tuple(beats), hook, 20, 1.0)
    async with db.write() as session:
        draft = await drafts.open_draft(session, Wish(person.id, "post"), now=NOON)
        await drafts.add(session, draft, Written(script=script, by="offline"), now=NOON)
        last = await drafts.add(session, draft, Written(text=text, by="person"), now=NOON)
    return last.id


async def test_only_what_the_person_said_themselves_counts(
    db: Database, ming: Person, say: Say
) -> None:
    await typed(say)
    await say("別人說的一句很長很長的話", origin=Origin.FORWARDED)
    disowned = await say("這句其實是我同事說的話")
    await mark(
        db, person_id=ming.id, message_id=disowned.message_id, mark=Mark.NOT_MINE, now=NOON
    )  # fmt: skip
    aside = await say("更短一點，保留捷運那一段")
    async with db.write() as session:
        await session.execute(
            update(FragmentRow).where(FragmentRow.id == aside.id).values(aside=True)
        )
    await say("買牛奶")
    assert await written(db, ming) == len(HANT)
    brief = await told(db, ming, "同事說捷運那一段")
    assert not {disowned.text, aside.text, "別人說的一句很長很長的話"} & set(brief.samples)


async def test_speaking_and_writing_and_languages_are_kept_apart(
    db: Database, ming: Person, say: Say
) -> None:
    await typed(say)
    await typed(say, EN[:5])
    await typed(say, HANT[:3], kind=Kind.VOICE)
    found = await voice.look(db, ming, forms=FORMS)
    counts = {name: one.texts for name, one in found.profiles.items()}
    assert counts[Manner.WRITTEN, Tongue.ZH] == 20
    assert counts[Manner.WRITTEN, Tongue.EN] == 5
    assert counts[Manner.SPOKEN, Tongue.ZH] == 3


async def test_a_writer_is_told_the_rules_that_are_on_and_shown_samples(
    db: Database, ming: Person, say: Say
) -> None:
    await typed(say)
    opener = key(Tongue.ZH, "openers")
    await voice_changes.set_rule(
        db, ming.id, Setting(Manner.WRITTEN, "", "一句話一個重點"), now=NOON
    )
    off = Setting(Manner.WRITTEN, opener, "", off=True)
    await voice_changes.set_rule(db, ming.id, off, now=NOON)
    await voice_changes.ban(db, ming.id, ["老實說", "前任"], topic=False, now=NOON)
    brief = await told(db, ming, "外送員")
    assert brief.manner[0] == "一句話一個重點"
    assert 1 < len(brief.manner) <= 8
    assert not [line for line in brief.manner if "begins" in line]
    assert brief.samples[0] == "說真的，下雨天的外送員才是勇者"
    assert (brief.banned, brief.pace) == (("老實說", "前任"), 1.0)


async def test_before_twenty_texts_a_writer_gets_samples_alone(
    db: Database, ming: Person, say: Say
) -> None:
    await typed(say, HANT[:6])
    brief = await told(db, ming, form="short")  # nothing was spoken yet
    assert brief.manner == ()
    assert len(brief.samples) == 5


async def test_what_a_writer_is_told_has_the_same_bytes_until_much_was_said(
    db: Database, ming: Person, say: Say
) -> None:
    await typed(say)
    before = (await told(db, ming)).manner
    await say("一句完全不同而且長得要命的話，一直說一直說，說到大家都睡著了為止!!!", at=NOON)
    assert (await told(db, ming, "別的事")).manner == before


def test_a_line_that_holds_a_banned_word_is_refused_and_one_that_only_seems_to_is_not() -> None:
    own = {1: "我前任說我目前任務很多", 2: "我目前任務很多"}
    ground = Ground(own, {}, {}, banned=("前任",))
    for n, verdict in ((1, Ruling.REFUSED), (2, Ruling.OWN)):
        assert ground.judged(Line(Role.TURN, own[n], (n,)))[0] is verdict


async def test_a_text_that_is_left_out_does_not_count_until_it_is_brought_back(
    db: Database, ming: Person, say: Say
) -> None:
    await typed(say)
    said = (await voice.everything(db, ming, forms=FORMS))[0]
    assert said.n == 20
    for _ in range(2):
        await voice_changes.set_counts(db, ming.id, said, counts=False, now=NOON)
    assert await written(db, ming) == 19
    assert said.text not in (await told(db, ming)).samples
    await voice_changes.set_counts(db, ming.id, said, counts=True, now=NOON)
    assert await written(db, ming) == 20


async def test_a_sample_counts_as_it_was_said_and_once(
    db: Database, ming: Person, say: Say
) -> None:
    ids = [
        await voice_changes.add_sample(db, ming.id, Manner.WRITTEN, EN[0], now=NOON)
        for _ in range(2)
    ]
    assert ids[0] == ids[1]
    assert await written(db, ming, Tongue.EN) == 1
    await voice_changes.set_manner(db, ming.id, ids[0], Manner.SPOKEN)
    assert await written(db, ming, Tongue.EN) == 0
    (sample,) = await voice.everything(db, ming, forms=FORMS)
    await voice_changes.set_counts(db, ming.id, sample, counts=False, now=NOON)
    (sample,) = await voice.everything(db, ming, forms=FORMS)
    assert not sample.counts


async def test_final_texts_count_as_their_form_is_said_or_read(
    db: Database, ming: Person, say: Say
) -> None:
    await finished(db, ming, DRAFTS[0], FINALS[0])
    assert await written(db, ming) == 1
    (final,) = await voice.everything(db, ming, forms=FORMS)
    await voice_changes.set_counts(db, ming.id, final, counts=False, now=NOON)
    assert await written(db, ming) == 0


async def test_what_edits_teach_is_asked_once_and_done_only_on_a_yes(
    db: Database, ming: Person, say: Say
) -> None:
    for lines, text in zip(DRAFTS, FINALS, strict=True):
        await finished(db, ming, lines, text)
    asked = await voice_lessons.find(db, ming, forms=FORMS, now=NOON)
    assert asked is not None
    assert (asked.edit, asked.word, asked.drafts) == (Edit.CUT, "其實", 3)
    assert await voice.bans(db, ming.id) == []
    again = await voice_lessons.find(db, ming, forms=FORMS, now=NOON)
    assert again == asked
    await voice_lessons.answer(db, ming.id, asked.id, yes=True, rule="", now=NOON)
    assert [one.word for one in await voice.bans(db, ming.id)] == ["其實"]
    assert await voice_lessons.find(db, ming, forms=FORMS, now=NOON) is None
    assert await voice_lessons.asked(db, ming.id, asked.id) is None


async def test_a_no_is_not_asked_again(db: Database, ming: Person, say: Say) -> None:
    for lines, text in zip(FINALS, DRAFTS, strict=True):
        await finished(db, ming, [lines], "。".join(text))
    asked = await voice_lessons.find(db, ming, forms=FORMS, now=NOON)
    assert asked is not None
    assert asked.edit is Edit.PUT_IN
    await voice_lessons.answer(db, ming.id, asked.id, yes=False, rule="愛說", now=NOON)
    assert await voice_lessons.find(db, ming, forms=FORMS, now=NOON) is None
    found = await voice.look(db, ming, forms=FORMS)
    assert found.rules(Manner.WRITTEN, Tongue.ZH) == []


async def test_the_pace_comes_from_notes_that_were_heard_to_their_end(
    db: Database, ming: Person, say: Say
) -> None:
    text = "字" * 130  # half a minute at the default rate
    for _ in range(4):
        await noted(db, say, text, 36.0)
    assert await voice.pace(db, ming.id) == 1.0
    await noted(db, say, text, 12.0, partial="broken_off")
    await noted(db, say, "嗯", 60.0)
    assert await voice.pace(db, ming.id) == 1.0
    await noted(db, say, text, 36.0)
    assert await voice.pace(db, ming.id) == 1.2
    assert (await told(db, ming)).pace == 1.2


async def test_how_far_a_draft_strays_is_said_in_measures(
    db: Database, ming: Person, say: Say
) -> None:
    await typed(say, [f"{one}{'。' * (at % 2)}" for at in range(3) for one in HANT])
    far = "在這個瞬息萬變而且充滿了各種不確定性的時代裡面你必須學會如何去面對自己內心的恐懼" * 2
    found = await voice.strays(db, ming, POST, f"{far}。{far}。{far}。", forms=FORMS)
    assert found[0].measure == "sentences"
    assert await voice.strays(db, ming, SHORT, f"{far}。{far}。{far}。", forms=FORMS) == ()

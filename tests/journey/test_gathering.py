"""What a draft is made of."""

from datetime import timedelta

from bot.domain.drafts import Draft
from bot.domain.records import Kind, Origin, Person
from bot.journey import gathering
from bot.journey.ports import Material
from bot.store import digests
from bot.store import keep as writing
from bot.store.database import Database
from tests.fakes import FORMS, SHORT
from tests.journey.conftest import NOON, Say


def draft(person: Person, *, about: str = "", n: int | None = None) -> Draft:
    return Draft(1, person.id, "short", NOON, about=about, about_n=n)


async def numbers(db: Database, asked: Draft, form: str = "short") -> list[int]:
    return [one.n for one in await gathering.gather(db, asked, FORMS[form])]


async def evening_over(db: Database, person: Person, cut_n: int) -> None:
    """An evening whose digest covered everything up to this number."""
    async with db.write() as session:
        opened = await digests.open_digest(
            session,
            person_id=person.id,
            evening=NOON.date(),
            due_at=NOON,
            cut_n=cut_n,
            now=NOON,
            lease_until=NOON + timedelta(minutes=1),
        )
        assert opened
        await digests.finish(session, opened)


async def test_alone_it_is_made_of_what_is_new_since_the_last_evening(
    db: Database, ming: Person, say: Say
) -> None:
    for n in range(1, 4):
        await say(f"昨天的第{n}件事")
    await evening_over(db, ming, 3)
    for n in range(1, 6):
        await say(f"今天的第{n}件事")
    assert await numbers(db, draft(ming)) == [4, 5, 6, 7, 8]


async def test_a_day_of_little_takes_in_what_was_said_before_and_the_gold(
    db: Database, ming: Person, say: Say
) -> None:
    for n in range(1, 4):
        await say(f"昨天的第{n}件事")
    await evening_over(db, ming, 3)
    await say("今天只有這件事")
    assert await numbers(db, draft(ming)) == [1, 2, 3, 4]


async def test_about_something_it_is_made_of_what_speaks_of_that_however_old(
    db: Database, ming: Person, say: Say
) -> None:
    await say("捷運上的人都在看手機")
    await say("早餐店的蛋餅切成六塊")
    await evening_over(db, ming, 2)
    for n in range(1, 60):
        await say(f"下雨的第{n}天")
    await say("點子都是在捷運上來的")
    assert await numbers(db, draft(ming, about="捷運")) == [1, 62]


async def test_about_nothing_anybody_said_it_is_made_of_nothing(
    db: Database, ming: Person, say: Say
) -> None:
    await say("捷運上的人都在看手機")
    assert await numbers(db, draft(ming, about="火星")) == []


async def test_a_newsletter_draws_on_the_whole_library_and_on_today(
    db: Database, ming: Person, say: Say
) -> None:
    await say("捷運上的人都在看手機")
    await say("早餐店的蛋餅切成六塊")
    await evening_over(db, ming, 2)
    await say("坐捷運的時候念頭最多")
    await say("雨下了一整天")
    assert await numbers(db, draft(ming), "newsletter") == [1, 3, 4]


async def test_other_peoples_words_go_along_with_who_said_them(
    db: Database, ming: Person, say: Say
) -> None:
    await say("拿走的鄰居可以還喔", origin=Origin.FORWARDED, source="里辦公處")
    await say("", kind=Kind.VOICE)
    found = await gathering.gather(db, draft(ming), SHORT)
    assert found == (Material(1, "拿走的鄰居可以還喔", own=False, source="里辦公處"),)


async def test_three_hundred_fragments_of_a_day_all_go_along(
    db: Database, ming: Person, say: Say
) -> None:
    for n in range(300):
        await say(f"今天想到的第{n}件事，跟雨有關，跟傘也有關")
    assert await numbers(db, draft(ming)) == list(range(1, 301))


async def test_when_there_is_too_much_the_gold_and_the_newest_go_along(
    db: Database, ming: Person, say: Say
) -> None:
    for n in range(40):
        await say(f"第{n}天 " + "雨" * 2_000)
    async with db.write() as session:
        await writing.set_gold(session, 1, NOON)
    found = await numbers(db, draft(ming))
    assert found[0] == 1
    assert found[1:] == list(range(41 - len(found) + 1, 41))
    assert len(found) < 40

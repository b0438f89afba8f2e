"""From a recording to words: claimed, heard, kept as the person's own, corrected by them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import hearing as rules
from bot.domain.heard import Heard, Nothing
from bot.domain.hearing import Hearing, Stage
from bot.domain.hot_words import hot_words
from bot.domain.parcels import Content
from bot.domain.records import Kind, Person
from bot.domain.words import is_blank
from bot.errors import EngineError, Trouble
from bot.journey import expand, joining, revise
from bot.journey.ports import ListenAsk
from bot.store import fragments, heard, hearings, outbox, people
from bot.store import keep as kept
from bot.store.database import Database
from bot.store.media import Shelf

# It is renewed while somebody listens, so it need only outlast a pause of that.
LEASE = timedelta(minutes=2)
# A server's own pause is kept to, within reason.
LONGEST_WAIT = timedelta(days=1)
# Names and terms are looked for in the newest so many texts: some weeks of a busy person's.
TYPED = 400


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person's recordings stand."""

    listening: list[Hearing]
    waiting: list[Hearing]
    troubled: list[Hearing]  # failed, or kept from being heard by what somebody must mend

    @property
    def can_be_tried(self) -> bool:
        """Whether anything was tried in vain so far."""
        return bool(self.troubled) or any(one.trouble for one in self.waiting)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A recording as the person wants it read. `was` is how it stood before."""

    hearing: Hearing
    was: Stage


async def begin(db: Database, *, now: datetime) -> None:
    """A process starts: whatever listener it brings, nothing waits for the old one's sake."""
    async with db.write() as session:
        await hearings.at_once(session, now=now)


async def claim(
    db: Database, admits: Callable[[int], bool], *, most: int, now: datetime
) -> list[Hearing]:
    """Up to `most` recordings of admitted people to listen to now, ours for `LEASE`."""
    async with db.write() as session:
        ours = [one for one in await people.reachable(session) if admits(one)]
        return await hearings.claim(session, ours, most=most, now=now, lease_until=now + LEASE)


async def hold(db: Database, hearing: Hearing, *, now: datetime) -> None:
    """We still listen to it."""
    async with db.write() as session:
        await hearings.hold(session, hearing.id, lease_until=now + LEASE)


async def give_back(db: Database, hearing: Hearing) -> None:
    """We listen no longer, and have nothing."""
    async with db.write() as session:
        await hearings.give_back(session, hearing.id)


async def ask_for(db: Database, shelf: Shelf, hearing: Hearing) -> ListenAsk:
    """What a listener is asked. Raises EngineError when the file is gone."""
    path = shelf.path(hearing.path)
    if not path.is_file():
        raise EngineError(Trouble.GONE, f"{path} is not there")
    async with db.read() as session:
        person = await people.get(session, hearing.person_id)
        typed = await heard.typed(session, hearing.person_id, most=TYPED)
    assert person is not None, "a recording belongs to a person"
    return ListenAsk(
        path=path,
        language=person.language,
        hot_words=await asyncio.to_thread(hot_words, typed),
        # Where a video's sound ends before its picture, nothing is cut off.
        duration_s=None if hearing.kind in (Kind.VIDEO, Kind.VIDEO_NOTE) else hearing.said_s,
    )


async def keep(db: Database, hearing: Hearing, found: Heard, *, now: datetime) -> None:
    """Store what was heard: its words are the fragment's from now on, and shown. What somebody
    else stored before, or the person wrote meanwhile, stays."""
    if is_blank(found.text) and found.nothing is None:
        found = replace(found, text="", nothing=Nothing.NO_WORDS)
    async with db.write() as session:
        await people.lock(session, hearing.person_id)
        if not await hearings.store(session, hearing.id, found, now=now):
            return
        kind = Content.UNHEARD if found.nothing else Content.HEARING
        await outbox.forget(session, kind, [hearing.id])
        await outbox.plan(session, hearing.person_id, kind, hearing.id, due_at=now)
        if found.text:
            says = await joining.says(session, hearing.fragment_id, hearing.kind)
            await kept.set_text(session, hearing.fragment_id, says)
            await expand.heard(session, hearing, found.text, now=now)
            await revise.heard(session, hearing, found.text, now=now)


async def fail(db: Database, hearing: Hearing, exc: EngineError, *, now: datetime) -> None:
    """It could not be heard: it waits for another attempt, or has failed. The person is told of
    what does not pass by itself, once."""
    trouble, attempts = exc.trouble, hearing.attempts + 1
    again = rules.again(trouble, attempts)
    async with db.write() as session:
        if again is None:
            stored = await hearings.fail(session, hearing, trouble)
        else:
            asked = timedelta(seconds=min(exc.retry_after_s or 0, LONGEST_WAIT.total_seconds()))
            due_at = now + max(again.wait, asked)
            stored = await hearings.put_off(session, hearing, trouble, again, due_at=due_at)
        if stored and rules.is_told(trouble, attempts):
            await outbox.plan(session, hearing.person_id, Content.UNHEARD, hearing.id, due_at=now)


async def find(db: Database, person_id: int, hearing_id: int) -> Hearing | None:
    """One recording, if it is this person's."""
    async with db.read() as session:
        found = await heard.get(session, hearing_id)
    return found if found and found.person_id == person_id else None


async def of_fragment(db: Database, fragment_id: int) -> list[Hearing]:
    """The recordings that came with a fragment."""
    async with db.read() as session:
        return await heard.of_fragment(session, fragment_id)


async def standing(db: Database, person: Person) -> Standing:
    """What of this person's is being heard, waits and failed, each oldest first."""
    async with db.read() as session:
        found = await heard.unfinished(session, person.id)
    troubled = [one for one in found if one.stage is not Stage.HEARING and one.in_trouble]
    waiting = [one for one in found if one.stage is Stage.WAITING and not one.in_trouble]
    return Standing([one for one in found if one.stage is Stage.HEARING], waiting, troubled)


async def stuck(db: Database) -> tuple[int, int]:
    """How many recordings of all people wait to be heard, and how many failed."""
    async with db.read() as session:
        return await heard.stuck(session)


async def try_again(db: Database, *, person_id: int, now: datetime) -> int:
    """Listen once more to all that was tried in vain, and to what waits behind it; how many that
    are. Should it be in vain again, the person hears of that only where something could have been
    mended meanwhile."""
    async with db.write() as session:
        found = await heard.unfinished(session, person_id)
        ids = await hearings.again(session, person_id, now=now)
        mendable = [one.id for one in found if one.trouble and rules.mends(one.trouble)]
        await outbox.forget(session, Content.UNHEARD, mendable)
    return len(ids)


async def correct(
    db: Database, *, person_id: int, about_message: int, by_message: int, text: str, now: datetime
) -> Corrected | None:
    """Let the recording that a message is about say `text`; None when it is about none. What it
    said before is kept as a revision, and what the recogniser gave beside it.

    `by_message` is the message that says so: to answer or to edit it corrects once more.
    """
    async with db.write() as session:
        await people.lock(session, person_id)
        hearing = await heard.about(session, person_id, about_message)
        if hearing is None:
            return None
        fragment = await fragments.by_number(session, person_id, hearing.n)
        assert fragment is not None, "a recording belongs to a fragment"
        await hearings.correct(session, hearing.id, text, now=now)
        says = await joining.says(session, fragment.id, fragment.kind)
        if says != fragment.text:
            await kept.revise(session, fragment, says, now=now)
        await hearings.note_message(session, hearing, by_message)
        await expand.heard(session, hearing, text, now=now)
        await revise.heard(session, hearing, text, now=now)
        return Corrected(replace(hearing, stage=Stage.HEARD, text=text), was=hearing.stage)


async def show_anew(db: Database, hearing: Hearing, *, now: datetime) -> None:
    """Send the words once more: what shows them cannot be changed in place."""
    async with db.write() as session:
        await hearings.shown_in(session, hearing.id, None)
        await outbox.forget(session, Content.HEARING, [hearing.id])
        await outbox.plan(session, hearing.person_id, Content.HEARING, hearing.id, due_at=now)


async def asked_in(db: Database, hearing: Hearing, message_id: int) -> None:
    """A message of ours asks for the right words; whoever answers it corrects."""
    async with db.write() as session:
        await hearings.note_message(session, hearing, message_id)

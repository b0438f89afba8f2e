"""What an evening is made of: what was sent and what was kept since the last one's cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.digests import Digest
from bot.domain.forms import SHORT, Form
from bot.domain.records import Fragment, Idea, Person
from bot.journey import gathering, own_forms, voice
from bot.journey.ports import DraftAsk, Material
from bot.store import digests, fragments, heard, ideas
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Today:
    """The day of a digest; `since` is None before the first evening. `older` was kept before it,
    and is touched by it."""

    since: datetime | None
    day: Sequence[Fragment]
    gold: Sequence[Fragment | Idea]
    older: Sequence[Fragment] = ()

    @property
    def material(self) -> tuple[Material, ...]:
        """What a writer is given of it."""
        return gathering.within([*self.older, *self.day], older={one.n for one in self.older})

    async def ask(self, db: Database, person: Person, forms: Mapping[str, Form]) -> DraftAsk:
        """What a writer is asked for the best script of the day, in the person's form. Also one
        that draws on everything ever said is made of the day here."""
        forms = await own_forms.of(db, person.id, forms)
        form = forms.get(person.digest_form, forms[SHORT])
        material = self.material
        language = gathering.language(material, person)
        about = "\n".join(one.shown for one in self.gold if isinstance(one, Fragment))
        told = await voice.brief(db, person, language, form, about, forms=forms)
        return DraftAsk(
            person_id=person.id,
            language=language,
            material=material,
            form=form,
            picked=tuple(one.title for one in self.gold if isinstance(one, Idea)),
            pace=told.pace,
            manner=told.manner,
            samples=told.samples,
            banned=told.banned,
        )


async def gather(db: Database, digest: Digest) -> Today:
    """Everything since the cut of the evening before this digest, up to its own."""
    async with db.read() as session:
        cut_n, since = await digests.last_cut(session, digest)
        upto = await digests.cut_of(session, digest.id)
        day = await _day(session, digest, cut_n, since)
        gold: list[Fragment | Idea] = [
            *await fragments.gold(session, digest.person_id, since=since, until=digest.claimed_at),
            *await ideas.kept(session, digest.person_id, since=since, until=digest.claimed_at),
        ]
    return Today(since, [one for one in day if one.n <= upto], gold)


async def _day(
    session: AsyncSession, digest: Digest, cut_n: int, cut_at: datetime | None
) -> list[Fragment]:
    """What was sent since the last evening's cut, and what was said before but heard only since;
    without recordings in which nothing is to be heard."""
    day = await fragments.since(session, digest.person_id, cut_n)
    if cut_at:
        window = {"since": cut_at, "until": digest.claimed_at}
        late = await heard.late(session, digest.person_id, cut_n=cut_n, **window)
        day = await fragments.by_numbers(session, digest.person_id, late) + day
    silent = await heard.silent(session, digest.person_id)
    return [one for one in day if one.has_words or one.n not in silent]

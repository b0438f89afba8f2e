"""Queries about the drafts there are already: what they say in every version, and which evenings
have gone by since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.digests import Digest, DigestBody
from bot.domain.drafts import DONE, Draft, Script, Version
from bot.store import digests, drafts
from bot.store.digests import COMPOSED, SILENT
from bot.store.draft_tables import DraftRow, VersionRow
from bot.store.tables import DigestRow


@dataclass(frozen=True, slots=True)
class Earlier:
    """A draft with all versions of it that have a script, the oldest first; at least one has.
    `changed`: there is a further version, be it the person's own final text, which has none."""

    draft: Draft
    versions: tuple[Version, ...]
    changed: bool = False

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    @property
    def script(self) -> Script:
        """The newest."""
        assert self.newest.script is not None, "only versions with a script are here"
        return self.newest.script

    @property
    def open(self) -> bool:
        """Whether it is still to be filmed or published."""
        return not self.draft.done


async def of(session: AsyncSession, person_id: int) -> list[Earlier]:
    """Every draft of this person's that says something, the oldest first."""
    rows = await session.execute(
        select(DraftRow, VersionRow)
        .join(VersionRow, VersionRow.draft_id == DraftRow.id)
        .where(DraftRow.person_id == person_id, VersionRow.number > 0)
        .order_by(DraftRow.id, VersionRow.number)
    )
    found: dict[int, tuple[Draft, list[Version]]] = {}
    changed = set()
    for row, written in rows:
        if written.number > 1:
            changed.add(row.id)
        # Not asked in SQL: without a script a row holds the null of JSON, which is none of SQL's.
        if written.script:
            known = found.get(row.id) or found.setdefault(row.id, (drafts.as_draft(row), []))
            known[1].append(drafts.as_version(written))
    return [
        Earlier(draft, tuple(versions), changed=draft.id in changed)
        for draft, versions in found.values()
    ]


async def gone_by(session: AsyncSession, person_id: int) -> dict[int, bool]:
    """This person's digests that said something, by their ids, and whether an evening later than
    theirs has come since. What is asked for on the spot belongs to the evening it comes before."""
    rows = await session.execute(
        select(DigestRow.id, DigestRow.evening, DigestRow.state)
        .where(DigestRow.person_id == person_id, DigestRow.state.in_((COMPOSED, SILENT)))
        .order_by(DigestRow.id.desc())
    )
    later, found = 0, dict[int, bool]()
    for digest_id, evening, state in rows:
        if state == COMPOSED:
            found[digest_id] = later > (evening is None)
        later += evening is not None
    return found


async def bodies(session: AsyncSession, digest: Digest, most: int) -> list[DigestBody]:
    """What the last digests before this one said, the newest first."""
    rows = await session.scalars(
        select(DigestRow)
        .where(
            DigestRow.person_id == digest.person_id,
            DigestRow.id != digest.id,
            DigestRow.state == COMPOSED,
        )
        .order_by(DigestRow.id.desc())
        .limit(most)
    )
    return [body for row in rows if (body := digests.as_digest(row).body)]


async def bring(
    session: AsyncSession, draft_id: int, digest: Digest, *, tonight: date | None
) -> bool:
    """Let a draft that is there already come with this digest. False when meanwhile it was filmed,
    published, erased, or put off to later than `tonight`."""
    due = DraftRow.postponed_to <= tonight if tonight else false()
    brought = await session.scalar(
        update(DraftRow)
        .where(
            DraftRow.id == draft_id,
            DraftRow.person_id == digest.person_id,
            DraftRow.status.not_in(DONE),
            or_(DraftRow.postponed_to.is_(None), due),
        )
        .values(digest_id=digest.id, postponed_to=None)
        .returning(DraftRow.id)
    )
    return brought is not None


async def put_back(session: AsyncSession, digest: Digest, draft_ids: Collection[int]) -> None:
    """Drafts that were put off to this digest, which nobody saw, still wait for an evening. Those
    that are done, or came with another digest since, do not."""
    await session.execute(
        update(DraftRow)
        .where(
            DraftRow.id.in_(draft_ids),
            DraftRow.digest_id == digest.id,
            DraftRow.status.not_in(DONE),
            DraftRow.postponed_to.is_(None),
        )
        .values(postponed_to=digest.evening)
    )

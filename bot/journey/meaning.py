"""What an answer to a message about a draft is meant as."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.drafts import Draft, Script, Version
from bot.errors import Trouble
from bot.journey import reworded
from bot.store import draft_messages, drafts

# What a message asks for. A gap is named by its place, "gap:0"; a message of the person's own that
# says how to change a draft, or holds its final text, is known as well.
GAP, STORY, QUESTION = "gap:", "story", "question"
LINK, FIGURES = "link", "figures"
WISH, FINAL = "wish", "final"
# A recording that answers a digest: a wish for its first draft, if code can read it as one.
OVERVIEW = "overview"


@dataclass(frozen=True, slots=True)
class Meant:
    """The draft an answer is about, the version it starts from and that one's script, and what was
    asked for."""

    draft: Draft
    version: Version
    script: Script | None
    asks: str

    @property
    def is_answer(self) -> bool:
        """Whether what is said is an answer to a question, and so material like everything."""
        return self.asks.startswith((GAP, reworded.ASKS)) or self.asks in (STORY, QUESTION)

    @property
    def gap(self) -> str:
        """The gap that was asked for, "" where none was or it is gone."""
        place = self.asks.removeprefix(GAP)
        gaps = self.script.gaps if self.script and self.asks.startswith(GAP) else ()
        return gaps[int(place)] if place.isdecimal() and int(place) < len(gaps) else ""


async def meant(session: AsyncSession, person_id: int, message_id: int) -> Meant | None:
    """What an answer to this message is about; None when it shows no draft.

    An answer to a version that was declined tells the story that was missing; to one that did not
    work out it is another wish for the version it started from, and to a take that could not be
    different one for the take before; to a final text, for the newest script before it.
    """
    shown = await draft_messages.shown_in(session, person_id, message_id)
    draft = await drafts.get(session, person_id, shown.version.draft_id) if shown else None
    if shown is None or draft is None:
        return None
    version, asks = shown.version, shown.asks
    if asks in (WISH, FINAL):
        asks = ""
    if version.script is None and not version.text:
        if version.base is None:
            earlier = await _take_before(session, draft)
            return earlier or Meant(draft, version, None, QUESTION)
        declined = version.trouble == Trouble.DECLINED
        asks = STORY if declined else ""
        version = await drafts.numbered(session, draft.id, version.base) or version
    return Meant(draft, version, await script_of(session, version), asks)


async def _take_before(session: AsyncSession, draft: Draft) -> Meant | None:
    """The newest version of the newest take before this one that has a script."""
    takes = [one for one in await drafts.of_family(session, draft) if one.form == draft.form]
    for take in sorted(takes, key=lambda one: -one.take):
        for version in reversed(await drafts.versions(session, take.id)):
            if version.script and take.take < draft.take:
                return Meant(take, version, version.script, "")
    return None


async def script_of(session: AsyncSession, version: Version) -> Script | None:
    """The script of a version; of a final text, the newest one before it."""
    if version.script or not version.text:
        return version.script
    earlier = [
        one.script
        for one in await drafts.versions(session, version.draft_id)
        if one.script and one.number < version.number
    ]
    return earlier[-1] if earlier else None

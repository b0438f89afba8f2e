"""A draft whose worn phrase gave way: to what the person typed, or to a sentence they once said.

The new version is there at once, for no model writes it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import excerpts
from bot.domain.bans import breaks
from bot.domain.drafts import Draft, LineKind, Script, Version
from bot.domain.forms import SHORT, Form
from bot.domain.grounding import check
from bot.domain.parcels import Content
from bot.domain.records import Fragment
from bot.domain.script import fold
from bot.domain.words import content_words, sentences, speaking_seconds
from bot.journey import gathering, rewording, voice
from bot.journey.ports import Material
from bot.journey.worn import cited_by
from bot.store import draft_messages, drafts, outbox, people
from bot.store.database import Database

ASKS = "mark:"
"""How `draft_messages` notes a message that asks for other words; the place of the text follows."""

BREATH_S = 9.0
LONGER = 1.5
"""Ours: a sentence takes the place of another if it takes one breath (as in `engines.assemble`), or
not much longer than that did."""


@dataclass(frozen=True, slots=True)
class Instead:
    """What came of a wish to have a text rewritten: the number of the fragment whose sentence
    stands there now, or None; then the text is `gone`, or nothing was changed."""

    n: int | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A text that is to give way, and the version in which it does."""

    draft: Draft
    base: Version
    script: Script
    text: str
    newest: bool  # whether no later script does without it


async def in_my_words(
    db: Database, fragment: Fragment, *, asked_in: int, request_id: int, now: datetime
) -> Version | None:
    """The version in which what the person answered stands where the worn phrase stood; None when
    that message asked for none. The same request gives the same version."""
    async with db.write() as session:
        await people.lock(session, fragment.person_id)
        if known := await drafts.of_request(session, fragment.person_id, request_id):
            return known
        shown = await draft_messages.shown_in(session, fragment.person_id, asked_in)
        place = shown.asks.removeprefix(ASKS) if shown else ""
        if shown is None or not shown.asks.startswith(ASKS) or not fragment.own:
            return None
        wanted = await _wanted(session, shown.version, int(place))
        if wanted is None:
            return None
        said = " ".join(excerpts.spoken(fragment).split())
        script = rewording.replaced(wanted.script, wanted.text, said, (fragment.n,))
        return await _add(session, wanted, script, request_id=request_id, now=now)


async def rewrite(
    db: Database,
    forms: Mapping[str, Form],
    *,
    person_id: int,
    version_id: int,
    place: int,
    request_id: int,
    now: datetime,
) -> Instead | None:
    """Let a text give way to the sentence of the person's that comes nearest to it, or to nothing;
    None when that text is gone. The same request makes one version."""
    async with db.read() as session:
        version = await drafts.version(session, person_id, version_id)
        wanted = await _wanted(session, version, place) if version else None
        known = await drafts.of_request(session, person_id, request_id)
    if version and known:
        return _came_of(known, version)
    if wanted is None or not wanted.newest:  # tapped twice
        return None
    form = forms.get(wanted.draft.form, forms[SHORT])
    material = await gathering.gather(db, wanted.draft, form)
    banned = [one.word for one in await voice.bans(db, person_id)]
    allowed = [one for one in material if not breaks(one.text, banned)]
    script, instead = await asyncio.to_thread(_without, wanted.script, wanted.text, allowed)
    if script is None:
        return instead
    async with db.write() as session:
        await people.lock(session, person_id)
        if await drafts.of_request(session, person_id, request_id) is None:
            await _add(session, wanted, script, request_id=request_id, now=now)
    return instead


def _came_of(made: Version, version: Version) -> Instead:
    """What an earlier delivery of the same request did: which sentence it put in, if any."""
    lines = made.script.lines if made.script and made.line is not None else ()
    before = rewording.texts(version)
    new = [line.sources[0] for line in lines if line.text not in before and line.sources]
    return Instead(new[0]) if new else Instead(gone=True)


async def _wanted(session: AsyncSession, version: Version, place: int) -> _Wanted | None:
    """The text at this place; in the newest version that says it, so that what was changed since
    stays changed."""
    draft = await drafts.get(session, version.person_id, version.draft_id)
    texts = rewording.texts(version)
    if draft is None or version.script is None or place >= len(texts):
        return None
    text = texts[place]
    scripts = [one for one in await drafts.versions(session, draft.id) if one.script]
    for base in reversed(scripts):
        if base.script and text in rewording.texts(base):
            return _Wanted(draft, base, base.script, text, newest=base is scripts[-1])
    return None


async def _add(
    session: AsyncSession, wanted: _Wanted, script: Script, *, request_id: int, now: datetime
) -> Version:
    """The version with this script, on its way to the person."""
    base = wanted.base
    own = await cited_by(session, replace(base, script=script))
    script = replace(script, yours=check(script.lines, own).yours)
    version = await drafts.add(
        session,
        wanted.draft,
        drafts.Written(script, by=base.by, prompt=base.prompt),
        drafts.Change(line=rewording.place_in(wanted.script, wanted.text), base=base.number),
        request_id=request_id,
        now=now,
    )
    await outbox.plan(session, base.person_id, Content.DRAFT, version.id, due_at=now)
    return version


def _without(
    script: Script, text: str, material: Sequence[Material]
) -> tuple[Script | None, Instead]:
    """The script with something else in the place of a text: a sentence where the line said
    something, nothing where it only joined two others."""
    found = _nearest(script, text, material) if _says(script, text) else None
    if found:
        n, sentence = found
        return rewording.replaced(script, text, sentence, (n,)), Instead(n)
    left = rewording.without(script, text)
    return left, Instead(gone=left is not None)


def _says(script: Script, text: str) -> bool:
    """Whether a sentence is to take its place: glue says nothing, and where another opening stands
    ready, that will do."""
    if script.hook.text == text and script.other_hooks:
        return False
    caption = (script.caption,) if script.caption else ()
    lines = [one for one in (*script.lines, *caption) if one.text == text]
    return any(one.kind is not LineKind.GLUE for one in lines) and bool(_words(text))


def _nearest(script: Script, text: str, material: Sequence[Material]) -> tuple[int, str] | None:
    """The sentence of the person's own, said nowhere in the script, that shares most words with
    `text`, or else with the rest of the script; None when none shares any."""
    told = fold("\n".join(rewording.texts_of(script)))
    about, around = _words(text), _words(told)
    longest = max(BREATH_S, LONGER * speaking_seconds(text))
    options = [
        ((len(_words(said) & about), len(_words(said) & around)), one.n, said)
        for one in material
        if one.own
        for said in sentences(one.text)
        if fold(said) not in told and speaking_seconds(said) <= longest
    ]
    best = max(options, key=lambda option: option[0], default=None)
    return best[1:] if best and any(best[0]) else None


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in content_words(text))

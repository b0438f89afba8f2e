"""What a person's own edits of drafts teach: asked about, never silently applied."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.drafts import Script
from bot.domain.records import Person
from bot.domain.voice import Manner, Setting
from bot.domain.voice_lessons import AGAIN, Edit, Lesson, lessons
from bot.journey.voice import Forms, manner_named
from bot.store import voice, voice_rules
from bot.store.database import Database

NEWEST = 30  # final texts that are looked at; ours


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person's edits suggest, with the id by which their answer names it."""

    id: int
    edit: Edit
    word: str
    manner: Manner
    drafts: int = AGAIN


async def find(db: Database, person: Person, *, forms: Forms, now: datetime) -> Asked | None:
    """What the person's edits suggest and they were not asked about, the clearest first. It is
    remembered until they answer."""
    async with db.read() as session:
        settings = await voice_rules.settings(session, person.id)
        finals = (await voice.finals(session, person.id))[-NEWEST:]
        scripts = [await voice.made_from(session, one) for one in finals]
        banned = {one.word for one in await voice_rules.bans(session, person.id)}
    pairs = [
        (_lines(script), one.text) for one, script in zip(finals, scripts, strict=True) if script
    ]
    answered = {(one.measure, one.text) for one in settings if one.off}
    for one in await asyncio.to_thread(lessons, pairs):
        if (one.edit, one.word) not in answered and one.word not in banned:
            return await _ask(db, person.id, one, manner_named(finals[-1].form, forms), now=now)
    return None


async def answer(
    db: Database, person_id: int, asked_id: int, *, yes: bool, rule: str, now: datetime
) -> Asked | None:
    """The person's answer to `lesson`: a word banned, or a `rule` (in their language) added, or
    neither. None when it was answered before."""
    async with db.write() as session:
        settings = await voice_rules.settings(session, person_id)
        asked = next((one for one in map(_as_asked, settings) if one and one.id == asked_id), None)
        if asked is None:
            return None
        closed = Setting(asked.manner, asked.edit, asked.word, off=True, id=asked.id)
        await voice_rules.set_rule(session, person_id, closed, now=now)
        if yes and asked.edit is Edit.CUT:
            await voice_rules.ban(session, person_id, asked.word, topic=False, now=now)
        elif yes:
            own = Setting(asked.manner, "", rule)
            await voice_rules.set_rule(session, person_id, own, now=now)
    return asked


async def asked(db: Database, person_id: int, asked_id: int) -> Asked | None:
    """What the person was asked, unless they answered."""
    async with db.read() as session:
        settings = await voice_rules.settings(session, person_id)
    return next((one for one in map(_as_asked, settings) if one and one.id == asked_id), None)


def _as_asked(setting: Setting) -> Asked | None:
    if setting.off or setting.measure not in set(Edit):
        return None
    return Asked(setting.id, Edit(setting.measure), setting.text, setting.manner)


async def _ask(
    db: Database, person_id: int, lesson: Lesson, manner: Manner, *, now: datetime
) -> Asked | None:
    async with db.write() as session:
        setting = Setting(manner, lesson.edit, lesson.word)
        asked = _as_asked(await voice_rules.set_rule(session, person_id, setting, now=now))
    return replace(asked, drafts=lesson.drafts) if asked else None


def _lines(script: Script) -> list[str]:
    return [line.text for line in script.lines]

"""What a person changes about their voice: rules, samples, words and topics. Doing any of it twice
is the same as once."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.voice import MOST_RULE_CHARS, Manner, Said, Setting
from bot.domain.words import excerpt
from bot.store import voice, voice_rules
from bot.store.database import Database


async def set_rule(db: Database, person_id: int, setting: Setting, *, now: datetime) -> Setting:
    """A rule as the person wants it; as it stands now."""
    short = Setting(
        setting.manner,
        setting.measure,
        excerpt(setting.text, MOST_RULE_CHARS),
        setting.off,
        setting.id,
    )
    async with db.write() as session:
        return await voice_rules.set_rule(session, person_id, short, now=now)


async def drop_rule(db: Database, person_id: int, rule_id: int) -> None:
    """One of their own is gone; one they changed is as measured again."""
    async with db.write() as session:
        await voice_rules.drop_rule(session, person_id, rule_id)


async def add_sample(
    db: Database, person_id: int, manner: Manner, text: str, *, now: datetime
) -> int:
    """A text that shows how they sound, and nothing else; its id."""
    async with db.write() as session:
        return await voice.add_sample(session, person_id, manner, text.strip(), now=now)


async def set_manner(db: Database, person_id: int, sample_id: int, manner: Manner) -> None:
    """A sample was spoken after all, or written."""
    async with db.write() as session:
        await voice.set_manner(session, person_id, sample_id, manner)


async def set_counts(
    db: Database, person_id: int, said: Said, *, counts: bool, now: datetime
) -> None:
    """A text counts, or no longer."""
    async with db.write() as session:
        if said.sample:
            await voice.set_counts(session, person_id, said.sample, counts=counts)
        elif counts:
            await voice.count_again(session, person_id, n=said.n, version_id=said.version)
        else:
            await voice.leave_out(session, person_id, n=said.n, version_id=said.version, now=now)


async def ban(
    db: Database, person_id: int, words: Sequence[str], *, topic: bool, now: datetime
) -> None:
    """From now on these may not stand in a draft."""
    async with db.write() as session:
        for word in words:
            await voice_rules.ban(session, person_id, word, topic=topic, now=now)


async def lift(db: Database, person_id: int, ban_id: int) -> str | None:
    """It may stand there again; the word, None when it was lifted before."""
    async with db.write() as session:
        return await voice_rules.lift(session, person_id, ban_id)


async def asked_in(db: Database, person_id: int, message_id: int, asks: str) -> None:
    """Remember what a message of the bot's asks for."""
    async with db.write() as session:
        await voice_rules.asked_in(session, person_id, message_id, asks)


async def asked_by(db: Database, person_id: int, message_id: int) -> str | None:
    """What this message of the bot's asks for; None when it asks for nothing about the voice."""
    async with db.read() as session:
        return await voice_rules.asked_by(session, person_id, message_id)

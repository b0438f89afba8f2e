"""Queries about what a person decided about their voice: rules, bans, and what we asked them."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.voice import Ban, Manner, Setting
from bot.store.draft_tables import BanRow, RuleRow, VoiceMessageRow


async def settings(session: AsyncSession, person_id: int) -> list[Setting]:
    """The rules as the person changed them, oldest first."""
    rows = await session.scalars(
        select(RuleRow).where(RuleRow.person_id == person_id).order_by(RuleRow.id)
    )
    return [_setting(row) for row in rows]


async def set_rule(
    session: AsyncSession,
    person_id: int,
    setting: Setting,
    *,
    now: datetime,
) -> Setting:
    """Remember how the person wants a rule; by its measure, or else its id, or else its text."""
    mine = RuleRow.person_id == person_id, RuleRow.manner == setting.manner
    if setting.is_of_a_measure:
        which = RuleRow.measure == setting.measure
    elif setting.id:
        which = RuleRow.id == setting.id
    else:
        which = (RuleRow.measure == setting.measure) & (RuleRow.text == setting.text)
    row = await session.scalar(select(RuleRow).where(*mine, which))
    if row is None:
        if setting.id and not setting.is_of_a_measure:  # it was removed meanwhile
            return setting
        row = RuleRow(person_id=person_id, manner=setting.manner, measure=setting.measure)
        session.add(row)
    row.text, row.off, row.changed_at = setting.text, setting.off, now
    await session.flush()
    return _setting(row)


async def drop_rule(session: AsyncSession, person_id: int, id: int) -> None:
    """A rule of the person's own is gone; one they changed is as measured again."""
    await session.execute(delete(RuleRow).where(RuleRow.person_id == person_id, RuleRow.id == id))


async def bans(session: AsyncSession, person_id: int) -> list[Ban]:
    """What may not stand in a draft, oldest first."""
    rows = await session.scalars(
        select(BanRow).where(BanRow.person_id == person_id).order_by(BanRow.id)
    )
    return [Ban(row.id, row.word, row.topic) for row in rows]


async def ban(
    session: AsyncSession, person_id: int, word: str, *, topic: bool, now: datetime
) -> None:
    """From now on it may not stand in a draft; known ones change their kind at most."""
    row = await session.scalar(
        select(BanRow).where(BanRow.person_id == person_id, BanRow.word == word)
    )
    if row is None:
        row = BanRow(person_id=person_id, word=word, banned_at=now)
        session.add(row)
    row.topic = topic
    await session.flush()


async def lift(session: AsyncSession, person_id: int, ban_id: int) -> str | None:
    """It may stand there again; the word, None when it was lifted before."""
    return await session.scalar(
        delete(BanRow)
        .where(BanRow.person_id == person_id, BanRow.id == ban_id)
        .returning(BanRow.word)
    )


async def asked_in(session: AsyncSession, person_id: int, message_id: int, asks: str) -> None:
    """Remember what a message of the bot's asks for."""
    session.add(VoiceMessageRow(person_id=person_id, message_id=message_id, asks=asks))
    await session.flush()


async def asked_by(session: AsyncSession, person_id: int, message_id: int) -> str | None:
    """What this message of the bot's asks for; None when it asks for nothing of this."""
    return await session.scalar(
        select(VoiceMessageRow.asks).where(
            VoiceMessageRow.person_id == person_id, VoiceMessageRow.message_id == message_id
        )
    )


def _setting(row: RuleRow) -> Setting:
    return Setting(Manner(row.manner), row.measure, row.text, row.off, row.id)

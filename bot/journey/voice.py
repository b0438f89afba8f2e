"""How a person speaks and writes: measured, changed by them, and told to a writer."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import voice_pace, voice_words
from bot.domain.forms import Form
from bot.domain.records import Language, Person
from bot.domain.voice import (
    MANNERS,
    TONGUES,
    Ban,
    Held,
    Manner,
    Profile,
    Said,
    Setting,
    Tongue,
    held,
)
from bot.domain.voice_counts import tongue_of
from bot.domain.voice_measures import profile
from bot.domain.voice_samples import samples
from bot.domain.voice_stray import Stray, stray
from bot.store import voice, voice_rules
from bot.store.database import Database

Forms = Mapping[str, Form]
Texts = Mapping[tuple[Manner, Tongue], Sequence[Said]]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a writer is told of how this person sounds; the fields of `ports.DraftAsk`. The bytes of
    `manner` change only when the person changed something, or said a good deal more."""

    manner: tuple[str, ...]
    samples: tuple[str, ...]
    banned: tuple[str, ...]
    pace: float


@dataclass(frozen=True, slots=True)
class Voice:
    """All that /voice shows. `pace` is None before enough was heard."""

    profiles: Mapping[tuple[Manner, Tongue], Profile]
    settings: tuple[Setting, ...]
    bans: tuple[Ban, ...]
    pace: float | None

    def rules(self, manner: Manner, tongue: Tongue) -> list[Held]:
        """The rules of one profile, as the person wants them."""
        words = [one.word for one in self.bans]
        return held(self.profiles[manner, tongue], self.settings, words)

    def main(self, manner: Manner, language: Language) -> Tongue:
        """What they mostly use for this; with nothing to tell by, that of the interface."""
        first = tongue_in(language)
        return max(TONGUES, key=lambda one: (self.profiles[manner, one].texts, one is first))


def tongue_in(language: Language) -> Tongue:
    """What a text of this language is counted in."""
    return Tongue.EN if language is Language.EN else Tongue.ZH


async def look(
    db: Database, person: Person, *, forms: Forms, only: tuple[Manner, Tongue] | None = None
) -> Voice:
    """How this person sounds; measured is `only` one profile, or else the main one of each manner:
    of the others only how many texts they have. With 20,000 fragments half a second, most of it in
    a thread."""
    async with db.read() as session:
        said = await _said(session, person.id, forms)
        settings = await voice_rules.settings(session, person.id)
        bans = await voice_rules.bans(session, person.id)
        notes = await voice.notes(session, person.id)

    def measured() -> Voice:
        texts = _sorted(said)
        bare = {name: Profile(*name, len(found)) for name, found in texts.items()}
        counted = Voice(bare, tuple(settings), tuple(bans), voice_pace.pace(notes))
        mains = [(manner, counted.main(manner, person.language)) for manner in MANNERS]
        named = [only] if only else mains
        full = {name: profile(*name, texts[name], person.zone) for name in named}
        return replace(counted, profiles=bare | full)

    return await asyncio.to_thread(measured)


async def brief(
    db: Database, person: Person, language: Language, form: Form, about: str, *, forms: Forms
) -> Brief:
    """What a writer is told for a draft of this form in this language. Rules that were measured
    come only from `voice.TELLING` texts on; those the person wrote always."""
    manner, tongue = manner_of(form), tongue_in(language)
    async with db.read() as session:
        said = await _said(session, person.id, forms)
        settings = await voice_rules.settings(session, person.id)
        bans = await voice_rules.bans(session, person.id)
        notes = await voice.notes(session, person.id)

    def compute() -> Brief:
        texts = _sorted(said)
        right, others = texts[manner, tongue], texts[manner.other, tongue]
        banned = tuple(one.word for one in bans)
        rules = held(profile(manner, tongue, right, person.zone), settings, banned)
        return Brief(
            voice_words.manner(rules),
            samples(right, others, about, language),
            banned,
            voice_pace.pace(notes) or 1.0,
        )

    return await asyncio.to_thread(compute)


async def pace(db: Database, person_id: int) -> float:
    """How many times as long as at the default rate the person takes; 1.0 before that is known."""
    async with db.read() as session:
        notes = await voice.notes(session, person_id)
    return voice_pace.pace(notes) or 1.0


async def bans(db: Database, person_id: int) -> list[Ban]:
    """What may not stand in a draft, oldest first."""
    async with db.read() as session:
        return await voice_rules.bans(session, person_id)


async def strays(
    db: Database, person: Person, form: Form, text: str, *, forms: Forms
) -> tuple[Stray, ...]:
    """In what a text strays from how they speak or write; nothing before enough is known."""
    tongue = tongue_of(text)
    if tongue is None:
        return ()
    async with db.read() as session:
        said = await _said(session, person.id, forms)
    manner = manner_of(form)

    def compute() -> tuple[Stray, ...]:
        texts = _sorted(said)[manner, tongue]
        return stray(profile(manner, tongue, texts, person.zone), text)

    return await asyncio.to_thread(compute)


async def everything(db: Database, person: Person, *, forms: Forms) -> list[Said]:
    """All texts of a person's that may count, the newest first, those they added before others."""
    async with db.read() as session:
        said = await _said(session, person.id, forms)

    def compute() -> list[Said]:
        ours = [one for one in reversed(said) if one.n is None or tongue_of(one.text)]
        return sorted(ours, key=lambda one: (one.sample is None, one.version is None))

    return await asyncio.to_thread(compute)


def manner_of(form: Form) -> Manner:
    """Whether a draft of this form is said or read."""
    return Manner.SPOKEN if form.spoken else Manner.WRITTEN


def manner_named(form: str, forms: Forms) -> Manner:
    """The same for a form by its id; one of the person's own is said aloud."""
    known = forms.get(form)
    return manner_of(known) if known else Manner.SPOKEN


async def _said(session: AsyncSession, person_id: int, forms: Forms) -> list[Said]:
    """What shows how the person sounds, oldest first within its kind."""
    numbers, versions = await voice.left_out(session, person_id)
    finals = [
        Said(
            one.text,
            manner_named(one.form, forms),
            one.at,
            version=one.version_id,
            counts=one.version_id not in versions,
        )
        for one in await voice.finals(session, person_id)
    ]
    added = await voice.added(session, person_id)
    return [*added, *finals, *await voice.said(session, person_id, numbers)]


def _sorted(said: Sequence[Said]) -> Texts:
    """What counts, by how and in what it was said."""
    found: dict[tuple[Manner, Tongue], list[Said]] = {
        (manner, tongue): [] for manner in MANNERS for tongue in TONGUES
    }
    for one in said:
        if one.counts and (tongue := tongue_of(one.text)):
            found[one.manner, tongue].append(one)
    return found

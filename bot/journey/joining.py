"""From messages to fragments: mostly one from one, yet a long paste and an album come as several.

What belongs together is told from what is stored and from Telegram's own dates, so that it is the
same after a restart in between and after an outage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import card_numbers, pastes
from bot.domain.hearing import SOUNDING, with_words
from bot.domain.records import Fragment, Kind, Origin, Said
from bot.domain.words import is_blank
from bot.journey import meaning
from bot.store import (
    card_messages,
    digest_messages,
    fragments,
    heard,
    hearings,
    ideas,
    keep,
    parts,
    people,
)

Sent = tuple[int, int]  # the person and the message


@dataclass(frozen=True, slots=True)
class _Continued:
    """What a reply goes on with: the number of a fragment (the one replied to, or the seed of the
    cards); when it answers cards, their expansion; and the idea if it is about one of them. Or the
    draft it is about, `aside` when it only says how to change that. Or the digest it answers."""

    n: int | None = None
    expansion_id: int | None = None
    idea_id: int | None = None
    draft_id: int | None = None
    digest_id: int | None = None
    aside: bool = False


async def store(
    session: AsyncSession,
    said: Sequence[Said],
    last: dict[int, int],
    newest: dict[int, Fragment],
) -> dict[Sent, Fragment]:
    """Keep messages that are not kept yet; the fragment each became, or became a part of. `last`
    holds the number of each person's newest fragment, `newest` it itself where it is long; the
    transaction must have their locks."""
    kept: dict[Sent, Fragment] = {}
    fresh: list[list[Said]] = []
    for run in _runs(said):
        first = run[0]
        begun = newest.pop(first.person_id, None)  # only a person's first can continue that one
        messages = await parts.messages(session, begun) if begun else []
        if first.album and (album := await fragments.by_album(session, *_album(first))):
            kept |= await _prolong(session, album.id, first.kind, run)
        elif begun and pastes.continues(messages[-1], first):
            if len(messages) == 1:
                await parts.add(session, begun.id, messages)
            kept |= await _prolong(session, begun.id, first.kind, run)
        else:
            fresh.append(run)
    return kept | await _begin(session, fresh, last)


async def edited(session: AsyncSession, fragment: Fragment, message_id: int, text: str) -> str:
    """What a fragment says when this message, or this part of it, says `text`. What was heard in
    its recordings cannot be edited so, and stays below the captions."""
    if await parts.revise(session, fragment.id, message_id, text):
        return await says(session, fragment.id, fragment.kind)
    return text


async def says(session: AsyncSession, fragment_id: int, kind: Kind) -> str:
    """What a fragment with files, or one that came as several messages, says by now: the texts of
    its messages, and below them the words of each recording, in the order of the files."""
    texts = [text for _, text in await parts.of_fragment(session, fragment_id)]
    recordings = await heard.of_fragment(session, fragment_id)
    return with_words(_whole(kind, texts), [one.text for one in recordings])


def _runs(said: Sequence[Said]) -> list[list[Said]]:
    """The messages by what they belong to, each person's in order."""
    runs: list[list[Said]] = []
    newest: dict[int, list[Said]] = {}
    for one in said:
        run = newest.get(one.person_id)
        if run and _together(run[-1], one):
            run.append(one)
        else:
            newest[one.person_id] = run = [one]
            runs.append(run)
    return runs


def _together(earlier: Said, later: Said) -> bool:
    return bool(later.album and earlier.album == later.album) or pastes.continues(earlier, later)


async def _begin(
    session: AsyncSession, runs: Sequence[Sequence[Said]], last: dict[int, int]
) -> dict[Sent, Fragment]:
    """New fragments, one for each run."""
    new = []
    for run in runs:
        last[run[0].person_id] += 1
        new.append(await _new(session, run, n=last[run[0].person_id]))
    if not new:
        return {}
    await people.count_fragments(session, last)
    kept: dict[Sent, Fragment] = {}
    for run, fragment in zip(runs, await keep.add(session, new), strict=True):
        kept |= dict.fromkeys(map(_sent, run), fragment)
        if len(run) > 1 or run[0].album or run[0].media:
            await parts.add(session, fragment.id, run)
    await _let_hear(session, kept.values(), [one for run in runs for one in run])
    return kept


async def _prolong(
    session: AsyncSession, fragment_id: int, kind: Kind, run: Sequence[Said]
) -> dict[Sent, Fragment]:
    """The fragment goes on with these messages."""
    await parts.add(session, fragment_id, run)
    await keep.add_media(session, [(fragment_id, file) for one in run for file in one.media])
    await keep.set_text(session, fragment_id, await says(session, fragment_id, kind))
    kept = await fragments.by_messages(session, map(_sent, run))
    await _let_hear(session, kept.values(), run)
    return kept


async def _let_hear(session: AsyncSession, kept: Iterable[Fragment], said: Sequence[Said]) -> None:
    """Have the recordings heard that came with these messages, in the order they came."""
    if files := [one.at for one in said if one.media]:
        await hearings.open_for(session, {one.id for one in kept}, now=max(files))


async def _new(session: AsyncSession, run: Sequence[Said], *, n: int) -> Fragment:
    """What messages become; it gets its id when it is stored."""
    said = run[0]
    continued = await _continued(session, said)
    return Fragment(
        id=0,
        person_id=said.person_id,
        n=n,
        kind=said.kind,
        origin=said.origin,
        text=_whole(said.kind, [one.text for one in run]),
        message_id=said.message_id,
        captured_at=said.at,
        reply_to=continued.n,
        about=continued.expansion_id,
        about_idea=continued.idea_id,
        about_draft=continued.draft_id,
        about_digest=continued.digest_id,
        aside=continued.aside,
        media=tuple(file for one in run for file in one.media),
        source=said.source,
        source_at=said.source_at,
        album=said.album,
    )


async def _continued(session: AsyncSession, said: Said) -> _Continued:
    if said.reply_to_message is None:
        return _Continued()
    fragment = await fragments.about(session, said.person_id, said.reply_to_message)
    if fragment:
        return _Continued(fragment.n)
    meant = await meaning.meant(session, said.person_id, said.reply_to_message)
    if meant and said.origin is Origin.OWN:
        # What is typed so, and is no answer, never comes here.
        aside = said.kind in SOUNDING and not meant.is_answer
        return _Continued(draft_id=meant.draft.id, aside=aside)
    digest_id = await digest_messages.came_in(session, said.person_id, said.reply_to_message)
    if digest_id and said.origin is Origin.OWN:
        return _Continued(digest_id=digest_id)
    shown = await card_messages.shown_in(session, said.person_id, said.reply_to_message)
    if shown is None or not shown.expansion.answered:
        return _Continued(shown.expansion.seed_n if shown else None)
    idea_id = shown.idea_id
    if (number := card_numbers.named(said.text)) and idea_id is None:
        idea = await ideas.numbered(session, shown, number)
        idea_id = idea.id if idea else None
    return _Continued(shown.expansion.seed_n, shown.expansion.id, idea_id)


def _whole(kind: Kind, texts: Sequence[str]) -> str:
    """The parts of a paste in one, or the captions of an album."""
    if kind is Kind.TEXT:
        return pastes.joined(texts)
    return "\n".join(text for text in texts if not is_blank(text))


def _sent(one: Said) -> Sent:
    return one.person_id, one.message_id


def _album(one: Said) -> tuple[int, str]:
    return one.person_id, one.album

"""How much of a fragment goes into a prompt or a list: all of the person's own words, and of a book
or a page its beginning."""

from bot.domain import card_numbers
from bot.domain.digests import Note
from bot.domain.records import Fragment

MATERIAL_CHARS = 4_000
"""As much as one message holds: forty documents whole would cost a day's budget."""
# Enough to know which document or page it was.
_NOTE_CHARS = 200


def of(fragment: Fragment, *, max_chars: int = MATERIAL_CHARS) -> str:
    """What a fragment says, cut where it is not the person's own words."""
    return fragment.shown if fragment.own else _cut(fragment.shown, max_chars)


def spoken(fragment: Fragment, *, max_chars: int = MATERIAL_CHARS) -> str:
    """The same without the number of the card it answers."""
    said = of(fragment, max_chars=max_chars)
    return card_numbers.without(said) if fragment.about is not None else said


def material(fragment: Fragment) -> list[tuple[str, bool]]:
    """What a fragment says and whether that is the person's own; and, beside a caption, what its
    files say."""
    said = [(of(fragment), fragment.own)]
    if fragment.text.strip() and fragment.read:
        said.append((_cut(fragment.read, MATERIAL_CHARS), False))
    return said


def note(fragment: Fragment) -> Note:
    """A fragment as a digest quotes it."""
    return Note(
        fragment.n,
        spoken(fragment, max_chars=_NOTE_CHARS),
        fragment.kind,
        fragment.whose,
        fragment.described_by,
    )


def _cut(text: str, max_chars: int) -> str:
    return text if len(text) <= max_chars else text[:max_chars].rstrip() + "…"

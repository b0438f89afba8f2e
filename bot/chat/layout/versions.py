"""The versions of a draft: what was asked for in each, what it changed, and the way back."""

from collections.abc import Iterator, Sequence

from telegram import InlineKeyboardButton

from bot.chat.buttons import DONE, Action, button
from bot.chat.layout import film
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.takeaway import as_file
from bot.chat.wording import Wording
from bot.domain import taps
from bot.domain.changes import Back, Change, Drop, Move, OtherHook, PutIn, Shorter
from bot.domain.difference import difference
from bot.domain.drafts import BY_CODE, Line, Script, Version
from bot.domain.script import fold
from bot.domain.words import excerpt
from bot.journey.draft import Sheet

# Of a wish so much tells what was asked for.
WISH = 120
A_ROW = 4
# More than anybody looks through; older versions are still there, one step back at a time.
MOST_VERSIONS = 20


def what_changed(say: Wording, composer: Composer, sheet: Sheet) -> None:
    """What was asked for, and folded up what went, came and moved since the version before."""
    version, base = sheet.version, sheet.base
    if base is None or version.script is None:
        return
    asked = say.gettext("You asked: {wish}").format(wish=excerpt(wish_in_words(say, version), WISH))
    composer.line().line(asked, "italic")
    if version.prompt == BY_CODE:
        composer.line(say.gettext("Done without a model: free, and no word is new."), "italic")
    if base.script:
        composer.quote("\n".join(_difference(say, sheet, base.script, version.script)))


def versions(say: Wording, sheet: Sheet) -> Letter:
    """Every version and what was asked for in it; each can be seen, and brought back."""
    there = [one for one in sheet.versions if one.script or one.text][-MOST_VERSIONS:]
    composer = Composer().add(say.gettext("Versions"), "bold")
    for one in there:
        composer.line(f"v{one.number}  ", "bold").add(excerpt(wish_in_words(say, one), WISH))
    composer.line(say.gettext("👁 shows one; ↩ makes it the newest again."), "italic")
    show = [button(f"👁 v{one.number}", Action.SHOW_DRAFT, one.id) for one in there]
    newest = there[-1] if there else sheet.version
    restore = [
        done(newest, "back", f"↩ v{one.number}", one.number) for one in there[:-1] if one.script
    ]
    return composer.letter().under(*rows(show), *rows(restore))


def own_text(say: Wording, sheet: Sheet, shoot: Sequence[InlineKeyboardButton] = ()) -> Letter:
    """The text the person sent back as the final one."""
    composer = Composer().add(sheet.version.text)
    composer.line().line(say.gettext("Your final version, in your own words."), "italic")
    if sheet.film_at:
        composer.line(film.planned(say, sheet.film_at), "italic")
    row = [button(say.gettext("🗂 Versions"), Action.VERSIONS, sheet.version.id)]
    row.append(as_file(say, sheet.version.id))
    if before := earlier(sheet):
        row.insert(0, before)
    return composer.letter().under(list(shoot), row)


def wish_in_words(say: Wording, version: Version) -> str:
    """What was asked for in a version."""
    if version.text:
        return say.gettext("your own final text")
    if not version.wish and version.line is not None:
        return say.gettext("one line in other words")
    if not version.wish:
        return say.gettext("as it was first put together")
    if answer := taps.read_answer(version.wish):
        n, gap = answer
        return say.gettext("#{n} put in, your answer {gap}").format(n=n, gap=gap).strip()
    tapped = taps.read(version.wish)
    return _tapped(say, tapped[0]) if tapped else version.wish


def earlier(sheet: Sheet) -> InlineKeyboardButton | None:
    """Leads to the version this one was made from, which the difference is told from."""
    base = sheet.base
    if base is None or not (base.script or base.text):
        return None
    return button(f"‹ v{base.number}", Action.SHOW_DRAFT, base.id)


def done(
    version: Version, which: str, label: str, one: int, other: int = 0
) -> InlineKeyboardButton:
    """A button that does a change."""
    return button(label, Action.CHANGED, version.id, DONE.index(which), one, other)


def rows(choose: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Buttons side by side, `A_ROW` at most."""
    return [list(choose[at : at + A_ROW]) for at in range(0, len(choose), A_ROW)]


def _tapped(say: Wording, change: Change) -> str:
    """A wish made by a button."""
    match change:
        case Shorter():
            return say.gettext("✂ Shorter")
        case OtherHook():
            return say.gettext("🪝 Other hook")
        case Drop((place, *_)):
            return say.gettext("🗑 line {n} dropped").format(n=place)
        case Move(place, to):
            return say.gettext("↕ line {n} moved to {to}").format(n=place, to=to)
        case PutIn(n):
            return say.gettext("➕ #{n} put in").format(n=n)
        case Back(version):
            return say.gettext("↩ v{n} brought back").format(n=version)
    return ""


def _difference(say: Wording, sheet: Sheet, before: Script, after: Script) -> Iterator[str]:
    found = difference(before, after)
    if found.is_none:
        yield say.gettext("Nothing is different.")
    if found.opens:
        yield say.gettext("🪝 Opens with: {line}").format(line=found.opens.text)
    for line in found.went:
        yield say.gettext("− gone: {line}").format(line=line.text) + _because(say, sheet, line)
    for line in found.came:
        yield say.gettext("+ new: {line}").format(line=line.text)
    for one in found.moved:
        moved = say.gettext("↕ moved from {before} to {after}: {line}")
        yield moved.format(before=one.before, after=one.after, line=one.line.text)


def _because(say: Wording, sheet: Sheet, line: Line) -> str:
    """Why a line fell, where nobody asked for it: its fragment says so no longer."""
    for n in line.sources:
        found = sheet.before.get(n)
        if found is None:
            return "  " + say.gettext("(#{n} was erased since)").format(n=n)
        if found.revisions and line.quote and fold(line.quote) not in fold(found.shown):
            return "  " + say.gettext("(you edited #{n} since)").format(n=n)
    return ""

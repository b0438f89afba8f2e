"""What changed in a draft, what can be changed, and what is said to who changes it."""

from collections.abc import Iterator, Sequence

from telegram import InlineKeyboardButton

from bot.chat.buttons import CHANGES, DONE, Action, button
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain.changes import Why
from bot.domain.difference import difference
from bot.domain.drafts import BY_CODE, Line, Script, Version
from bot.domain.figures import Published
from bot.domain.records import Fragment
from bot.domain.script import fold
from bot.domain.words import excerpt
from bot.errors import Trouble
from bot.journey.draft import Sheet

# Of a line so much tells which one is meant; of a wish, what was asked for.
SHORT, WISH = 60, 120
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


def unchanged(say: Wording, sheet: Sheet) -> Letter:
    """Why a wish was not carried out, and what can be done without a model."""
    version, base = sheet.version, sheet.base
    if version.trouble == Trouble.DECLINED:
        return Letter(
            say.gettext(
                "I don't make stories up. Tell me one of yours: reply here, by voice or text, and "
                "I put it in."
            )
        )
    script = base.script if base else None
    composer = Composer().add(_why(say, version.trouble, script))
    if base is None or script is None:
        return composer.letter()
    composer.line(say.gettext("The draft stays as it was. This I can do without a model:"))
    return composer.letter().under(*_menu(say, base.id), [_script_button(say, base.id)])


def change(say: Wording, sheet: Sheet, which: str, place: int) -> Letter:
    """The menu of changes; or the lines one of them can be done to, each with a button."""
    version, script = sheet.version, sheet.version.script
    assert script is not None, "only a script can be changed"
    back = [_script_button(say, version.id)]
    if which == "menu":
        composer = Composer().add(say.gettext("What shall change?"), "bold")
        composer.line(say.gettext("Tap, or reply to the draft in your own words, or by voice."))
        return composer.letter().under(*_menu(say, version.id), back)
    if which == "hook":
        return _hooks(say, version, script).under(*_rows(_hook_buttons(version, script)), back)
    if which == "drop":
        composer = Composer().add(say.gettext("🗑 Which line goes?"), "bold")
        choose = [_done(version, "drop", str(n), n) for n in _numbers(script)]
    elif not 1 <= place <= len(script.beats):
        composer = Composer().add(say.gettext("↕ Which line moves?"), "bold")
        choose = [
            button(str(n), Action.CHANGE, version.id, CHANGES.index("move"), n)
            for n in _numbers(script)
        ]
    else:
        composer = Composer().add(say.gettext("↕ Where to?"), "bold")
        composer.line(f"{place}  {excerpt(script.beats[place - 1].text, SHORT)}")
        choose = [
            _done(version, "move", f"→ {n}", place, n) for n in _numbers(script) if n != place
        ]
    for number, beat in enumerate(script.beats, start=1):
        if number != place:
            composer.line(f"{number}  {excerpt(beat.text, SHORT)}")
    return composer.letter().under(*_rows(choose), back)


def to_put_in(say: Wording, sheet: Sheet, found: Sequence[Fragment]) -> Letter:
    """Fragments that may go in."""
    back = [_script_button(say, sheet.version.id)]
    if not found:
        nothing = say.gettext("All that is new of yours stands in it. Say more, then put it in.")
        return Letter(nothing).under(back)
    composer = Composer().add(say.gettext("➕ Which one goes in?"), "bold")
    for one in found:
        composer.line(f"#{one.n}  {excerpt(one.shown, SHORT)}")
    composer.line(say.gettext("Any other: reply “put #12 in”."), "italic")
    choose = [_done(sheet.version, "put", f"#{one.n}", one.n) for one in found]
    return composer.letter().under(*_rows(choose), back)


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
        _done(newest, "back", f"↩ v{one.number}", one.number) for one in there[:-1] if one.script
    ]
    return composer.letter().under(*_rows(show), *_rows(restore))


def buttons(say: Wording, sheet: Sheet, script: Script) -> list[InlineKeyboardButton]:
    """The row under a draft: change it, answer what is missing, look at what was before."""
    version = sheet.version
    row = [button(say.gettext("✏️ Change"), Action.CHANGE, version.id, 0, 0)]
    marks = [""] if len(script.gaps) == 1 else [f" {n}" for n in range(1, len(script.gaps) + 1)]
    for place, mark in zip(range(len(script.gaps)), marks, strict=True):
        label = say.gettext("❓ Answer{number}").format(number=mark)
        row.append(button(label, Action.GAP, version.id, place))
    there = [one for one in sheet.versions if one.script or one.text]
    earlier = [one for one in there if one.number < version.number]
    if earlier:
        row.append(button(f"‹ v{earlier[-1].number}", Action.SHOW_DRAFT, earlier[-1].id))
    if len(there) > 1:
        row.append(button(say.gettext("🗂 Versions"), Action.VERSIONS, version.id))
    return row


def wish_in_words(say: Wording, version: Version) -> str:
    """What was asked for in a version."""
    if version.text:
        return say.gettext("your own final text")
    return version.wish or say.gettext("as it was first put together")


def own_text(say: Wording, sheet: Sheet) -> Letter:
    """The text the person sent back as the final one."""
    composer = Composer().add(sheet.version.text)
    composer.line().line(say.gettext("Your final version, in your own words."), "italic")
    earlier = [one for one in sheet.versions if one.number < sheet.version.number]
    row = [button(say.gettext("🗂 Versions"), Action.VERSIONS, sheet.version.id)]
    if earlier:
        row.insert(0, button(f"‹ v{earlier[-1].number}", Action.SHOW_DRAFT, earlier[-1].id))
    return composer.letter().under(row)


def final(say: Wording, version: Version) -> Letter:
    """That a text was kept as the final one."""
    kept = say.gettext("Kept as your final version. What you changed teaches me how you speak.")
    return Letter(kept).under([button(say.gettext("‹ back"), Action.VERSIONS, version.id)])


def asked(say: Wording, gap: str) -> Letter:
    """A gap, to be answered."""
    composer = Composer().add(f"❓ {gap}", "bold")
    composer.line(say.gettext("Reply to answer, by voice or text. It goes in word for word."))
    return _prompt(composer.letter(), say.gettext("Your answer"))


def ask_link(say: Wording) -> Letter:
    """Where it can be seen."""
    ask = say.gettext("📣 Published! Reply with the link, and later with how it does: “812 views”.")
    return _prompt(Letter(ask), say.gettext("https://…"))


def noted(say: Wording, published: Published | None) -> Letter:
    """What was noted about a published draft, and what else would be good to know."""
    if published is None:
        words = say.gettext("Nothing noted: I look for a link, or for figures like “812 views”.")
        return _prompt(Letter(words), say.gettext("812 views"))
    told = " · ".join(part for part in (published.link, published.figures) if part)
    composer = Composer().add(say.gettext("Noted: {told}").format(told=told))
    if published.figures:
        composer.line(say.gettext("Reply again whenever that has changed."), "italic")
        return composer.letter()
    composer.line(say.gettext("And how does it do? Reply with figures, now or another day."))
    return _prompt(composer.letter(), say.gettext("812 views"))


def too_late(say: Wording) -> Letter:
    """A wish was edited after it was carried out."""
    return Letter(
        say.gettext("That was carried out already. Reply to the new version to change it again.")
    )


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
            return say.gettext("  (#{n} was erased since)").format(n=n)
        if found.revisions and line.quote and fold(line.quote) not in fold(found.shown):
            return say.gettext("  (you edited #{n} since)").format(n=n)
    return ""


def _why(say: Wording, trouble: str | None, script: Script | None) -> str:
    beats = len(script.beats) if script else 0
    hooks = len(script.other_hooks) + 1 if script else 0
    words: dict[str | None, str] = {
        Why.NO_BEAT: say.gettext("There is no such line: it has {beats}.").format(beats=beats),
        Why.NO_HOOK: say.gettext("There is no such opening: it has {hooks}.").format(hooks=hooks),
        Why.NO_FRAGMENT: say.gettext("That fragment is not there, or has no words of yours."),
        Why.IN_IT: say.gettext("All of that stands in it already."),
        Why.NO_WORDS: say.gettext("No line of it says that."),
        Why.TOO_FEW: say.gettext("Fewer than three lines would be left, and that is no script."),
        Why.NO_SHORTER: say.gettext("Nothing more can go without losing the script."),
        Why.NOTHING: say.gettext("It would be as it is."),
        Trouble.GONE: say.gettext("Nothing of it is left: what it stood on was erased or edited."),
        Trouble.BUDGET: say.gettext("Today's budget is spent, and this takes a model."),
        Trouble.UNGROUNDED: say.gettext("What came back was not in your words, so I left it."),
        None: say.gettext("This takes a model, and none is at work here."),
    }
    return words.get(trouble, say.gettext("This takes a model, and it did not answer just now."))


def _hooks(say: Wording, version: Version, script: Script) -> Letter:
    if not script.other_hooks:
        return Letter(say.gettext("It has no other opening. Reply with one of yours."))
    composer = Composer().add(say.gettext("🪝 Which one opens?"), "bold")
    for number, hook in enumerate(script.other_hooks, start=1):
        composer.line(f"{number}  {hook.text}")
    return composer.letter()


def _hook_buttons(version: Version, script: Script) -> list[InlineKeyboardButton]:
    """The present one is the first."""
    numbers = range(1, len(script.other_hooks) + 1)
    return [_done(version, "hook", f"🪝 {n}", n + 1) for n in numbers]


def _menu(say: Wording, version_id: int) -> list[list[InlineKeyboardButton]]:
    labels = {
        "hook": say.gettext("🪝 Other hook"),
        "drop": say.gettext("🗑 Drop a line"),
        "move": say.gettext("↕ Reorder"),
        "put": say.gettext("➕ Put one in"),
    }
    shorter = say.gettext("✂ Shorter")
    first = button(shorter, Action.CHANGED, version_id, DONE.index("shorter"), 0, 0)
    hook, drop, move, put = [
        button(label, Action.CHANGE, version_id, CHANGES.index(which), 0)
        for which, label in labels.items()
    ]
    return [[first, hook, drop], [move, put]]


def _done(
    version: Version, which: str, label: str, one: int, other: int = 0
) -> InlineKeyboardButton:
    return button(label, Action.CHANGED, version.id, DONE.index(which), one, other)


def _script_button(say: Wording, version_id: int) -> InlineKeyboardButton:
    return button(say.gettext("‹ The script"), Action.SHOW_DRAFT, version_id)


def _numbers(script: Script) -> range:
    return range(1, len(script.beats) + 1)


def _rows(choose: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    return [list(choose[at : at + A_ROW]) for at in range(0, len(choose), A_ROW)]


def _prompt(letter: Letter, hint: str) -> Letter:
    return Letter(letter.text, letter.spans, hint=hint)

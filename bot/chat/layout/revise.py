"""What can be changed in a draft, and what is said to who changes it."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot.chat.buttons import CHANGES, DONE, Action, button
from bot.chat.layout import worn
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.versions import done, earlier, rows
from bot.chat.wording import Wording
from bot.domain.changes import Why
from bot.domain.drafts import Script, Version
from bot.domain.figures import Published
from bot.domain.records import Fragment
from bot.domain.words import excerpt
from bot.errors import Trouble
from bot.journey.draft import Sheet

# Of a line so much tells which one is meant.
SHORT = 60


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
        return _hooks(say, version, script).under(*rows(_hook_buttons(version, script)), back)
    if which == "drop":
        composer = Composer().add(say.gettext("🗑 Which line goes?"), "bold")
        choose = [done(version, "drop", str(n), n) for n in _numbers(script)]
    elif not 1 <= place <= len(script.beats):
        composer = Composer().add(say.gettext("↕ Which line moves?"), "bold")
        choose = [
            button(str(n), Action.CHANGE, version.id, CHANGES.index("move"), n)
            for n in _numbers(script)
        ]
    else:
        composer = Composer().add(say.gettext("↕ Where to?"), "bold")
        composer.line(f"{place}  {excerpt(script.beats[place - 1].text, SHORT)}")
        choose = [done(version, "move", f"→ {n}", place, n) for n in _numbers(script) if n != place]
    for number, beat in enumerate(script.beats, start=1):
        if number != place:
            composer.line(f"{number}  {excerpt(beat.text, SHORT)}")
    return composer.letter().under(*rows(choose), back)


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
    choose = [done(sheet.version, "put", f"#{one.n}", one.n) for one in found]
    return composer.letter().under(*rows(choose), back)


def buttons(say: Wording, sheet: Sheet, script: Script) -> list[InlineKeyboardButton]:
    """The row under a draft: change it, answer what is missing, look at what was before."""
    version = sheet.version
    row = [button(say.gettext("✏️ Change"), Action.CHANGE, version.id, 0, 0)]
    marks = [""] if len(script.gaps) == 1 else [f"{n}" for n in range(1, len(script.gaps) + 1)]
    for place, mark in zip(range(len(script.gaps)), marks, strict=True):
        label = say.gettext("❓ Answer {number}").format(number=mark).strip()
        row.append(button(label, Action.GAP, version.id, place))
    there = [one for one in sheet.versions if one.script or one.text]
    if before := earlier(sheet):
        row.append(before)
    if len(there) > 1:
        row.append(button(say.gettext("🗂 Versions"), Action.VERSIONS, version.id))
    return row


def final(say: Wording, version: Version) -> Letter:
    """That a text was kept as the final one."""
    kept = say.gettext("Kept as your final version. What you changed teaches me how you speak.")
    back = button(say.gettext("‹ back"), Action.VERSIONS, version.id)
    return Letter(kept).under([back, worn.look_button(say, version.id)])


def asked(say: Wording, gap: str) -> Letter:
    """A gap, to be answered."""
    composer = Composer().add(f"❓ {gap}", "bold")
    composer.line(say.gettext("Reply to answer, by voice or text. It goes in word for word."))
    return _prompt(composer.letter(), say.gettext("Your answer"))


def ask_link(say: Wording) -> Letter:
    """Where it can be seen."""
    ask = say.gettext("📣 Published! Reply with the link, and later with how it does: “812 views”.")
    return _prompt(Letter(ask), "https://")


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


def _why(say: Wording, trouble: str | None, script: Script | None) -> str:
    beats = len(script.beats) if script else 0
    hooks = len(script.other_hooks) + 1 if script else 0
    if trouble == Why.NO_HOOK and hooks == 1:
        return say.gettext("It has no other opening. Reply with one of yours.")
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
    return [done(version, "hook", f"🪝 {n}", n + 1) for n in numbers]


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


def _script_button(say: Wording, version_id: int) -> InlineKeyboardButton:
    return button(say.gettext("‹ The script"), Action.SHOW_DRAFT, version_id)


def _numbers(script: Script) -> range:
    return range(1, len(script.beats) + 1)


def _prompt(letter: Letter, hint: str) -> Letter:
    return Letter(letter.text, letter.spans, hint=hint)

"""A draft: its script, its sources, its shots."""

from collections.abc import Iterator, Mapping, Sequence

from babel.dates import format_datetime
from telegram import InlineKeyboardButton, MessageEntity

from bot.chat.buttons import STATUSES, Action, button
from bot.chat.layout import film, revise, versions
from bot.chat.layout import worn as phrases
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.notices import trouble_in_words, writer_in_words
from bot.chat.layout.takeaway import as_file
from bot.chat.wording import Wording
from bot.domain.drafts import Line, LineKind, Opening, Script, Status
from bot.domain.forms import Form
from bot.domain.records import Fragment, Language, Person
from bot.domain.script import language_of
from bot.domain.words import excerpt, tokens
from bot.journey.draft import Sheet
from bot.journey.worn import Found

# Of a fragment beside a line so much tells where the line was cut from.
SHORT = 300
A_ROW = 6


def draft(
    say: Wording, sheet: Sheet, forms: Mapping[str, Form], worn: Sequence[Found] = ()
) -> Letter:
    """A version as it is read, filmed or posted, with its worn phrases underlined; or the question
    asked instead of it."""
    version, script = sheet.version, sheet.version.script
    form = forms.get(script.form if script else sheet.draft.form)
    shoot = film.row(say, sheet.draft, version.id) if form is None or form.spoken else []
    if script is None:
        return _without_script(say, sheet, shoot)
    composer = phrases.add(Composer().add("🎬 ", "bold"), script.title, worn, "bold")
    composer.line(facts(say, sheet, script, form), "italic")
    for label, line in zip(_labels(say, script, form), script.lines, strict=True):
        _spoken(say, composer, label, line, worn)
    if script.caption:
        _spoken(say, composer.line(), say.gettext("Caption"), script.caption, worn)
    if script.tags:
        composer.line(" ".join(f"#{tag}" for tag in script.tags))
    if script.other_hooks:
        composer.line().line(say.gettext("Other openings"), "bold")
        for hook in script.other_hooks:
            phrases.add(composer.line("· "), hook.text, worn).add(_marks(hook))
            composer.add(_kind(say, hook), "italic")
    if script.gaps:
        composer.line().line(say.gettext("Missing, and not invented:"), "bold")
        for gap in script.gaps:
            composer.line(f"❓ {gap}")
    composer.line().line(signature(say, script, version.by), "italic")
    if version.trouble:
        composer.line(trouble_in_words(say, version.trouble), "italic")
    versions.what_changed(say, composer, sheet)
    if worn:
        composer.quote(phrases.listed(say, worn))
    *rows, last = _keyboard(say, sheet, script)
    mend = [phrases.mend_button(say, version.id, len(worn))] if worn else []
    return composer.letter().under(*rows, shoot, [*last, *mend])


def sources(say: Wording, sheet: Sheet, person: Person) -> Letter:
    """Each line beside the fragments it was cut from, as these are today."""
    script = sheet.version.script
    if script is None:
        return _without_script(say, sheet)
    composer = Composer().add(say.gettext("Every line and where it comes from"), "bold")
    for line in script.lines:
        composer.line().line(line.text)
        for said in _origins(say, line, sheet, person):
            composer.line(said, MessageEntity.BLOCKQUOTE)
    composer.line().line(say.gettext("A number leads to your message."), "italic")
    numbers = [button(f"#{n}", Action.CITED, n) for n in sorted(sheet.cited)]
    rows = [numbers[at : at + A_ROW] for at in range(0, len(numbers), A_ROW)]
    return composer.letter().under(*rows, [_back(say, sheet)])


def shots(say: Wording, sheet: Sheet, worn: Sequence[Found] = ()) -> Letter:
    """What is seen with each line; a prompt to paste into a generator for what nobody films."""
    script = sheet.version.script
    if script is None:
        return _without_script(say, sheet)
    composer = Composer().add(say.gettext("What is seen"), "bold")
    if not script.has_shots:
        none = say.gettext(
            "No shots yet: the offline writer suggests none. You, talking, is enough."
        )
        composer.line(none)
    for line in script.lines:
        if not (line.shot or line.on_screen or line.shot_prompt):
            continue
        composer.line().line(excerpt(line.text, 40), "bold")
        if line.shot:
            composer.line(f"🎥 {line.shot}")
        if line.on_screen:
            before, _, after = say.gettext("On screen: {words}").partition("{words}")
            phrases.add(composer.line(before), line.on_screen, worn).add(after)
        if line.shot_prompt:
            composer.line(line.shot_prompt, "code")
    if script.has_shots:
        composer.line().line(say.gettext("Suggested by AI. Tap a prompt to copy it."), "italic")
    return composer.letter().under([_back(say, sheet)])


def fragment(say: Wording, found: Fragment, person: Person) -> Letter:
    """A fragment by itself, in answer to its message."""
    at = format_datetime(found.captured_at.astimezone(person.zone), "short", locale=say.locale)
    return Letter(f"#{found.n} · {at}\n{excerpt(found.shown, SHORT)}")


def heading(say: Wording, sheet: Sheet) -> str:
    """What a version is called."""
    script = sheet.version.script
    if script:
        return f"🎬 {script.title}"
    if sheet.version.text:
        return versions.wish_in_words(say, sheet.version)
    return say.gettext("a question about your draft")


def show_button(say: Wording, version_id: int) -> InlineKeyboardButton:
    """Shows a version once more."""
    return button(say.gettext("Show it"), Action.SHOW_DRAFT, version_id)


def facts(say: Wording, sheet: Sheet, script: Script, form: Form | None) -> str:
    """Form, length, whose words, which take and version."""
    name = form.label.get(say.language, form.id) if form else script.form
    parts = [name, length(say, script, form)]
    parts += [say.gettext("{share} % yours").format(share=int(script.yours * 100))]
    if sum(one.form == sheet.draft.form for one in sheet.takes) > 1:
        parts.append(say.gettext("take {n}").format(n=sheet.draft.take))
    if sheet.version.number > 1:
        parts.append(say.gettext("version {n}").format(n=sheet.version.number))
    if sheet.draft.status is not Status.NEW:
        parts.append(status_in_words(say, sheet.draft.status))
    if sheet.draft.status is Status.PUBLISHED:
        parts += [told for told in (sheet.draft.link, sheet.draft.figures) if told]
    if sheet.film_at:
        parts.append(film.when(say, sheet.film_at))
    return " · ".join(parts)


def signature(say: Wording, script: Script, by: str) -> str:
    """Who put it together, and what was cut."""
    if by == "offline":
        signed = say.gettext(
            "Put together offline: your own words, cut here and there, never changed."
        )
    else:
        signed = say.gettext("Put together by AI ({writer}) from your lines, each one checked.")
        signed = signed.format(writer=writer_in_words(say, by))
    if script.cut:
        cut = say.ngettext(
            "{n} line that could not be traced to you was cut.",
            "{n} lines that could not be traced to you were cut.",
            script.cut,
        )
        signed = f"{signed} {cut.format(n=script.cut)}"
    return signed


def status_in_words(say: Wording, status: Status) -> str:
    """What became of a draft."""
    return {
        Status.NEW: say.gettext("neither kept nor filmed"),
        Status.KEPT: say.gettext("⭐ kept"),
        Status.FILMED: say.gettext("🎬 filmed"),
        Status.PUBLISHED: say.gettext("📣 published"),
    }[status]


def _without_script(
    say: Wording, sheet: Sheet, shoot: Sequence[InlineKeyboardButton] = ()
) -> Letter:
    if sheet.version.text:
        return versions.own_text(say, sheet, shoot)
    return _question(say, sheet) if sheet.version.base is None else revise.unchanged(say, sheet)


def _question(say: Wording, sheet: Sheet) -> Letter:
    composer = Composer()
    if sheet.draft.take > 1:
        return Letter(
            say.gettext(
                "There is no truly different take in what you said so far. The ones before stay as "
                "they are; say more, and try again."
            )
        )
    if sheet.version.trouble:
        composer.add(trouble_in_words(say, sheet.version.trouble), "italic").line()
    composer.add(say.gettext("Too little for a script that is yours. One question instead:"))
    composer.line(sheet.version.question or "", "bold")
    composer.line(say.gettext("Reply to answer, by voice or text."), "italic")
    return composer.letter()


def _labels(say: Wording, script: Script, form: Form | None) -> list[str]:
    """What stands before each line: its part in the script, or the number of its post."""
    whole = len(script.lines)
    if form and form.piece_chars:
        return [f"{place}/{whole}" for place in range(1, whole + 1)]
    opens = say.gettext("Hook")
    if form and not form.spoken:
        opens = say.gettext("Subject") if form.library else say.gettext("First line")
    return [opens, *(str(place) for place in range(1, whole - 1)), say.gettext("Close")]


def length(say: Wording, script: Script, form: Form | None) -> str:
    """How long it takes to say, or how much there is to read."""
    if form is None or form.spoken:
        return say.gettext("about {seconds} s").format(seconds=script.seconds)
    text = "\n".join(line.text for line in script.lines)
    n = len(tokens(text))
    if language_of(text, say.language) is Language.EN:
        return say.ngettext("{n} word", "{n} words", n).format(n=n)
    return say.ngettext("{n} character", "{n} characters", n).format(n=n)


def _spoken(
    say: Wording, composer: Composer, label: str, line: Line, worn: Sequence[Found]
) -> None:
    composer.line(f"{label}  ", "bold")
    if line.kind is LineKind.QUOTED:
        who = line.said_by or say.gettext("somebody else")
        before, _, after = say.gettext("{who}: “{words}”").partition("{words}")
        phrases.add(composer.add(before.format(who=who)), line.text, worn).add(after)
    else:
        phrases.add(composer, line.text, worn)
    composer.add(_marks(line))
    if line.marked:
        composer.add(" " + say.gettext("(partly not your words)"), "italic")
    elif line.kind is LineKind.PICKED:
        composer.add(" " + say.gettext("(an idea you picked)"), "italic")
    elif line.kind is LineKind.GLUE:
        composer.add(" " + say.gettext("(glue)"), "italic")


def _marks(line: Line) -> str:
    return "  " + " ".join(f"#{n}" for n in line.sources) if line.sources else ""


def _kind(say: Wording, hook: Line) -> str:
    names = {
        Opening.NUMBER: say.gettext("a number"),
        Opening.CONTRAST: say.gettext("a contrast"),
        Opening.QUESTION: say.gettext("a question"),
        Opening.SCENE: say.gettext("a scene"),
    }
    return f"  ({names[hook.opening]})" if hook.opening else ""


def _origins(say: Wording, line: Line, sheet: Sheet, person: Person) -> Iterator[str]:
    if line.kind is LineKind.GLUE:
        yield say.gettext("Glue: joins two lines, says nothing.")
    if line.kind is LineKind.PICKED:
        yield say.gettext("An idea by AI that you picked.")
    for n in line.sources:
        found = sheet.cited.get(n)
        if found is None:
            yield say.gettext("#{n} was erased since.").format(n=n)
            continue
        at = format_datetime(found.captured_at.astimezone(person.zone), "short", locale=say.locale)
        said = f"#{n} · {at} · {excerpt(found.shown, SHORT)}"
        if found.revisions and line.quote and line.quote not in found.shown:
            edited = say.gettext("You edited it since.")
            said = f"{said}\n{edited}"
        yield said


def _keyboard(say: Wording, sheet: Sheet, script: Script) -> list[list[InlineKeyboardButton]]:
    version, draft = sheet.version, sheet.draft
    see = [button(say.gettext("🔍 Sources"), Action.SOURCES, version.id)]
    see.append(button(say.gettext("🎥 Shots"), Action.SHOTS, version.id))
    see.append(button(say.gettext("🎲 Another one"), Action.ANOTHER, draft.id))
    became = [_status_button(say, sheet, one) for one in STATUSES[1:]]
    became.append(as_file(say, version.id))
    return [see, revise.buttons(say, sheet, script), became]


def _status_button(say: Wording, sheet: Sheet, status: Status) -> InlineKeyboardButton:
    """It carries what a tap makes of the draft; the one that holds takes it back."""
    label = status_in_words(say, status)
    holds = sheet.draft.status is status
    becomes = STATUSES.index(Status.NEW if holds else status)
    return button(f"✓{label}" if holds else label, Action.STATUS, sheet.version.id, becomes)


def _back(say: Wording, sheet: Sheet) -> InlineKeyboardButton:
    return button(say.gettext("‹ The script"), Action.SHOW_DRAFT, sheet.version.id)

"""Pages of cards: one expansion, four ideas at a time."""

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.cutting import MOST_TITLE
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.notices import trouble_in_words
from bot.chat.wording import Wording
from bot.domain import modes, panning
from bot.domain.card_numbers import CARDS_A_PAGE, CARDS_A_ROUND
from bot.domain.records import Expansion, Idea, Mode, Verdict
from bot.domain.words import excerpt
from bot.journey.expand import Round

# Of a seed, so much tells the person which one is meant.
SHORT = 60


def pages(round: Round) -> int:
    """How many pages the cards of a round fill."""
    return -(-len(round.ideas) // CARDS_A_PAGE)


def page(say: Wording, round: Round, number: int) -> Letter:
    """One page of cards, counted from 0, with its buttons."""
    first = number * CARDS_A_PAGE
    cards = round.ideas[first : first + CARDS_A_PAGE]
    mixed = not all(idea.is_question for idea in round.ideas)
    composer = Composer().add(_header(say, round, number), "bold")
    for place, idea in enumerate(cards, start=1):
        struck = ["strikethrough"] if idea.verdict is Verdict.DROPPED else []
        composer.line().line(f"{place}. ").add(excerpt(idea.title, MOST_TITLE), *struck)
        tag = _tag(say, idea, first)
        if idea.is_question and mixed:
            tag = say.gettext("question · {tag}").format(tag=tag)
        composer.line(tag, "italic")
    for note in _notes(say, round, cards):
        composer.line().line(note, "italic")
    return composer.letter().under(*_keyboard(say, round, number, cards))


def preview(say: Wording, titles: list[str]) -> str:
    """What is shown while ideas are still coming in."""
    lines = [say.gettext("⛏ Digging …"), *(f"· {title}" for title in titles)]
    return "\n".join(lines)


def nothing(say: Wording, expansion: Expansion) -> Letter:
    """A round that left no card."""
    text = say.gettext(
        "{dug} dug, and every one of them you have seen before. "
        "Your words are kept; add a thought and send /expand again."
    ).format(dug=expansion.dug)
    return Letter(text)


def question(say: Wording, question: str) -> Letter:
    """What is asked about a seed that is too thin to grow from."""
    hint = say.gettext("Reply to this with a line, and I dig.")
    return Letter(f"{question}\n\n{hint}")


def heading(expansion: Expansion) -> str:
    """What a round is called."""
    return f"⛏ {excerpt(expansion.seed, SHORT)}"


def show_button(say: Wording, expansion: Expansion) -> InlineKeyboardButton:
    """Shows a round once more."""
    return button(say.gettext("Show it"), Action.SHOW_CARDS, expansion.id)


def _header(say: Wording, round: Round, number: int) -> str:
    """What became of all that was dug, on the first page; and where this page stands."""
    parts = [] if number else _account(say, round)
    parts.append(say.gettext("page {page}/{pages}").format(page=number + 1, pages=pages(round)))
    if kept := len(panning.starred(round.ideas)):
        parts.append(say.ngettext("{n} kept", "{n} kept", kept).format(n=kept))
    return " · ".join(parts)


def _account(say: Wording, round: Round) -> list[str]:
    """Of ideas, and how many questions fill up; or of questions where there is nothing else."""
    dug, duplicates = round.expansion.dug, round.expansion.duplicates
    questions = sum(idea.is_question for idea in round.ideas)
    if not _filled_up(round):
        parts = [_dug(say, round).format(dug=dug), *_lost(say, round, len(round.ideas))]
    elif dug == duplicates:
        filled = say.ngettext("{n} question instead", "{n} questions instead", questions)
        seen = say.gettext("all seen before")
        parts = [_dug(say, round).format(dug=dug), seen, filled.format(n=questions)]
    else:
        filled = say.ngettext("{n} question besides", "{n} questions besides", questions)
        lost = _lost(say, round, len(round.ideas) - questions)
        parts = [_dug(say, round).format(dug=dug), *lost, filled.format(n=questions)]
    return parts


def _filled_up(round: Round) -> bool:
    """Whether questions stand in for ideas that were dug. Of questions alone at least the first is
    no duplicate; of ideas that left no card, every one is."""
    questions = sum(idea.is_question for idea in round.ideas)
    if questions < len(round.ideas):
        return questions > 0
    return round.expansion.dug == round.expansion.duplicates


def _lost(say: Wording, round: Round, cards: int) -> list[str]:
    """Why there are fewer cards than were dug."""
    parts = []
    if duplicates := round.expansion.duplicates:
        dropped = say.ngettext("{n} duplicate dropped", "{n} duplicates dropped", duplicates)
        parts.append(dropped.format(n=duplicates))
    if (left_out := round.expansion.dug - duplicates - cards) > 0:
        parts.append(_left_out(say, cards, left_out).format(n=left_out))
    return parts


def _dug(say: Wording, round: Round) -> str:
    """What was asked for, and that it was found."""
    dug = round.expansion.dug
    if not _filled_up(round) and all(idea.is_question for idea in round.ideas):
        return _asked(say, round)
    match round.expansion.mode:
        case Mode.ANGLES:
            return say.gettext("{dug} dug")
        case Mode.HOOKS:
            return say.ngettext("{dug} hook dug", "{dug} hooks dug", dug)
        case Mode.TITLES:
            return say.ngettext("{dug} title dug", "{dug} titles dug", dug)
        case Mode.STORIES:
            return say.ngettext("{dug} story dug", "{dug} stories dug", dug)
        case Mode.VISUALS:
            return say.ngettext("{dug} picture dug", "{dug} pictures dug", dug)


def _asked(say: Wording, round: Round) -> str:
    """What the questions are for, unless others had to take their place."""
    dug = round.expansion.dug
    match Mode.ANGLES if _used_up(round) else round.expansion.mode:
        case Mode.ANGLES:
            return say.ngettext("{dug} question", "{dug} questions", dug)
        case Mode.HOOKS:
            return say.ngettext("{dug} hook question", "{dug} hook questions", dug)
        case Mode.TITLES:
            return say.ngettext("{dug} title question", "{dug} title questions", dug)
        case Mode.STORIES:
            return say.ngettext("{dug} story question", "{dug} story questions", dug)
        case Mode.VISUALS:
            return say.ngettext("{dug} picture question", "{dug} picture questions", dug)


def _used_up(round: Round) -> bool:
    """Whether there was no question left of the kind that was asked for, and others came."""
    wanted = modes.question(round.expansion.mode)
    asked = [idea for idea in round.ideas if idea.is_question]
    about_one = round.expansion.mode is not Mode.ANGLES and not round.expansion.mix
    return about_one and bool(asked) and all(idea.prompt != wanted for idea in asked)


def _instead(say: Wording, mode: Mode) -> str:
    """Which questions are used up."""
    match mode:
        case Mode.ANGLES:
            return ""
        case Mode.HOOKS:
            return say.gettext("The hook questions are used up for this one; these are angles.")
        case Mode.TITLES:
            return say.gettext("The title questions are used up for this one; these are angles.")
        case Mode.STORIES:
            return say.gettext("The story questions are used up for this one; these are angles.")
        case Mode.VISUALS:
            return say.gettext("The picture questions are used up for this one; these are angles.")


def _left_out(say: Wording, cards: int, left_out: int) -> str:
    """So many of one pair of eyes, or of all, are enough."""
    if cards < CARDS_A_ROUND:
        return say.ngettext(
            "{n} more through the same eyes left out",
            "{n} more through the same eyes left out",
            left_out,
        )
    return say.ngettext("{n} more left out", "{n} more left out", left_out)


def _tag(say: Wording, idea: Idea, first: int) -> str:
    """Whose eyes, which move, from which fragments; the card before it on the page, which begins at
    position `first`, that it resembles; and in words what is struck through."""
    eyes = " · ".join(part for part in (idea.lens, idea.move) if part)
    sources = " ".join(f"#{n}" for n in idea.sources)
    tag = [say.gettext("({eyes}) {sources}").format(eyes=eyes, sources=sources).strip()]
    if idea.stack is not None and first <= idea.stack < idea.position:
        place = idea.stack - first + 1
        tag.append(say.gettext("≈ {place} (much alike)").format(place=place))
    if idea.verdict is Verdict.DROPPED:
        tag.append(say.gettext("dropped"))
    return " · ".join(tag)


def _notes(say: Wording, round: Round, cards: list[Idea]) -> list[str]:
    """Why this is not what was hoped for, and who wrote what stands on this page."""
    questions = sum(idea.is_question for idea in cards)
    notes = []
    if (trouble := round.expansion.trouble) and questions == len(cards):
        notes.append(trouble_in_words(say, trouble))
    elif trouble:
        notes.append(say.gettext("Claude broke off early; this is what had arrived."))
    elif questions and _filled_up(round):
        notes.append(say.gettext("There were too few new ideas, so questions fill up the round."))
    if questions and _used_up(round):
        notes.append(_instead(say, round.expansion.mode))
    notes.append(_written_by(say, len(cards) - questions, questions))
    return notes


def _written_by(say: Wording, ideas: int, questions: int) -> str:
    if not questions:
        return say.gettext("Ideas by AI, from your words. Keep what is yours.")
    if not ideas:
        return say.gettext("Offline: these are questions to you, not ideas. No AI wrote them.")
    return say.gettext(
        "Ideas by AI, from your words. Cards marked “question” ask you something; no AI wrote them."
    )


def _keyboard(
    say: Wording, round: Round, number: int, cards: list[Idea]
) -> list[list[InlineKeyboardButton]]:
    return [
        [_verdict(place, idea, Verdict.KEPT) for place, idea in enumerate(cards, start=1)],
        [_verdict(place, idea, Verdict.MAYBE) for place, idea in enumerate(cards, start=1)],
        _turning(say, round, number, cards),
    ]


def _verdict(place: int, idea: Idea, verdict: Verdict) -> InlineKeyboardButton:
    """It carries what a tap makes of the card, so that the same tap twice is the same as once."""
    emoji, action = ("⭐", Action.KEEP) if verdict is Verdict.KEPT else ("🤨", Action.MAYBE)
    if idea.verdict is verdict:
        return button(f"✓{place}{emoji}", Action.TAKE_BACK, idea.id)
    return button(f"{place}{emoji}", action, idea.id)


def _turning(
    say: Wording, round: Round, number: int, cards: list[Idea]
) -> list[InlineKeyboardButton]:
    """Three buttons: the rest away, the next page (from the last one back to the first), again."""
    expansion = round.expansion.id
    row = []
    if not panning.is_over(cards):
        row.append(button(say.gettext("🗑 Drop the rest"), Action.DROP_REST, expansion, number))
    elif (by := panning.dropped_last(cards)) is not None:
        label = say.gettext("✓🗑 Bring back")
        row.append(button(label, Action.BRING_BACK, expansion, number, by))
    if pages(round) > 1:
        last = number + 1 == pages(round)
        label = say.gettext("‹ First page") if last else say.gettext("Next page ›")
        row.append(button(label, Action.PAGE, expansion, 0 if last else number + 1))
    row.append(button(say.gettext("🎲 Other eyes"), Action.AGAIN, expansion))
    return row

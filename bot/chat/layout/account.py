"""What became of all that was dug, and who wrote it."""

from bot.chat.layout.notices import trouble_in_words
from bot.chat.wording import Wording
from bot.domain import modes
from bot.domain.card_numbers import CARDS_A_ROUND
from bot.domain.records import Idea, Mode
from bot.journey.expand import Round


def notes(say: Wording, round: Round, cards: list[Idea]) -> list[str]:
    """Why this is not what was hoped for, and who wrote what stands on this page."""
    questions = sum(idea.is_question for idea in cards)
    found = []
    if (trouble := round.expansion.trouble) and questions == len(cards):
        found.append(trouble_in_words(say, trouble))
    elif trouble:
        found.append(say.gettext("Claude broke off early; this is what had arrived."))
    elif questions and _filled_up(round):
        found.append(say.gettext("There were too few new ideas, so questions fill up the round."))
    if questions and _used_up(round):
        found.append(_instead(say, round.expansion.mode))
    found.append(_written_by(say, len(cards) - questions, questions))
    return found


def _written_by(say: Wording, ideas: int, questions: int) -> str:
    if not questions:
        return say.gettext("Ideas by AI, from your words. Keep what is yours.")
    if not ideas:
        return say.gettext("Offline: these are questions to you, not ideas. No AI wrote them.")
    return say.gettext(
        "Ideas by AI, from your words. Cards marked “question” ask you something; no AI wrote them."
    )


def account(say: Wording, round: Round) -> list[str]:
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

"""The rules of a voice in the person's language, and how a text strays from them."""

from collections.abc import Sequence

from bot.chat.wording import Wording
from bot.domain.voice import Held, Rule, Tongue
from bot.domain.voice_stray import Stray


def told(say: Wording, held: Held) -> str:
    """A rule in one line: the person's own words, or else what was measured."""
    if held.text or held.rule is None:
        return held.text
    return _measured(say, held.rule, held.tongue)


def strays(say: Wording, found: Sequence[Stray], tongue: Tongue) -> list[str]:
    """In what a text differs from the person, a line each."""
    return [_stray(say, one, tongue) for one in found]


def _measured(say: Wording, rule: Rule, tongue: Tongue) -> str:
    words = listed(say, rule.words)
    match rule.measure:
        case "sentences":
            return _sentences(say, rule, tongue)
        case "clauses":
            low, high = rule.numbers
            text = _unit(
                say.gettext("A breath of {low} to {high} characters between two marks"),
                say.gettext("A breath of {low} to {high} words between two marks"),
                tongue,
            )
            return text.format(low=low, high=high)
        case "openers":
            return say.gettext("Begins with {words}").format(words=words)
        case "closers":
            return say.gettext("Ends with {words}").format(words=words)
        case "phrases":
            return say.gettext("Keeps saying {words}").format(words=words)
        case "particles":
            return say.gettext("Little words: {words}").format(words=words)
        case "connectives":
            return say.gettext("Goes on with {words}").format(words=words)
        case "latin":
            text = say.gettext("About {n} foreign words in 100 characters, such as {words}")
            return text.format(n=rule.numbers[0], words=words)
        case "punctuation":
            return _habits(say, rule.words)
        case "address":
            return _address(say, rule.kind)
        case _:
            return _rhythm(say, rule.kind)


def listed(say: Wording, words: Sequence[str]) -> str:
    """Words in quotation marks, as the language has them."""
    return say.gettext(", ").join(say.gettext("“{word}”").format(word=one) for one in words)


def _sentences(say: Wording, rule: Rule, tongue: Tongue) -> str:
    low, high = rule.numbers
    match rule.kind:
        case "short":
            text = _unit(
                say.gettext("Short sentences: mostly {low} to {high} characters"),
                say.gettext("Short sentences: mostly {low} to {high} words"),
                tongue,
            )
        case "long":
            text = _unit(
                say.gettext("Long sentences: mostly {low} to {high} characters"),
                say.gettext("Long sentences: mostly {low} to {high} words"),
                tongue,
            )
        case _:
            text = _unit(
                say.gettext("Sentences of mostly {low} to {high} characters"),
                say.gettext("Sentences of mostly {low} to {high} words"),
                tongue,
            )
    return text.format(low=low, high=high)


def _unit(characters: str, words: str, tongue: Tongue) -> str:
    return characters if tongue is Tongue.ZH else words


def _address(say: Wording, kind: str) -> str:
    match kind:
        case "i":
            return say.gettext("Tells of “I”, rarely says “you”")
        case "you":
            return say.gettext("Talks to “you” as much as of “I”")
        case _:
            return say.gettext("Tells of “I”, and now and then says “you”")


def _rhythm(say: Wording, kind: str) -> str:
    if kind == "even":
        return say.gettext("All sentences about equally long")
    return say.gettext("Very short sentences between long ones")


def _habits(say: Wording, habits: Sequence[str]) -> str:
    named = {
        "bare": say.gettext("no mark at the end"),
        "exclamations": say.gettext("exclamation marks"),
        "questions": say.gettext("questions"),
        "ellipses": say.gettext("dots that trail off"),
        "emoji": say.gettext("emoji"),
        "blanks": say.gettext("blanks in place of commas"),
    }
    these = say.gettext(", ").join(named[one] for one in habits)
    return say.gettext("Habits: {habits}").format(habits=these)


def _stray(say: Wording, stray: Stray, tongue: Tongue) -> str:
    match stray.measure:
        case "sentences":
            text = _unit(
                say.gettext("Sentences of about {found} characters; yours have {low} to {high}"),
                say.gettext("Sentences of about {found} words; yours have {low} to {high}"),
                tongue,
            )
        case "particles":
            text = say.gettext("Little words: {found}; you would have {low} to {high}")
        case "connectives":
            text = say.gettext("Joining words: {found}; you would have {low} to {high}")
        case "i":
            text = say.gettext("“I”: {found} times; you would say it {low} to {high} times")
        case "you":
            text = say.gettext("“you”: {found} times; you would say it {low} to {high} times")
        case _:
            text = say.gettext("Foreign words: {found}; you would have {low} to {high}")
    return text.format(found=stray.found, low=stray.low, high=stray.high)

"""The rules of a voice in English, for a writer. What a person reads is worded by chat."""

from collections.abc import Sequence

from bot.domain.voice import MOST_RULES, Held, Rule, Tongue

_UNIT = {Tongue.ZH: "characters", Tongue.EN: "words"}
_SIZE = {"short": "Short sentences", "middling": "Sentences", "long": "Long sentences"}
_ADDRESS = {
    "i": "Speaks of themselves (I, 我) far more often than to the listener (you, 你).",
    "you": "Speaks to the listener (you, 你) as often as of themselves (I, 我).",
    "both": "Speaks of themselves (I, 我), and now and then to the listener (you, 你).",
}
_RHYTHM = {
    "even": "Sentences are of about the same length.",
    "mixed": "Very short sentences stand between long ones.",
}
_HABITS = {
    "bare": "no mark at the end",
    "exclamations": "exclamation marks",
    "questions": "questions",
    "ellipses": "ellipses",
    "emoji": "emoji",
    "blanks": "blanks instead of commas",
}


def manner(rules: Sequence[Held]) -> tuple[str, ...]:
    """At most `MOST_RULES` lines of the rules that are on, the person's own words before what was
    measured."""
    ours = [one for one in rules if one.on]
    ours.sort(key=lambda one: not one.text)  # stable: within each in their order
    return tuple(line(one) for one in ours[:MOST_RULES])


def line(held: Held) -> str:
    """One rule in a line."""
    if held.text or held.rule is None:
        return " ".join(held.text.split())
    return _measured(held.rule, held.tongue)


def _measured(rule: Rule, tongue: Tongue) -> str:
    words = ", ".join(f"“{word}”" for word in rule.words)
    match rule.measure:
        case "sentences":
            low, high = rule.numbers
            return f"{_SIZE[rule.kind]}: mostly {low} to {high} {_UNIT[tongue]}."
        case "clauses":
            low, high = rule.numbers
            return f"Mostly {low} to {high} {_UNIT[tongue]} from one mark to the next."
        case "openers":
            return f"Often begins with {words}."
        case "closers":
            return f"Often ends with {words}."
        case "phrases":
            return f"Catch-phrases: {words}."
        case "particles":
            return f"Little words on the side: {words}."
        case "connectives":
            return f"Goes on with {words}."
        case "latin":
            return f"About {rule.numbers[0]} foreign words in 100 characters, such as {words}."
        case "punctuation":
            return f"Often: {', '.join(_HABITS[one] for one in rule.words)}."
        case "address":
            return _ADDRESS[rule.kind]
        case _:
            return _RHYTHM[rule.kind]

"""What is in somebody's texts, counted: lengths, little words, marks."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain import lexicon
from bot.domain.script import HAN, simplified, unlinked
from bot.domain.voice import Tongue
from bot.domain.words import clauses, sentences

OFTEN = 3
"""A word is a habit once it stands in so many texts (docs/science.md, "Voice": catch-phrases)."""

LEAST_UNITS = {Tongue.ZH: 8, Tongue.EN: 5}
"""A shorter text is a note, not a sentence ("買牛奶"). Ours."""

UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*")
_HAN = re.compile(f"[{HAN}]")
_HANS = re.compile(f"[{HAN}]+")
_HEAD = 200  # characters that tell what a text is written in
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’]+")
_EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_END = re.compile(r"[。！？!?.…~～」』”)）]\s*$")

# At the end of a clause; a few begin one too. 呢個 and 酒吧 are no particles, nor is a quoted 啦.
_PARTICLES = {
    Tongue.ZH: re.compile(
        rf"(?<![酒网網])[欸诶誒啦嘛吧囉啰喔哦噢啊呀咩囖呢耶哎唉㗎喎喇嘞吖啩咯](?![{HAN}])"
        rf"|(?<![{HAN}])[欸诶誒哎唉喔哦噢啊](?=[{HAN}])"
    ),
    Tongue.EN: re.compile(
        r"(?<=[,.;!?—] )like(?=,)|^like(?=,)|\b(?:you know|i mean|kind of|sort of|um+|uh+|honestly"
        r"|actually|basically|literally|anyway|right(?=\?))\b",
        re.IGNORECASE,
    ),
}
_FIRST = {
    Tongue.ZH: re.compile("我"),
    Tongue.EN: re.compile(r"\b(?:I|me|my|mine|myself)\b", re.IGNORECASE),
}
_SECOND = {
    Tongue.ZH: re.compile("[你妳您]"),
    Tongue.EN: re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE),
}


def _joints() -> dict[Tongue, re.Pattern[str]]:
    """Connectives and reasons of two characters or more; alone 和 or 也 tells nothing."""
    listed = (lexicon.CONNECTIVES + "|" + lexicon.REASONS).replace("\n", "|").split("|")
    words = sorted({one.strip() for one in listed}, key=lambda one: (-len(one), one))
    chinese = [one for one in words if len(one) > 1 and _HAN.match(one)]
    english = [one for one in words if len(one) > 2 and not _HAN.match(one) and one != "and"]
    return {
        Tongue.ZH: re.compile("|".join(chinese) + "|(?<!不)但(?!是|系)"),
        Tongue.EN: re.compile(rf"\b(?:{'|'.join(english)})\b", re.IGNORECASE),
    }


_JOINTS = _joints()


@dataclass(slots=True)
class Counted:
    """Texts, counted. `holds` says for each thing counted which texts hold it, oldest first."""

    tongue: Tongue
    units: int = 0
    sentences: list[int] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)
    amounts: Counter[str] = field(default_factory=Counter)
    words: dict[str, Counter[str]] = field(default_factory=dict)
    holds: dict[str, list[int]] = field(default_factory=dict)

    def note(self, what: str, at: int, words: Sequence[str]) -> None:
        """These `words` of the kind `what` stand in the text at this place."""
        if words:
            self.amounts[what] += len(words)
            self.words.setdefault(what, Counter()).update(words)
            for one in {what, *(f"{what} {word}" for word in words)}:
                self.holds.setdefault(one, []).append(at)

    def usual(self, what: str, most: int = 4) -> tuple[str, ...]:
        """The words of this kind that stand in `OFTEN` texts at least."""
        ranked = Counter(
            {
                word: len(self.holds[f"{what} {word}"])
                for word in self.words.get(what, ())
                if len(self.holds[f"{what} {word}"]) >= OFTEN
            }
        )
        best = sorted(ranked.items(), key=lambda one: (-one[1], one[0]))
        # One that is far rarer than the first is not what they are known by.
        return tuple(word for word, n in best[:most] if n * 5 >= best[0][1])


def tongue_of(text: str) -> Tongue | None:
    """What a text is counted in; None when it is too short to show anything."""
    head = text[:_HEAD]
    if "." in head:
        head = unlinked(head)
    rest, runs = _HANS.subn(" ", head)
    han = len(head) - len(rest) + runs
    words = len(UNIT.findall(rest))
    tongue = Tongue.ZH if han >= words else Tongue.EN
    return tongue if han + words >= LEAST_UNITS[tongue] else None


def count(texts: Sequence[str], tongue: Tongue) -> Counted:
    """What is in these texts."""
    counted = Counted(tongue)
    plain = simplified("\0".join(text.replace("\0", " ") for text in texts)).split("\0")
    for at, (text, simple) in enumerate(zip(texts, plain, strict=True)):
        text = unlinked(text)
        for sentence in sentences(text):
            counted.sentences.append(len(UNIT.findall(sentence)))
            counted.clauses += [len(UNIT.findall(one)) for one in clauses(sentence)]
        counted.units += len(UNIT.findall(text))
        counted.note("particles", at, [one.lower() for one in _PARTICLES[tongue].findall(text)])
        counted.note("connectives", at, list(_as_written(_JOINTS[tongue], simple, text)))
        counted.note("i", at, _FIRST[tongue].findall(text))
        counted.note("you", at, _SECOND[tongue].findall(text))
        counted.note("marks", at, list(_marks(text)))
        if tongue is Tongue.ZH:
            counted.note("latin", at, [one.lower() for one in _LATIN.findall(text)])
    return counted


def _as_written(found: re.Pattern[str], simple: str, text: str) -> Iterator[str]:
    """What is looked for in Simplified characters, as the person wrote it."""
    for one in found.finditer(simple):
        yield text[one.start() : one.end()].lower()


def _marks(text: str) -> Iterator[str]:
    """Habits of writing, each once for a text."""
    if not _END.search(text):
        yield "bare"
    if re.search("[!！]", text):
        yield "exclamations"
    if re.search(r"[?？]", text):
        yield "questions"
    if re.search(r"…|⋯|\.\.\.|。。", text):
        yield "ellipses"
    if _EMOJI.search(text):
        yield "emoji"
    if re.search(rf"(?<=[{HAN}])[ \u3000](?=[{HAN}])", text):
        yield "blanks"

"""Own words: what the verifier makes of a file, and of fixtures written for it.

In `home_made`, `own_words.jsonl` holds good and bad edits of made-up fragments, by kind, in four
languages; the verifier was built beside them. `own_words_later.jsonl` was written by somebody else
who knew neither; every second line of it was never looked at while building. Nor was
`own_words_fresh.jsonl`, written last. A good line must not be refused, a bad one must be.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.drafts import Line, Role
from bot.domain.grounding import Report, Ruling, check

HOME_MADE = Path(__file__).parent / "home_made"
BUILT_ON, LATER = HOME_MADE / "own_words.jsonl", HOME_MADE / "own_words_later.jsonl"
FRESH = HOME_MADE / "own_words_fresh.jsonl"


@dataclass(frozen=True, slots=True)
class Fixture:
    """The beats of a script and the fragments they cite. `good` says what should become of it, as
    far as the file knows."""

    id: str
    lang: str
    fragments: dict[int, str]
    beats: tuple[Line, ...]
    kind: str = ""
    good: bool | None = None

    def judged(self) -> Report:
        """What the product makes of it."""
        return check(self.beats, self.fragments)

    def right(self) -> bool:
        """Whether that is what it should be."""
        return (self.judged().verdict is Ruling.REFUSED) is not self.good


def read(path: Path) -> Iterator[Fixture]:
    """The lines of a file; ValueError says which one cannot be read."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield _fixture(json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError) as exc:
                raise ValueError(
                    f'{path}, line {number}: not {{"id", "lang", "fragments": {{"1": str}}, '
                    '"beats": [{"text": str, "fragments": [int]}]}'
                ) from exc


def verdicts(path: Path) -> Iterator[str]:
    """A line of JSON for each line of the file."""
    for one in read(path):
        report = one.judged()
        findings = report.findings
        found = {
            "id": one.id,
            "verdict": report.verdict,
            "coverage": round(report.coverage, 3),
            "weakest_beat": round(report.weakest, 3),
            "longest_new": max((finding.longest_new for finding in findings), default=0),
            "new_numbers": [number for finding in findings for number in finding.new_numbers],
            "negation_flips": sum(finding.negation_flips for finding in findings),
            "reasons": list(dict.fromkeys(why for finding in findings for why in finding.reasons)),
        }
        yield json.dumps(found, ensure_ascii=False)


LANGUAGES = ("zh-Hant", "zh-Hans", "yue", "en")


def table() -> Iterator[str]:
    """How often our own fixtures are judged rightly, by kind and language."""
    built_on, later = list(read(BUILT_ON)), list(read(LATER))
    fresh = [*later[1::2], *read(FRESH)]
    yield f"own words, single edits: judged rightly{'':<3}" + "".join(
        f"{name:>12}" for name in (*LANGUAGES, "never seen")
    )
    every = [*built_on, *later, *read(FRESH)]
    for bad, kind in sorted({(not one.good, one.kind) for one in every}):
        of_kind = [one for one in every if one.kind == kind]
        cells = [[one for one in of_kind if one.lang == lang] for lang in LANGUAGES]
        cells.append([one for one in fresh if one.kind == kind])
        yield f"  {'refused' if bad else 'let pass':<10}{kind:<30}" + "".join(
            f"{_share(cell):>12}" for cell in cells
        )
    cells = [[one for one in every if one.lang == lang] for lang in LANGUAGES]
    yield f"  {'all':<40}" + "".join(f"{_share(cell):>12}" for cell in [*cells, fresh])


def _share(fixtures: list[Fixture]) -> str:
    return f"{sum(one.right() for one in fixtures)} of {len(fixtures)}"


def _fixture(entry: dict[str, object]) -> Fixture:
    fragments, beats = entry["fragments"], entry["beats"]
    if not (isinstance(fragments, dict) and isinstance(beats, list)):
        raise TypeError
    good = entry.get("good")
    return Fixture(
        id=str(entry["id"]),
        lang=str(entry["lang"]),
        fragments={int(n): str(text) for n, text in fragments.items()},
        beats=tuple(
            Line(Role.SETUP, str(beat["text"]), tuple(map(int, beat["fragments"])))
            for beat in beats
        ),
        kind=str(entry.get("kind", "")),
        good=None if good is None else bool(good),
    )

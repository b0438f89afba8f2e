"""A paid writer that follows a script: it quotes, it strays, it fails, and it counts."""

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle

from bot.domain.drafts import Line, Opening, Role
from bot.domain.records import Language
from bot.domain.words import clauses
from bot.errors import EngineError, Trouble
from bot.journey.ports import DraftAsk, DraftSketch, ExpandAsk, Fault, IdeaSketch, Material

ROLES = (Role.SETUP, Role.TURN, Role.EVIDENCE, Role.PAYOFF)
FEWEST, MOST = 3, 4
LONG_ENOUGH = 8  # characters: shorter ones are no line of a script

WAYS: tuple[str | Trouble, ...] = (
    "number",
    "whole",
    "theirs",
    "stitched",
    "trimmed",
    "flipped",
    Trouble.TIMEOUT,
    "same",
    "ghost",
    "number",
    Trouble.BUDGET,
    "flipped",
    "whole",
    Trouble.REFUSED,
    "stitched",
)
"""What it does, one time after the other. Its length and that of a month have little in common."""

GHOSTS = {
    Language.ZH_HANT: "每一次等待，都是一場與自己的深度對話",
    Language.ZH_HANS: "每一次等待，都是一场与自己的深度对话",
    Language.EN: "Every small moment is an invitation to meet ourselves again",
}
COSTS = {
    Language.ZH_HANT: "，花了我八百七十三塊",
    Language.ZH_HANS: "，花了我八百七十三块",
    Language.EN: ", and it cost me 873 pounds",
}
FLIPS = {
    Language.ZH_HANT: ("我", "我從來沒有"),
    Language.ZH_HANS: ("我", "我从来没有"),
    Language.EN: (" ", " never "),
}


@dataclass
class PaidWriter:
    """Implements `Writer`, the same way every time. `attempts` and `repairs` count its calls for
    drafts, `failed` those of them that raised; `planted` holds the lines that must never be shown,
    `ideas` the titles it gives when it is asked for some."""

    name: str = "paid"
    attempts: int = 0
    repairs: int = 0
    failed: int = 0
    planted: list[str] = field(default_factory=list)
    ideas: Sequence[str] = ()
    _ways: Iterator[str | Trouble] = field(default_factory=lambda: cycle(WAYS))
    _last: DraftSketch | None = None

    async def expand(self, _ask: ExpandAsk) -> AsyncGenerator[IdeaSketch, None]:
        """The ideas it was given."""
        for title in self.ideas:
            yield IdeaSketch(title, title, "reverse", title)

    async def draft(self, ask: DraftAsk) -> DraftSketch:
        """A script of the day's lines, in its order, with what this time goes wrong."""
        self.attempts += 1
        way = next(self._ways)
        if isinstance(way, Trouble):
            self.failed += 1
            raise EngineError(way, "as the script says")
        if way == "same" and self._last:
            return self._last
        self._last = self._sketch(ask, str(way))
        return self._last

    async def repair(self, ask: DraftAsk, faults: Sequence[Fault]) -> Mapping[int, Line]:
        """The fragment itself for every other line, and no better one for the rest."""
        self.repairs += 1
        said = {one.n: one.text for one in ask.material if one.own}
        return {
            fault.place: replace(fault.line, text=said[n], quote=said[n])
            for fault in faults
            for n in fault.line.sources[:1]
            if n in said and fault.place % 2
        }

    def _sketch(self, ask: DraftAsk, way: str) -> DraftSketch:
        mine = [one for one in ask.material if one.own and len(one.text) >= LONG_ENOUGH]
        if len(mine) < FEWEST:  # a model that pads a thin day
            way, mine = "ghost", [*mine, *ask.material]
        opening = next((one for one in mine if one.gold), mine[-1])
        told = [one for one in mine if one is not opening][:MOST] or mine
        lines = [
            Line(role, one.text, (one.n,), quote=one.text)
            for role, one in zip(ROLES, told, strict=False)
        ]
        lines[1:2] = [self._strayed(ask, way, one) for one in lines[1:2]]
        if way == "ghost":
            lines = [replace(one, text=self._bad(GHOSTS[ask.language]), quote="") for one in lines]
        hook = Line(Role.HOOK, opening.text, (opening.n,), quote=opening.text)
        hook = replace(hook, opening=Opening.SCENE)
        return DraftSketch(opening.text, (hook,), tuple(lines), None, prompt="month@1")

    def _strayed(self, ask: DraftAsk, way: str, line: Line) -> Line:
        if way == "number":
            return replace(line, text=self._bad(line.text.rstrip("。.") + COSTS[ask.language]))
        if way == "flipped":
            return replace(line, text=self._bad(_flipped(line.text, ask.language)))
        if way == "trimmed":
            return replace(line, text=clauses(line.text)[0])
        others = [one for one in ask.material if not one.own]
        if way == "theirs" and others:
            return replace(line, text=self._bad(others[0].text), sources=(others[0].n,), quote="")
        if way == "stitched":
            return self._stitched(line, [one for one in ask.material if one.own])
        return line

    def _stitched(self, line: Line, said: Sequence[Material]) -> Line:
        """The beginning of one thing said and the end of another, as one sentence."""
        other = next((one for one in said[::-1] if one.n not in line.sources), None)
        if other is None:
            return line
        half, rest = len(line.text) // 2, len(other.text) // 2
        text = self._bad(line.text[:half].rstrip("，, ") + other.text[rest:])
        return replace(line, text=text, sources=(*line.sources, other.n))

    def _bad(self, text: str) -> str:
        self.planted.append(text)
        return text


def _flipped(text: str, language: Language) -> str:
    """The same line, saying that it was not so."""
    before, after = FLIPS[language]
    flipped = text.replace(before, after, 1)
    return flipped if flipped != text else after.strip() + text

"""What a model is told and shown to expand a seed or to describe a picture: the prompts filled in,
as the blocks of one call. For scripts `draft_briefs` does the same.

Two blocks of rules, which never change within a language and so can be cached; then the material,
one block for each thing the person said, and last what is asked this time. Rules hold no word of
the person's. What changes least comes first, for a cache knows a request by how it begins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.records import Language
from bot.engines.angles import Angle, Angles, ModeText, PerLanguage
from bot.engines.answers import Description, ExpandAnswer
from bot.engines.calls import Call, Picture, call_of
from bot.engines.draft_briefs import DraftBriefs
from bot.engines.prompts import Blocks, Prompt, PromptLibrary
from bot.journey.ports import ExpandAsk, Material

EXPAND: Blocks = {
    "rules": frozenset({"schema"}),
    "language": frozenset({"language"}),
    "fragment": frozenset({"number", "origin", "text"}),
    "seed": frozenset({"number", "text"}),
    "mix": frozenset({"number", "text"}),
    "shown": frozenset({"titles"}),
    "task": frozenset({"eyes", "move", "link", "mix", "mode", "length"}),
}
DESCRIBE: Blocks = {"rules": frozenset({"schema"}), "language": frozenset({"language"})}


@dataclass(frozen=True, slots=True)
class Briefs:
    """The prompts for expanding and describing, read and checked."""

    expand: Prompt
    describe: Prompt
    languages: Mapping[Language, str]

    @classmethod
    def read(cls, library: PromptLibrary) -> "Briefs":
        """Raises PromptError."""
        return cls(
            expand=library.prompt("expand", EXPAND),
            describe=library.prompt("describe", DESCRIBE),
            languages=library.data("languages.yaml", PerLanguage),
        )

    def to_expand(self, ask: ExpandAsk, angle: Angle, mode: ModeText, *, model: str) -> Call:
        """One look at the seed from one angle. Only the last block says which: the looks of a round
        share all the others, and with a later round all but the titles shown since."""
        prompt = self.expand
        blocks = _fragments(prompt, [m for m in ask.material if not _said_below(m, ask)])
        blocks.append(prompt.render("seed", number=_number(ask.seed_n), text=ask.seed))
        if ask.mix:
            blocks.append(prompt.render("mix", number=_number(ask.mix_n), text=ask.mix))
        shared = {len(blocks) - 1}
        if ask.shown:
            shared.add(len(blocks))
            blocks.append(prompt.render("shown", titles="\n".join(ask.shown)))
        blocks.append(self._task(ask, angle, mode))
        call = call_of(
            prompt,
            blocks,
            person_id=ask.person_id,
            language=self.languages[ask.language],
            shape=ExpandAnswer,
            model=model,
        )
        return replace(call, shared=tuple(sorted(shared)))

    def _task(self, ask: ExpandAsk, angle: Angle, mode: ModeText) -> str:
        return self.expand.render(
            "task",
            eyes=angle.lens.eyes,
            move=angle.move.task,
            link=_number(angle.link.n if angle.link else None),
            mix="yes" if ask.mix else "",
            mode=mode.task,
            length=f"{mode.at_most.characters} Chinese characters or {mode.at_most.words} words",
        )

    def to_describe(
        self, picture: Picture, *, person_id: int, language: Language, model: str
    ) -> Call:
        """What is seen in one picture."""
        call = call_of(
            self.describe,
            (),
            person_id=person_id,
            language=self.languages[language],
            shape=Description,
            model=model,
        )
        return replace(call, picture=picture)


def _fragments(prompt: Prompt, material: Sequence[Material]) -> list[str]:
    """One block each; a fragment without words (a photo, a voice note not yet heard) has none."""
    return [
        prompt.render(
            "fragment", number=_number(m.n), origin="own" if m.own else "forwarded", text=m.text
        )
        for m in material
        if m.text.strip()
    ]


def _said_below(m: Material, ask: ExpandAsk) -> bool:
    """Whether the seed, or what it is mixed with, says all of this fragment."""
    return (m.n == ask.seed_n and m.text in ask.seed) or (m.n == ask.mix_n and m.text in ask.mix)


def _number(n: int | None) -> str:
    return "" if n is None else f"#{n}"


def check_prompts(library: PromptLibrary) -> None:
    """Reads every file that Claude is told from. Raises PromptError; worth calling at start even
    when another writer serves."""
    Briefs.read(library)
    DraftBriefs.read(library)
    Angles(library)

"""What a model is told and shown: the prompts filled in, as the blocks of one call.

Two blocks of rules, which never change within a language and so can be cached; then the material,
one block for each thing the person said, and last what is asked this time. Rules hold no word of
the person's. What changes least comes first, for a cache knows a request by how it begins.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel

from bot.domain.records import Language
from bot.engines.angles import Angle, Angles, ModeText, PerLanguage
from bot.engines.answers import Description, DraftAnswer, ExpandAnswer
from bot.engines.prompts import Blocks, Effort, Prompt, PromptLibrary
from bot.journey.ports import DraftAsk, ExpandAsk, Material

EXPAND: Blocks = {
    "rules": frozenset({"schema"}),
    "language": frozenset({"language"}),
    "fragment": frozenset({"number", "origin", "text"}),
    "seed": frozenset({"number", "text"}),
    "mix": frozenset({"number", "text"}),
    "shown": frozenset({"titles"}),
    "task": frozenset({"eyes", "move", "link", "mix", "mode", "length"}),
}
DRAFT: Blocks = {
    "rules": frozenset({"schema"}),
    "language": frozenset({"language"}),
    "fragment": frozenset({"number", "origin", "text"}),
    "picked": frozenset({"text"}),
    "used": frozenset({"lines"}),
    "task": frozenset(),
}

DESCRIBE: Blocks = {"rules": frozenset({"schema"}), "language": frozenset({"language"})}


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it is, of this MIME type."""

    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `rules` are our own words alone and are cached for an hour; `material` may hold
    anything. `shared` are the places in it that end what other calls of these minutes begin with
    too: two at most, since the API keeps four such marks and the rules take two."""

    person_id: int
    job: str
    model: str
    rules: tuple[str, ...]
    material: tuple[str, ...]
    schema: dict[str, object]
    max_tokens: int
    effort: Effort | None = None
    picture: Picture | None = None
    shared: tuple[int, ...] = ()

    @property
    def prompt(self) -> str:
        """All that counts as input; the schema goes up twice, in the rules and beside them."""
        return "\n".join((*self.rules, *self.material, json.dumps(self.schema)))


@dataclass(frozen=True, slots=True)
class Briefs:
    """The prompts for expanding and drafting, read and checked."""

    expand: Prompt
    draft: Prompt
    describe: Prompt
    languages: Mapping[Language, str]

    @classmethod
    def read(cls, library: PromptLibrary) -> "Briefs":
        """Raises PromptError."""
        return cls(
            expand=library.prompt("expand", EXPAND),
            draft=library.prompt("draft", DRAFT),
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
        call = self._call(
            prompt, ask.person_id, ask.language, blocks, shape=ExpandAnswer, model=model
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

    def to_draft(self, ask: DraftAsk, *, model: str) -> Call:
        """One script from all of the material."""
        prompt = self.draft
        blocks = _fragments(prompt, ask.material)
        blocks += [prompt.render("picked", text=idea) for idea in ask.picked]
        if ask.used:
            blocks.append(prompt.render("used", lines="\n".join(ask.used)))
        blocks.append(prompt.render("task"))
        return self._call(
            prompt, ask.person_id, ask.language, blocks, shape=DraftAnswer, model=model
        )

    def to_describe(
        self, picture: Picture, *, person_id: int, language: Language, model: str
    ) -> Call:
        """What is seen in one picture."""
        call = self._call(self.describe, person_id, language, (), shape=Description, model=model)
        return replace(call, picture=picture)

    def _call(
        self,
        prompt: Prompt,
        person_id: int,
        language: Language,
        blocks: Sequence[str],
        *,
        shape: type[BaseModel],
        model: str,
    ) -> Call:
        # Half of the time a start takes would go into this import, which most people never need.
        from anthropic import transform_schema

        schema = transform_schema(shape)
        return Call(
            person_id=person_id,
            job=prompt.head.id,
            model=model,
            rules=(
                # The schema stands here too, for servers that ignore output_config.
                prompt.render("rules", schema=json.dumps(schema)),
                prompt.render("language", language=self.languages[language]),
            ),
            material=tuple(blocks),
            schema=schema,
            max_tokens=prompt.head.max_tokens,
            effort=prompt.head.effort,
        )


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
    Angles(library)

"""One request to a model: what it is told, what it is shown, in which shape it answers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from bot.engines.prompts import Effort, Prompt


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it is, of this MIME type."""

    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `rules` are our own words alone and are cached for an hour; `material` may hold
    anything. `shared` are the places in it that end what other calls of these minutes begin with
    too, `lasting` the place that ends what this person's calls begin with all day: with the rules
    that makes four, as many marks as the API takes. `patience` is how many times the usual time the
    call may take."""

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
    lasting: int | None = None
    patience: float = 1.0

    @property
    def prompt(self) -> str:
        """All that counts as input; the schema goes up twice, in the rules and beside them."""
        return "\n".join((*self.rules, *self.material, json.dumps(self.schema)))


def call_of(
    prompt: Prompt,
    blocks: Sequence[str],
    *,
    person_id: int,
    language: str,
    shape: type[BaseModel],
    model: str,
) -> Call:
    """A request that shows `blocks`; `language` says how to write for this person."""
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
            prompt.render("language", language=language),
        ),
        material=tuple(blocks),
        schema=schema,
        max_tokens=prompt.head.max_tokens,
        effort=prompt.head.effort,
    )

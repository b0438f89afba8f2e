"""The writer behind a model: Claude, or any server that speaks the Messages API.

To expand, four calls look at the seed at once, each through other eyes; an idea is given as soon as
its last brace has arrived. To draft, one call assembles the person's sentences. What a person
wrote goes up as data in the user turn, one block a fragment, never among the rules.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import suppress

import httpx2
from pydantic import ValidationError

from bot.domain.drafts import Line
from bot.domain.records import Language
from bot.domain.words import is_blank
from bot.engines.angles import Angle, Angles
from bot.engines.answers import Description, Ground, json_in, object_in
from bot.engines.arriving import Arriving
from bot.engines.briefs import Briefs
from bot.engines.budget import Budget
from bot.engines.calls import Call, Picture
from bot.engines.draft_briefs import DraftBriefs
from bot.engines.given import Given
from bot.engines.ideas import UsableIdea, usable_idea
from bot.engines.messages import MessagesApi
from bot.engines.prompts import PromptLibrary
from bot.engines.sketches import holds_anything, repaired, reworded, sketch
from bot.errors import EngineError, SettingsError, Trouble
from bot.journey.ports import DraftAsk, DraftSketch, ExpandAsk, Fault, IdeaSketch

ENOUGH_IDEAS = 8  # two pages of four cards: with them a failed call is not worth a word
IDEAS_A_CALL = 5  # k of verbalized sampling; longer lists lose quality (arXiv 2510.01171)
ANSWERS = 2  # one that holds nothing of use is asked for once more

Give = Callable[[IdeaSketch], None]

# Which of several troubles to tell: first what somebody can mend, then what will pass.
_TELLING = (
    Trouble.REJECTED,
    Trouble.BUDGET,
    Trouble.REFUSED,
    Trouble.BUSY,
    Trouble.TIMEOUT,
    Trouble.UNREACHABLE,
    Trouble.TRUNCATED,
    Trouble.MALFORMED,
)


class ClaudeWriter:
    """Implements `bot.journey.ports.Writer` and `Describer`.

    `timeout_s` bounds each call with its retries. A draft of 3,000 tokens, thinking included, takes
    about a minute at 50 tokens a second; the default is twice that. `retry_waits_s` are the pauses
    before a failure that costs nothing is tried again.
    """

    name = "claude"

    def __init__(
        self,
        *,
        api_key: str | None,
        base_url: str | None,
        expand_model: str,
        draft_model: str,
        library: PromptLibrary,
        budget: Budget,
        timeout_s: float = 120.0,
        retry_waits_s: tuple[float, ...] = (0.5, 2.0),
        http_client: httpx2.AsyncClient | None = None,
    ) -> None:
        if not api_key and not base_url:
            raise SettingsError(
                ["WRITER=claude needs ANTHROPIC_API_KEY, or ANTHROPIC_BASE_URL for another server"]
            )
        self._expand_model = expand_model
        self._draft_model = draft_model
        self._briefs = Briefs.read(library)
        self._scripts = DraftBriefs.read(library)
        self._angles = Angles(library)
        self._api = MessagesApi(
            api_key=api_key,
            base_url=base_url,
            budget=budget,
            timeout_s=timeout_s,
            retry_waits_s=retry_waits_s,
            http_client=http_client,
        )

    async def aclose(self) -> None:
        await self._api.aclose()

    async def expand(self, ask: ExpandAsk) -> AsyncGenerator[IdeaSketch, None]:
        """Ideas as they come. When calls failed and fewer than `ENOUGH_IDEAS` came, raises the most
        telling failure after the last; close the iterator (`aclosing`) to stop paying early."""
        ideas = asyncio.Queue[IdeaSketch | None]()
        angles = self._angles.of(ask)
        looks = [asyncio.create_task(self._look(ask, angle, ideas.put_nowait)) for angle in angles]
        over = asyncio.gather(*looks, return_exceptions=True)
        over.add_done_callback(lambda _: ideas.put_nowait(None))
        given = 0
        try:
            while (idea := await ideas.get()) is not None:
                given += 1
                yield idea
            _raise_failure(over.result(), given)
        finally:
            for look in looks:
                look.cancel()
            await asyncio.gather(*looks, return_exceptions=True)

    async def draft(self, ask: DraftAsk) -> DraftSketch | None:
        """One script, or the one in hand changed as wished, its lines not yet checked against the
        fragments; None when there is none. Without a word of the person's own nobody is asked."""
        given = Given(ask)
        if is_blank("".join(given.own.values())):
            return None
        stamp, base = self._scripts.prompt.stamp, ask.base
        if base is not None and ask.line is not None:
            call = self._scripts.to_reword(ask, model=self._draft_model)
            return reworded(await self._answer(call), given, base, stamp)
        call = self._scripts.to_draft(ask, model=self._draft_model)
        return sketch(await self._answer(call), given, stamp)

    async def repair(self, ask: DraftAsk, faults: Sequence[Fault]) -> Mapping[int, Line]:
        """Words of fragments in place of lines that do not hold: one call, asked once."""
        if not faults:
            return {}
        text = await self._api.ask(self._scripts.to_repair(ask, faults, model=self._draft_model))
        answer = object_in(text)
        if answer is None:
            raise EngineError(Trouble.MALFORMED, "no lines")
        return repaired(answer, faults, Given(ask))

    async def _answer(self, call: Call) -> Mapping[str, object]:
        """What a model answers, asked again when nothing of it is of use."""
        for _ in range(ANSWERS):
            answer = object_in(await self._api.ask(call))
            if answer is not None and holds_anything(answer):
                return answer
        raise _malformed()

    async def describe(
        self, picture: bytes, mime: str, *, person_id: int, language: Language
    ) -> str:
        """What is seen in a picture, in a few sentences."""
        call = self._briefs.to_describe(
            Picture(picture, mime), person_id=person_id, language=language, model=self._expand_model
        )
        answer = await self._api.ask(call)
        with suppress(ValidationError):
            return Description.model_validate_json(json_in(answer)).description
        raise EngineError(Trouble.MALFORMED, "no description")

    async def _look(self, ask: ExpandAsk, angle: Angle, give: Give) -> None:
        """One lens, one move. Ideas are given as they complete; it may yet fail after some."""
        call = self._briefs.to_expand(
            ask, angle, self._angles.mode(ask.mode), model=self._expand_model
        )

        def give_sketch(idea: UsableIdea) -> None:
            give(_idea(idea, angle, ask.language, self._briefs.expand.stamp))

        for _ in range(ANSWERS):
            if await self._ideas(ask, call, give_sketch):
                return
        raise _malformed()

    async def _ideas(self, ask: ExpandAsk, call: Call, give: Callable[[UsableIdea], None]) -> int:
        """Asks once, gives each usable idea as soon as it is whole, and says how many there were.
        An answer that goes on after `IDEAS_A_CALL` of them is not read to its end."""
        arriving, ground = Arriving("ideas"), _ground_of(ask)
        at_most = self._angles.mode(ask.mode).at_most
        usable = 0

        def take(so_far: str) -> bool:
            nonlocal usable
            for element in arriving.complete(so_far):
                if usable == IDEAS_A_CALL:
                    return True
                idea = usable_idea(element, ground, language=ask.language, at_most=at_most)
                if idea is not None:
                    usable += 1
                    give(idea)
            return usable == IDEAS_A_CALL and arriving.amid

        await self._api.ask(call, take)
        return usable


def _ground_of(ask: ExpandAsk) -> Ground:
    numbers = [*(m.n for m in ask.material), ask.seed_n, ask.mix_n]
    return Ground(
        frozenset(n for n in numbers if n is not None),
        "\n".join([ask.seed, ask.mix, *(m.text for m in ask.material)]),
    )


def _idea(idea: UsableIdea, angle: Angle, language: Language, stamp: str) -> IdeaSketch:
    return IdeaSketch(
        title=idea.title,
        lens=angle.lens.label[language],
        move=angle.move.label[language],
        mechanism=idea.mechanism,
        sources=idea.fragment_ids,
        prompt=stamp,
        lens_id=angle.lens.id,
        move_id=angle.move.id,
        assumption=idea.assumption,
    )


def _malformed() -> EngineError:
    return EngineError(Trouble.MALFORMED, f"{ANSWERS} answers held nothing of the shape asked for")


def _raise_failure(outcomes: Sequence[BaseException | None], given: int) -> None:
    """A fault of our own always; a failed call only when too few ideas came without it."""
    failures = []
    for outcome in outcomes:
        if isinstance(outcome, EngineError):
            failures.append(outcome)
        elif outcome is not None:
            raise outcome
    if failures and given < ENOUGH_IDEAS:
        raise min(failures, key=lambda failure: _TELLING.index(failure.trouble))

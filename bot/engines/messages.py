"""One paid call to a server that speaks the Messages API: booked, streamed, bounded in time.

Three things the SDK leaves to its caller are done here. A stream may break off with errors that are
no `AnthropicError`, or end early with no error at all. A `retry-after` is obeyed without limit. And
each hidden retry might be billed, so the SDK's own are off and only what is free is tried again.
"""

import asyncio
import base64
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Literal, cast

import anthropic
import httpx2
from anthropic import types
from anthropic.types.raw_message_delta_event import Delta

from bot.engines.budget import Booking, Budget, Usage
from bot.engines.calls import Call, Picture
from bot.engines.troubles import FAILURES, is_free, name_of, pause_s, trouble_of
from bot.errors import EngineError, Trouble

log = logging.getLogger(__name__)

ANTHROPIC_URL = "https://api.anthropic.com"  # said aloud, else the SDK looks in the environment
NO_KEY = "no-key"  # a server of one's own may need none, but the SDK refuses to send without
CONNECT_TIMEOUT_S = 10.0

Stream = anthropic.AsyncStream[types.RawMessageStreamEvent]
OnText = Callable[[str], bool]
"""Is given all of the answer so far, and says whether that is enough."""


class MessagesApi:
    """Asks, and gives back the whole text of an answer that ended well."""

    def __init__(
        self,
        *,
        api_key: str | None,
        base_url: str | None,
        budget: Budget,
        timeout_s: float,
        retry_waits_s: tuple[float, ...],
        http_client: httpx2.AsyncClient | None = None,
    ) -> None:
        self._budget = budget
        self._timeout_s = timeout_s
        self._retry_waits_s = retry_waits_s
        self._client = anthropic.AsyncAnthropic(
            api_key=api_key or NO_KEY,
            base_url=base_url or ANTHROPIC_URL,
            timeout=anthropic.Timeout(timeout_s, connect=CONNECT_TIMEOUT_S),
            max_retries=0,
            http_client=http_client,
            open_telemetry=False,
        )

    async def aclose(self) -> None:
        await self._client.close()

    async def ask(self, call: Call, on_text: OnText = lambda so_far: False) -> str:
        """The text of the answer; `on_text` gets all of it so far, each time some more arrives.
        Once that is enough the rest is not read; what the call cost is then not known, so that it
        counts in full.

        Raises EngineError. What `on_text` was given before that remains true.
        """
        try:
            async with (
                asyncio.timeout(self._timeout_s * call.patience),
                self._booked(call) as booking,
                await self._open(call, booking) as stream,
            ):
                return await _read(stream, booking, on_text)
        except EngineError as exc:
            log.warning("%s with %s: %s", call.job, call.model, exc)
            raise
        except FAILURES as exc:
            error = EngineError(trouble_of(exc), name_of(exc))
            log.warning("%s with %s: %s", call.job, call.model, error)
            raise error from exc

    def _booked(self, call: Call) -> AbstractAsyncContextManager[Booking]:
        return self._budget.booked(
            call.person_id,
            job=call.job,
            model=call.model,
            prompt=call.prompt,
            max_tokens=call.max_tokens,
            pictures=1 if call.picture else 0,
        )

    async def _open(self, call: Call, booking: Booking) -> Stream:
        """The answer's stream. Tries again while a failure is free and its remedy is to wait."""
        waits_s = iter(self._retry_waits_s)
        while True:
            booking.owes_the_worst()
            try:
                return await self._send(call)
            except (anthropic.APIStatusError, anthropic.APIConnectionError) as exc:
                if not is_free(exc):
                    raise
                booking.owes_nothing()
                wait_s = pause_s(exc, next(waits_s, None))
                if wait_s is None:
                    raise
            await asyncio.sleep(wait_s)

    async def _send(self, call: Call) -> Stream:
        output = types.OutputConfigParam(format={"type": "json_schema", "schema": call.schema})
        if call.effort is not None:
            output["effort"] = call.effort
        return await self._client.messages.create(
            model=call.model,
            max_tokens=call.max_tokens,
            system=_system(call.rules),
            messages=[{"role": "user", "content": _content(call)}],
            output_config=output,
            stream=True,
        )


def _system(rules: Sequence[str]) -> list[types.TextBlockParam]:
    """Marked at their end alone, for the API takes four marks a call."""
    *before, last = rules
    return [*map(_block, before), _cached(last, "1h")]


def _content(call: Call) -> list[types.TextBlockParam | types.ImageBlockParam]:
    blocks: list[types.TextBlockParam | types.ImageBlockParam] = []
    if call.picture:
        blocks.append(_image(call.picture))
    for place, text in enumerate(call.material):
        if place == call.lasting:
            blocks.append(_cached(text, "1h"))
        else:
            blocks.append(_cached(text, "5m") if place in call.shared else _block(text))
    return blocks


def _image(picture: Picture) -> types.ImageBlockParam:
    data = base64.b64encode(picture.content).decode("ascii")
    source = {"type": "base64", "media_type": picture.mime, "data": data}
    return {"type": "image", "source": cast(types.Base64ImageSourceParam, source)}


def _block(text: str) -> types.TextBlockParam:
    return {"type": "text", "text": text}


def _cached(text: str, ttl: Literal["5m", "1h"]) -> types.TextBlockParam:
    return {"type": "text", "text": text, "cache_control": {"type": "ephemeral", "ttl": ttl}}


async def _read(stream: Stream, booking: Booking, on_text: OnText) -> str:
    text, usage = "", Usage()
    stop: str | None = None
    async for event in stream:
        # The SDK does not validate what it parses, so a pattern asks before it takes.
        match event:
            case types.RawMessageStartEvent(message=types.Message(usage=types.Usage() as counted)):
                usage = _add(counted, usage)
            case types.RawContentBlockDeltaEvent(delta=types.TextDelta(text=str(more))):
                text += more
                if on_text(text):
                    return text
            case types.RawMessageDeltaEvent(delta=Delta(stop_reason=str(reason)), usage=last):
                stop = reason
                match last:
                    case types.MessageDeltaUsage(output_tokens=int()):
                        booking.owes(_add(last, usage))
    _check_ending(stop)
    return text


def _add(counted: types.Usage | types.MessageDeltaUsage, before: Usage) -> Usage:
    """Counts are cumulative; one that is absent keeps its earlier value."""
    return Usage(
        input_tokens=counted.input_tokens or before.input_tokens,
        output_tokens=counted.output_tokens or before.output_tokens,
        cache_read_tokens=counted.cache_read_input_tokens or before.cache_read_tokens,
        cache_write_tokens=counted.cache_creation_input_tokens or before.cache_write_tokens,
    )


def _check_ending(stop: str | None) -> None:
    match stop:
        case None:
            raise EngineError(Trouble.UNREACHABLE, "the stream ended early")
        case "refusal":
            raise EngineError(Trouble.REFUSED)
        case "max_tokens" | "model_context_window_exceeded":
            raise EngineError(Trouble.TRUNCATED, stop)

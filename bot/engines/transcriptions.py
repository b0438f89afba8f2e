"""One request to a server with OpenAI's `/audio/transcriptions`, and what its answer is worth.

Servers differ in how they want to be told of languages, in the forms of answer they know, and in
how they say that something went wrong. Whatever is not plainly a transcript is not one.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import httpx2

from bot.errors import EngineError, Trouble

log = logging.getLogger(__name__)

OPENAI_URL = "https://api.openai.com/v1"
CONNECT_TIMEOUT_S = 10.0
_MOST_ANSWERED_BYTES = 4 << 20  # two hours of speech are a tenth of this
_MOST_HOT_CHARS = 400  # Whisper reads 224 tokens, and of a longer prompt only the end
_WRONG_FORM = {400, 415, 422}  # the last two from servers built on FastAPI
_NO_WAY_THERE = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
)
# Whisper's own rule (its transcribe.py): both have to hold, then the segment is silence.
_NO_SPEECH, _UNSURE = 0.6, -1.0

_PAGE = re.compile(r"\s*<(!doctype|html)\b", re.IGNORECASE)

Fields = dict[str, str | list[str]]


class Transcriptions:
    """Sends files to one server and model. `languages` are hints such as zh, yue, en."""

    def __init__(
        self,
        *,
        url: str,
        api_key: str,
        model: str,
        languages: Sequence[str] = (),
        http_client: httpx2.AsyncClient | None = None,
    ) -> None:
        self._model = model
        self._url = f"{url or OPENAI_URL}/audio/transcriptions"
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = http_client or httpx2.AsyncClient()
        self._forms = list(forms(model, languages))

    async def aclose(self) -> None:
        await self._client.aclose()

    async def ask(
        self, path: Path, name: str, *, hot_words: Sequence[str], timeout_s: float
    ) -> str:
        """What is said in the file, sent under `name`. Raises EngineError.

        A form of question is not put again while this object lives once the server refused it and
        took another for the same file. Where it refuses every form, the file may be to blame.
        """
        refused: list[Fields] = []
        status = 0
        for form in tuple(self._forms):  # others may ask meanwhile, and learn
            try:
                said = await self._post(path, name, form | _prompt(hot_words), timeout_s)
            except _WrongForm as exc:
                refused.append(form)
                status = exc.status
            else:
                self._forms = [one for one in self._forms if one not in refused]
                return said
        raise EngineError(Trouble.NOT_TAKEN, f"status {status}")

    async def _post(self, path: Path, name: str, fields: Fields, timeout_s: float) -> str:
        try:
            with path.open("rb") as file:
                async with self._sent(name, file, fields, timeout_s) as response:
                    _check_status(response)
                    body = await _read(response)
        except _NO_WAY_THERE as exc:
            raise EngineError(Trouble.UNREACHABLE, type(exc).__name__) from exc
        except httpx2.TimeoutException as exc:
            raise EngineError(Trouble.TIMEOUT, f"no answer within {timeout_s:.0f} s") from exc
        except httpx2.HTTPError as exc:  # a server that ends over a file just hangs up
            raise EngineError(Trouble.NOT_TAKEN, type(exc).__name__) from exc
        return transcript_in(body)

    def _sent(
        self, name: str, file: Any, fields: Fields, timeout_s: float
    ) -> AbstractAsyncContextManager[httpx2.Response]:
        return self._client.stream(
            "POST",
            self._url,
            headers=self._headers,
            data=fields,
            files={"file": (name, file)},
            timeout=httpx2.Timeout(timeout_s, connect=CONNECT_TIMEOUT_S),
        )


class _WrongForm(Exception):
    """The server may understand the same question put differently."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def forms(model: str, languages: Sequence[str]) -> Iterator[Fields]:
    """Ways to put the question, the likeliest first; the last one any server understands.

    Whisper takes one `language`, and translates what is spoken in another: with several it is told
    none. Newer models take a list of them. Only Whisper gives the odds of silence, segment by
    segment.
    """
    whisper = "whisper" in model.lower()
    plain: Fields = {"model": model, "response_format": "json"}
    one: Fields = {"language": languages[0]} if len(languages) == 1 else {}
    several: Fields = {"languages[]": list(languages)} if languages else {}
    likely = [one, several] if whisper else [several, one]
    rich: Fields = {"response_format": "verbose_json"}
    ways = [plain | rich | one] if whisper else []
    ways += [plain | form for form in (*likely, Fields())]
    yield from (way for at, way in enumerate(ways) if way not in ways[:at])


def _prompt(hot_words: Sequence[str]) -> Fields:
    """Names and terms as the sentence before, which is how these models take them."""
    prompt = ""
    for word in hot_words:
        longer = f"{prompt}, {word}" if prompt else word
        if len(longer) <= _MOST_HOT_CHARS:
            prompt = longer
    return {"prompt": prompt} if prompt else {}


def _check_status(response: httpx2.Response) -> None:
    status = response.status_code
    if status in _WRONG_FORM:
        raise _WrongForm(status)
    if status == 413:
        raise EngineError(Trouble.TOO_LARGE, "status 413")
    if status == 429 or status >= 500:
        trouble = Trouble.BUSY if status in (429, 503) else Trouble.NOT_TAKEN
        raise EngineError(trouble, f"status {status}", retry_after_s=_retry_after_s(response))
    if status != 200:
        raise EngineError(Trouble.REJECTED, f"status {status}")


def _retry_after_s(response: httpx2.Response) -> float | None:
    asked = response.headers.get("retry-after", "")
    return float(asked) if asked.isascii() and asked.isdigit() else None


async def _read(response: httpx2.Response) -> bytes:
    body = bytearray()
    async for block in response.aiter_bytes():
        body += block
        if len(body) > _MOST_ANSWERED_BYTES:
            raise EngineError(Trouble.MALFORMED, "an endless answer")
    return bytes(body)


def transcript_in(body: bytes) -> str:
    """The transcript in an answer with status 200.

    Raises EngineError(MALFORMED) when it is a web page, a bare text or an error: a proxy, or a
    server that reports failures with status 200, must not become somebody's words.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise EngineError(Trouble.MALFORMED, "the answer is not JSON") from exc
    if not isinstance(answer, Mapping) or _is_error(answer):
        raise EngineError(Trouble.MALFORMED, "the answer is an error, or of another shape")
    text = answer.get("text")
    if not isinstance(text, str) or _PAGE.match(text):
        raise EngineError(Trouble.MALFORMED, "the answer has no text, or a page for one")
    segments = [one for one in _list(answer.get("segments")) if isinstance(one, Mapping)]
    if any(map(_is_silence, segments)):
        text = "".join(str(one.get("text", "")) for one in segments if not _is_silence(one))
    return text.strip()


def _is_error(answer: Mapping[str, Any]) -> bool:
    """As OpenAI's, FastAPI's and home-made servers say so."""
    code = answer.get("code")
    return bool(
        answer.get("error")
        or answer.get("detail")
        or answer.get("success") is False
        or str(answer.get("status")).lower() == "error"
        or (isinstance(code, int) and code >= 400)
    )


def _is_silence(segment: Mapping[str, Any]) -> bool:
    odds, sure = segment.get("no_speech_prob"), segment.get("avg_logprob")
    if not isinstance(odds, (int, float)) or not isinstance(sure, (int, float)):
        return False
    return odds > _NO_SPEECH and sure < _UNSURE


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []

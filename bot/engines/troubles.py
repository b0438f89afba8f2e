"""What went wrong with a call: which failures there are, what they mean, which to retry."""

import json

import anthropic
import httpx2

from bot.errors import Trouble

LONGEST_PAUSE_S = 10.0  # asked to wait longer, another writer answers sooner

FAILURES = (
    TimeoutError,
    anthropic.AnthropicError,
    # A dropped, stalled or garbled stream; the SDK lets these through as they are.
    httpx2.HTTPError,
    json.JSONDecodeError,
    UnicodeError,
)
_NEVER_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,  # an address without http://
    httpx2.LocalProtocolError,  # a key that fits into no header
)
_WAIT_HELPS = {408, 409, 429}  # and every 5xx
_BUSY = {429, 529}
_TROUBLE_IN_STREAM = {
    "rate_limit_error": Trouble.BUSY,
    "overloaded_error": Trouble.BUSY,
    "invalid_request_error": Trouble.REJECTED,
    "authentication_error": Trouble.REJECTED,
    "billing_error": Trouble.REJECTED,
    "permission_error": Trouble.REJECTED,
    "not_found_error": Trouble.REJECTED,
    "timeout_error": Trouble.TIMEOUT,
}


def trouble_of(exc: Exception) -> Trouble:
    """What a failed call means to those who wait for it."""
    if isinstance(exc, anthropic.APIStatusError):
        return _trouble_of_status(exc)
    if isinstance(exc, UnicodeEncodeError):  # a key in letters that no header can hold
        return Trouble.REJECTED
    if isinstance(exc.__cause__, _NEVER_SENT):
        return Trouble.UNREACHABLE
    if isinstance(exc, (TimeoutError, anthropic.APITimeoutError, httpx2.TimeoutException)):
        return Trouble.TIMEOUT
    return Trouble.UNREACHABLE


def _trouble_of_status(exc: anthropic.APIStatusError) -> Trouble:
    if exc.status_code < 400:  # an error event in the midst of a stream that began with 200
        return _TROUBLE_IN_STREAM.get(str(exc.type), Trouble.UNREACHABLE)
    if exc.status_code in _BUSY:
        return Trouble.BUSY
    return Trouble.UNREACHABLE if exc.status_code >= 500 else Trouble.REJECTED


def is_free(exc: anthropic.APIError) -> bool:
    """Whether a request that failed before any answer cannot be billed: it was answered with an
    error, or never left."""
    return isinstance(exc, anthropic.APIStatusError) or isinstance(exc.__cause__, _NEVER_SENT)


def pause_s(exc: anthropic.APIError, planned_s: float | None) -> float | None:
    """How long to wait before trying again, at least `planned_s`; None to give up."""
    if planned_s is None or not isinstance(exc, anthropic.APIStatusError):
        return planned_s
    if exc.status_code not in _WAIT_HELPS and exc.status_code < 500:
        return None
    try:
        asked_s = float(exc.response.headers.get("retry-after", 0))
    except ValueError:  # a date; nobody is known to send one
        asked_s = 0.0
    return max(planned_s, asked_s) if asked_s <= LONGEST_PAUSE_S else None


def name_of(exc: Exception) -> str:
    """Class and status alone: a server's message may repeat what a person wrote."""
    status = getattr(exc, "status_code", None)
    return f"{type(exc).__name__} {status}" if status else type(exc).__name__

"""Whether there is a server at an address."""

import asyncio
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx2

from bot.errors import GoldpanError

WITHIN_S = 3.0
"""Ours: a person waits for it, and a server that is up answers something in a tenth of that."""
_NOBODY_BEHIND = range(502, 505)  # what a gateway or a proxy answers in place of a server


async def reach(url: str, *, within_s: float = WITHIN_S) -> None:
    """Return once anybody answered anything at `url`. Raises GoldpanError with the reason."""
    try:
        async with (
            asyncio.timeout(within_s),
            httpx2.AsyncClient() as client,
            client.stream("GET", url) as answer,
        ):
            status = answer.status_code
    except TimeoutError as exc:
        raise GoldpanError(f"{url} gave no answer within {within_s:g} s") from exc
    except (httpx2.HTTPError, httpx2.InvalidURL) as exc:
        raise GoldpanError(f"{url} cannot be reached ({exc or type(exc).__name__})") from exc
    if status in _NOBODY_BEHIND:
        raise GoldpanError(f"{url} cannot be reached (status {status})")


def is_this_machine(url: str) -> bool:
    """Whether `url` leads to this machine itself."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")

"""The connections to Telegram."""

from collections.abc import Sequence
from typing import Any
from urllib.request import getproxies

import httpx

from bot.chat.pace import SIDE_BY_SIDE as POOLS


class Spread(httpx.AsyncBaseTransport):
    """Gives each request to the least busy of several connection pools.

    A pool looks at each of its connections anew for every request: with 32 in one pool, that alone
    made a reaction cost twice as much processor time as with one each in 32.
    """

    def __init__(self, pools: Sequence[httpx.AsyncBaseTransport]) -> None:
        self._pools = pools
        self._busy = [0] * len(pools)

    @classmethod
    def options(cls) -> dict[str, Any]:
        """What HTTPXRequest takes to use it. Nothing where the environment names a proxy: only
        httpx's own transport goes through that."""
        if getproxies():
            return {}
        verify = httpx.create_ssl_context()
        pools = [httpx.AsyncHTTPTransport(verify=verify) for _ in range(POOLS)]
        return {"transport": cls(pools)}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As the base's."""
        n = min(range(len(self._pools)), key=self._busy.__getitem__)
        self._busy[n] += 1
        try:
            return await self._pools[n].handle_async_request(request)
        finally:
            self._busy[n] -= 1

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools:
            await pool.aclose()

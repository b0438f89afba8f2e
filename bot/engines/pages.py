"""Pages of the web: fetched because a person asked, within bounds, from public addresses only.

A name is looked up once, every address it has must be public, and the connection goes to that very
address: a name that changes its mind between the look and the connection changes nothing. Each
redirect is looked at anew. No proxy is used: it would do the looking up itself.
"""

import asyncio
import ipaddress
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import httpx2

from bot.engines import apart, readable
from bot.engines.documents import MOST_CHARS
from bot.errors import EngineError, Trouble
from bot.journey.ports import Page

# Ours, for all of it (looking up, redirects, fetching, reading): nobody waits longer for a page.
WITHIN_S = 10.0
MOST_BYTES = 1_000_000  # ours: unpacked; the rest of a longer page is left where it is
MOST_REDIRECTS = 5  # ours: http to https, to www, and a shortener or two; browsers take 20
KINDS = ("text/html", "application/xhtml+xml", "text/plain")
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Goldpan; reads one page because a person asked)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9",
    "Accept-Encoding": "gzip",
}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Python counts these as open: what was once local to a site, an IPv4 address in disguise that no
# router carries, NAT64 of one's own, and where Azure's machines find their host.
_CLOSED = [
    ipaddress.ip_network(one)
    for one in ("fec0::/10", "::/96", "64:ff9b:1::/48", "168.63.129.16/32")
]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LookUp = Callable[[str, int], Awaitable[Sequence[str]]]


async def look_up(host: str, port: int) -> list[str]:
    """Every address of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=1)  # SOCK_STREAM
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open internet, also when it wraps another one."""
    if isinstance(address, ipaddress.IPv6Address) and (inner := _wrapped(address)):
        return is_public(inner)
    if any(address in closed for closed in _CLOSED):
        return False
    return address.is_global and not address.is_multicast


class Pages:
    """Implements `bot.journey.ports.PageReader`. The arguments let a test stand on loopback."""

    def __init__(
        self,
        *,
        look_up: LookUp = look_up,
        admits: Callable[[Address], bool] = is_public,
        within_s: float = WITHIN_S,
        verify: bool = True,
    ) -> None:
        self._look_up = look_up
        self._admits = admits
        self._within_s = within_s
        self._verify = verify

    async def read(self, address: str) -> Page:
        """A page's title and text. Raises EngineError."""
        try:
            async with asyncio.timeout(self._within_s):
                asked = httpx2.URL(address)
                url, kind, content, cut = await self._fetch(asked)
                # 200,000 nested elements keep the parser busy for two minutes.
                found = await apart.ask(readable.__name__, kind, content)
        except TimeoutError as exc:
            raise EngineError(Trouble.TIMEOUT) from exc
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError, zlib.error) as exc:
            raise EngineError(Trouble.UNREACHABLE, type(exc).__name__) from exc
        cut = cut or len(found["text"]) >= MOST_CHARS
        return Page(address if url == asked else str(url), found["title"], found["text"], cut)

    async def _fetch(self, url: httpx2.URL) -> tuple[httpx2.URL, str, bytes, bool]:
        async with httpx2.AsyncClient(
            headers=_HEADERS, trust_env=False, verify=self._verify, timeout=self._within_s
        ) as client:
            for _ in range(MOST_REDIRECTS + 1):
                async with self._answer(client, url) as answer:
                    if not answer.has_redirect_location:
                        content, cut = await _content(answer)
                        return url, answer.headers.get("content-type", ""), content, cut
                    url = url.join(answer.headers["location"])
        raise EngineError(Trouble.UNREACHABLE, "too many redirects")

    @asynccontextmanager
    async def _answer(
        self, client: httpx2.AsyncClient, url: httpx2.URL
    ) -> AsyncIterator[httpx2.Response]:
        """The answer of the first address that takes the connection."""
        request, failure = None, None
        for place in await self._places(url):
            request = client.build_request(
                "GET",
                url.copy_with(host=place, fragment=None, username=None, password=None),
                headers={"Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": url.host},
            )
            try:
                answer = await client.send(request, stream=True)
            except httpx2.ConnectError as exc:
                failure = exc
                continue
            try:
                yield answer
            finally:
                await answer.aclose()
            return
        raise failure or EngineError(Trouble.UNREACHABLE, "no address")

    async def _places(self, url: httpx2.URL) -> Sequence[str]:
        if url.scheme not in ("http", "https") or not url.host:
            raise EngineError(Trouble.UNREADABLE, "not a page of the web")
        port = (443 if url.scheme == "https" else 80) if url.port is None else url.port
        if not 1 <= port <= 65_535:
            raise EngineError(Trouble.UNREADABLE, "no such port")
        places = await self._look_up(url.host, port)
        if not all(self._admits(ipaddress.ip_address(one.partition("%")[0])) for one in places):
            raise EngineError(Trouble.PRIVATE, url.host)
        return places


async def _content(answer: httpx2.Response) -> tuple[bytes, bool]:
    """What the answer holds, at most `MOST_BYTES` of it, and whether there was more."""
    if answer.status_code != 200:
        raise EngineError(Trouble.REJECTED, f"status {answer.status_code}")
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in KINDS:
        raise EngineError(Trouble.UNREADABLE, kind or "of no kind")
    unpack = _unpacker(answer.headers.get("content-encoding", "identity").strip().lower())
    content = b""
    async for chunk in answer.aiter_raw():
        content += unpack(chunk, MOST_BYTES + 1 - len(content))
        if len(content) > MOST_BYTES:
            return content[:MOST_BYTES], True
    return content, False


def _unpacker(packing: str) -> Callable[[bytes, int], bytes]:
    """Unpacks a chunk to no more than so many bytes: a small one may hold a million zeros."""
    if packing in ("", "identity"):
        return lambda chunk, most: chunk[:most]
    if packing in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(wbits=47).decompress  # gzip or zlib, whichever it is
    raise EngineError(Trouble.UNREADABLE, f"packed as {packing}")


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]

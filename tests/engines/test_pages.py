"""Pages of the web, fetched from a real server, and the addresses that are refused."""

import gzip
import ipaddress
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.engines.pages import MOST_BYTES, MOST_REDIRECTS, Pages, is_public
from bot.errors import EngineError, Trouble

ARTICLE = "<title>On pianos</title><nav>Home</nav><p>Nobody <b>plays</b> it.</p><p>靈感</p>"


@dataclass
class Web:
    """A site on loopback under any name; `answers` by path: status, headers, body."""

    port: int
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    hosts: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    async def look_up(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        return ["10.0.0.7"] if host == "router.example" else ["127.0.0.1"]

    def at(self, path: str) -> str:
        return f"http://site.example:{self.port}{path}"

    def put(self, path: str, body: bytes, kind: str = "text/html; charset=utf-8") -> str:
        self.answers[path] = (200, {"Content-Type": kind}, body)
        return self.at(path)

    def redirect(self, path: str, to: str) -> str:
        self.answers[path] = (302, {"Location": to}, b"")
        return self.at(path)

    def reader(self, **more: float) -> Pages:
        loopback = ipaddress.ip_address("127.0.0.1")
        return Pages(look_up=self.look_up, admits=lambda one: one == loopback, **more)


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    sockets = bind_sockets(0, "127.0.0.1")
    site = Web(sockets[0].getsockname()[1])

    class Answering(RequestHandler):
        def get(self) -> None:
            site.hosts.append(self.request.host)
            status, headers, body = site.answers[self.request.path]
            self.set_status(status)
            for name, value in headers.items():
                self.set_header(name, value)
            self.write(body)

    server = HTTPServer(Application([(".*", Answering)]))
    server.add_sockets(sockets)
    yield site
    server.stop()
    await server.close_all_connections()


async def trouble(reader: Pages, address: str) -> Trouble:
    with pytest.raises(EngineError) as failed:
        await reader.read(address)
    return failed.value.trouble


async def test_a_page_is_read_for_its_title_and_text_without_menus(web: Web) -> None:
    page = await web.reader().read(web.put("/piano", ARTICLE.encode()))
    assert (page.title, page.text) == ("On pianos", "Nobody plays it.\n靈感")
    assert (page.address, page.cut) == (web.at("/piano"), False)
    assert web.hosts == [f"site.example:{web.port}"]


async def test_an_encoding_that_only_the_page_itself_names_is_used(web: Web) -> None:
    page = '<meta charset="big5"><title>雨</title><p>靈感都在捷運上</p>'.encode("big5")
    read = await web.reader().read(web.put("/", page, "text/html"))
    assert (read.title, read.text) == ("雨", "靈感都在捷運上")


async def test_a_charset_that_is_none_of_the_webs_is_not_believed(web: Web) -> None:
    for named in ("unicode_escape", "punycode", "rot13", "no-such"):
        address = web.put("/", b"a \\ud800 b", f"text/plain; charset={named}")
        assert (await web.reader().read(address)).text == "a \\ud800 b"


async def test_what_no_database_holds_is_left_out(web: Web) -> None:
    page = b"<title>l\x00id</title><p>no\x01body</p>"
    read = await web.reader().read(web.put("/", page))
    plain = await web.reader().read(web.put("/", b"pia\x00no", "text/plain"))
    assert "\x00" not in read.title + plain.text
    assert (read.text, plain.text) == ("nobody", "piano")


async def test_a_plain_text_is_read_as_it_is(web: Web) -> None:
    read = await web.reader().read(web.put("/", b"a < b\r\nnext", "text/plain"))
    assert (read.title, read.text) == ("", "a < b\nnext")


async def test_a_page_over_a_megabyte_is_read_as_far_as_that(web: Web) -> None:
    long = b"<p>beginning</p>" + b"x" * MOST_BYTES
    read = await web.reader().read(web.put("/", long))
    assert read.cut
    assert read.text.startswith("beginning")


async def test_a_packed_bomb_unpacks_to_a_megabyte_at_most(web: Web) -> None:
    web.put("/", gzip.compress(b"<p>boom</p>" + bytes(50_000_000)))
    web.answers["/"][1]["Content-Encoding"] = "gzip"
    read = await web.reader().read(web.at("/"))
    assert read.cut


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream"])
async def test_what_is_no_page_is_not_read(web: Web, kind: str) -> None:
    assert await trouble(web.reader(), web.put("/", b"x", kind)) is Trouble.UNREADABLE


async def test_a_page_without_words_and_one_that_is_missing_say_so(web: Web) -> None:
    assert await trouble(web.reader(), web.put("/", b"<script>x()</script>")) is Trouble.EMPTY
    web.answers["/gone"] = (404, {"Content-Type": "text/html"}, b"<p>not found</p>")
    assert await trouble(web.reader(), web.at("/gone")) is Trouble.REJECTED


async def test_redirects_are_followed_but_not_for_ever(web: Web) -> None:
    web.put(f"/{MOST_REDIRECTS}", b"<p>there</p>")
    for n in range(MOST_REDIRECTS):
        web.redirect(f"/{n}", f"/{n + 1}")
    page = await web.reader().read(web.at("/0"))
    assert (page.text, page.address) == ("there", web.at(f"/{MOST_REDIRECTS}"))
    web.redirect("/loop", "/loop")
    assert await trouble(web.reader(), web.at("/loop")) is Trouble.UNREACHABLE


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("http://router.example/", Trouble.PRIVATE),
        ("file:///etc/passwd", Trouble.UNREADABLE),
        ("ftp://site.example/", Trouble.UNREADABLE),
    ],
)
async def test_each_redirect_is_looked_at_anew(web: Web, to: str, expected: Trouble) -> None:
    assert await trouble(web.reader(), web.redirect("/", to)) is expected


async def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    async def both(host: str, port: int) -> list[str]:
        return ["93.184.215.14", "192.168.1.1"]

    assert await trouble(Pages(look_up=both), "http://site.example/") is Trouble.PRIVATE


async def test_the_connection_goes_to_the_address_that_was_looked_at(web: Web) -> None:
    """A name that would lead elsewhere a moment later is looked up once a request, and no more."""
    await web.reader().read(web.put("/", b"<p>x</p>"))
    assert web.looked_up == ["site.example"]


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/"),
        *("http://169.254.169.254/latest/meta-data", "http://[::ffff:10.0.0.1]/"),
        *("http://2130706433/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/"),
    ],
)
async def test_no_way_of_writing_a_private_address_gets_through(address: str) -> None:
    assert await trouble(Pages(), address) in (Trouble.PRIVATE, Trouble.UNREACHABLE)


@pytest.mark.parametrize(
    "address",
    [
        *("fec0::1", "::7f00:1", "::5db8:d70e", "64:ff9b:1::a00:1", "168.63.129.16"),
        *("::ffff:168.63.129.16", "64:ff9b::a83f:8110", "ff02::1", "100.64.0.1"),
    ],
)
def test_an_address_that_leads_into_somebodys_network_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("port", ["0", "65536", "99999", "99999999999"])
async def test_a_port_that_cannot_be_is_no_page(web: Web, port: str) -> None:
    expected = (Trouble.UNREADABLE, Trouble.UNREACHABLE)
    assert await trouble(web.reader(), f"http://site.example:{port}/") in expected
    assert await trouble(Pages(), f"http://1.1.1.1:{port}/") in expected


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


async def test_a_page_that_keeps_the_parser_busy_is_given_up(web: Web) -> None:
    began = time.monotonic()
    address = web.put("/", b"<div>" * 190_000)
    assert await trouble(web.reader(within_s=2.0), address) is Trouble.TIMEOUT
    assert time.monotonic() - began < 30

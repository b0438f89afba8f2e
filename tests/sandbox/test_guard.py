"""Who may speak to the stand-in, and what its page's answers forbid."""

import httpx
import pytest
from tornado.web import RequestHandler

from bot.sandbox.cloud import Cloud
from bot.sandbox.guard import ForThePage
from bot.sandbox.server import serving


class Leaf(ForThePage, RequestHandler):
    """The smallest page there is."""

    def get(self) -> None:
        self.write("leaf")

    post = get


@pytest.fixture
async def here(cloud: Cloud):
    """The address of the stand-in with a page beside it."""
    async with serving(cloud, also=[("/leaf", Leaf)]) as url:
        yield url


async def status(url, method="GET", path="/leaf", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with httpx.AsyncClient(base_url=url, headers=named) as client:
        return (await client.request(method, path)).status_code


@pytest.mark.parametrize("site", ["same-origin", "none"])
async def test_a_page_may_be_typed_bookmarked_or_asked_for_by_itself(here, site):
    assert await status(here, Sec_Fetch_Site=site) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "http://goldpan.example"},
        {"Origin": "null"},
        {"Host": "goldpan.example"},
    ],
)
async def test_no_other_page_may_read_it(here, headers):
    assert await status(here, **headers) == 403


async def test_what_changes_something_says_where_it_comes_from(here):
    assert await status(here, "POST") == 403
    assert await status(here, "POST", Origin=here) == 200
    assert await status(here, "POST", Origin=here.replace("127.0.0.1", "localhost")) == 403


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://127.0.0.1"}, {"Sec_Fetch_Site": "none"}, {"Host": "goldpan.example"}],
)
async def test_the_bot_api_is_for_programs_only(here, cloud, headers):
    for path in (f"/bot{cloud.token}/getMe", "/bot", f"/file/bot{cloud.token}/x"):
        assert await status(here, path=path, **headers) == 403
    assert await status(here, path=f"/bot{cloud.token}/getMe") == 200


async def test_no_answer_may_be_kept_framed_guessed_at_or_scripted_from_elsewhere(here):
    async with httpx.AsyncClient(base_url=here) as client:
        headers = (await client.get("/leaf")).headers
    rules = dict(
        rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";")
    )
    assert rules == {
        "default-src": "'self'",
        "img-src": "'self' blob:",
        "media-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["Cache-Control"] == "no-cache"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"

"""Who may speak to the stand-in: programs on this machine, and its own page. No other page that
somebody happens to have open may drive it."""

from collections.abc import Awaitable

from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError, RequestHandler

_OURS = frozenset({"127.0.0.1", "localhost"})
_HERE = frozenset({"same-origin", "none"})  # "none": typed into the address bar, or a bookmark

# Nothing that a message holds can run: no inline script or style, nothing from elsewhere. A blob
# is what the page itself has in memory, a recording for instance.
POLICY = (
    "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class ForPrograms(RequestHandler):
    """Refuses what comes from a browser's page, and names that only look like this machine."""

    def prepare(self) -> Awaitable[None] | None:
        """Raises 403 for whom this is not meant."""
        headers = self.request.headers
        if not _is_ours(self.request) or "Origin" in headers or "Sec-Fetch-Site" in headers:
            raise HTTPError(403)
        return None


class ForThePage(RequestHandler):
    """Refuses every page but the one served here. What changes something must say where it comes
    from: a browser always does."""

    def prepare(self) -> None:
        """Raises 403 for whom this is not meant."""
        if not is_from_here(self.request, must_say=self.request.method not in {"GET", "HEAD"}):
            raise HTTPError(403)

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)


def is_from_here(request: HTTPServerRequest, *, must_say: bool) -> bool:
    """Whether a request is for this machine by name and was not made by another page."""
    origin = request.headers.get("Origin")
    if origin is None and must_say:
        return False
    said_to_be_here = origin in (None, f"http://{request.host}")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return _is_ours(request) and said_to_be_here and site in _HERE


def _is_ours(request: HTTPServerRequest) -> bool:
    """A name that was made to point here, as in DNS rebinding, is still another name."""
    return request.host_name in _OURS

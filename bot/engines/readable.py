"""What is worth reading in a page: its title and its text, without menus and machinery.

Run as a module it reads a page from its input, of the content type that is its argument.
"""

import codecs
import re
import sys

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.words import is_blank
from bot.engines import apart
from bot.engines.documents import MOST_CHARS, decoded
from bot.errors import EngineError, Trouble

_MACHINERY = [
    *("script", "style", "noscript", "template", "svg", "iframe", "object", "form", "button"),
    *("nav", "header", "footer", "aside", "select", "dialog"),
]
_BLOCKS = (
    "p, div, br, li, ul, ol, h1, h2, h3, h4, h5, h6, tr, blockquote, pre, section, article, "
    "figcaption, dt, dd, hr"
)
# An article shorter than this is a teaser among others, not what the page is about.
_ARTICLE_CHARS = 200
_TITLE_CHARS = 300
_BREAK = "\x1e"  # stands for a new line until white space is tidied
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
# The encodings of the web (encoding.spec.whatwg.org), as Python calls them. Python has others that
# are none: "unicode_escape" makes halves of characters, "punycode" takes for ever.
_CHARSETS = frozenset(
    [
        *("ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"),
        *("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp950"),
        *("euc_jp", "iso2022_jp", "shift_jis", "cp932", "euc_kr", "cp949"),
        *("koi8-r", "koi8-u", "cp866", "cp874", "mac-roman"),
        *(f"iso8859-{n}" for n in range(1, 17)),
        *(f"cp{n}" for n in range(1250, 1259)),
    ]
)


def words_in(content: bytes, kind: str) -> tuple[str, str]:
    """The title and the text of a page of this content type, whose charset counts. Raises
    EngineError: EMPTY or UNREADABLE."""
    text = _text(content, kind)
    if kind.startswith("text/plain"):
        title, body = "", text.replace("\r\n", "\n").strip()
    else:
        title, body = _of_html(text)
    if is_blank(body):
        raise EngineError(Trouble.EMPTY)
    return title[:_TITLE_CHARS], body[:MOST_CHARS]


def _text(content: bytes, kind: str) -> str:
    named = re.search(r"charset\s*=\s*[\"']?([\w-]{1,40})", kind, re.IGNORECASE)
    written = _CHARSET.search(content[:4096])
    charset = named[1] if named else written[1].decode("ascii") if written else "utf-8"
    try:
        if codecs.lookup(charset).name in _CHARSETS:
            return content.decode(charset)
    except (LookupError, UnicodeError):  # cut in a character, or said wrongly
        pass
    try:
        return decoded(content)
    except EngineError:
        return content.decode("utf-8", "replace")


def _of_html(html: str) -> tuple[str, str]:
    page = LexborHTMLParser(html)
    title = _title(page)
    page.strip_tags(_MACHINERY)
    for block in page.css(_BLOCKS):
        block.insert_before(_BREAK)
        block.insert_after(_BREAK)
    candidates = [_tidy(node) for node in page.css("article, main, [role=main]")]
    best = max(candidates, key=len, default="")
    if len(best) < _ARTICLE_CHARS and page.body is not None:
        best = _tidy(page.body)
    return title, best


def _title(page: LexborHTMLParser) -> str:
    named = page.css_first("meta[property='og:title']")
    title = (named.attributes.get("content") if named else None) or ""
    if not title and (head := page.css_first("title")):
        title = head.text()
    return " ".join(title.split())


def _tidy(node: LexborNode) -> str:
    lines = node.text(deep=True).split(_BREAK)
    return "\n".join(line for raw in lines if (line := " ".join(raw.split())))


def main() -> dict[str, str]:
    """The page that comes in."""
    title, text = words_in(sys.stdin.buffer.read(), sys.argv[1])
    return {"title": title, "text": text}


if __name__ == "__main__":
    apart.answer(main)

"""Which card a reply names: "2 I really saw this" is about the second on the page."""

import re

CARDS_A_PAGE = 4
"""Best-worst choices among four are reliable (docs/science.md, "Pan")."""

CARDS_A_ROUND = 3 * CARDS_A_PAGE
"""Three pages: of about twenty ideas that were dug, about twelve are shown (docs/science.md,
"Expand")."""

_COUNTED = "天個个次年月日號号點点塊块歲岁人件分秒週周小位場场本支條条句張张杯碗元倍成種种"
# Nobody counts these: "2 this happened to me" is about a card, "2 rooms" is not.
_SAID = (
    r"i|i'm|i've|it|it's|this|that|that's|the|my|our|your|his|her|we|he|she|they|you|"
    r"because|when|yes|no|but|reminds|happened"
)
# "2. 我真的遇過" and "2 I really saw this" answer the second card. "3 days later" and "3 天後" only
# count something: without a mark, what follows must not be something that is counted.
_NUMBER = re.compile(
    r"^\s*(?P<n>[1-4１-４])(?:"
    r"\s*[.:：．、,，)）](?![\d０-９])\s*(?=\S)"
    r"|\s+(?=[A-Z「“\"])"
    rf"|\s+(?=(?i:{_SAID})\b)"
    rf"|\s+(?=[\u4e00-\u9fff])(?![{_COUNTED}])"
    r")"
)
_ALONE = re.compile(r"^\s*(?P<n>[1-4１-４])\s*[.:：．、,，)）]?\s*$")


def named(text: str) -> int | None:
    """The number of the card that a reply begins with, from 1 to `CARDS_A_PAGE`; None where it
    names none."""
    found = _NUMBER.match(text) or _ALONE.match(text)
    return int(found["n"]) if found else None


def without(text: str) -> str:
    """A reply without the number of its card, which nobody speaks. A number alone stays."""
    return _NUMBER.sub("", text)

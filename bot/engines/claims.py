"""Whether a passage says something that could be true or not: a question like "when was the one
time this was NOT true?" makes no sense about "time management".

Careful: what may be a bare phrase counts as one. No card is dealt too many for that.
"""

import re

from bot.domain.records import Language
from bot.domain.script import language_of, simplified
from bot.domain.words import jieba, tokens

_ASKS = re.compile("[?？]|[吗呢么][。…]?$|什么|怎么|为何|谁|哪|几时|多少|要不要|是不是|(.)不\\1")
_PHRASE = re.compile("^(?:如果|要是|假如|为了|关于|因为|当)")
# rjieba's tags of what a sentence has beside its verb, and a bare phrase mostly has not: pronouns,
# adverbs, 了 and its like (not 的), prepositions.
_SENTENCE = ("r", "d", "ul", "ug", "uz", "p")
_SAYS = frozenset({"是", "有", "没", "没有", "在", "会", "要"})

# An English verb is known by its form only where it can be nothing else.
_FORMS = """
am is are was were has have had can can't cannot could couldn't will won't would wouldn't should
shouldn't must might does doesn't did didn't don't isn't aren't wasn't weren't hasn't haven't hadn't
said says went goes came comes made makes got gets took takes saw knew knows thought thinks felt
found gave gives kept keeps told tells became began forgot taught wrote spoke caught brought
"""
_VERBS = frozenset(_FORMS.split())
_SUBJECTS = frozenset({"i", "we", "he", "she", "they", "it", "you", "nobody", "everybody"})
# What opens a phrase or a question, and what makes the verb after it belong to a noun.
_RELATIVE = frozenset({"who", "that", "which", "whose", "where", "when", "why", "how", "what"})
_OPENS = _RELATIVE - {"that"} | {"if", "whether", "because", "although", "while", "since", "to"}


def asserts(quote: str) -> bool:
    """Whether `quote` says something that can be denied, and is no question."""
    if language_of(quote, Language.EN) is Language.EN:
        return _asserts_in_english(quote)
    return _asserts_in_chinese(simplified(quote))


def _asserts_in_english(quote: str) -> bool:
    words = [word.replace("’", "'") for word in tokens(quote)]
    if len(words) < 3 or words[0] in _OPENS or "?" in quote:
        return False
    head, _, rest = words[0].partition("'")
    if head in _SUBJECTS or (rest in {"s", "re"} and head in {"that", "there"}):
        return True
    before: set[str] = set()
    for word in words[1:]:
        if word in _VERBS:
            return not before & _RELATIVE and not before & _SUBJECTS
        before.add(word)
    return False


def _asserts_in_chinese(quote: str) -> bool:
    """It has a verb or an adjective with something before it, not in front of the last 的, and
    looks like a sentence."""
    if _ASKS.search(quote) or _PHRASE.search(quote):
        return False
    tagged = jieba().tag(quote.rstrip(" 。！!…的"))
    last = max((at for at, (word, _) in enumerate(tagged) if word == "的"), default=-1)
    after = tagged[last + 1 :]
    said = any(
        (tag in {"v", "a"} or word in _SAYS) and (at or last >= 0)
        for at, (word, tag) in enumerate(after)
    )
    return said and any(tag.startswith(_SENTENCE) or word in _SAYS for word, tag in after)

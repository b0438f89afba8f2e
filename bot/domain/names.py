"""Names and terms: the words a recogniser gets wrong unless it is told of them."""

import re

from bot.domain.script import HAN
from bot.domain.words import OTHER, sentences, tagged

# rjieba's tags for people, places, organisations and other names.
_NAMES = ("nr", "ns", "nt", "nz")
_HAN = re.compile(f"[{HAN}]")


def names(text: str) -> list[str]:
    """Those in `text`, in order. In English a word with a capital is one, unless it begins a
    sentence; in Chinese, what the dictionary knows as a name, and every foreign word."""
    return [word for sentence in sentences(text) for word in _in_sentence(sentence)]


def _in_sentence(sentence: str) -> list[str]:
    mixed = bool(_HAN.search(sentence))
    found = []
    for word, tag in tagged(sentence):
        begins = sentence.lstrip().startswith(word)
        capital = word != word.lower() if not begins else word[1:] != word[1:].lower()
        if tag.startswith(_NAMES) or (tag == OTHER and (mixed or capital)):
            found.append(word)
    return found

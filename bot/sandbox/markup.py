"""Formatted text as Telegram takes it from a bot: plain text, cleaned, with its entities."""

from collections.abc import Iterable

from bot.sandbox.found import found_in
from bot.sandbox.given import given_entities
from bot.sandbox.refused import bad_request
from bot.sandbox.shapes import Json
from bot.sandbox.tags import read_tags
from bot.sandbox.text import VANISHING, cleaned, spaced, utf16_units

MAX_RAW = 1 << 15  # bytes, markup and all (tdlib/telegram-bot-api, Client::get_formatted_text)
MAX_ENTITIES = 100
"""Telegram shows this many and drops the rest without a word (Bot API, formatting options)."""

_EDGE = " \n"
_NOTHING_INSIDE = frozenset({"pre", "code"})
_UNDIVIDED = _NOTHING_INSIDE | {"text_link", "text_mention", "custom_emoji"}


def render(text: str, parse_mode: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Plain text and its entities, from either of the two forms a bot may send.

    Cleaned and trimmed as Telegram does, with the entities it adds by itself, and no more of them
    than it shows. Raises `Refused` where the markup or an entity makes no sense.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_RAW:
        raise bad_request("text is too long")
    match parse_mode.lower():
        case "":
            given = given_entities(entities)
        case "html":
            text, given = read_tags(text)
        case _:
            raise bad_request("unsupported parse_mode")
    text, given = _trimmed(*_cleaned(text, [entity for entity in given if entity["length"]]))
    shown = _untangled(given)
    shown += [one for one in found_in(text) if not any(_overlap(one, e) for e in _whole(shown))]
    return text, _in_order(shown)[:MAX_ENTITIES]


def _cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without characters that no message may have; the entities move along."""
    text = spaced(text)
    _check(text, entities)
    if not VANISHING & set(text):
        return text, entities
    gone = [n for n, char in enumerate(_units(text)) if char in VANISHING]
    return cleaned(text), [_moved(entity, gone) for entity in entities]


def _moved(entity: Json, gone: list[int]) -> Json:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    before = sum(n < start for n in gone)
    inside = sum(start <= n < end for n in gone)
    return entity | {"offset": start - before, "length": end - start - inside}


def _check(text: str, entities: list[Json]) -> None:
    """An entity begins and ends between characters of the text."""
    units = _units(text)
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start >= len(units):
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
        if end > len(units):
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text "
                f"at UTF-16 offset {end}"
            )
        if not units[start]:
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at offset {start}")
        if end < len(units) and not units[end]:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol"
            )


def _units(text: str) -> list[str]:
    """One entry for every UTF-16 unit: the character, or "" for the second half of one."""
    return [unit for char in text for unit in ((char, "") if ord(char) > 0xFFFF else (char,))]


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at the end, and at the beginning as far as no entity covers it."""
    text = text.rstrip(_EDGE)
    length = utf16_units(text)
    entities = [
        entity | {"length": min(entity["length"], length - entity["offset"])}
        for entity in entities
        if entity["offset"] < length and entity["length"] > 0
    ]
    first = min((entity["offset"] for entity in entities), default=length)
    lead = min(len(text) - len(text.lstrip(_EDGE)), first)
    return text[lead:], [entity | {"offset": entity["offset"] - lead} for entity in entities]


def _untangled(entities: list[Json]) -> list[Json]:
    """Code holds no other formatting. Telegram also splits what overlaps by halves; that is left
    as it is here, as no HTML can say it."""
    shown: list[Json] = []
    for entity in _in_order(entities):
        inside = (one for one in shown if one["type"] in _NOTHING_INSIDE)
        if not any(_overlap(entity, one) for one in inside):
            shown.append(entity)
    return shown


def _in_order(entities: Iterable[Json]) -> list[Json]:
    def place(entity: Json) -> tuple[int, int, bool]:
        return entity["offset"], -entity["length"], entity["type"] not in _NOTHING_INSIDE

    return sorted(entities, key=place)


def _whole(entities: list[Json]) -> list[Json]:
    return [entity for entity in entities if entity["type"] in _UNDIVIDED]


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )

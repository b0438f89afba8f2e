"""Entities that a bot sends beside a text, each checked: its type, its place, its address."""

from bot.sandbox.found import AUTOMATIC
from bot.sandbox.refused import bad_request
from bot.sandbox.shapes import Json, present
from bot.sandbox.tags import address
from bot.sandbox.typed import an_object, whole, word

_PLAIN = frozenset(
    {
        *("bold", "italic", "underline", "strikethrough", "spoiler", "code"),
        *("blockquote", "expandable_blockquote"),
    }
)
# Telegram looks for these too, though our `found` does not.
_DROPPED = AUTOMATIC | {"cashtag", "phone_number", "bank_card_number"}


def given_entities(entities: list[Json]) -> list[Json]:
    """What Telegram makes of them: those it finds by itself left out, unknown fields too. Raises
    `Refused` for one that makes no sense."""
    return [_checked(entity) for entity in entities if word(entity, "type") not in _DROPPED]


def _checked(entity: Json) -> Json:
    offset, length = whole(entity, "offset"), whole(entity, "length")
    if offset < 0 or length < 0:
        raise bad_request("an entity begins before the text or ends before it begins")
    kind = word(entity, "type")
    return {"type": kind, "offset": offset, "length": length} | _argument(kind, entity)


def _argument(kind: str, entity: Json) -> Json:
    match kind:
        case "pre":
            return present(language=word(entity, "language"))
        case "text_link":
            if (url := address(word(entity, "url"))) is None:
                raise bad_request(f"text_link has the wrong URL '{word(entity, 'url')}'")
            return {"url": url}
        case "text_mention":
            user = an_object(entity.get("user"), "user")
            return {"user": user | {"id": whole(user, "id")}}
        case "custom_emoji":
            if not word(entity, "custom_emoji_id").isdecimal():
                raise bad_request("invalid custom emoji identifier specified")
            return {"custom_emoji_id": entity["custom_emoji_id"]}
        case _ if kind in _PLAIN:
            return {}
    raise bad_request(f"unsupported entity type '{kind}' specified")

"""An independent opinion on the shape of what a bot and Telegram say to each other.

aiogram's models are generated from the Bot API's documentation. They let unknown fields pass, so we
look for those ourselves: a misspelt name would be one.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from aiogram import methods
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter, ValidationError

METHODS: dict[str, type[TelegramMethod[Any]]] = {
    name.lower(): getattr(methods, name) for name in methods.__all__
}


class Witness:
    """Overhears a cloud; `problems` are the calls and answers that the Bot API does not know."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.problems: list[str] = []

    def __call__(self, method: str, arguments: dict[str, Any], result: Any) -> None:
        self.calls.append(method)
        model = METHODS[method.lower()]
        try:
            call = model.model_validate(_read(model, arguments))
            answer = _adapter(model.__returning__).validate_python(result)
        except ValidationError as exc:
            self.problems.append(f"{method}: {exc}")
        else:
            self.problems += [f"{method}: argument {name}" for name in unknown_fields(call)]
            self.problems += [f"{method}: result {name}" for name in unknown_fields(answer)]


def unknown_in_update(update: dict[str, Any]) -> list[str]:
    """Fields of an update, at any level, that the Bot API does not have. Raises when it is none."""
    return list(unknown_fields(Update.model_validate(update)))


def unknown_fields(value: Any, path: str = "") -> Iterator[str]:
    """Fields, at any level of an aiogram object, that the Bot API does not have."""
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from unknown_fields(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from unknown_fields(item, path)


def _read(model: type[TelegramMethod[Any]], arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a form, whose lists and objects are JSON in strings."""
    return {
        name: json.loads(value) if _is_json(model, name, value) else value
        for name, value in arguments.items()
    }


def _is_json(model: type[TelegramMethod[Any]], name: str, value: Any) -> bool:
    field = model.model_fields.get(name)
    if field is None or not isinstance(value, str):
        return False
    try:
        _adapter(field.annotation).validate_python(value)
    except ValidationError:
        return True
    return False


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    plain = isinstance(kind, type) and issubclass(kind, BaseModel)
    return TypeAdapter(kind, config=None if plain else {"arbitrary_types_allowed": True})

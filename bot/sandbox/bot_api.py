"""What the bot can ask of the cloud: its methods by name, and those about the bot itself."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.attachments import Attachments
from bot.sandbox.cloud import BOT, Cloud
from bot.sandbox.messages import Messages
from bot.sandbox.params import Params
from bot.sandbox.refused import Refused, bad_request, conflict
from bot.sandbox.shapes import Json
from bot.sandbox.typed import word
from bot.sandbox.webhook import Postman, Sleep, hook_from

MAX_COMMANDS = 100  # (Bot API, setMyCommands)
MAX_DESCRIPTION = 256  # characters (Bot API, BotCommand)
_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")  # (Bot API, BotCommand)
MAX_POLL_S = 50  # tdlib/telegram-bot-api, LONG_POLL_MAX_TIMEOUT
POLL_BESIDE_WEBHOOK = conflict(
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
POLL_ENDED_BY_WEBHOOK = conflict("terminated by setWebhook request")


class BotApi:
    """The methods a bot may call. `call` raises `Refused` where Telegram would."""

    def __init__(self, cloud: Cloud, sleep: Sleep = asyncio.sleep) -> None:
        self._cloud = cloud
        self._postman = Postman(cloud, self.call, sleep)
        self._methods: dict[str, Callable[[Params], Any]] = {
            "getme": self._get_me,
            "setwebhook": self._set_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "deletewebhook": self._delete_webhook,
            "setmycommands": self._set_my_commands,
            "getmycommands": self._get_my_commands,
            "deletemycommands": self._delete_my_commands,
            **Messages(cloud).methods,
            **Attachments(cloud).methods,
        }

    async def call(self, method: str, params: Params) -> Any:
        """The result of `method`, whose name may be in any case."""
        if method.lower() == "getupdates":
            return await self._get_updates(params)
        if (answer := self._methods.get(method.lower())) is None:
            raise Refused(404, "Not Found")
        return answer(params)

    async def close(self) -> None:
        """Stop delivering."""
        await self._postman.close()

    def _get_updates(self, params: Params) -> Awaitable[list[Json]]:
        if self._postman.hook:
            raise POLL_BESIDE_WEBHOOK
        return self._cloud.updates.take(
            offset=params.number("offset"),
            limit=min(max(params.number("limit", 100), 1), 100),
            timeout_s=min(max(params.number("timeout"), 0), MAX_POLL_S),
            allowed=params.strings("allowed_updates"),
        )

    def _get_me(self, _: Params) -> Json:
        return BOT | {
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _set_webhook(self, params: Params) -> bool:
        if not params.text("url"):
            return self._delete_webhook(params)
        hook = hook_from(params)
        self._drop_if_asked(params)
        self._cloud.updates.allow(params.strings("allowed_updates"))
        self._cloud.updates.hang_up(POLL_ENDED_BY_WEBHOOK)
        self._postman.serve(hook)
        return True

    def _delete_webhook(self, params: Params) -> bool:
        self._postman.serve(None)
        self._drop_if_asked(params)
        return True

    def _get_webhook_info(self, _: Params) -> Json:
        waiting: Json = {"pending_update_count": self._cloud.updates.unconfirmed}
        if kinds := self._cloud.updates.allowed:
            waiting["allowed_updates"] = kinds
        return self._postman.info() | waiting

    def _drop_if_asked(self, params: Params) -> None:
        if params.flag("drop_pending_updates"):
            self._cloud.updates.forget()

    def _set_my_commands(self, params: Params) -> bool:
        self._cloud.commands[_audience(params)] = _commands(params)
        return True

    def _delete_my_commands(self, params: Params) -> bool:
        self._cloud.commands.pop(_audience(params), None)
        return True

    def _get_my_commands(self, params: Params) -> Any:
        return self._cloud.commands.get(_audience(params), [])


def _audience(params: Params) -> tuple[str, str]:
    return json.dumps(params.object("scope"), sort_keys=True), params.text("language_code")


def _commands(params: Params) -> list[Json]:
    given = params.objects("commands")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(one) for one in given]


def _command(given: Json) -> Json:
    name, description = word(given, "command").removeprefix("/"), word(given, "description")
    if not _COMMAND.match(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}

"""A bare python-telegram-bot echo bot, for comparison: it keeps nothing."""

import os
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

Answer = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same again."""
    message = update.effective_message
    assert message is not None, "the filter lets only messages through"
    assert message.text is not None, "and of those only texts"
    await message.reply_text(message.text)


def serve(answer: Answer) -> None:
    """Poll the server that TELEGRAM_API_URL names until SIGTERM, and answer every text."""
    address, token = os.environ["TELEGRAM_API_URL"], os.environ["TELEGRAM_BOT_TOKEN"]
    application = Application.builder().token(token).base_url(f"{address}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT & filters.UpdateType.MESSAGE, answer))
    application.run_polling()


if __name__ == "__main__":
    serve(echo)

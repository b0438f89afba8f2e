"""A bare python-telegram-bot echo bot, for comparison: it keeps nothing."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same again."""
    message = update.effective_message
    assert message is not None, "the filter lets only messages through"
    assert message.text is not None, "and of those only texts"
    await message.reply_text(message.text)


def main() -> None:
    """Poll the server that TELEGRAM_API_URL names until SIGTERM."""
    address, token = os.environ["TELEGRAM_API_URL"], os.environ["TELEGRAM_BOT_TOKEN"]
    application = Application.builder().token(token).base_url(f"{address}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT & filters.UpdateType.MESSAGE, echo))
    application.run_polling()


if __name__ == "__main__":
    main()

"""Bots written with other people's libraries run here unchanged."""

import asyncio
from collections.abc import Iterator

import aiogram
import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.utils.backoff import BackoffConfig
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from tornado.testing import bind_unused_port


@pytest.fixture
def free_port() -> Iterator[int]:
    listener, port = bind_unused_port()
    listener.close()
    return port


def said(phone):
    return [(e.kind, e.text) for e in phone.events if e.side == "bot"]


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    if message.voice:
        data = await (await message.voice.get_file()).download_as_bytearray()
        await message.reply_document(bytes(data), filename="back.ogg", caption="yours")
    else:
        await message.set_reaction("✍")
        await message.reply_html(f"<b>{message.text}</b>", do_quote=True)


def ptb(cloud, url):
    builder = Application.builder().token(cloud.token)
    application = builder.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    return application


ECHOED = [("reaction", "✍"), ("text", "坐到公司那一站"), ("file", "back.ogg\nyours")]


async def test_python_telegram_bot_polls(cloud, url, phone, voice_note, eventually):
    async with ptb(cloud, url) as application:
        await application.start()
        await application.updater.start_polling()
        phone.send("坐到公司那一站")
        phone.voice(voice_note)
        await eventually(lambda: len(phone.events) == 5 and not cloud.updates.unconfirmed)
        await application.updater.stop()
        await application.stop()
    assert said(phone) == ECHOED
    assert cloud.files.find("file2").data == voice_note.read_bytes()


async def test_python_telegram_bot_is_called_at_its_webhook(
    cloud, url, phone, voice_note, eventually, free_port
):
    async with ptb(cloud, url) as application:
        await application.start()
        await application.updater.start_webhook(
            port=free_port,
            url_path="hook",
            webhook_url=f"http://127.0.0.1:{free_port}/hook",
            secret_token="only_us",
        )
        phone.send("坐到公司那一站")
        phone.voice(voice_note)
        await eventually(lambda: len(phone.events) == 5 and not cloud.updates.unconfirmed)
        await application.updater.stop()
        await application.stop()
    assert said(phone) == ECHOED


def aiogram_echo() -> aiogram.Dispatcher:
    """The library's own first example, and a keyboard."""
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message(CommandStart(deep_link=True))
    async def begin(message: aiogram.types.Message) -> None:
        await message.answer("<b>Hello</b>", parse_mode="HTML")

    @dispatcher.message(aiogram.F.photo)
    async def picture(message: aiogram.types.Message, bot: aiogram.Bot) -> None:
        data = await bot.download(message.photo[-1])
        file = aiogram.types.BufferedInputFile(data.read(), "back.jpg")
        photos = [aiogram.types.InputMediaPhoto(media=file, caption="yours")] * 2
        await message.answer_media_group(photos)

    @dispatcher.message()
    async def text(message: aiogram.types.Message) -> None:
        button = aiogram.types.InlineKeyboardButton(text="⭐", callback_data="keep")
        keyboard = aiogram.types.InlineKeyboardMarkup(inline_keyboard=[[button]])
        await message.react([aiogram.types.ReactionTypeEmoji(emoji="✍")])
        await message.reply(message.text, reply_markup=keyboard)

    @dispatcher.callback_query()
    async def pressed(query: aiogram.types.CallbackQuery) -> None:
        await query.message.edit_text("kept")
        await query.answer("done")

    return dispatcher


async def test_aiogram_polls(cloud, url, phone, picture, eventually):
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with aiogram.Bot(cloud.token, session=session) as bot:
        dispatcher = aiogram_echo()
        polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
        phone.start("from-a-link")
        phone.send("坐到公司那一站")
        await eventually(lambda: len(said(phone)) == 3)
        phone.tap("⭐")
        phone.photo(picture)
        await eventually(lambda: len(said(phone)) == 7 and not cloud.updates.unconfirmed)
        await dispatcher.stop_polling()
        await polling
    assert sorted(said(phone)) == sorted(
        [
            ("text", "Hello"),
            ("reaction", "✍"),
            ("text", "坐到公司那一站"),
            ("edit", "kept"),
            ("toast", "done"),
            ("photo", "back.jpg\nyours"),
            ("photo", "back.jpg\nyours"),
        ]
    )


@pytest.mark.parametrize("fault", ["error_502", "reset", "lose_answers"])
async def test_aiogram_polls_on_after_a_fault(cloud, url, phone, eventually, caplog, fault):
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with aiogram.Bot(cloud.token, session=session) as bot:
        dispatcher = aiogram_echo()
        soon = BackoffConfig(min_delay=0.01, max_delay=0.02, factor=1.5, jitter=0)
        polling = asyncio.create_task(
            dispatcher.start_polling(bot, handle_signals=False, backoff_config=soon)
        )
        await eventually(lambda: cloud.updates.polled)
        setattr(cloud.faults, fault, True)
        cloud.updates.release()
        await eventually(lambda: "Failed to fetch updates" in caplog.text)
        setattr(cloud.faults, fault, False)
        phone.send("坐到公司那一站")
        await eventually(lambda: len(said(phone)) == 2 and not cloud.updates.unconfirmed)
        await dispatcher.stop_polling()
        await polling
    assert said(phone) == ECHOED[:2]

"""The reactions Telegram offers to everybody; it refuses any other emoji."""

# Bot API, ReactionTypeEmoji, in its order.
_LISTED = """
👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥
🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨
🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
REACTIONS = frozenset(_LISTED.split())


def offered(emoji: str) -> str | None:
    """The reaction as Telegram lists it, or None when it does not. Keyboards add invisible
    variation selectors that the list is without."""
    bare = emoji.replace("\ufe0f", "")
    return bare if bare in REACTIONS else None

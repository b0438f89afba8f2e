"""Telegram: what comes in, which journey it starts, what goes out.

A handler unpacks an update, makes one journey call and sends one answer. The stems `capture`,
`hear`, `expand`, `pan` and `digest` are those of `journey/`; `layout/` builds messages and nothing
else.
"""

import os

# The library's own opt-in to durations as timedelta; without it, it warns at every 429.
os.environ.setdefault("PTB_TIMEDELTA", "1")

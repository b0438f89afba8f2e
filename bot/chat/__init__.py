"""Telegram: what comes in, which journey it starts, what goes out.

A handler unpacks an update, makes one journey call and sends one answer. The stems `capture`,
`expand`, `pan` and `digest` are those of `journey/`; `layout/` builds messages and nothing else.
"""

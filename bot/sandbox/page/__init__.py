"""The chat page: the stand-in's conversation in a browser, as people know it from their phone.

    live       the WebSocket: history when a tab connects, then everything as it happens
    view       a message as the page shows it
    hands      what a person does on the page, handed to the phone
    uploads    files in, files out
    recording  what a browser recorded, as the voice note Telegram would send
    switches   the faults, by name
    static/    the page itself: HTML, CSS and JavaScript modules, served as they are

Everything a message holds travels as data and is shown as text; `guard` says who may connect.
"""

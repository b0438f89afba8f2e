"""A stand-in for Telegram that runs inside this process: no account, no token, no network.

Read in this order:

    cloud      what Telegram would remember: chats, messages, reactions, callback queries
    updates    what waits for the bot until it confirms it
    files      what was uploaded, by either side
    markup     HTML to plain text and entities, and Telegram's limits on both
    phone      what a person can do in the chat
    bot_api    what the bot can ask for, one method of the Bot API each
    server     the same over HTTP on loopback
    clock      simulated time
    script     a play file, read and checked
    play       a script, performed against the application
    stage      the application, in a thread that can be thrown away
    printing   what happened, as lines of text or JSON
    terminal   the same conversation, typed by hand

(shapes, params, reactions and refused hold what several of these share of the Bot API's details.)

The cloud, its server and the play share one event loop; the application under test has another,
in a thread of its own, and reaches the cloud over HTTP alone.
"""

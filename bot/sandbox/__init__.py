"""A stand-in for Telegram that runs inside this process: no account, no token, no network.

Read in this order:

    cloud      what Telegram would remember: chats, messages, reactions, callback queries
    updates    what waits for the bot until it confirms it
    files      what was uploaded, by either side
    text       what Telegram counts, what it takes out and what it takes for empty
    markup     a bot's formatted text: HTML (tags), entities beside it (given) or that Telegram adds
               (found), limits on them all
    phone      what a person can do in the chat
    bot_api    what the bot can ask for: messages, attachments, webhook
    faults     what can go wrong in between, to be switched on
    guard      who may speak to the server: programs here, and its own page
    server     the same over HTTP on loopback
    clock      simulated time
    script     a play file, read and checked
    play       a script, performed against the application
    stage      the application, in a thread that can be thrown away
    keeper     a stage beside real time: minutes, jumps, restarts
    printing   what happened, as lines of text or JSON
    terminal   the conversation, typed by hand
    page       the same conversation in a browser

(shapes, typed, params, keyboard, targets, origins, reactions and refused hold what several of these
share of the Bot API's details.)

The cloud, its server and the play share one event loop; the application under test has another,
in a thread of its own, and reaches the cloud over HTTP alone.
"""

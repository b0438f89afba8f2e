"""Goldpan: throw it fragments all day, pan the gold, get a draft in your own words each evening.

The rooms. Imports go downwards only; `make test` checks it.

    __main__    the command line
    tryout      the same application against the stand-in: played, typed, or on its page
    doctor      what could keep it from serving
    models      brings the model that listens
    process     the bot as a process: signals, its name, a watch over its loop
    app         wires everything, starts and stops it; the only real clock
    parts       what it is made of, as the settings choose it
    settings    what a deployment decides
    sandbox     a stand-in for Telegram, and the plays on it
    chat        Telegram: routes, buttons, layout, wording, pace, delivery, outbox
    engines     what stands behind the ports. Writers: prompts, prices, budget; listeners: sound,
                voices, models; readers: documents, pages; word: drafts as Word files; ics:
                planned shoots as calendar files; chart: a week as a picture
    journey     the verbs: what happens, in which transactions; `ports` says what they need
    store       the database, one file of queries per noun
    domain      the nouns and the pure rules: no I/O, no clock
    errors      everything raised on purpose
    resources   where the files live that travel with the package
    tasks       waiting for tasks, and ending them
    written     what stands in the environment, in .env and in the files they name
    logs        one line an event, without secrets

Files of one name in `journey`, `chat`, `chat.layout`, `prompts` and `tests` belong together. The
names that matter: capture, hear, reading, expand, pan, why, draft, revise, worn, voice, takeaway,
digest, evenings, offers, week and film.
Follow `digest` and you have seen how the whole is built.

Where to begin: `domain.records` for the nouns, `journey.ports` for what is asked of the outside,
`journey.capture` for one gesture from message to commit, `app` for how it all meets, then
`tests/story` for a whole day.
"""

__version__ = "0.1.0"

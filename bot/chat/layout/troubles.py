"""Why a recording has no words, or not all: what happened, and what to do about it."""

from bot.chat.wording import Wording
from bot.domain.heard import Nothing, Shortfall
from bot.errors import Trouble


def trouble_in_words(say: Wording, trouble: Trouble) -> str:
    """What went wrong with listening. One line a trouble."""
    words = {
        Trouble.EMPTY: say.gettext("Nothing is in this recording. Please send it again."),
        Trouble.GONE: say.gettext(
            "The file of this recording is not where I kept it. I look again now and then, and "
            "/status does at once; if that does not help, please send it again."
        ),
        Trouble.UNPLAYABLE: say.gettext(
            "I cannot play this file: it is damaged, or neither sound nor video. It is kept; "
            "best send it again as a voice note."
        ),
        Trouble.SOUNDLESS: say.gettext(
            "This video has no sound. It is kept; write down what it should say."
        ),
        Trouble.TOO_LARGE: say.gettext(
            "This is more than the transcription server takes. It is kept; send it in shorter "
            "pieces."
        ),
        Trouble.UNREACHABLE: say.gettext(
            "The listener cannot be reached. Everything is kept, and heard as soon as it is back."
        ),
        Trouble.BUSY: say.gettext(
            "The listener has too much to do. Everything is kept, and heard when its turn comes."
        ),
        Trouble.TIMEOUT: say.gettext(
            "Listening took too long, several times. It is kept; I try again now and then, and "
            "/status does at once."
        ),
        Trouble.NOT_TAKEN: say.gettext(
            "Listening failed over this recording several times; the file may be to blame. It is "
            "kept; I try again now and then, and /status does at once."
        ),
        Trouble.REJECTED: say.gettext(
            "The transcription server turned us away (key or model?). Everything is kept, and "
            "heard once that is mended; the log of the bot says more."
        ),
        Trouble.UNREADY: say.gettext(
            "The speech model is missing or damaged. Everything is kept, and heard once it is "
            "there again. Whoever runs the bot finds how in the README, under “Who listens”."
        ),
        Trouble.MALFORMED: say.gettext(
            "The transcription server's answer made no sense. It is kept; I try again by myself, "
            "and /status does at once."
        ),
    }
    other = say.gettext("Listening did not work out. It is kept; /status tries once more.")
    return words.get(trouble, other)


def nothing_in_words(say: Wording, nothing: str) -> str:
    """Why there is nothing to write down."""
    words = {
        Nothing.NO_VOICE: say.gettext(
            "I hear nobody speak here, only silence, noise or music. It is kept."
        ),
        Nothing.NO_WORDS: say.gettext(
            "I hear a voice but make out no words. It is kept; write down what was said, or say it "
            "again closer to the phone."
        ),
        Nothing.ONE_THING: say.gettext(
            "I only make out the same thing over and over, which happens when there are no words. "
            "It is kept; write down what was said, if anything was."
        ),
        Nothing.TOO_MUCH: say.gettext(
            "I made out more words than anybody says in that time, so nobody said them. It is "
            "kept; write down what was said, if anything was."
        ),
    }
    return words[Nothing(nothing)]


def short_in_words(say: Wording, shortfall: Shortfall, heard_s: float) -> str:
    """How much of a recording was heard, and why not all."""
    words = {
        Shortfall.BROKEN_OFF: say.gettext("Heard the first {length}; the file ends there."),
        Shortfall.TOO_LONG: say.gettext(
            "Heard the first {length}; that is as long as I listen. Send the rest on its own."
        ),
    }
    return words[shortfall].format(length=_length(heard_s))


def _length(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

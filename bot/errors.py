"""Everything Goldpan raises on purpose.

    GoldpanError                 something we foresaw; its text is one line a person can act on
    ├── SettingsError            exit 2: every problem with the settings, one a line
    ├── PromptError              a file under prompts/ cannot be used; names file and field
    ├── StoreError               the database cannot be opened, written or migrated
    ├── TooEarly                 what an update is about waits to be tried again; so must it
    ├── PlayError                a play file has a bad line, or a step cannot be done
    └── EngineError              a writer or listener gave nothing usable; carries a `Trouble`

Who retries: an engine retries by itself only what costs nothing; a journey asks the next writer;
an update that fails in `chat` is tried again by `chat.inbox`, unless its answer may have arrived;
what long work planned to send is tried again by `chat.outbox`, with the same exception.
"""

from enum import StrEnum


class GoldpanError(Exception):
    """The text says what happened and how to mend it, in one line."""


class SettingsError(GoldpanError):
    """One or more settings are wrong; `problems` holds a line for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class PromptError(GoldpanError):
    """A prompt file is missing, malformed, or asks for a field the code does not supply."""


class StoreError(GoldpanError):
    """The database cannot be opened, written or migrated."""


class TooEarly(GoldpanError):
    """A message was overtaken by an update about it; `passes` is False when it was given up on."""

    def __init__(self, message_id: int, *, passes: bool) -> None:
        super().__init__(f"message {message_id}, which it is about, comes first")
        self.passes = passes


class PlayError(GoldpanError):
    """A play file has a bad line, or one of its steps cannot be done; `code` names the reasons that
    the chat page words in its reader's language."""

    def __init__(self, reason: str, *, code: str = "") -> None:
        super().__init__(reason)
        self.code = code


class Trouble(StrEnum):
    """Why an engine gave no answer. Stored with the work, worded in `chat.layout`: in `notices` for
    writers, in `troubles` for listeners, in `reading` for files and pages."""

    UNREACHABLE = "unreachable"
    BUSY = "busy"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    REJECTED = "rejected"  # a wrong key, an unknown model, a request the server will not take
    BUDGET = "budget"
    UNGROUNDED = "ungrounded"  # it answered, but not in the person's words
    ALIKE = "alike"  # another take was asked for, and said the same again
    INTERRUPTED = "interrupted"  # it was stopped while it wrote, and is not paid twice
    DECLINED = "declined"  # somebody asked for a story that is not theirs
    EMPTY = "empty"  # a file without a byte, a recording without a moment, a page without a word
    GONE = "gone"  # a file is not where it was kept, perhaps for as long as a disk is not there
    NOT_TAKEN = "not_taken"  # a listener trips over this recording, and perhaps over no other
    UNPLAYABLE = "unplayable"  # neither sound nor video, or damaged beyond its beginning
    SOUNDLESS = "soundless"  # a video without a sound track
    TOO_LARGE = "too_large"  # more than is read here, or than a server takes, even in pieces
    UNREADY = "unready"  # the model's files are missing or altered
    UNREADABLE = "unreadable"  # not what it says it is, damaged, or of a kind nobody here reads
    PRIVATE = "private"  # an address inside somebody's own network

    @property
    def passes(self) -> bool:
        """Whether the same may succeed later with nothing changed."""
        return self in _PASSING


_PASSING = frozenset(
    {Trouble.UNREACHABLE, Trouble.BUSY, Trouble.TIMEOUT, Trouble.NOT_TAKEN, Trouble.GONE}
)


class EngineError(GoldpanError):
    """A writer or listener gave nothing usable. `retry_after_s` is the pause a server asked for."""

    def __init__(
        self, trouble: Trouble, detail: str = "", *, retry_after_s: float | None = None
    ) -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble = trouble
        self.detail = detail
        self.retry_after_s = retry_after_s

"""Everything Goldpan raises on purpose.

    GoldpanError                 something we foresaw; its text is one line a person can act on
    ├── SettingsError            exit 2: every problem with the settings, one a line
    ├── PromptError              a file under prompts/ cannot be used; names file and field
    ├── StoreError               the database cannot be opened, written or migrated
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


class PlayError(GoldpanError):
    """A play file has a bad line, or one of its steps cannot be done; `code` names the reasons that
    the chat page words in its reader's language."""

    def __init__(self, reason: str, *, code: str = "") -> None:
        super().__init__(reason)
        self.code = code


class Trouble(StrEnum):
    """Why an engine gave no answer. Stored with the work, worded in `chat.layout.notices`."""

    UNREACHABLE = "unreachable"
    BUSY = "busy"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    REJECTED = "rejected"  # a wrong key, an unknown model, a request the server will not take
    BUDGET = "budget"
    UNGROUNDED = "ungrounded"  # it answered, but not in the person's words
    EMPTY = "empty"  # a document or page without a word in it
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"  # not what it says it is, damaged, or of a kind nobody here reads
    PRIVATE = "private"  # an address inside somebody's own network


class EngineError(GoldpanError):
    """A writer or listener gave nothing usable."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble = trouble

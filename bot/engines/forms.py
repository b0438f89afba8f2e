"""The forms of drafts, read from prompts/forms.yaml."""

from pydantic import BaseModel, ConfigDict, PositiveFloat, PositiveInt

from bot.domain.forms import SHORT, Form
from bot.engines.angles import PerLanguage
from bot.engines.prompts import PromptLibrary
from bot.errors import PromptError

FILE = "forms.yaml"


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    label: PerLanguage
    how: str
    seconds: PositiveFloat
    beats: tuple[PositiveInt, PositiveInt]
    spoken: bool = True
    library: bool = False
    caption: bool = False
    piece_chars: PositiveInt | None = None


def read_forms(library: PromptLibrary) -> dict[str, Form]:
    """By their ids, in the order of the file. Raises PromptError."""
    found = {}
    for one in library.data(FILE, list[_Form]):
        fewest, most = one.beats
        if one.id in found or fewest > most:
            raise PromptError(f"{library.folder / FILE}: {one.id!r} stands twice, or its beats")
        found[one.id] = Form(
            id=one.id,
            how=one.how.strip(),
            seconds=one.seconds,
            fewest=fewest,
            most=most,
            label=dict(one.label),
            spoken=one.spoken,
            library=one.library,
            caption=one.caption,
            piece_chars=one.piece_chars,
        )
    if SHORT not in found:
        raise PromptError(f"{library.folder / FILE}: the form {SHORT!r} is missing")
    return found

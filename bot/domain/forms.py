"""What a draft can be: a short video, a long one, a newsletter, a post, a thread, or a form of the
person's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.records import Language

SHORT = "short"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of drafts. `how` is told to a model, in English or in the person's own words.

    `seconds` is how long all of it takes to say at the default rate, also for what is read. A
    `library` form draws on everything the person ever said, found by search; the others on what is
    new, or on what belongs to the seed.
    """

    id: str
    how: str
    seconds: float
    fewest: int  # beats
    most: int
    # How a person names it; empty for a form of their own.
    label: Mapping[Language, str] = field(hash=False)
    spoken: bool = True  # said to a camera, with shots; else read
    library: bool = False
    caption: bool = False  # goes out with a caption and tags
    piece_chars: int | None = None  # each beat is a post by itself of at most so many characters
    own: bool = False  # the person's own; then `id` is the name they gave

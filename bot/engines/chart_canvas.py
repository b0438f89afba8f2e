"""A sheet to draw on in pixels, by matplotlib: what it knows of fonts, colours and shapes."""

import io
import os
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import BoxStyle, FancyBboxPatch, Rectangle
from matplotlib.patheffects import Normal, Stroke
from matplotlib.text import Text
from noto_cjk_sans_otc import FONT_PATH

from bot.domain.records import Language
from bot.domain.words import graphemes

WIDTH, MARGIN = 1080, 64
# Below this a size is not made smaller; the text is cut instead.
LEAST_SIZE = 30
# The faces of one file: each holds all characters, in the shapes of its region.
FACES = {
    Language.ZH_HANT: "Noto Sans CJK TC",
    Language.ZH_HANS: "Noto Sans CJK SC",
    Language.EN: "Noto Sans CJK TC",
}
# Comes with matplotlib and has what the other has not: Arabic, Hebrew, signs.
SECOND = "DejaVu Sans"
Align = Literal["left", "center", "right"]
_MARKS = {"star": ("*", 30), "play": (">", 20), "box": ("s", 24)}


@dataclass(frozen=True, slots=True)
class Colours:
    """Ink on a ground. Measured against the ground: `ink` and `muted` 4.5:1 at least, which text
    needs, `gold` and `teal` 3:1, which shapes need (WCAG 2.2, 1.4.3 and 1.4.11)."""

    ground: str
    ink: str
    muted: str
    gold: str
    soft: str
    teal: str
    pale: str
    track: str

    @classmethod
    def of(cls, *, dark: bool) -> "Colours":
        """For a light ground or a dark one."""
        if dark:
            return cls(
                ground="#17140e",
                ink="#f5efe3",
                muted="#b3aa99",
                gold="#e9b949",
                soft="#8c7440",
                teal="#6fc7b5",
                pale="#3d372b",
                track="#262219",
            )
        return cls(
            ground="#fdfaf3",
            ink="#211c14",
            muted="#6d6455",
            gold="#b97b00",
            soft="#cdb27c",
            teal="#1f7a6b",
            pale="#e9dfc9",
            track="#f3ecdd",
        )


class Canvas:
    """`WIDTH` pixels wide; y is counted from the top, and a text stands on its y."""

    def __init__(self, height: int, language: Language, colours: Colours) -> None:
        self.colours = colours
        # At 72 dots an inch a point is a pixel.
        self._figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=colours.ground)
        FigureCanvasAgg(self._figure)
        self._height = height
        self._font = FontProperties(family=[_loaded(FACES[language]), SECOND])

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str = "",
        align: Align = "left",
        fits: float = WIDTH,
        strong: bool = False,
    ) -> float:
        """Write on one line, smaller and then cut where it would not fit into so many pixels; how
        wide it came to be."""
        font = self._font.copy()
        font.set_size(size)
        artist = Text(
            x,
            self._height - y,
            drawable(words),
            color=colour or self.colours.ink,
            fontproperties=font,
            horizontalalignment=align,
            verticalalignment="baseline",
            parse_math=False,  # what costs $5 is no formula
        )
        artist.set_figure(self._figure)
        width = self._fit(artist, size, fits)
        if strong:  # the font comes in one weight
            pen = Stroke(linewidth=size / 36, foreground=artist.get_color())
            artist.set_path_effects([pen, Normal()])
        self._figure.add_artist(artist)
        artist.set_transform(None)
        return width

    def column(self, x: float, floor: float, width: float, height: float, colour: str) -> None:
        """A box that stands on a floor, its upper corners round."""
        self.bar(x, floor - height, width, height, colour)
        foot = min(height, 12)
        box = Rectangle((x, self._height - floor), width, foot, color=colour, linewidth=0)
        self._figure.add_artist(box)
        box.set_transform(None)

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A rounded box whose upper left corner is at x, y."""
        round = BoxStyle.Round(pad=0, rounding_size=min(10, width / 2, height / 2))
        corner = (x, self._height - y - height)
        box = FancyBboxPatch(corner, width, height, boxstyle=round, color=colour, linewidth=0)
        self._figure.add_artist(box)
        box.set_transform(None)

    def line(self, left: float, right: float, y: float) -> None:
        """A thin level line."""
        ends = ([left, right], [self._height - y] * 2)
        self._add(Line2D(*ends, color=self.colours.muted, linewidth=2))

    def mark(self, shape: str, x: float, y: float, colour: str) -> None:
        """A small shape around x, y: star, play or box."""
        marker, size = _MARKS[shape]
        at = ([x], [self._height - y])
        self._add(Line2D(*at, marker=marker, markersize=size, color=colour, markeredgewidth=0))

    def png(self) -> bytes:
        """What was drawn."""
        into = io.BytesIO()
        self._figure.savefig(into, format="png", dpi=72, metadata={"Software": None})
        return into.getvalue()

    def _add(self, line: Line2D) -> None:
        self._figure.add_artist(line)
        line.set_transform(None)

    def _fit(self, artist: Text, size: float, fits: float) -> float:
        width = self._width(artist)
        if width > fits:
            artist.set_fontsize(max(LEAST_SIZE, size * fits / width))
            width = self._width(artist)
        signs = graphemes(artist.get_text())
        while width > fits and len(signs) > 1:
            signs = signs[: max(1, min(len(signs) - 1, int(len(signs) * fits / width)))]
            artist.set_text("".join(signs).rstrip() + "…")
            width = self._width(artist)
        return width

    def _width(self, artist: Text) -> float:
        return float(artist.get_window_extent().width)


def drawable(words: str) -> str:
    """`words` on one line without what neither font can draw, colour emoji above all; "–" when
    nothing is left."""
    seen = [sign for sign in graphemes(" ".join(words.split())) if all(map(_has_glyph, sign))]
    return " ".join("".join(seen).split()) or "–"


def _has_glyph(char: str) -> bool:
    if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn"}:
        return False
    return any(font.get_char_index(ord(char)) for font in _fonts())


@cache
def _fonts() -> tuple[FT2Font, ...]:
    second = font_manager.findfont(FontProperties(family=[SECOND]))
    return FT2Font(str(FONT_PATH)), FT2Font(second)


@cache
def _loaded(face: str) -> str:
    font_manager.fontManager.addfont(str(FONT_PATH))
    # It kept the machine's fonts out; from here on it would keep out ours.
    os.environ.pop("MPL_IGNORE_SYSTEM_FONTS", None)
    return face

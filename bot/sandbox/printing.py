"""What happened, for people (one line an event) and for programs (one JSON object a line)."""

import json
import re
import sys
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.sandbox.cloud import Event

_LINE_BREAK = re.compile(r"\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_COLUMNS = "  "
# What would drive a terminal (C0 and C1, with ESC and CSI), turn its lines round, or break it.
_DRIVING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Legal in JSON, but a terminal obeys some, and some readers take others for the end of a line.
_RAW = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class TextPrinter:
    """Prints `08:41  me   (1)  text`. Times are local to `zone`; a line break inside a text
    becomes `line_break`, so that by default an event is one line."""

    def __init__(
        self, zone: ZoneInfo, out: TextIO | None = None, *, line_break: str = " ⏎ "
    ) -> None:
        self._zone = zone
        self._out = out or sys.stdout
        self._line_break = line_break

    def __call__(self, event: Event) -> None:
        clock = event.at.astimezone(self._zone).strftime("%H:%M")
        side = "me " if event.side == "person" else "bot"
        line = _COLUMNS.join([clock, side, *filter(None, self._columns(event))])
        print(line, file=self._out, flush=True)

    def _columns(self, event: Event) -> list[str]:
        rows = " ".join("".join(f"[{harmless(one)}]" for one in row) for row in event.buttons)
        number = f"({event.n})" if event.n else ""
        match event.kind:
            case "text":
                return [number, self._broken(event.text), rows]
            case "voice" | "photo" | "file":
                name, _, caption = event.text.partition("\n")
                number = number if event.side == "person" else ""
                return [number, event.kind, harmless(name), self._broken(caption), rows]
            case "reaction":
                return [f"{event.text or '–'} on ({event.on})"]
            case "tap":
                return ["tap", f"[{harmless(event.text)}] on ({event.on})"]
            case "edit" | "delete":
                return [f"{event.kind} ({event.on})", self._broken(event.text), rows]
            case "toast" | "preview":
                return [event.kind, self._broken(event.text)]

    def _broken(self, text: str) -> str:
        return self._line_break.join(harmless(line) for line in _LINE_BREAK.split(text))


def harmless(text: str) -> str:
    """With `\\x1b` and the like for what a terminal would obey, or could not print."""
    return _DRIVING.sub(lambda found: ascii(found[0])[1:-1], text)


class JsonPrinter:
    """Prints one JSON object a line: at (ISO 8601, local to `zone`), n, from, kind, text, buttons
    (rows of labels), on."""

    def __init__(self, zone: ZoneInfo, out: TextIO | None = None) -> None:
        self._zone = zone
        self._out = out or sys.stdout

    def __call__(self, event: Event) -> None:
        shown = {
            "at": event.at.astimezone(self._zone).isoformat(timespec="seconds"),
            "n": event.n,
            "from": event.side,
            "kind": event.kind,
            "text": event.text,
            "buttons": event.buttons,
            "on": event.on,
        }
        line = json.dumps(shown, ensure_ascii=False)
        line = _RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
        print(line, file=self._out, flush=True)

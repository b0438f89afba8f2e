"""`python -m bench.text` prints how well texts are handled; its commands read your own files."""

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from bench.text import calibrate, cliches, month, own_words, report
from bench.text.pairs import as_used, read, score

READERS = {"own-words": own_words.verdicts, "cliches": cliches.scores}
FILE = 'JSON Lines: {"generations": [str], "partition": [int]}; equal numbers = the same idea'


def main(arguments: list[str] | None = None) -> int:
    """0: done; 1: a file cannot be read, and stderr says why; 2: bad usage."""
    given = _parser().parse_args(arguments)
    try:
        if given.command == "duplicates":
            print(json.dumps(score(read(given.file), as_used)))
        elif given.command in READERS:
            for line in READERS[given.command](given.file):
                print(line, flush=True)
        else:
            for line in _lines(given):
                print(line, flush=True)
    except (OSError, ValueError) as exc:
        print(exc, file=sys.stderr)
        return 1
    return 0


def _lines(given: argparse.Namespace) -> Iterator[str]:
    if given.command == "calibrate":
        return calibrate.lines(read(given.file))
    return chain(report.lines(given.pairs), [""], month.table())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m bench.text", description=__doc__)
    parser.add_argument("--pairs", type=Path, metavar="FILE", help=f"also measure on this: {FILE}")
    commands = parser.add_subparsers(dest="command", title="commands")
    for name, purpose in (
        ("duplicates", "precision and recall of the near-duplicate filter, as one line of JSON"),
        ("calibrate", "find the filter's bound anew, on prompts it is not tried on"),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument("file", type=Path, metavar="FILE", help=FILE)
    for name, purpose in (
        ("own-words", "whether the beats of scripts stand in the fragments they cite"),
        ("cliches", "which phrases and figures are worn, and how much there is of them"),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument("file", type=Path, metavar="FILE", help="JSON Lines; see docs/text.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())

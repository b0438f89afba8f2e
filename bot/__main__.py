"""The command line: goldpan run, try, doctor, migrate, models get, export, backup."""

import argparse
import asyncio
import os
import sys
from collections.abc import Coroutine, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from bot import __version__, logs
from bot.errors import GoldpanError, SettingsError
from bot.settings import Settings, sqlite_in

DONE, FAILED, WRONG = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit code: 0 done, 1 a step failed, 2 bad usage or settings."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # a plain C locale cannot print what people write
    asked = _parser().parse_args(argv)
    try:
        settings = Settings.load(os.environ, Path(".env"), for_run=asked.command == "run")
        logs.set_up(settings.log_level, settings.log_format, settings.secrets)
        asyncio.run(_command(settings, asked))
    except SettingsError as exc:
        print("These settings need mending (in .env or the environment):", file=sys.stderr)
        print(*(f"  {problem}" for problem in exc.problems), sep="\n", file=sys.stderr)
        return WRONG
    except GoldpanError as exc:
        print(f"goldpan {asked.command}: {exc}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        pass
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="goldpan", description="Pan the gold from your own words."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="serve on Telegram")
    trying = commands.add_parser("try", help="the same bot without Telegram: no account, no key")
    trying.add_argument("--port", type=_port, default=8765, help="where the stand-in listens")
    trying.add_argument("--play", type=Path, metavar="FILE", help="play a day and exit")
    trying.add_argument("--json", action="store_true", help="print a play as JSON lines")
    commands.add_parser("doctor", help="look at what could keep the bot from serving")
    commands.add_parser("migrate", help="bring the database up to date")
    model = commands.add_parser("models", help="the model that listens on this machine")
    getting = model.add_subparsers(dest="models_command", required=True, metavar="get").add_parser(
        "get", help="download it (163 MB), or go on with that"
    )
    getting.add_argument(
        "--from", dest="source", type=Path, metavar="PATH", help="take it from an archive or folder"
    )
    exporting = commands.add_parser("export", help="write everything kept to a folder")
    exporting.add_argument("folder", type=Path, metavar="DIR")
    backing = commands.add_parser("backup", help="copy the database while the bot is running")
    backing.add_argument("file", type=Path, metavar="FILE")
    for one in (trying, exporting, backing):
        one.add_argument("--data", type=Path, metavar="DIR", help="another data folder")
    return parser


def _port(text: str) -> int:
    if not 0 < int(text) < 65536:
        raise ValueError(text)
    return int(text)


def _command(settings: Settings, asked: argparse.Namespace) -> Coroutine[Any, Any, None]:
    """The command, which loads what it alone needs: a start is mostly imports."""
    match asked.command:
        case "run":
            from bot import process

            return process.serve(settings)
        case "try":
            from bot import tryout

            if asked.play:
                return tryout.play(settings, asked.play, data=asked.data, as_json=asked.json)
            return tryout.converse(settings, data=asked.data, port=asked.port)
        case "doctor":
            return _doctor(settings)
        case "models":
            from bot import models

            return models.get(settings.speech_model_dir, asked.source)
        case "export":
            return _export(_in(settings, asked.data), asked.folder)
        case "backup":
            from bot.store.backup import backup

            return backup(_in(settings, asked.data).database_url, asked.file)
        case _:
            from bot.store.migrate import migrate

            return migrate(settings.database_url)


async def _export(settings: Settings, folder: Path) -> None:
    from bot import parts
    from bot.journey.export import export
    from bot.store.database import Database, sqlite_file
    from bot.store.media import Shelf
    from bot.store.migrate import migrate

    file = sqlite_file(settings.database_url)
    if file and not file.is_file():
        raise GoldpanError(f"there is no database at {file}; name its folder with --data")
    await migrate(settings.database_url)
    db = Database(settings.database_url)
    try:
        count = await export(db, Shelf(settings.data_dir / "media"), folder, parts.looks())
    except OSError as exc:
        raise GoldpanError(f"{folder} could not be written ({exc}); choose another") from exc
    finally:
        await db.close()
    print(f"{count} fragments written to {folder}")


def _in(settings: Settings, data: Path | None) -> Settings:
    """The same settings for another data folder."""
    if data is None:
        return settings
    return settings.model_copy(update={"data_dir": data, "database_url": sqlite_in(data)})


async def _doctor(settings: Settings) -> None:
    from bot import doctor

    findings = await doctor.examine(settings)
    for one in findings:
        print(f"{'✗' if one.trouble else '✓'} {one.subject:<9} {one.trouble or one.state}")
    wrong = sum(one.trouble is not None for one in findings)
    if wrong:
        raise GoldpanError(f"{wrong} of {len(findings)} need mending, see above")


if __name__ == "__main__":
    sys.exit(main())

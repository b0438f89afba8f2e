"""Where the files live that are read while running: prompts, migrations.

They stand at the top level of a checkout, where people edit them, and travel inside the package
in an installed wheel. Only paths are made here; nothing is opened.
"""

from pathlib import Path

PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `name` ("prompts", "migrations"): the wheel's copy if there is one, else the
    checkout's."""
    shipped = PACKAGE / "_shipped" / name
    return shipped if shipped.is_dir() else PACKAGE.parent / name

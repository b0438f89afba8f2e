"""The command line, run as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[1]


def goldpan(*args: str, at: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m bot` in the folder `at`, with nothing of ours in the environment."""
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-m", "bot", *args],
        cwd=at,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP), **environ},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

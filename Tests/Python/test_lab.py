"""What the command says of every fixture for this machine is what real loaders say.

The laboratory is fetched from Debian once and kept (Tests/Lab). Of wheels, random objects and other architectures it is
asked by make lab-check.
"""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

import truewheel

LAB = Path(__file__).resolve().parent.parent / "Lab"


def ask(script: str, *words: str) -> str:
    done = subprocess.run(["python3", LAB / script, *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_verdicts_on_fixtures_are_those_of_loaders(tmp_path: Path) -> None:
    machine = platform.machine()
    loaders = ask("setup.py", machine)
    assert all(f"{libc} " in loaders for libc in ("glibc", "musl"))
    said = ask(
        *("check.py", "--only", "fixtures", "--architecture", machine, "--output", str(tmp_path / "differences.tsv")),
        *("--truewheel", str(truewheel.find_truewheel())),
    )
    assert ", 0 unexplained" in said

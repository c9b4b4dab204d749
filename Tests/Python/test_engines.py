"""The engine that is small enough to be here; Spark and Ray are tried by hand (Tests/Benchmarks/engines.py)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from conftest import PROJECT


def padded(wheel: Path, place: Path, size: int) -> None:
    """Write a wheel whose objects are so large that an audit takes some time."""
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, content.ljust(size, b"\0") if content.startswith(b"\x7fELF") else content)


def test_dask_says_what_the_command_says_though_a_worker_is_killed(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    shutil.copytree(PROJECT / "Fixtures/wheels", wheels)
    # A worker is killed in the middle of an audit, which has to be seen: of other sizes, or they would be read once.
    for number in range(8):
        padded(next(wheels.glob("honest-*.whl")), wheels / f"honest{number}-1.0-py3-none-any.whl", (60 << 20) + number)
    words: list[str | Path] = [sys.executable, PROJECT / "Tests/Benchmarks/engines.py", "dask", wheels, "--kill", "1"]
    done = subprocess.run(
        words, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    many = len(list(wheels.glob("*.whl")))
    assert done.stdout.count(f"{many} rows are those of the command") == 2
    assert "dask, 1 worker killed" in done.stdout

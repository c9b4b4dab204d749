"""The engine that is small enough to be here; Spark and Ray are tried by hand (Tests/Benchmarks/engines.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import PROJECT


def test_dask_says_what_the_command_says_though_a_worker_is_killed(tmp_path: Path) -> None:
    words: list[str | Path] = [
        sys.executable,
        PROJECT / "Tests/Benchmarks/engines.py",
        "dask",
        PROJECT / "Fixtures/wheels",
        "--kill",
        "1",
    ]
    done = subprocess.run(
        words, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    many = len(list((PROJECT / "Fixtures/wheels").glob("*.whl")))
    assert done.stdout.count(f"{many} rows are those of the command") == 2
    assert "dask, 1 worker killed" in done.stdout

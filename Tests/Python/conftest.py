"""What the tests share: the built wheel, environments with it, and the wheels of the fixtures.

The tests of the API run with the Python that has truewheel installed (make test-python takes care of that); those of
the installers put the wheel that TRUEWHEEL_WHEEL names into folders of their own. TRUEWHEEL_TOOLS is the Python with
what builds the wheel.
"""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def built_wheel() -> Path:
    """The wheel that is tested."""
    wheel = Path(os.environ["TRUEWHEEL_WHEEL"]).resolve()
    assert wheel.is_file()
    return wheel


@pytest.fixture(scope="session")
def fixture_wheel() -> Callable[[str], Path]:
    """Find a wheel of the fixtures by the beginning of its name."""

    def find(name: str) -> Path:
        (wheel,) = (PROJECT / "Fixtures/wheels").glob(f"{name}-*.whl")
        return wheel

    return find


def renamed(wheel: Path, filename: str) -> bytes:
    """The wheel under another file name, with the metadata that belong to it; as it is under one of no wheel."""
    if filename.count("-") < 2:
        return wheel.read_bytes()
    (old, old_version), (new, new_version) = wheel.name.split("-")[:2], filename.split("-")[:2]
    folder = f"{old}-{old_version}.dist-info"
    made = io.BytesIO()
    with zipfile.ZipFile(wheel) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as other:
        for member in archive.infolist():
            content = archive.read(member)
            if member.filename == f"{folder}/METADATA":
                content = content.replace(f"Name: {old}\n".encode(), f"Name: {new}\n".encode())
                content = content.replace(f"Version: {old_version}\n".encode(), f"Version: {new_version}\n".encode())
            if member.filename == f"{folder}/RECORD":
                content = content.replace(folder.encode(), f"{new}-{new_version}.dist-info".encode())
            member.filename = member.filename.replace(folder, f"{new}-{new_version}.dist-info")
            other.writestr(member, content)
    return made.getvalue()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a program in an empty folder, with an environment in which no Python package of the tests can be found."""

    def run(*words: str | os.PathLike[str], status: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "UV_CACHE_DIR": str(tmp_path / "uv")}
        for name, value in os.environ.items():
            # How to reach an index is a matter of the machine.
            if (
                name.startswith(("PIP_", "UV_INDEX", "UV_DEFAULT_INDEX", "SSL_", "REQUESTS_"))
                or "proxy" in name.lower()
            ):
                variables[name] = value
        folder = tmp_path / "work"
        folder.mkdir(exist_ok=True)
        done = subprocess.run(
            [os.fspath(word) for word in words],
            cwd=folder,
            env={**variables, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done

    return run

"""A wheel comes in by many doors, and has one verdict: what is shut at one of them is shut at all."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.util import setup_testing_defaults

import pyarrow as pa
import pytest

import truewheel
import truewheel.arrow
from conftest import PROJECT
from truewheel import _pip, index
from truewheel.gate import Gate
from uploads import CONTENT_TYPE, serving, upload

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NAME = "door-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"
INFO = "door-1.0.dist-info"
METADATA = {
    f"{INFO}/METADATA": b"Metadata-Version: 2.1\nName: door\nVersion: 1.0\n",
    f"{INFO}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp39-abi3-manylinux_2_17_x86_64\n",
}
KEPT, BROKEN, UNREADABLE = 0, 1, 2


def wheel(members: dict[str, bytes], *, lists: set[str] | None = None) -> bytes:
    """Write a wheel; RECORD lists all members, or those that are named."""
    every = {**members, **METADATA}
    rows = [f"{name},,\n" for name in every if lists is None or name in lists]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in every.items():
            archive.writestr(name, content)
        archive.writestr(f"{INFO}/RECORD", "".join([*rows, f"{INFO}/RECORD,,\n"]))
    return made.getvalue()


def module(wheel: str) -> bytes:
    """The first module of a wheel of the fixtures."""
    (path,) = (PROJECT / "Fixtures/wheels").glob(f"{wheel}.whl")
    with zipfile.ZipFile(path) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith(".abi3.so")))


@pytest.fixture
def strangers() -> dict[str, tuple[int, bytes]]:
    """Make wheels as strangers upload them, each with the status that `check` must end with."""
    newer = module("overclaim-*")
    honest = module("baseline-*manylinux_2_5_x86_64")
    good = wheel({"door.abi3.so": honest})
    start = good.index(b"PK\x03\x04")
    # The two sizes of the first member lie at 18 and 22 behind the beginning of its local header.
    larger = struct.pack("<I", struct.unpack_from("<I", good, start + 22)[0] + 1)
    return {
        "honest": (KEPT, good),
        "a claim that is too old": (BROKEN, wheel({"door.abi3.so": newer})),
        "an object with the name of a text": (BROKEN, wheel({"door.abi3.so": honest, "door/data.py": newer})),
        "an object that RECORD does not list": (
            BROKEN,
            wheel({"door.abi3.so": honest, "door/libextra.so": newer}, lists={"door.abi3.so", *METADATA}),
        ),
        "bytes behind the end": (UNREADABLE, good + b"PK"),
        "a wheel behind another": (UNREADABLE, wheel({"door.abi3.so": newer}) + good),
        "two sizes": (UNREADABLE, good[: start + 22] + larger + good[start + 26 :]),
        "zeros": (UNREADABLE, wheel({"door.abi3.so": honest, "zeros.so": b"\x7fELF" + bytes(65 << 20)})),
        "an object that ends early": (UNREADABLE, wheel({"door.abi3.so": honest[:200]})),
        "no archive": (UNREADABLE, b"\x7fELF" + honest),
    }


STRANGERS = (
    "honest",
    "a claim that is too old",
    "an object with the name of a text",
    "an object that RECORD does not list",
    "bytes behind the end",
    "a wheel behind another",
    "two sizes",
    "zeros",
    "an object that ends early",
    "no archive",
)
_STATUSES = {"clean": KEPT, "violations": BROKEN, "unreadable": UNREADABLE}


def _command(*words: str | Path) -> subprocess.CompletedProcess[str]:
    program = truewheel.find_truewheel()
    return subprocess.run([program, "check", "--isolated", *words], capture_output=True, text=True, check=False)


def by_command(path: Path) -> int:
    return _command(path).returncode


def by_list(path: Path) -> int:
    names = path.parent / "names"
    names.write_text(f"{path}\n")
    done = _command("--files-from", names, "--format=jsonl")
    assert _STATUSES[json.loads(done.stdout)["status"]] == done.returncode
    return done.returncode


def by_resumed_run(path: Path) -> int:
    """What an earlier run has said counts in the one that goes on."""
    lines = path.parent / "lines.jsonl"
    first = _command(path, "-o", f"jsonl={lines}").returncode
    again = _command(path, "-o", f"jsonl={lines}", "--resume", lines).returncode
    assert first == again
    # What could not be read is tried again.
    assert len(lines.read_text().splitlines()) == (2 if again == UNREADABLE else 1)
    return again


def by_cache(path: Path) -> int:
    """What is known of an object from another wheel."""
    cache = path.parent / "cache"
    cache.mkdir(mode=0o700)
    statuses = {_command(path, "--cache", cache).returncode for _ in range(2)}
    assert len(statuses) == 1
    return statuses.pop()


def by_function(path: Path) -> int:
    (report,) = truewheel.audit(path).wheels
    return _STATUSES[report.status]


def by_iterator(path: Path) -> int:
    (report,) = truewheel.iter_audits([path])
    return _STATUSES[report.status]


def by_table_of_paths(path: Path) -> int:
    (row,) = truewheel.arrow.audit(pa.table({"path": [str(path)]})).to_pylist()
    return _STATUSES[row["status"]]


def by_table_of_bytes(path: Path) -> int:
    table = pa.table({"bytes": [path.read_bytes()], "name": [path.name]})
    (row,) = truewheel.arrow.audit(table, column="bytes", names="name").to_pylist()
    return _STATUSES[row["status"]]


def by_gate(path: Path) -> int:
    arrived: list[bytes] = []

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        arrived.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return [b""]

    body = upload(path.name, path.read_bytes())
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": CONTENT_TYPE,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    setup_testing_defaults(environ)
    said: list[str] = []
    answer: Any = Gate(application)(environ, lambda status, *_: said.append(status))  # type: ignore[arg-type]
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if said[0].startswith("200"):
        assert arrived == [body]
        return KEPT
    assert said[0].startswith("400")
    assert not arrived
    return UNREADABLE if "cannot be audited" in said[0] else BROKEN


def by_index(path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    content = path.read_bytes()

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        is_page = environ["PATH_INFO"].endswith("/door/")
        kind = "text/html" if is_page else "application/octet-stream"
        start_response("200 OK", [("Content-Type", kind)])
        return [f'<a href="/files/{path.name}">{path.name}</a>'.encode() if is_page else content]

    monkeypatch.setattr(_pip, "_from_files", dict)
    with serving(application) as address:
        return index._main(["door", "--index-url", f"{address}/simple/"])


DOORS = (
    by_command,
    by_list,
    by_resumed_run,
    by_cache,
    by_function,
    by_iterator,
    by_table_of_paths,
    by_table_of_bytes,
    by_gate,
    by_index,
)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
@pytest.mark.parametrize("stranger", STRANGERS)
def test_every_door_has_one_verdict(
    stranger: str,
    door: Callable[..., int],
    strangers: dict[str, tuple[int, bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected, content = strangers[stranger]
    path = tmp_path / NAME
    path.write_bytes(content)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert (door(path, monkeypatch) if door is by_index else door(path)) == expected


def test_all_strangers_are_tried(strangers: dict[str, tuple[int, bytes]]) -> None:
    assert tuple(strangers) == STRANGERS

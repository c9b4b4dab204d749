"""Tables of wheels in, tables of verdicts out."""

from __future__ import annotations

import functools
import hashlib
import inspect
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import fsspec
import pyarrow as pa
import pytest

import truewheel
import truewheel.arrow
from conftest import PROJECT, renamed
from truewheel import TruewheelError, _run

Find = Callable[[str], Path]
NAMES = ("overclaim", "honest", "pure", "musl")


@pytest.fixture
def wheels(fixture_wheel: Find) -> list[Path]:
    return [fixture_wheel(name) for name in NAMES]


@pytest.fixture(autouse=True)
def staged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the folder that wheels are staged in; nothing may be left there."""
    folder = tmp_path / "staged"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    files = fsspec.filesystem("memory")
    yield files
    files.store.clear()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Serve a folder by a server that knows no ranges."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    folder = tmp_path / "served"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def batch(paths: list[Any]) -> pa.RecordBatch:
    return pa.record_batch({"path": pa.array([path if path is None else str(path) for path in paths], pa.string())})


def expected(paths: list[Path], **options: Any) -> list[dict[str, Any]]:
    """Give the rows that the report of the command asks for."""
    findings = {field.name for field in truewheel.arrow.SCHEMA.field("findings").type.value_type}
    return [
        {
            "path": wheel.path,
            "file": wheel.file,
            "size": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "status": wheel.status,
            "architecture": wheel.architecture,
            "libc": wheel.libc,
            "minimal_tag": wheel.minimal_tag,
            "libc_floor": wheel.libc_floor,
            "libc_ceiling": wheel.libc_ceiling,
            "claims": [vars(claim) for claim in wheel.claims],
            "findings": [
                {name: value for name, value in vars(finding).items() if name in findings} for finding in wheel.findings
            ],
            "tool_version": truewheel.__version__,
        }
        for path, wheel in zip(paths, truewheel.audit(*paths, **options).wheels)
    ]


def test_rows_say_what_the_report_says(wheels: list[Path]) -> None:
    result = truewheel.arrow.audit(batch(wheels))
    assert result.schema == truewheel.arrow.SCHEMA
    assert result.to_pylist() == expected(wheels)
    assert result.column("status").to_pylist() == ["violations", "clean", "skipped", "clean"]


def test_a_table_gives_a_table(wheels: list[Path]) -> None:
    table = pa.Table.from_batches([batch(wheels[:1]), batch(wheels[1:])])
    result = truewheel.arrow.audit(table)
    assert isinstance(result, pa.Table)
    assert result.to_pylist() == expected(wheels)
    assert truewheel.arrow.audit(table.slice(0, 0)).schema == truewheel.arrow.SCHEMA


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_every_kind_of_string_is_a_path(wheels: list[Path], kind: pa.DataType) -> None:
    column = pa.array([str(path) for path in wheels], pa.string()).cast(kind)
    assert truewheel.arrow.audit(pa.record_batch({"wheel": column}), "wheel").to_pylist() == expected(wheels)


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.binary_view()])
def test_wheels_may_be_bytes(wheels: list[Path], kind: pa.DataType) -> None:
    columns = {
        "content": pa.array([path.read_bytes() for path in wheels], pa.binary()).cast(kind),
        "name": [path.name for path in wheels],
    }
    result = truewheel.arrow.audit(pa.record_batch(columns), "content", names="name")
    assert result.to_pylist() == [{**row, "path": row["file"]} for row in expected(wheels)]


def test_urls_lead_to_wheels(wheels: list[Path], memory: fsspec.AbstractFileSystem) -> None:
    for path in wheels:
        memory.pipe(f"/bucket/{path.name}", path.read_bytes())
    urls = [f"memory://bucket/{path.name}" for path in wheels] + [f"file://{path}" for path in wheels]
    result = truewheel.arrow.audit(batch(urls))
    assert result.to_pylist() == [{**row, "path": url} for row, url in zip(expected(wheels) * 2, urls)]


def test_names_in_urls_of_the_web_are_written_with_escapes(fixture_wheel: Find, server: tuple[Path, str]) -> None:
    folder, address = server
    name = fixture_wheel("honest").name.replace("-1.0-", "-1.0+local-")
    (folder / name).write_bytes(fixture_wheel("honest").read_bytes())
    urls = [f"{address}/{quote(name)}?v=1#sha256=0", f"{address}/a%2F{quote(name)}", f"{address}/none-{quote(name)}"]
    # Under another name it is not installable.
    rows = truewheel.arrow.audit(batch(urls), ignore=["not-installable"]).to_pylist()
    assert [row["status"] for row in rows] == ["clean", "unreadable", "unreadable"]
    assert rows[0]["file"] == name
    assert "is no file name of a wheel" in rows[1]["findings"][0]["message"]
    assert "FileNotFoundError" in rows[2]["findings"][0]["message"]


def test_one_name_may_lie_in_two_folders(wheels: list[Path], memory: fsspec.AbstractFileSystem) -> None:
    lying, honest = wheels[:2]
    memory.pipe(f"/a/{lying.name}", lying.read_bytes())
    memory.pipe(f"/b/{lying.name}", honest.read_bytes())
    urls = [f"memory://{folder}/{lying.name}" for folder in "abaab"]
    result = truewheel.arrow.audit(batch(urls), ignore=["not-installable"])
    assert result.column("path").to_pylist() == urls
    assert result.column("status").to_pylist() == ["violations", "clean", "violations", "violations", "clean"]


def test_names_of_their_own_stand_for_those_of_the_place(
    wheels: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, path in enumerate(wheels):
        (tmp_path / f"{number}.blob").write_bytes(path.read_bytes())
    columns = {
        "path": ["0.blob", f"{tmp_path}/1.blob", f"file://{tmp_path}/2.blob", str(wheels[3])],
        "name": [*(path.name for path in wheels[:3]), None],
    }
    result = truewheel.arrow.audit(pa.record_batch(columns), names="name")
    assert result.column("path").to_pylist() == columns["path"]
    assert [{**row, "path": None} for row in result.to_pylist()] == [{**row, "path": None} for row in expected(wheels)]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (None, "the row names no wheel"),
        ("", "'' is no file name of a wheel"),
        ("a.zip", "'a.zip' is no file name of a wheel"),
        ("{0}", "is no file name of a wheel"),
        ("{0}/folder.whl", "it is a folder, and each row names one wheel"),
        ("{0}/" + "a" * 252 + ".whl", "is no file name of a wheel"),
        ("a\0/b.whl", "no path has a byte of value 0"),
        ("{0}/missing-1.0-py3-none-any.whl", "there is no such file"),
        ("{0}/broken-1.0-py3-none-any.whl", "it is not a zip archive"),
        ("nowhere://a/b.whl", "cannot fetch the wheel: ValueError: Protocol not known: nowhere"),
        ("memory://a/missing-1.0-py3-none-any.whl", "cannot fetch the wheel: FileNotFoundError"),
        ("memory://a/..", "is no file name of a wheel"),
        ("memory://a/large-1.0-py3-none-any.whl", "it is longer than max_bytes, 1000000 bytes"),
        ("http://127.0.0.1:1/a.whl", "cannot fetch the wheel: FileNotFoundError: http://127.0.0.1:1/a.whl"),
    ],
)
def test_what_cannot_be_had_is_a_row(
    place: str | None, reason: str, fixture_wheel: Find, memory: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    (tmp_path / "folder.whl").mkdir()
    (tmp_path / "broken-1.0-py3-none-any.whl").write_bytes(b"no archive")
    memory.pipe("/a/large-1.0-py3-none-any.whl", bytes(1_000_001))
    place = place and place.format(tmp_path)
    others = fixture_wheel("honest"), fixture_wheel("overclaim")
    result = truewheel.arrow.audit(batch([others[0], place, others[1]]), max_bytes=1_000_000)
    assert result.column("status").to_pylist() == ["clean", "unreadable", "violations"]
    row = result.to_pylist()[1]
    assert row["path"] == place
    (finding,) = row["findings"]
    assert (finding["rule"], finding["severity"], row["claims"]) == ("unreadable", "error", [])
    assert reason in finding["message"]


def test_bytes_without_a_name_are_a_row(fixture_wheel: Find) -> None:
    content, name = fixture_wheel("honest").read_bytes(), fixture_wheel("honest").name
    columns = {"content": [content, content, None, content], "name": [name, None, name, f"../{name}"]}
    rows = truewheel.arrow.audit(pa.record_batch(columns), "content", names="name").to_pylist()
    assert [row["path"] for row in rows] == columns["name"]
    assert [row["status"] for row in rows] == ["clean", "unreadable", "unreadable", "unreadable"]
    assert [row["findings"][0]["message"] for row in rows[1:]] == [
        "the row has no file name, which says what the wheel claims",
        "the row names no wheel",
        f"'../{name}' is no file name of a wheel",
    ]


def test_a_string_need_not_be_one(fixture_wheel: Find) -> None:
    text = b"\xff\xfe-1.0-py3-none-any.whl"
    offsets = pa.py_buffer(b"".join(number.to_bytes(4, "little") for number in (0, len(text))))
    forged = pa.StringArray.from_buffers(1, offsets, pa.py_buffer(text))
    (row,) = truewheel.arrow.audit(pa.record_batch({"path": forged})).to_pylist()
    assert (row["path"], row["status"]) == ("\ufffd\ufffd-1.0-py3-none-any.whl", "unreadable")


def test_no_rows_give_none() -> None:
    for column in (pa.array([], pa.string()), pa.array([], pa.null())):
        result = truewheel.arrow.audit(pa.record_batch({"path": column}))
        assert (result.num_rows, result.schema) == (0, truewheel.arrow.SCHEMA)
    (row,) = truewheel.arrow.audit(pa.record_batch({"path": pa.nulls(1)})).to_pylist()
    assert (row["path"], row["status"]) == (None, "unreadable")


@pytest.mark.parametrize(
    ("columns", "arguments", "says"),
    [
        ({"url": ["a"]}, {}, "There is no column 'path'. The batch has 'url'; name one of them."),
        ({"path": [1]}, {}, "The column 'path' holds int64. Paths and URLs are taken as string"),
        ({"path": [b"a"]}, {}, "Give its column: names='name'."),
        ({"path": [b"a"], "name": [b"a"]}, {"names": "name"}, "The column 'name' holds binary. File names are taken"),
        ({"path": ["a.whl"]}, {"targets": ["nonsense"]}, "'nonsense' is no platform tag."),
        ({"path": ["a.whl"]}, {"config": "nowhere.toml"}, "nowhere.toml: there is no such file"),
    ],
)
def test_wrong_arguments_are_raised(columns: dict[str, Any], arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(TruewheelError, match=re.escape(says)):
        truewheel.arrow.audit(pa.record_batch(columns), **arguments)


def test_a_column_may_not_be_there_twice() -> None:
    twice = pa.RecordBatch.from_arrays([pa.array(["a"]), pa.array(["b"])], ["path", "path"])
    with pytest.raises(TruewheelError, match="There are 2 columns 'path'"):
        truewheel.arrow.audit(twice)


def test_options_are_those_of_the_audit(wheels: list[Path]) -> None:
    parameters = inspect.signature(truewheel.audit).parameters.values()
    options = {each.name for each in parameters if each.kind is inspect.Parameter.KEYWORD_ONLY}
    assert truewheel.arrow.Options.__optional_keys__ == options
    asked: dict[str, Any] = {"targets": ["manylinux1"], "exclude": {"libc.so.*": "a reason"}, "jobs": 2}
    assert truewheel.arrow.audit(batch(wheels), **asked).to_pylist() == expected(wheels, **asked)


def test_batches_are_audited_as_they_come(wheels: list[Path]) -> None:
    taken = []

    def batches() -> Iterator[pa.RecordBatch]:
        for path in wheels:
            taken.append(path)
            yield batch([path])

    results = truewheel.arrow.audit_batches(batches(), ignore=["symbol-version"])
    assert taken == []
    assert next(results).column("status").to_pylist() == ["clean"]
    assert taken == wheels[:1]
    assert [row for result in results for row in result.to_pylist()] == expected(wheels[1:], ignore=["symbol-version"])


def test_little_is_staged_at_a_time(
    wheels: list[Path], memory: fsspec.AbstractFileSystem, staged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = max(path.stat().st_size for path in wheels)
    monkeypatch.setattr(truewheel.arrow, "_BYTES", most)
    seen = []

    def watched(paths: list[str], **options: Any) -> Iterator[truewheel.WheelAudit]:
        seen.append(sum(path.stat().st_size for path in staged.rglob("*.whl")))
        return truewheel.iter_audits(paths, **options)

    monkeypatch.setattr(truewheel.arrow, "iter_audits", watched)
    for path in wheels:
        memory.pipe(f"/bucket/{path.name}", path.read_bytes())
    result = truewheel.arrow.audit(batch([f"memory://bucket/{path.name}" for path in wheels] * 10))
    assert result.column("status").to_pylist() == ["violations", "clean", "skipped", "clean"] * 10
    assert len(seen) > 1
    assert max(seen) <= most * (1 + truewheel.arrow._FETCHED_AT_ONCE)


# MARK: The program


@pytest.fixture
def dying_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Put a program in the place of the real one that is killed as often as is said, then does its work."""
    real = truewheel.find_truewheel()

    def put(times: int) -> None:
        program = tmp_path / "truewheel"
        program.write_text(
            f'#!/bin/sh\n[ "$1" = --version ] && exec {real} --version\n'
            f'for life in $(seq {times}); do mkdir "{tmp_path}/life$life" 2>/dev/null && kill -9 $$; done\n'
            f'exec {real} "$@"\n'
        )
        program.chmod(0o755)
        monkeypatch.setattr(_run, "find_truewheel", lambda: program)
        _run._program.cache_clear()

    yield put
    _run._program.cache_clear()


def test_a_program_that_was_killed_is_started_again(wheels: list[Path], dying_program: Callable[[int], None]) -> None:
    right = expected(wheels)
    dying_program(1)
    assert truewheel.arrow.audit(batch(wheels)).to_pylist() == right


def test_a_wheel_on_which_the_program_dies_is_a_row(wheels: list[Path], dying_program: Callable[[int], None]) -> None:
    right = expected(wheels)
    dying_program(2)
    first, *others = truewheel.arrow.audit(batch(wheels)).to_pylist()
    assert others == right[1:]
    assert (first["path"], first["status"]) == (str(wheels[0]), "unreadable")
    assert first["findings"][0]["message"] == "truewheel ended with the status -9 and said nothing."


def test_other_file_descriptors_stay_closed(wheels: list[Path]) -> None:
    truewheel.arrow.audit(batch(wheels))
    before = len(os.listdir("/proc/self/fd"))
    truewheel.arrow.audit(batch(wheels))
    assert len(os.listdir("/proc/self/fd")) == before


# MARK: The page


def test_the_page_names_every_column() -> None:
    page = (PROJECT / "docs/index.md").read_text().partition("## On an engine")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|", page, re.MULTILINE)
    assert rows == [(field.name, re.sub(r"<.*", "", str(field.type))) for field in truewheel.arrow.SCHEMA]


def test_the_page_can_be_run(fixture_wheel: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dist").mkdir()
    name = "a-1.0-py3-none-any.whl"
    (tmp_path / "dist" / name).write_bytes(renamed(fixture_wheel("pure"), name))
    monkeypatch.chdir(tmp_path)
    text = (PROJECT / "docs/index.md").read_text()
    (block,) = (each for each in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "truewheel.arrow" in each)
    names: dict[str, Any] = {}
    exec(block, names)
    # The second is in a store for which nothing is installed.
    assert names["result"].column("status").to_pylist() == ["skipped", "unreadable"]

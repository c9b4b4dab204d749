"""The gate, asked as a server asks it: what it passes on, what it refuses, and what it does when an audit fails."""

from __future__ import annotations

import io
import logging
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from conftest import renamed
from truewheel import TruewheelError, _auditor
from truewheel.gate import Gate
from uploads import CONTENT_TYPE, form, upload

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Find = Callable[[str], Path]


class Index:
    """An application that keeps what it is sent."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.requests: list[dict[str, Any]] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        self.requests.append(dict(environ))
        self.bodies.append(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"stored"]


class Answer:
    """What came back."""

    def __init__(self, gate: Any, body: bytes, environ: dict[str, str]) -> None:
        self.environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "QUERY_STRING": "",
            "CONTENT_TYPE": CONTENT_TYPE,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            **environ,
        }
        setup_testing_defaults(self.environ)
        for name in [name for name, value in self.environ.items() if value is None]:
            del self.environ[name]
        self.left = self.environ["wsgi.input"]
        said: list[Any] = []

        def start(status: str, headers: Any, error: Any = None) -> Callable[[bytes], object]:
            said.extend((status, dict(headers)))
            return lambda _: None

        answer: Any = validator(gate)(self.environ, start)
        self.text = b"".join(answer).decode()
        answer.close()
        self.status: str = said[0]
        self.headers: dict[str, str] = said[1]
        self.code = int(self.status[:3])


def ask(gate: Gate, body: bytes, **environ: Any) -> Answer:
    return Answer(gate, body, environ)


@pytest.fixture
def index() -> Index:
    return Index()


@pytest.fixture
def wheel(fixture_wheel: Find) -> Callable[[str], tuple[str, bytes]]:
    def read(name: str) -> tuple[str, bytes]:
        path = fixture_wheel(name)
        return path.name, path.read_bytes()

    return read


Wheel = Callable[[str], "tuple[str, bytes]"]


def test_an_honest_wheel_is_passed_on_as_it_was_sent(index: Index, wheel: Wheel) -> None:
    body = upload(*wheel("honest"))
    answer = ask(Gate(validator(index)), body, HTTP_AUTHORIZATION="Basic eDp5")
    assert (answer.status, answer.text) == ("200 OK", "stored")
    assert index.bodies == [body]
    got = index.requests[0]
    for name in ("REQUEST_METHOD", "CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_AUTHORIZATION", "PATH_INFO"):
        assert got[name] == answer.environ[name]


def test_a_wheel_that_breaks_its_claim_goes_no_further(index: Index, wheel: Wheel) -> None:
    name, content = wheel("overclaim")
    answer = ask(Gate(index), upload(name, content))
    assert answer.status.startswith(f"400 {name} breaks its claims: ")
    assert "error[symbol-version]" in answer.status
    assert answer.status.isascii()
    assert answer.text.startswith(f"{name}: breaks its claim\n")
    assert "pthread_create@GLIBC_2.34" in answer.text
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert index.bodies == []


def test_the_report_names_no_folder_of_the_server(index: Index, wheel: Wheel, tmp_path: Path) -> None:
    answer = ask(Gate(index, folder=tmp_path), upload(*wheel("overclaim")))
    assert str(tmp_path) not in answer.text + answer.status
    assert list(tmp_path.iterdir()) == []


def linux(name: str) -> str:
    return f"{name.split('-manylinux')[0]}-linux_x86_64.whl"


@pytest.mark.parametrize(
    ("refuse", "options", "honest", "warned", "broken"),
    [
        ("error", [], 200, 200, 400),
        ("warning", [], 200, 400, 400),
        ("never", [], 200, 200, 200),
        ("error", ["--strict"], 200, 400, 400),
        ("error", ["--ignore=symbol-version"], 200, 200, 200),
        ("error", ["--target", "manylinux_2_5"], 400, 400, 400),
    ],
)
def test_the_policy_says_what_is_refused(
    refuse: Any, options: list[str], honest: int, warned: int, broken: int, index: Index, wheel: Wheel
) -> None:
    gate = Gate(index, refuse=refuse, options=options)
    name, content = wheel("honest")
    assert ask(gate, upload(name, content)).code == honest
    assert ask(gate, upload(linux(name), content)).code == warned
    assert ask(gate, upload(*wheel("overclaim"))).code == broken


def test_settings_have_exceptions_for_wheels_of_a_name(index: Index, wheel: Wheel, tmp_path: Path) -> None:
    settings = tmp_path / "truewheel.toml"
    settings.write_text('[wheels."overclaim-*"]\nignore = [{ rule = "symbol-version", reason = "we all have 2.34" }]\n')
    name, content = wheel("overclaim")
    gate = Gate(index, config=settings)
    assert ask(gate, upload(name, content)).code == 200
    assert ask(gate, upload(name.replace("overclaim", "other"), content)).code == 400
    # Who uploads cannot take the exceptions of another project.
    assert ask(gate, upload(name, content, name="other")).code == 400
    assert len(index.bodies) == 1


def test_no_settings_but_those_that_are_named(
    index: Index, wheel: Wheel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "truewheel.toml").write_text('ignore = [{ rule = "symbol-version", reason = "x" }]\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRUEWHEEL_IGNORE", "symbol-version")
    assert ask(Gate(index), upload(*wheel("overclaim"))).code == 400


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"no archive", "it is not a zip archive"), (b"", "the file is empty")],
)
def test_what_cannot_be_read_is_refused(content: bytes, says: str, index: Index) -> None:
    name = "demo-1.0-py3-none-any.whl"
    answer = ask(Gate(index), upload(name, content))
    assert answer.status.startswith(f"400 {name} cannot be audited: error[unreadable]: ")
    assert says in answer.status
    assert ask(Gate(index, refuse="never"), upload(name, content)).code == 200
    assert len(index.bodies) == 1


def test_a_name_that_is_none_of_a_wheel_is_refused(index: Index, wheel: Wheel) -> None:
    _, content = wheel("honest")
    answer = ask(Gate(index), upload("demo.whl", content, name="demo.whl"))
    assert answer.status.startswith("400 demo.whl cannot be audited: ")


@pytest.mark.parametrize(
    "body",
    [
        upload("demo-1.0.tar.gz", b"\x1f\x8b", filetype="sdist"),
        form((":action", None, b"doc_upload"), ("content", "demo.zip", b"PK")),
        form((":action", None, b"remove_pkg"), ("name", None, b"demo"), ("version", None, b"1.0")),
    ],
)
def test_forms_without_a_wheel_are_passed_on(body: bytes, index: Index) -> None:
    assert ask(Gate(index), body).code == 200
    assert index.bodies == [body]


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "application/json", "", None])
def test_what_is_no_form_is_passed_on_unread(content_type: str | None, index: Index) -> None:
    answer = ask(Gate(index), b"a=b", CONTENT_TYPE=content_type)
    assert answer.code == 200
    assert index.requests[0]["wsgi.input"] is answer.environ["wsgi.input"]
    assert index.bodies == [b"a=b"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "GET"])
def test_the_method_opens_no_other_door(method: str, index: Index, wheel: Wheel) -> None:
    assert ask(Gate(index), upload(*wheel("overclaim")), REQUEST_METHOD=method).code == 400


@pytest.mark.parametrize(
    ("environ", "code", "says"),
    [
        ({"CONTENT_LENGTH": None}, 411, "must say how long it is"),
        ({"CONTENT_LENGTH": ""}, 411, "must say how long it is"),
        ({"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked"}, 411, "must say how long it is"),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, 400, "not both"),
        ({"HTTP_CONTENT_ENCODING": "gzip"}, 415, "may not be compressed"),
        ({"CONTENT_TYPE": "multipart/mixed; boundary=x"}, 400, "could be read in two ways"),
        ({"CONTENT_TYPE": "MULTIPART/form-data; boundary=x"}, 400, "could be read in two ways"),
        ({"CONTENT_TYPE": "text/plain, multipart/form-data; boundary=x"}, 400, "could be read in two ways"),
        ({"CONTENT_LENGTH": "99999"}, 400, "broke off"),
        ({"CONTENT_LENGTH": "10"}, 400, "could be read in two ways"),
    ],
)
def test_a_request_that_is_not_plain_is_refused(
    environ: dict[str, Any], code: int, says: str, index: Index, wheel: Wheel
) -> None:
    answer = ask(Gate(index), upload(*wheel("honest")), **environ)
    assert answer.code == code
    assert says in answer.status
    assert says in answer.text
    assert index.bodies == []


def test_an_upload_that_is_too_large_is_refused_and_read_to_its_end(index: Index, wheel: Wheel) -> None:
    body = upload(*wheel("honest"))
    assert ask(Gate(index, max_size=len(body)), body).code == 200
    answer = ask(Gate(index, max_size=len(body) - 1), body)
    assert answer.status == f"413 The upload has {len(body)} bytes; this index takes up to {len(body) - 1}."
    # A client that is still sending would see a broken connection, and not why; what is far too large is left.
    assert len(answer.left.read(100)) == 1


HONEST = "honest-1.0-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (upload(HONEST, b"x", name="other"), "uploaded as 'other'"),
        (upload(HONEST, b"x", filetype="sdist"), "whose filetype is bdist_wheel, not 'sdist'"),
        (upload("honest-1.0.tar.gz", b"x"), "says bdist_wheel, and has no file whose name ends in .whl"),
        (upload("honest-1.0-py3-none-any.WHL", b"x"), "ends in .whl, in small letters"),
        (upload(HONEST, b"x", sha256_digest="0" * 64), "has another SHA-256 than the form says"),
        (form(("content", None, b"x")), "The field content has no file name"),
        (form(("file", HONEST, b"x")), "a wheel belongs into content"),
        (form(("content", HONEST, b"x"), ("other", HONEST, b"x")), "several wheels"),
        (form(("content", HONEST, b"x"), ("content", "x.tar.gz", b"x")), "the field content comes twice"),
        (form(("content", "../" + HONEST, b"x")), "could be read in two ways"),
    ],
)
def test_fields_that_do_not_agree_are_refused(body: bytes, says: str, index: Index) -> None:
    answer = ask(Gate(index), body)
    assert answer.code == 400
    assert says in answer.text
    assert index.bodies == []


def test_fields_may_be_written_as_indexes_compare_them(index: Index, fixture_wheel: Find) -> None:
    import hashlib

    name = fixture_wheel("honest").name.replace("honest", "a_b.c")
    content = renamed(fixture_wheel("honest"), name)
    digest = hashlib.sha256(content).hexdigest().upper()
    body = upload(name, content, name="A.B-C", sha256_digest=digest)
    assert ask(Gate(index), body).code == 200


# MARK: What an audit costs


def test_a_bomb_does_no_harm(index: Index, tmp_path: Path) -> None:
    name = "bomb-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"
    packed = io.BytesIO()
    archive = zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("bomb/module.so", "w") as member:
        member.write(b"\x7fELF\x02\x01\x01" + bytes(9))
        for _ in range(128):
            member.write(bytes(1 << 20))
    assert len(packed.getvalue()) < 1 << 18
    gate = Gate(index, folder=tmp_path)
    answer = ask(gate, upload(name, packed.getvalue()))
    assert answer.code == 400
    assert "bomb/module.so" in answer.text
    assert list(tmp_path.iterdir()) == []


# MARK: When the audit fails


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put another program in the place of the real one, once a gate stands."""
    script = tmp_path / "program"
    script.write_text("#!/bin/sh\nexit 2\n")
    script.chmod(0o755)
    monkeypatch.setattr(_auditor, "_program", lambda: str(script))

    def becomes(text: str) -> None:
        script.unlink()
        if text:
            script.write_text(f"#!/bin/sh\n{text}\n")
            script.chmod(0o755)

    return becomes


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("kill -9 $$", "the auditor was ended by signal 9: it said nothing"),
        ("kill -SEGV $$", "the auditor was ended by signal 11"),
        ("echo 'truewheel: no memory' >&2; exit 3", "the auditor ended with the status 3: truewheel: no memory"),
        ("echo 'no such option' >&2; exit 64", "the auditor ended with the status 64: no such option"),
        ("exit 127", "the auditor ended with the status 127"),
        ("sleep 60", "the auditor took more than 0.5 seconds"),
        ("exit 0", "the auditor ended with the status 0: it said nothing"),
        ("echo 'the box is broken' >&2; exit 1", "the auditor ended with the status 1: the box is broken"),
        ("exec head -c 100000000 /dev/zero", "the auditor "),
        ("", "the auditor could not be started: No such file or directory"),
    ],
)
@pytest.mark.parametrize("fail_open", [False, True])
def test_without_an_audit_nothing_is_stored(
    script: str, why: str, fail_open: bool, program: Callable[[str], None], index: Index, wheel: Wheel, tmp_path: Path
) -> None:
    (tmp_path / "spool").mkdir()
    gate = Gate(index, fail_open=fail_open, timeout=0.5 if "sleep" in script else 30, folder=tmp_path / "spool")
    program(script)
    name, content = wheel("honest")
    body = upload(name, content)
    answer = ask(gate, body)
    if fail_open:
        assert answer.code == 200
        assert index.bodies == [body]
    else:
        assert answer.status.startswith(f"503 {name} could not be audited, since {why}")
        assert answer.text.endswith("Nothing was stored; try again.\n")
        assert answer.headers["Retry-After"] == "5"
        assert index.bodies == []
    assert list((tmp_path / "spool").iterdir()) == []


def test_what_takes_too_long_leaves_no_process(
    program: Callable[[str], None], index: Index, wheel: Wheel, tmp_path: Path
) -> None:
    gate = Gate(index, timeout=0.5)
    program(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    assert ask(gate, upload(*wheel("honest"))).code == 503
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_running(child)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False


def test_audits_wait_for_their_turn(program: Callable[[str], None], index: Index, wheel: Wheel) -> None:
    gate = Gate(index, timeout=0.2, at_once=1)
    assert gate._auditor._at_once.acquire()
    answer = ask(gate, upload(*wheel("honest")))
    assert "too many audits are under way" in answer.status
    assert answer.code == 503


def test_a_disk_that_takes_nothing_is_told(index: Index, wheel: Wheel, tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir()
    gate = Gate(index, folder=tmp_path / "spool")
    (tmp_path / "spool").rmdir()
    answer = ask(gate, upload(*wheel("honest")))
    assert answer.status.startswith("503 The upload could not be kept for its audit: ")
    assert index.bodies == []


def test_a_box_runs_the_program(index: Index, wheel: Wheel, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/said\npwd >> {tmp_path}/where\nexec "$@"\n')
    box.chmod(0o755)
    (tmp_path / "spool").mkdir()
    gate = Gate(index, box=["env", "--chdir={folder}", str(box)], folder=tmp_path / "spool")
    name, content = wheel("overclaim")
    assert ask(gate, upload(name, content)).code == 400
    assert (tmp_path / "said").read_text().splitlines()[-1].endswith(f" -- {name}")
    where = (tmp_path / "where").read_text().splitlines()
    assert [Path(line).parent for line in where] == [tmp_path / "spool"] * 2
    assert where[0] != where[1]


# MARK: Setting up


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"options": ["--nonsense"]}, "--nonsense"),
        ({"options": "--strict"}, "write ['--strict']"),
        ({"box": "prlimit"}, "write ['--strict']"),
        ({"box": ["/nowhere/box"]}, "/nowhere/box could not be run"),
        ({"config": "/nowhere.toml"}, "there is no such file"),
        ({"folder": "/nowhere"}, "Uploads cannot be kept in /nowhere: No such file or directory"),
        ({"refuse": "nothing"}, "nothing"),
    ],
)
def test_a_wrong_argument_is_raised_before_the_first_upload(arguments: dict[str, Any], says: str, index: Index) -> None:
    with pytest.raises(TruewheelError) as error:
        Gate(index, **arguments)
    assert says in str(error.value)


# MARK: The log


def test_each_decision_is_logged(index: Index, wheel: Wheel, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "truewheel.gate")
    gate = Gate(index)
    sent = [wheel("honest"), wheel("overclaim"), ("demo-1.0-py3-none-any.whl", b"x")]
    for name, content in sent:
        ask(gate, upload(name, content), REMOTE_ADDR="192.0.2.1")
    ask(gate, b"", REMOTE_ADDR="192.0.2.2")
    said = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert [level for level, _ in said] == ["INFO", "WARNING", "WARNING", "WARNING"]
    begins = ["passed: ", "refused with 400: ", "refused with 400: ", "refused with 400: a form from 192.0.2.2: "]
    for (_, message), begin in zip(said, begins):
        assert message.startswith(begin)
    for (_, message), (name, content) in zip(said, sent):
        assert f"{name} ({len(content)} bytes, sha256 " in message
        assert "from 192.0.2.1" in message


def test_what_is_told_only_is_logged(index: Index, wheel: Wheel, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "truewheel.gate")
    ask(Gate(index, refuse="never"), upload(*wheel("overclaim")))
    assert "passed: overclaim" in caplog.text
    assert "error[symbol-version]" in caplog.text


def test_an_application_that_fails_leaves_no_file(wheel: Wheel) -> None:
    def fails(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        raise RuntimeError

    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(RuntimeError):
        ask(Gate(fails), upload(*wheel("honest")))
    assert len(os.listdir("/proc/self/fd")) == before

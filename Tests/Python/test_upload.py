"""Real clients upload to a real index behind the gate: twine and uv to pypiserver."""

from __future__ import annotations

import base64
import os
import re
import signal
import sysconfig
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from conftest import PROJECT, Run, renamed
from truewheel.gate import Gate
from uploads import CONTENT_TYPE, pypiserver_module, serving, upload

Find = Callable[[str], Path]


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    folder = tmp_path / "stored"
    folder.mkdir()
    return folder


@pytest.fixture
def serve(stored: Path) -> Iterator[Callable[..., str]]:
    """Serve pypiserver behind a gate."""
    pypiserver = pypiserver_module()
    servers = []

    def start(**options: Any) -> str:
        server = serving(Gate(pypiserver.app(roots=[stored], password_file=".", authenticate=[]), **options))
        servers.append(server)
        return server.__enter__()

    yield start
    for server in servers:
        server.__exit__(None, None, None)


@pytest.fixture
def twine(run: Run) -> Callable[..., str]:
    """Upload a wheel by twine, and give what it says in one line."""
    program = Path(os.environ["TRUEWHEEL_TOOLS"]).with_name("twine")

    def call(url: str, wheel: Path, *options: str, status: int = 0) -> str:
        words = ["upload", "--repository-url", url, "-u", "x", "-p", "y", "--disable-progress-bar", *options, wheel]
        done = run(program, *words, status=status, NO_COLOR="1", COLUMNS="200")
        return " ".join((done.stdout + done.stderr).split())

    return call


@pytest.fixture
def uv(run: Run) -> Callable[..., str]:
    """Upload a wheel by uv, and give what it says in one line."""
    program = Path(sysconfig.get_path("scripts")) / "uv"

    def call(url: str, wheel: Path, status: int = 0) -> str:
        done = run(program, "publish", "--publish-url", url, "-u", "x", "-p", "y", wheel, status=status, NO_COLOR="1")
        return " ".join((done.stdout + done.stderr).split())

    return call


def test_a_lying_wheel_is_refused_and_twine_shows_why(
    serve: Callable[..., str], twine: Callable[..., str], fixture_wheel: Find, stored: Path
) -> None:
    url, wheel = serve(), fixture_wheel("overclaim")
    said = twine(url, wheel, status=1)
    assert f"{wheel.name} breaks its claims: overclaim/_speedups.abi3.so: error[symbol-version]: " in said
    assert "which manylinux_2_17_x86_64 does not promise" in said
    said = twine(url, wheel, "--verbose", status=1)
    assert "minimal tag manylinux_2_34_x86_64" in said
    assert "What to do:" in said
    assert list(stored.iterdir()) == []


def test_a_lying_wheel_is_refused_and_uv_shows_why(
    serve: Callable[..., str], uv: Callable[..., str], fixture_wheel: Find, stored: Path
) -> None:
    said = uv(serve(), fixture_wheel("overclaim"), status=2)
    assert "400 Bad Request. Server says: overclaim-1.0-cp39-abi3-manylinux_2_17_x86_64.whl: breaks its claim" in said
    assert "pthread_create@GLIBC_2.34" in said
    assert list(stored.iterdir()) == []


@pytest.mark.parametrize("name", ["honest", "musl", "pure"])
@pytest.mark.parametrize("client", ["twine", "uv"])
def test_an_honest_wheel_arrives(
    client: str, name: str, serve: Callable[..., str], request: pytest.FixtureRequest, fixture_wheel: Find, stored: Path
) -> None:
    wheel = fixture_wheel(name)
    request.getfixturevalue(client)(serve(), wheel)
    (file,) = stored.iterdir()
    assert file.name == wheel.name
    assert file.read_bytes() == wheel.read_bytes()


def test_what_the_index_says_comes_back(
    serve: Callable[..., str], twine: Callable[..., str], fixture_wheel: Find
) -> None:
    url = serve()
    twine(url, fixture_wheel("honest"))
    assert "already exists" in twine(url, fixture_wheel("honest"), "--verbose", status=1)


def post(url: str, body: bytes) -> tuple[int, str]:
    headers = {
        "Content-Type": CONTENT_TYPE,
        "Content-Length": str(len(body)),
        "Authorization": "Basic " + base64.b64encode(b"x:y").decode(),
    }
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
            return answer.status, answer.reason
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.reason


def test_ten_at_a_time(serve: Callable[..., str], fixture_wheel: Find, stored: Path, tmp_path: Path) -> None:
    url = serve()
    honest, overclaim = fixture_wheel("honest"), fixture_wheel("overclaim")
    sent = []
    for number in range(30):
        wheel = (honest, overclaim)[number % 3 == 2]
        name = wheel.name.replace("-1.0-", f"-{number}-")
        sent.append((name, renamed(wheel, name)))
    together = threading.Barrier(10)

    def send(wheel: tuple[str, bytes]) -> int:
        together.wait(60)
        return post(url, upload(*wheel))[0]

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(send, sent)) == [200, 200, 400] * 10
    assert {file.name: file.read_bytes() for file in stored.iterdir()} == {
        name: content for name, content in sent if name.startswith("honest")
    }


@pytest.fixture
def slow_box(tmp_path: Path) -> Path:
    """A box that waits once, if there is the file `slow` beside it, and writes who waits into `waits`."""
    box = tmp_path / "box"
    box.write_text(
        f"""#!/bin/sh
        if rm {tmp_path}/slow 2>/dev/null; then
          echo $$ > {tmp_path}/waits.part
          mv {tmp_path}/waits.part {tmp_path}/waits
          exec sleep 60
        fi
        exec "$@"
        """
    )
    box.chmod(0o755)
    return box


def kill_auditor(folder: Path) -> None:
    deadline = time.monotonic() + 60
    while not (folder / "waits").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(int((folder / "waits").read_text()), signal.SIGKILL)
    (folder / "waits").unlink()


def test_nothing_is_lost_when_the_auditor_is_killed(
    serve: Callable[..., str],
    twine: Callable[..., str],
    uv: Callable[..., str],
    slow_box: Path,
    fixture_wheel: Find,
    stored: Path,
    tmp_path: Path,
) -> None:
    url = serve(box=[str(slow_box)])
    wheel = fixture_wheel("honest")
    with ThreadPoolExecutor(1) as pool:
        (tmp_path / "slow").touch()
        first = pool.submit(uv, url, wheel, status=2)
        kill_auditor(tmp_path)
        assert "503 Service Unavailable" in first.result()
        assert "could not be audited, since the auditor was ended by signal 9" in first.result()
        assert list(stored.iterdir()) == []
        # Twine tries again by itself.
        (tmp_path / "slow").touch()
        second = pool.submit(twine, url, wheel)
        kill_auditor(tmp_path)
        assert "Nothing was stored; try again" in second.result()
    (file,) = stored.iterdir()
    assert file.read_bytes() == wheel.read_bytes()


@pytest.mark.parametrize("content", [b"no archive", b"PK\x03\x04" + bytes(1000), b""])
def test_hostile_bytes_are_refused(content: bytes, serve: Callable[..., str], stored: Path) -> None:
    status, reason = post(serve(), upload("demo-1.0-py3-none-any.whl", content))
    assert status == 400
    assert reason.startswith("demo-1.0-py3-none-any.whl cannot be audited: error[unreadable]: ")
    assert list(stored.iterdir()) == []


def test_an_upload_that_is_too_large_reaches_its_answer(serve: Callable[..., str], stored: Path) -> None:
    url = serve(max_size=1 << 20)
    status, reason = post(url, upload("demo-1.0-py3-none-any.whl", bytes(3 << 19)))
    assert (status, "this index takes up to 1048576" in reason) == (413, True)
    assert list(stored.iterdir()) == []


def test_the_page_says_how(tmp_path: Path, fixture_wheel: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (PROJECT / "docs/index.md").read_text().partition("## At the door")[2]
    blocks = re.findall(r"```(\w+)\n# (\S+)[^\n]*\n(.*?)```", page, re.DOTALL)
    files = {name: text for _, name, text in blocks}
    (tmp_path / "truewheel.toml").write_text(files["truewheel.toml"])
    (tmp_path / "packages").mkdir()
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    pypiserver_module()
    exec(files["door.py"], names)
    with serving(names["application"]) as url:
        for name, status in (("honest", 200), ("musl", 200), ("overclaim", 400)):
            wheel = fixture_wheel(name)
            assert post(url, upload(wheel.name, wheel.read_bytes()))[0] == status
    assert sorted(file.name[:4] for file in (tmp_path / "packages").iterdir()) == ["hone", "musl"]

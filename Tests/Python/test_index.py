"""`truewheel-index` on indexes of the loopback: what it fetches, what it says, and how it ends."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import Run, renamed
from truewheel import _pip, index
from truewheel._pip import PipSettings
from uploads import serving

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Find = Callable[[str], Path]
BUILDS = {
    "demo-1.0-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl": "honest",
    "demo-1.0-cp39-abi3-musllinux_1_2_x86_64.whl": "musl",
    "demo-1.0-py3-none-any.whl": "pure",
}


class Simple:
    """An index of one project: its files, and what it says of each besides (PEP 503 and PEP 691)."""

    def __init__(self, fixture_wheel: Find) -> None:
        self.fixture_wheel = fixture_wheel
        self.files: dict[str, bytes] = {}
        self.facts: dict[str, dict[str, Any]] = {}
        self.user = ""
        self.form = "json"
        self.asked: list[str] = []
        self.authorized: list[str] = []

    def add(self, name: str, fixture: str | bytes = "honest", **facts: Any) -> None:
        content = renamed(self.fixture_wheel(fixture), name) if isinstance(fixture, str) else fixture
        self.files[name] = content
        self.facts[name] = {"hashes": {"sha256": hashlib.sha256(content).hexdigest()}, "size": len(content), **facts}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        self.authorized.append(environ.get("HTTP_AUTHORIZATION", ""))
        expected = "Basic " + base64.b64encode(self.user.encode()).decode()
        if self.user and environ.get("HTTP_AUTHORIZATION") != expected:
            start_response("401 Unauthorized", [("WWW-Authenticate", 'Basic realm="index"')])
            return [b""]
        if path == "/simple/demo/":
            kind, body = self.page()
        elif path.startswith("/files/"):
            kind, body = "application/octet-stream", list(self.files.values())[int(path[len("/files/") :])]
        else:
            start_response("500 Broken" if path == "/simple/broken/" else "404 Not Found", [])
            return [b""]
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def page(self) -> tuple[str, bytes]:
        files = [
            {"filename": name, "url": f"/files/{number}", **self.facts[name]} for number, name in enumerate(self.files)
        ]
        if self.form == "json":
            page = {"meta": {"api-version": "1.1"}, "name": "demo", "versions": [], "files": files}
            return "application/vnd.pypi.simple.v1+json", json.dumps(page).encode()
        links = []
        for file in files:
            digest = "".join(f"#{name}={value}" for name, value in file["hashes"].items())
            yanked = f' data-yanked="{file["yanked"]}"' if "yanked" in file else ""
            links.append(f'<a href="{file["url"]}{digest}"{yanked}>{file["filename"]}</a>')
        return "text/html", f"<!DOCTYPE html><body>{''.join(links)}</body>".encode()


@pytest.fixture
def simple(fixture_wheel: Find) -> Simple:
    return Simple(fixture_wheel)


@pytest.fixture
def url(simple: Simple, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Make an index that of pip's variables, which are the only ones."""
    for name in (
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "PIP_TRUSTED_HOST",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(_pip, "_from_files", dict)
    (tmp_path / "home").mkdir()
    with serving(simple) as address:
        monkeypatch.setenv("PIP_INDEX_URL", f"{address}/simple/")
        yield address


@pytest.fixture
def audit(url: str, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command, and give its status and what it says."""

    def call(*words: str | Path) -> tuple[int, str, str]:
        status = index._main([str(word) for word in words])
        said = capfd.readouterr()
        return status, said.out, said.err

    return call


Audit = Callable[..., "tuple[int, str, str]"]


@pytest.mark.parametrize("form", ["json", "html"])
def test_a_release_is_audited_as_one(form: str, audit: Audit, simple: Simple) -> None:
    simple.form = form
    for name, fixture in BUILDS.items():
        simple.add(name, fixture)
    simple.add("demo-0.9-py3-none-any.whl", "pure")
    simple.add("demo-1.0.tar.gz", b"")
    simple.add("demo-1.0-cp39-abi3-win_amd64.whl", b"")
    simple.add("demo-1.0-cp39-abi3-macosx_11_0_arm64.whl", b"")
    status, out, errors = audit("Demo")
    assert status == 0
    for name in BUILDS:
        assert f"{name}: " in out
    assert "demo 1.0:\n  Python  ABI" in out
    assert "3 wheels: 2 clean, 1 skipped" in out
    assert errors == "truewheel-index: 2 wheels of demo 1.0 are for other systems and left out\n"
    assert len([path for path in simple.asked if path.startswith("/files/")]) == 3


def test_what_is_found_decides_the_status(audit: Audit, simple: Simple) -> None:
    simple.add("demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl", "overclaim")
    assert audit("demo")[0] == 1
    assert audit("demo", "--fail-on", "never")[0] == 0
    assert audit("demo", "--nonsense")[0] == 64


def test_other_options_are_those_of_the_program(audit: Audit, simple: Simple, tmp_path: Path) -> None:
    simple.add("demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl", "overclaim")
    report = tmp_path / "report.sarif"
    status, out, _ = audit("demo", "--format", "json", "-o", f"sarif={report}", "-j", "1", "--target=manylinux_2_34")
    (wheel,) = json.loads(out)["wheels"]
    assert status == 1
    assert [claim["tag"] for claim in wheel["claims"]] == ["manylinux_2_17_x86_64", "manylinux_2_34_x86_64"]
    assert json.loads(report.read_text())["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("demo", "1.1"),
        ("demo==1.0", "1.0"),
        ("demo == 1.0.0", "1.0"),
        ("demo<1.1", "1.0"),
        ("demo==1.3", "1.3"),
        ("demo==2.0rc1", "2.0rc1"),
        ("demo>=2.0rc1", "2.0rc1"),
    ],
)
@pytest.mark.parametrize("form", ["json", "html"])
def test_versions_are_chosen_as_pip_does(asked: str, found: str, form: str, audit: Audit, simple: Simple) -> None:
    simple.form = form
    for version in ("1.0", "1.1", "2.0rc1"):
        simple.add(f"demo-{version}-py3-none-any.whl", "pure")
    simple.add("demo-1.3-py3-none-any.whl", "pure", yanked="broken & bad")
    status, out, errors = audit(asked)
    assert (status, f"demo-{found}-py3-none-any.whl: " in out) == (0, True)
    assert errors == ("truewheel-index: demo 1.3 was yanked: broken & bad\n" if found == "1.3" else "")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("other", "The index has no project 'other'."),
        ("broken", "The index could not be asked for 'broken': 500"),
        ("demo==3", "The index has no version of demo for '==3'; the newest that it has is 1.2."),
        ("demo==1.1", "demo 1.1 has no wheels, only demo-1.1.tar.gz."),
        ("demo==1.2", "demo 1.2 has no wheels for Linux, only 1 for other systems."),
    ],
)
def test_what_there_is_not_is_told(asked: str, says: str, audit: Audit, simple: Simple) -> None:
    simple.add("demo-1.0-py3-none-any.whl", "pure")
    simple.add("demo-1.1.tar.gz", b"")
    simple.add("demo-1.2-cp39-abi3-win_amd64.whl", b"")
    status, out, errors = audit(asked)
    assert (status, out) == (2, "")
    assert errors.startswith(f"truewheel-index: {says}")
    assert errors.count("\n") == 1


@pytest.mark.parametrize("asked", ["demo[x]", "demo;python_version>'3'", "demo @ file:///x", "../demo", "", "demo 1.0"])
def test_what_names_no_release_is_a_wrong_argument(asked: str, audit: Audit, simple: Simple) -> None:
    status, _, errors = audit(asked)
    assert status == 64
    assert "NAME or NAME==VERSION" in errors
    assert simple.asked == []


@pytest.mark.parametrize("words", [[], ["demo", "--max-size", "0"], ["demo", "--max-size", "x"], ["demo", "--keep"]])
def test_wrong_arguments_have_a_sentence(words: list[str], audit: Audit, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        audit(*words)
    assert end.value.code == 64
    assert capfd.readouterr().err.startswith("truewheel-index: ")


def test_an_index_that_is_not_there_is_told(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    status, _, errors = audit("demo", "--index-url", "http://user:secret@127.0.0.1:9/simple")
    assert status == 2
    assert errors.startswith("truewheel-index: The index could not be asked for 'demo': ")
    assert "secret" not in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("application/vnd.pypi.simple.v1+json", b"{"),
        ("application/vnd.pypi.simple.v1+json", b"[" * 100000),
        ("application/vnd.pypi.simple.v1+json", b"[]"),
        ("application/vnd.pypi.simple.v1+json", b'{"meta": {"api-version": "2.0"}, "name": "demo", "files": []}'),
        ("image/png", b""),
    ],
)
def test_a_page_that_is_none_is_told(
    kind: str, page: bytes, audit: Audit, simple: Simple, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simple, "page", lambda: (kind, page))
    status, _, errors = audit("demo")
    assert status == 2
    assert errors.startswith("truewheel-index: The index could not be asked for 'demo': ")
    assert errors.count("\n") == 1


def test_a_program_that_is_killed_is_told(
    audit: Audit, simple: Simple, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    simple.add("demo-1.0-py3-none-any.whl", "pure")
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\nkill -9 $$\n")
    program.chmod(0o755)
    monkeypatch.setattr(index, "find_truewheel", lambda: program)
    assert audit("demo")[0] == 137


# MARK: What an index cannot be trusted with


def test_bytes_with_another_hash_are_not_audited(audit: Audit, simple: Simple, tmp_path: Path) -> None:
    simple.add("demo-1.0-py3-none-any.whl", "pure")
    simple.add("demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl", "honest", hashes={"sha256": "0" * 64})
    status, out, errors = audit("demo", "--keep", tmp_path / "kept")
    assert status == 2
    assert "demo-1.0-py3-none-any.whl: skipped" in out
    assert "manylinux" not in out
    assert "demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl could not be had: sha256 digest of " in errors
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["demo-1.0-py3-none-any.whl"]


def test_a_file_without_a_hash_is_told(audit: Audit, simple: Simple) -> None:
    simple.add("demo-1.0-py3-none-any.whl", "pure", hashes={})
    status, _, errors = audit("demo")
    assert (status, errors) == (0, "truewheel-index: demo-1.0-py3-none-any.whl: the index names no hash of it\n")


def test_a_hash_that_nobody_knows_is_no_hash(audit: Audit, simple: Simple) -> None:
    simple.add("demo-1.0-py3-none-any.whl", "pure", hashes={"crc32": "0"})
    status, _, errors = audit("demo")
    assert (status, "demo-1.0-py3-none-any.whl could not be had: No digests with known algorithms" in errors) == (
        2,
        True,
    )


@pytest.mark.parametrize(
    "name",
    [
        "../demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl",
        "/etc/demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl",
        "demo-1.0-cp39-abi3-manylinux_2_17_x86_64\n.whl",
        "demo-1.0-\x1b[31mcp39-abi3-manylinux_2_17_x86_64.whl",
        "..\\demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl",
        "demo.whl",
        ".whl",
        "demo-1.0-" + "x" * 250 + "-abi3-manylinux_2_17_x86_64.whl",
    ],
)
def test_names_from_an_index_lead_nowhere(name: str, audit: Audit, simple: Simple, tmp_path: Path) -> None:
    simple.add("demo-1.0-py3-none-any.whl", "pure")
    simple.add(name, "honest")
    (tmp_path / "kept").mkdir()
    before = set(tmp_path.rglob("*"))
    status, out, errors = audit("demo", "--keep", tmp_path / "kept")
    assert status == 2
    assert "1 wheel" in out or "skipped" in out
    assert "is no name of a wheel: it is left out." in errors
    assert errors.count("\n") == 1
    assert "\x1b" not in errors
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "kept/demo-1.0-py3-none-any.whl"}


def test_wheels_of_other_projects_are_none_of_the_release(audit: Audit, simple: Simple) -> None:
    simple.add("demo-1.0-py3-none-any.whl", "pure")
    simple.add("other-1.0-cp39-abi3-manylinux_2_17_x86_64.whl", "overclaim")
    status, out, _ = audit("demo")
    assert (status, "other" in out) == (0, False)


def test_a_release_that_is_too_large_is_not_begun(audit: Audit, simple: Simple) -> None:
    simple.add("demo-1.0-py3-none-any.whl", "pure", size=5 << 20)
    status, _, errors = audit("demo", "--max-size", "4")
    assert status == 2
    assert "has 1 wheels for Linux of 5 MB in all: --max-size 6 takes them" in errors
    assert not any(path.startswith("/files/") for path in simple.asked)


def test_an_index_that_hides_a_size_gets_no_more_than_that(audit: Audit, simple: Simple, tmp_path: Path) -> None:
    simple.add("demo-1.0-py3-none-any.whl", bytes(2 << 20), size=10)
    simple.add("demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl", "honest")
    status, out, errors = audit("demo", "--max-size", "1", "--keep", tmp_path)
    assert status == 2
    assert "demo-1.0-py3-none-any.whl could not be had: the wheels have more bytes than are taken" in errors
    assert "keeps its claim" in out
    assert [file.name for file in tmp_path.glob("*demo*")] == ["demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"]


# MARK: Which wheels


def test_what_is_almost_a_name_of_a_wheel_is_for_the_program_to_judge(audit: Audit, simple: Simple) -> None:
    simple.add("demo-1.0-py3-none-any.whl", "pure")
    simple.add("demo-1.0-cp39-abi3-any-x-y-z.whl", "honest")
    simple.add("demo-0.9-cp39-abi3-any-x-y-z.whl", "honest")
    status, out, _ = audit("demo")
    assert (status, out.count(".whl: ")) == (2, 2)
    assert "demo-1.0-cp39-abi3-any-x-y-z.whl: could not be audited" in out


def test_wheels_are_taken_by_their_names(audit: Audit, simple: Simple) -> None:
    for name, fixture in BUILDS.items():
        simple.add(name, fixture)
    status, out, _ = audit("demo", "--only", "*musllinux*")
    assert (status, out.count(".whl: ")) == (0, 1)
    status, _, errors = audit("demo", "--only", "*cp313*")
    assert (status, "has no wheels for Linux whose names match '*cp313*', only 3 others" in errors) == (2, True)


def test_wheels_that_are_kept_are_not_fetched_again(audit: Audit, simple: Simple, tmp_path: Path) -> None:
    for name, fixture in BUILDS.items():
        simple.add(name, fixture)
    kept = tmp_path / "some/where"
    first = audit("demo", "--keep", kept)
    assert sorted(file.name for file in kept.iterdir()) == sorted(BUILDS)
    changed = kept / "demo-1.0-py3-none-any.whl"
    changed.write_bytes(b"other")
    simple.asked.clear()
    assert audit("demo", "--keep", kept) == first
    assert len([path for path in simple.asked if path.startswith("/files/")]) == 1
    assert changed.read_bytes() == simple.files[changed.name]


# MARK: pip's settings


@pytest.mark.parametrize("known", ["url", "netrc", "keyring"])
def test_credentials_are_those_that_pip_would_use(
    known: str, url: str, audit: Audit, simple: Simple, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    simple.user = "me:se:cret@"
    simple.add("demo-1.0-py3-none-any.whl", "pure")
    asked = []
    if known == "url":
        monkeypatch.setenv("PIP_INDEX_URL", url.replace("//", "//me:se%3Acret%40@") + "/simple")
    elif known == "netrc":
        netrc = tmp_path / "home/.netrc"
        netrc.write_text("machine 127.0.0.1 login me password se:cret@\n")
        netrc.chmod(0o600)
    else:

        def get_credential(service: str, user: str | None) -> types.SimpleNamespace:
            asked.append((service, user))
            return types.SimpleNamespace(username="me", password="se:cret@")

        monkeypatch.setattr("keyring.get_credential", get_credential)
    status, out, errors = audit("demo")
    assert (status, errors) == (0, "")
    assert "demo-1.0-py3-none-any.whl: skipped" in out
    assert asked == ([(f"{url}/simple/", None)] if known == "keyring" else [])


def test_wrong_credentials_are_told_and_not_shown(url: str, audit: Audit, simple: Simple) -> None:
    simple.user = "me:right"
    status, _, errors = audit("demo", "--index-url", url.replace("//", "//me:wrong@") + "/simple")
    assert (status, "401" in errors, "wrong" in errors) == (2, True, False)


def test_credentials_go_to_no_other_server(url: str, audit: Audit, simple: Simple, fixture_wheel: Find) -> None:
    other = Simple(fixture_wheel)
    other.add("demo-1.0-py3-none-any.whl", "pure")
    simple.add("demo-1.0-py3-none-any.whl", "pure")
    with serving(other) as elsewhere:
        simple.facts["demo-1.0-py3-none-any.whl"]["url"] = f"{elsewhere}/files/0"
        status, _, _ = audit("demo", "--index-url", url.replace("//", "//me:secret@") + "/simple")
    assert status == 0
    assert all(simple.authorized)
    assert other.asked == ["/files/0"]
    assert other.authorized == [""]


def test_settings_are_those_of_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIP_INDEX_URL", "PIP_CERT", "PIP_TIMEOUT", "PIP_DEFAULT_TIMEOUT", "PIP_PROXY", "PIP_TRUSTED_HOST"):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "pip.conf"
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    file.write_text(
        "[global]\nindex-url = https://u:p@one.example/simple\ntimeout = 7\ncert = /one.pem\n"
        "trusted-host =\n  a.example\n  b.example:8443\n[download]\ncert = /two.pem\n[install]\ntimeout = 9\n"
    )
    settings = PipSettings.read()
    assert settings.index_url == "https://u:p@one.example/simple"
    assert settings.shown_url == "https://one.example/simple"
    assert (settings.timeout, settings.cert) == (7, "/two.pem")
    assert settings.trusted_hosts == ("a.example", "b.example:8443")
    monkeypatch.setenv("PIP_INDEX_URL", "https://two.example/simple")
    monkeypatch.setenv("PIP_TIMEOUT", "nonsense")
    assert PipSettings.read().index_url == "https://two.example/simple"
    assert PipSettings.read().timeout == 15
    assert PipSettings.read("https://three.example/simple").index_url == "https://three.example/simple"
    session = settings.session()
    assert session.verify == "/two.pem"
    trusted = {
        url: type(session.get_adapter(url)).__name__ == "_Trusting"
        for url in (
            *("https://a.example/simple", "https://a.example:8443/simple", "https://b.example:8443/simple"),
            *("https://a.example.org/simple", "https://b.example/simple", "https://b.example:84430/simple"),
        )
    }
    assert list(trusted.values()) == [True, True, True, False, False, False]


# MARK: The command


def test_the_command_is_installed(run: Run, url: str, simple: Simple) -> None:
    simple.add("demo-1.0-py3-none-any.whl", "pure")
    program = Path(sys.executable).with_name("truewheel-index")
    done = run(program, "demo", PIP_INDEX_URL=f"{url}/simple", PIP_CONFIG_FILE="/dev/null")
    assert "demo-1.0-py3-none-any.whl: skipped" in done.stdout
    assert "truewheel check" in run(program, "--help").stdout


def test_without_the_extra_it_says_what_to_install(
    audit: Audit, simple: Simple, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypi_simple", None)
    status, _, errors = audit("demo")
    assert status == 2
    assert errors == "truewheel-index: pypi_simple is missing: python -m pip install 'truewheel[index]'\n"

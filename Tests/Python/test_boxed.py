"""The box of examples/boxed: verdicts come out of it as from outside, and nothing else gets out or in."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import truewheel

PROJECT = Path(__file__).resolve().parent.parent.parent
BOX = PROJECT / "examples/boxed/boxed"
Boxed = Callable[..., "subprocess.CompletedProcess[str]"]

# Each does one thing that an audit never does, named by its last argument.
ESCAPE = r"""
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **words) {
  const char *what = words[count - 1];
  if (!strcmp(what, "socket")) socket(AF_INET, SOCK_STREAM, 0);
  if (!strcmp(what, "write")) open("/wheels/new", O_WRONLY | O_CREAT, 0600);
  if (!strcmp(what, "code")) mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (!strcmp(what, "fork")) fork();
  if (!strcmp(what, "memory")) for (;;) if (!malloc(1 << 20)) abort();
  if (!strcmp(what, "spin")) for (;;);
  if (!strcmp(what, "look"))
    for (int i = 0; i < 4; i++) {
      const char *names[] = {"/etc/passwd", "/proc/self/maps", "/dev/null", "/sys"};
      if (open(names[i], O_RDONLY) >= 0) return 3;
    }
  puts("alive");
  return 0;
}
"""


@pytest.fixture(scope="session", autouse=True)
def bubblewrap() -> None:
    """Skip, with its own words, where the system lets nobody make namespaces."""
    done = subprocess.run(
        ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--", "/bin/true"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.skip(f"bubblewrap does not run here: {done.stderr.strip()}")


@pytest.fixture
def boxed(tmp_path: Path) -> Boxed:
    """Run the box with the installed program, or another one."""

    def run(*words: str | Path, status: int, **variables: str) -> subprocess.CompletedProcess[str]:
        program = str(truewheel.find_truewheel())
        done = subprocess.run(
            [BOX, *words],
            cwd=tmp_path,
            env={**os.environ, "TRUEWHEEL": program, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done

    return run


@pytest.mark.parametrize(("name", "status"), [("honest", 0), ("overclaim", 1)])
def test_the_verdict_is_that_from_outside(
    boxed: Boxed, fixture_wheel: Callable[[str], Path], name: str, status: int
) -> None:
    """A wheel in the box is judged as one outside, but for the folder that it lies in."""
    wheel = fixture_wheel(name)
    outside = subprocess.run(
        [truewheel.find_truewheel(), "check", "--isolated", wheel.name],
        cwd=wheel.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    done = boxed(wheel, status=status)
    assert outside.returncode == status
    assert done.stdout == outside.stdout


def test_wheels_that_cannot_be_audited_are_refused(
    boxed: Boxed, fixture_wheel: Callable[[str], Path], tmp_path: Path
) -> None:
    """A forged wheel, one that is not there, and one over a limit end with status 2."""
    forged = tmp_path / "demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"
    forged.write_bytes(b"no archive")
    assert "cannot" in boxed(forged, status=2).stderr
    assert "no such file" in boxed(tmp_path / "none.whl", status=2).stderr
    honest = fixture_wheel("honest")
    assert "the same name" in boxed(honest, honest, status=2).stderr
    assert "the limit 'members'" in boxed(honest, "--", "--limit", "members=1", status=2).stderr


def test_what_does_not_fit_is_no_verdict(boxed: Boxed, fixture_wheel: Callable[[str], Path]) -> None:
    """Address space that is too little ends with a sentence or a signal, never with a verdict."""
    honest = fixture_wheel("honest")
    for megabytes in (16, 20, 24, 28):
        assert boxed(honest, status=2, BOX_MEMORY=str(megabytes << 20)).stderr


@pytest.fixture(scope="session")
def escape(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static program that tries to get out."""
    folder = tmp_path_factory.mktemp("escape")
    source, program = folder / "escape.c", folder / "escape"
    source.write_text(ESCAPE)
    subprocess.run(["gcc", "-static", "-o", program, source], check=True)
    return program


@pytest.mark.parametrize("what", ["socket", "write", "code", "fork", "memory", "spin"])
def test_what_no_audit_does_ends_the_program(
    boxed: Boxed, fixture_wheel: Callable[[str], Path], escape: Path, what: str
) -> None:
    """A program that does anything else is ended, and that is no verdict."""
    done = boxed(fixture_wheel("honest"), "--", what, status=2, TRUEWHEEL=str(escape), BOX_SECONDS="2")
    assert "alive" not in done.stdout
    assert "the auditor was ended with status" in done.stderr


@pytest.mark.parametrize("what", ["nothing", "look"])
def test_there_is_nothing_else_in_the_box(
    boxed: Boxed, fixture_wheel: Callable[[str], Path], escape: Path, what: str
) -> None:
    """The same program lives where it does nothing, and sees no file of the system."""
    assert boxed(fixture_wheel("honest"), "--", what, status=0, TRUEWHEEL=str(escape)).stdout == "alive\n"


def test_settings_around_it_do_not_matter(boxed: Boxed, fixture_wheel: Callable[[str], Path], tmp_path: Path) -> None:
    """Neither settings in the folder nor variables reach it."""
    (tmp_path / "truewheel.toml").write_text('fail-on = "never"\n')
    assert boxed(fixture_wheel("overclaim"), status=1, TRUEWHEEL_FAIL_ON="never").stdout


def test_the_static_program_opens_nothing_but_wheels(fixture_wheel: Callable[[str], Path], tmp_path: Path) -> None:
    """All that it names to the system is the wheel, itself, its maps and the processors."""
    program, wheel, log = str(truewheel.find_truewheel()), fixture_wheel("honest"), tmp_path / "calls"
    traced = ["strace", "-f", "-qq", "-e", "trace=%file", "-o", str(log)]
    command = [*traced, program, "check", "--isolated", "--jobs", "2", str(wheel)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    named = {part for line in log.read_text().splitlines() for part in line.split('"')[1:2] if part}
    named = {name for name in named if not name.startswith(("/proc/self/", "/sys/devices/system/cpu/"))}
    assert named == {program, str(wheel)}

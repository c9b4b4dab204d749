"""The wheel as installers put it: wherever it goes, the package finds the program that came with it."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

import truewheel
from conftest import Run

Find = Callable[[str], Path]
SAYS = """
import sys, truewheel
print(truewheel.find_truewheel())
print(truewheel.audit(sys.argv[1]).wheels[0].status)
"""
# The scripts of the tests' own environment are no place to find the program in.
BARE = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"


def pip(*words: str | Path) -> list[str | Path]:
    """Have the pip of the tests install with that Python, which may have no pip of its own."""
    by = [sys.executable, "-m", "pip", "--python", str(BARE), "--disable-pip-version-check"]
    return [*by, "install", "--quiet", "--no-index", *words]


def test_the_environment_of_the_tests_has_it_installed(built_wheel: Path) -> None:
    assert truewheel.find_truewheel() == Path(sysconfig.get_path("scripts")) / "truewheel"
    assert truewheel.__version__ in built_wheel.name


def test_pip_target(run: Run, built_wheel: Path, tmp_path: Path, fixture_wheel: Find) -> None:
    folder = tmp_path / "target"
    run(*pip("--target", folder, built_wheel))
    said = run(BARE, "-c", SAYS, fixture_wheel("overclaim"), PYTHONPATH=str(folder)).stdout
    assert said.splitlines() == [str(folder / "bin/truewheel"), "violations"]


def test_pip_prefix(run: Run, built_wheel: Path, tmp_path: Path, fixture_wheel: Find) -> None:
    folder = tmp_path / "prefix"
    run(*pip("--prefix", folder, built_wheel))
    (package,) = folder.rglob("truewheel/__init__.py")
    (program,) = folder.rglob("bin/truewheel")
    said = run(BARE, "-c", SAYS, fixture_wheel("honest"), PYTHONPATH=str(package.parent.parent)).stdout
    assert said.splitlines() == [str(program), "clean"]
    assert (program.parent.parent / "share/man/man1/truewheel.1").is_file()


def test_pip_user(run: Run, built_wheel: Path, tmp_path: Path, fixture_wheel: Find) -> None:
    base = tmp_path / "user"
    environment = {"PYTHONUSERBASE": str(base), "PIP_BREAK_SYSTEM_PACKAGES": "1"}
    run(*pip("--user", built_wheel), **environment)
    said = run(BARE, "-c", SAYS, fixture_wheel("overclaim"), **environment).stdout
    assert said.splitlines() == [str(base / "bin/truewheel"), "violations"]
    assert run(BARE, "-m", "truewheel", "--version", **environment).stdout.splitlines()[0] == truewheel.__version__


def test_an_environment_sees_that_of_its_python(
    run: Run, built_wheel: Path, tmp_path: Path, fixture_wheel: Find
) -> None:
    run(BARE, "-m", "venv", "--without-pip", "--system-site-packages", tmp_path / "venv")
    base = tmp_path / "user"
    environment = {"PYTHONUSERBASE": str(base), "PIP_BREAK_SYSTEM_PACKAGES": "1"}
    run(*pip("--user", built_wheel), **environment)
    said = run(tmp_path / "venv/bin/python", "-c", SAYS, fixture_wheel("honest"), **environment).stdout
    assert said.splitlines() == [str(base / "bin/truewheel"), "clean"]


def test_a_package_without_its_program_says_where_it_looked(run: Run, built_wheel: Path, tmp_path: Path) -> None:
    folder = tmp_path / "target"
    run(*pip("--target", folder, built_wheel))
    (folder / "bin/truewheel").unlink()
    said = run(BARE, "-m", "truewheel", "--version", status=1, PYTHONPATH=str(folder), PYTHONUSERBASE=str(tmp_path))
    assert said.stderr.startswith(f"truewheel: The program truewheel was not found in {folder}/bin, ")
    assert str(tmp_path / "bin") in said.stderr
    assert "Traceback" not in said.stderr


@pytest.fixture
def uv() -> Path:
    return Path(sysconfig.get_path("scripts")) / "uv"


def test_uv_runs_it_from_the_wheel(run: Run, uv: Path, built_wheel: Path, fixture_wheel: Find) -> None:
    words = ["tool", "run", "--offline", "--python", BARE, "--from", built_wheel, "truewheel", "check"]
    assert "keeps its claim" in run(uv, *words, fixture_wheel("honest")).stdout
    assert "breaks its claim" in run(uv, *words, fixture_wheel("overclaim"), status=1).stdout


def test_uvx_and_pip_take_it_from_an_index(
    run: Run, uv: Path, built_wheel: Path, fixture_wheel: Find, tmp_path: Path
) -> None:
    index = str(built_wheel.parent)
    uvx = uv.with_name("uvx")
    said = run(uvx, "--offline", "--python", BARE, "truewheel", "check", fixture_wheel("honest"), UV_FIND_LINKS=index)
    assert "keeps its claim" in said.stdout
    run(BARE, "-m", "venv", tmp_path / "venv")
    run(tmp_path / "venv/bin/pip", "install", "--quiet", "--no-index", "truewheel", PIP_FIND_LINKS=index)
    assert run(tmp_path / "venv/bin/truewheel", "--version").stdout.splitlines()[0] == truewheel.__version__


def test_the_tests_run_outside_of_the_sources() -> None:
    """What is tested is what was installed."""
    places = [sysconfig.get_path("purelib"), site.getusersitepackages()]
    assert any(os.fspath(Path(truewheel.__file__)).startswith(place) for place in places)

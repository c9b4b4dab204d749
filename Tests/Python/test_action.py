"""The steps of the action, run as a runner runs them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import truewheel
from conftest import PROJECT

Find = Callable[[str], Path]
ACTION = yaml.safe_load((PROJECT / "action.yml").read_text())


class Runner:
    """What a runner of GitHub does with a composite action: expressions, files for outputs, a shell."""

    def __init__(self, folder: Path, find_links: Path, path: str) -> None:
        self.work = folder / "work"
        self.action = folder / "action"
        self.files = {
            name: folder / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH", "GITHUB_ENV")
        }
        for file in self.files.values():
            file.touch()
        shutil.copytree(PROJECT / "Packaging/action", self.action / "Packaging/action")
        (self.work / "dist").mkdir(parents=True)
        self.temporary = folder / "temp"
        self.environment = {
            **{name: str(file) for name, file in self.files.items()},
            "PATH": path,
            "HOME": str(folder),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(find_links),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    @property
    def pinned(self) -> Path:
        return self.action / "Packaging/action/requirements.txt"

    def value(self, text: str, inputs: dict[str, str], outputs: dict[str, str]) -> str:
        known = {
            "github.action_path": str(self.action),
            "runner.temp": str(self.temporary),
            **{f"inputs.{name}": inputs.get(name, str(each["default"])) for name, each in ACTION["inputs"].items()},
            **{f"steps.install.outputs.{name}": each for name, each in outputs.items()},
        }
        for name, each in known.items():
            text = text.replace("${{ " + name + " }}", each)
        assert "${{" not in text
        return text

    def run(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run the steps up to the first that fails."""
        inputs = {name.replace("_", "-"): value for name, value in inputs.items()}
        assert set(inputs) <= set(ACTION["inputs"])
        said = ""
        for step in ACTION["runs"]["steps"]:
            lines = self.files["GITHUB_OUTPUT"].read_text().splitlines()
            outputs = dict(line.split("=", 1) for line in lines)
            environment = {name: self.value(text, inputs, outputs) for name, text in step["env"].items()}
            assert step["shell"] == "bash"
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=self.work,
                env={**self.environment, **environment},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            said += done.stdout + done.stderr
            if done.returncode != 0:
                break
        done.stdout = said
        return done

    @property
    def summary(self) -> str:
        return self.files["GITHUB_STEP_SUMMARY"].read_text()


@pytest.fixture
def runner(tmp_path: Path, built_wheel: Path, fixture_wheel: Find) -> Runner:
    """A runner whose action is that of a release, with two wheels to check, and without truewheel."""
    python = tmp_path / "bin"
    python.mkdir()
    # With pip, and without the folder in which truewheel is installed.
    (python / "python3").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (python / "python3").chmod(0o755)
    runner = Runner(tmp_path, built_wheel.parent, f"{python}:/usr/bin:/bin")
    subprocess.run([sys.executable, runner.pinned.with_name("pin.py"), built_wheel], check=True)
    for name in ("overclaim", "honest"):
        shutil.copy(fixture_wheel(name), runner.work / "dist")
    return runner


def test_pin_writes_the_version_and_the_hashes(runner: Runner, built_wheel: Path) -> None:
    digest = hashlib.sha256(built_wheel.read_bytes()).hexdigest()
    _, *lines = runner.pinned.read_text().splitlines()
    assert lines == [f"truewheel=={truewheel.__version__} \\", f"    --hash=sha256:{digest}"]
    refused = subprocess.run([sys.executable, runner.pinned.with_name("pin.py"), "a.whl"], check=False)
    assert refused.returncode == 1


def test_it_installs_its_own_version_and_checks(runner: Runner) -> None:
    done = runner.run()
    assert done.returncode == 1
    assert done.stdout.count("::error file=dist/overclaim-1.0-cp39-abi3-manylinux_2_17_x86_64.whl,title=symbol") == 2
    assert runner.summary.startswith("## Truewheel: 2 wheels, 1 with violations, 1 clean")
    assert '"version" : "2.1.0"' in (runner.work / "truewheel.sarif").read_text()
    assert not runner.files["GITHUB_PATH"].read_text()


def test_a_check_that_passes_has_a_summary_too(runner: Runner) -> None:
    done = runner.run(wheels="dist/honest-*.whl", target="manylinux_2_28\nmanylinux_2_31", sarif="out.sarif")
    assert done.returncode == 0, done.stdout
    assert runner.summary.startswith("## Truewheel: 1 wheel, 1 clean")
    assert (runner.work / "out.sarif").is_file()


@pytest.mark.parametrize(
    ("inputs", "status"),
    [
        ({"fail_on": "never"}, 0),
        ({"arguments": "--ignore symbol-version"}, 0),
        ({"arguments": "--exclude lib*.so.*"}, 0),
        ({"wheels": "dist/honest-*.whl", "target": "manylinux1"}, 1),
        ({"wheels": "nowhere"}, 2),
        ({"target": "nonsense; touch here"}, 64),
        ({"arguments": "$(touch here)"}, 2),
    ],
)
def test_inputs_reach_the_command_and_no_shell(runner: Runner, inputs: dict[str, str], status: int) -> None:
    done = runner.run(**inputs)
    assert done.returncode == status, done.stdout
    assert not (runner.work / "here").exists()


def test_other_bytes_than_those_of_the_release_are_refused(runner: Runner) -> None:
    text = runner.pinned.read_text()
    digest = text.rpartition(":")[2].strip()
    runner.pinned.write_text(text.replace(digest, hashlib.sha256(b"another").hexdigest()))
    done = runner.run()
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stdout
    assert runner.summary == ""


def test_another_version_is_installed_with_a_word(runner: Runner) -> None:
    done = runner.run(version=truewheel.__version__, wheels="dist/honest-*.whl")
    assert done.returncode == 0, done.stdout
    assert f"No SHA-256 is checked of truewheel {truewheel.__version__}" in done.stdout
    assert runner.run(version="99.0").returncode != 0


def test_what_is_on_the_path_comes_first(runner: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "truewheel").symlink_to(truewheel.find_truewheel())
    runner.environment["PATH"] += f"{os.pathsep}{folder}"
    runner.environment["PIP_FIND_LINKS"] = str(tmp_path)
    done = runner.run(wheels="dist/honest-*.whl")
    assert done.returncode == 0, done.stdout
    assert str(folder / "truewheel") in done.stdout


def test_a_commit_of_no_release_says_so(runner: Runner) -> None:
    runner.pinned.write_text((PROJECT / "Packaging/action/requirements.txt").read_text().partition("\ntruewheel")[0])
    done = runner.run()
    assert done.returncode == 1
    assert "::error::This commit of the action is not of a release" in done.stdout


def workflow_versions() -> list[Any]:
    texts = [(PROJECT / name).read_text() for name in ("docs/ci.md", "examples/pre-commit-mirror/pyproject.toml")]
    return [word for text in texts for word in text.replace('"', " ").split() if word.startswith("truewheel==")]


def test_examples_name_this_version() -> None:
    versions = workflow_versions()
    assert len(versions) == 2
    assert set(versions) == {f"truewheel=={truewheel.__version__}"}

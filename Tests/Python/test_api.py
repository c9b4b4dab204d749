from __future__ import annotations

import dataclasses
import datetime
import gc
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import truewheel
from conftest import PROJECT
from truewheel import TruewheelError, _find, _run

Find = Callable[[str], Path]
DAY = datetime.date(2026, 11, 1)


def camel_case(value: object) -> Any:
    """Give what the JSON report has for a value of the API."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            re.sub(r"_(\w)", lambda found: found[1].upper(), field.name): camel_case(getattr(value, field.name))
            for field in dataclasses.fields(value)
        }
    return [camel_case(each) for each in value] if isinstance(value, tuple) else value


def undigested(wheels: Iterable[truewheel.WheelAudit]) -> tuple[truewheel.WheelAudit, ...]:
    """Give the reports without the digests, which only reports one by one have."""
    return tuple(dataclasses.replace(wheel, sha256=None) for wheel in wheels)


def printed(form: str, *words: str | Path) -> str:
    command = [truewheel.find_truewheel(), "show", "--isolated", "--date", str(DAY), "--format", form, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_report_has_all_that_json_has(fixture_wheel: Find) -> None:
    wheels = [fixture_wheel(name) for name in ("overclaim", "honest", "pure", "musl")]
    audit = truewheel.audit(*wheels, date=DAY)
    assert camel_case(audit) == json.loads(printed("json", *wheels))
    assert [wheel.status for wheel in audit.wheels] == ["violations", "clean", "skipped", "clean"]


def test_streamed_reports_are_those_of_the_whole(fixture_wheel: Find) -> None:
    wheels = [fixture_wheel(name) for name in ("overclaim", "honest", "pure", "musl")]
    streamed = tuple(truewheel.iter_audits(wheels, date=DAY))
    assert undigested(streamed) == truewheel.audit(*wheels, date=DAY).wheels
    contents = [wheel.read_bytes() for wheel in wheels]
    assert [report.sha256 for report in streamed] == [hashlib.sha256(each).hexdigest() for each in contents]
    assert [report.size for report in streamed] == [len(each) for each in contents]


def test_what_is_found_stands_in_the_values(fixture_wheel: Find) -> None:
    audit = truewheel.audit(fixture_wheel("overclaim"))
    (wheel,) = audit.wheels
    assert wheel.claims == (truewheel.Claim(tag="manylinux_2_17_x86_64", judged=True, satisfied=False),)
    assert (wheel.minimal_tag, wheel.libc, wheel.libc_floor) == ("manylinux_2_34_x86_64", "glibc", "2.34")
    assert "pthread_create" in {name for need in wheel.requirements for name in need.symbols}
    assert {finding.rule for finding in wheel.findings if finding.severity == "error"} == {"symbol-version"}
    assert audit.summary.violations == audit.summary.wheels == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        wheel.status = "clean"  # type: ignore[misc]


def test_a_folder_stands_for_its_wheels(fixture_wheel: Find, tmp_path: Path) -> None:
    for name in ("overclaim", "honest"):
        shutil.copy(fixture_wheel(name), tmp_path)
    assert [wheel.file[:6] for wheel in truewheel.audit(tmp_path).wheels] == ["honest", "overcl"]
    assert [wheel.file[:6] for wheel in truewheel.iter_audits([tmp_path])] == ["honest", "overcl"]


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({}, "violations"),
        ({"ignore": ["symbol-version"]}, "clean"),
        ({"select": ["pure-tag"]}, "clean"),
        ({"select": ["pure-tag"], "extend_select": ["symbol-version"]}, "violations"),
        ({"exclude": ["libc.so.*", "libm.so.*"]}, "clean"),
        ({"exclude": {"libc.so.*": "a reason", "libm.so.*": "has = in it"}}, "clean"),
        ({"ignore": ["symbol-version"], "targets": ["manylinux1"]}, "clean"),
        ({"jobs": 1}, "violations"),
        ({"strict": True}, "violations"),
        ({"timeout": 600}, "violations"),
        ({"limits": {"member-size": 64, "findings": "1000"}}, "unreadable"),
        ({"limits": {"member-size": "1GiB"}}, "violations"),
    ],
)
def test_options_are_those_of_the_command(fixture_wheel: Find, options: dict[str, Any], status: str) -> None:
    (wheel,) = truewheel.audit(fixture_wheel("overclaim"), **options).wheels
    assert wheel.status == status
    assert undigested(truewheel.iter_audits([fixture_wheel("overclaim")], **options)) == (wheel,)


def test_objects_are_kept_for_the_next_time(fixture_wheel: Find, tmp_path: Path) -> None:
    cache = tmp_path / "known"
    first = truewheel.audit(fixture_wheel("overclaim"), cache=cache)
    kept = {path: path.read_bytes() for path in cache.rglob("*") if path.is_file()}
    assert len(kept) > 1
    assert truewheel.audit(fixture_wheel("overclaim"), cache=cache) == first
    assert {path: path.read_bytes() for path in cache.rglob("*") if path.is_file()} == kept


def test_targets_are_judged_besides_the_claims(fixture_wheel: Find) -> None:
    (wheel,) = truewheel.audit(fixture_wheel("honest"), targets=["manylinux1", "manylinux_2_28"]).wheels
    assert [(claim.tag, claim.satisfied) for claim in wheel.claims[2:]] == [
        ("manylinux1_x86_64", False),
        ("manylinux_2_28_x86_64", True),
    ]


def test_a_time_that_is_none_is_told(fixture_wheel: Find) -> None:
    with pytest.raises(truewheel.TruewheelError, match="a number of seconds"):
        truewheel.audit(fixture_wheel("honest"), timeout=-1)


def test_the_reason_of_an_exclusion_is_told(fixture_wheel: Find) -> None:
    (wheel,) = truewheel.audit(fixture_wheel("overclaim"), exclude={"libm.so.*": "comes with the app"}).wheels
    assert any("comes with the app" in finding.message for finding in wheel.findings)


def test_the_day_is_that_of_the_call(fixture_wheel: Find) -> None:
    (wheel,) = truewheel.audit(fixture_wheel("honest"), date=datetime.date(2026, 1, 2)).wheels
    assert wheel.reach is not None
    assert wheel.reach.date == "2026-01-02"


def test_settings_are_read_only_where_they_are_named(
    fixture_wheel: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "truewheel.toml"
    settings.write_text('select = ["pure-tag"]\n')
    monkeypatch.chdir(tmp_path)
    assert truewheel.audit(fixture_wheel("overclaim")).wheels[0].status == "violations"
    assert truewheel.audit(fixture_wheel("overclaim"), config=settings).wheels[0].status == "clean"


def test_folders_are_searched_below(fixture_wheel: Find, tmp_path: Path) -> None:
    (tmp_path / "below/.hidden").mkdir(parents=True)
    with pytest.raises(TruewheelError, match="there is no wheel"):
        truewheel.audit(tmp_path)
    wheel = fixture_wheel("honest")
    shutil.copy(wheel, tmp_path / "below/.hidden")
    (tmp_path / "below/loop").symlink_to(tmp_path)
    with pytest.raises(TruewheelError, match="there is no wheel"):
        truewheel.audit(tmp_path)
    shutil.copy(wheel, tmp_path / "below")
    assert [report.path for report in truewheel.audit(tmp_path).wheels] == [str(tmp_path / "below" / wheel.name)]


@pytest.mark.parametrize("has_config", [False, True])
def test_variables_are_no_arguments_of_a_call(
    has_config: bool, fixture_wheel: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUEWHEEL_TARGET", "manylinux_2_5")
    monkeypatch.setenv("TRUEWHEEL_STRICT", "nonsense")
    monkeypatch.setenv("TRUEWHEEL_OUTPUT", str(tmp_path / "report"))
    settings = tmp_path / "truewheel.toml"
    settings.touch()
    options: dict[str, Any] = {"config": settings} if has_config else {}
    wheel = fixture_wheel("honest")
    assert truewheel.audit(wheel, **options).wheels[0].status == "clean"
    assert [report.status for report in truewheel.iter_audits([wheel], **options)] == ["clean"]
    assert not (tmp_path / "report").exists()


def test_an_unreadable_wheel_is_returned(fixture_wheel: Find, tmp_path: Path) -> None:
    broken = tmp_path / "broken-1.0-py3-none-any.whl"
    broken.write_bytes(b"no archive")
    missing = tmp_path / "missing-1.0-py3-none-any.whl"
    paths = [broken, missing, fixture_wheel("honest")]
    audit = truewheel.audit(*paths)
    assert [wheel.status for wheel in audit.wheels] == ["unreadable", "unreadable", "clean"]
    assert "no such file" in audit.wheels[1].findings[0].message
    streamed = tuple(truewheel.iter_audits(paths))
    assert undigested(streamed) == audit.wheels
    assert streamed[0].sha256 == hashlib.sha256(b"no archive").hexdigest()
    assert (streamed[1].sha256, streamed[1].size) == (None, None)


@pytest.mark.parametrize(
    ("paths", "options", "says"),
    [
        (["nowhere"], {}, "nowhere: No such file or directory"),
        (["empty"], {}, "empty: there is no wheel (*.whl) in this folder"),
        (["a.whl"], {"targets": ["nonsense"]}, "'nonsense' is no platform tag. Tags look like manylinux_2_28"),
        (["a.whl"], {"targets": "manylinux_2_28"}, "targets takes several values: write ['manylinux_2_28']."),
        (["a.whl"], {"exclude": "libcuda.so.*"}, "exclude takes several values: write ['libcuda.so.*']."),
        (["a.whl"], {"exclude": {"libcuda.so.*": ""}}, "needs a reason behind the ="),
        (["a.whl"], {"ignore": ["nonsense"]}, "'nonsense' is no rule."),
        (["a.whl"], {"jobs": 0}, "--jobs takes a number from 1 to 1024."),
        (["a.whl"], {"config": "nowhere.toml"}, "nowhere.toml: there is no such file"),
    ],
)
def test_wrong_arguments_are_raised(
    paths: list[str], options: dict[str, Any], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    for call in (lambda: truewheel.audit(*paths, **options), lambda: list(truewheel.iter_audits(paths, **options))):
        with pytest.raises(TruewheelError) as error:
            call()
        assert says in str(error.value)
        assert "Usage" not in str(error.value)


def test_no_path_at_all() -> None:
    with pytest.raises(TruewheelError, match="Name at least one wheel"):
        truewheel.audit()
    with pytest.raises(TruewheelError, match=re.escape("write ['a.whl']")):
        truewheel.iter_audits("a.whl")
    assert list(truewheel.iter_audits([])) == []


def test_names_may_look_like_options(fixture_wheel: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(fixture_wheel("honest"), "--help-1.0-cp39-abi3-manylinux_2_17_x86_64.whl")
    (wheel,) = truewheel.audit("--help-1.0-cp39-abi3-manylinux_2_17_x86_64.whl").wheels
    assert wheel.file.startswith("--help")


def test_many_paths_are_taken_as_they_are_needed(fixture_wheel: Find) -> None:
    taken = 0

    def paths() -> Iterator[Path]:
        nonlocal taken
        for number in range(3000):
            taken += 1
            yield fixture_wheel("honest" if number % 2 else "overclaim")

    audits = truewheel.iter_audits(paths())
    assert taken == 0
    assert next(audits).status == "violations"
    assert 0 < taken < 1000
    assert [wheel.status for wheel in audits] == ["clean", "violations"] * 1499 + ["clean"]
    assert taken == 3000


def test_what_stands_for_no_wheel_is_raised_behind_what_came_before(fixture_wheel: Find, tmp_path: Path) -> None:
    audits = truewheel.iter_audits([fixture_wheel("honest"), tmp_path / "nowhere", fixture_wheel("overclaim")])
    assert next(audits).status == "clean"
    with pytest.raises(TruewheelError, match="nowhere: No such file or directory"):
        next(audits)
    with pytest.raises(TruewheelError, match="has a NUL in it"):
        list(truewheel.iter_audits(["a\0b.whl"]))


def test_files_that_get_no_report_hold_nothing_up(fixture_wheel: Find, tmp_path: Path) -> None:
    others = [tmp_path / f"{'x' * 100}-{number}.tar.gz" for number in range(500)]
    for other in others:
        other.touch()
    audits = truewheel.iter_audits([fixture_wheel("honest"), *others, fixture_wheel("overclaim")])
    assert [wheel.status for wheel in audits] == ["clean", "violations"]


def test_reports_are_larger_than_pipes(fixture_wheel: Find, tmp_path: Path) -> None:
    # Nobody reads while the paths are written, and nobody writes while the reports are read.
    for number in range(300):
        place = tmp_path / str(number)
        place.mkdir()
        shutil.copy(fixture_wheel("overclaim"), place)
    audits = list(truewheel.iter_audits([tmp_path] * 3))
    assert {wheel.status for wheel in audits} == {"violations"}
    assert len(audits) == 900


def test_an_iterable_that_fails_leaves_no_process(fixture_wheel: Find) -> None:
    def paths() -> Iterator[Path]:
        yield fixture_wheel("honest")
        raise OSError("no more")

    with pytest.raises(OSError, match="no more"):
        list(truewheel.iter_audits(paths()))
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    assert children.read_text().strip() == ""


def test_who_stops_reading_leaves_no_process(fixture_wheel: Find) -> None:
    audits = truewheel.iter_audits([fixture_wheel("honest")] * 400)
    assert next(audits).status == "clean"
    del audits
    gc.collect()
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    assert children.read_text().strip() == ""


def test_the_documentation_can_be_run(
    fixture_wheel: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dist").mkdir()
    shutil.copy(fixture_wheel("overclaim"), tmp_path / "dist")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (PROJECT / "docs/python.md").read_text(), re.DOTALL)
    assert len(blocks) == 2
    reported: list[Any] = []
    names = {
        "paths_of_a_mirror": lambda: [fixture_wheel("honest"), fixture_wheel("overclaim")],
        "report": lambda *words: reported.append(words),
    }
    for block in blocks:
        exec("import truewheel\n" + block, names)
    said = capsys.readouterr().out
    assert said.startswith("1 of 1 wheels break a claim")
    assert "pthread_create" in said
    assert reported == [(str(fixture_wheel("overclaim")), ["manylinux_2_17_x86_64"])]


# MARK: The program


@pytest.fixture
def other_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Put another program in the place of the real one."""

    def put(script: str) -> Path:
        program = tmp_path / "truewheel"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(_run, "find_truewheel", lambda: program)
        _run._program.cache_clear()
        return program

    yield put
    _run._program.cache_clear()


def test_a_version_that_does_not_fit_is_raised(other_program: Callable[[str], Path]) -> None:
    program = other_program("echo 99.0")
    with pytest.raises(TruewheelError) as error:
        truewheel.audit("a.whl")
    assert str(error.value).startswith(f"{program} says that it is truewheel 99.0, and this package is ")


def test_a_program_that_dies_is_raised(other_program: Callable[[str], Path]) -> None:
    other_program(f'[ "$1" = --version ] && echo {truewheel.__version__} && exit; kill -9 $$')
    with pytest.raises(TruewheelError, match="truewheel ended with the status -9 and said nothing"):
        truewheel.audit("a.whl")
    with pytest.raises(TruewheelError, match="truewheel ended with the status -9 and said nothing"):
        list(truewheel.iter_audits(["a.whl"]))


def test_a_program_that_dies_in_the_middle_of_a_report_is_raised(other_program: Callable[[str], Path]) -> None:
    other_program(f'[ "$1" = --version ] && echo {truewheel.__version__} && exit; printf "{{"; kill -9 $$')
    with pytest.raises(TruewheelError, match="truewheel ended with the status -9"):
        truewheel.audit("a.whl")
    with pytest.raises(TruewheelError, match="truewheel ended with the status -9"):
        list(truewheel.iter_audits(["a.whl"]))


def test_a_program_that_cannot_be_started_is_raised(other_program: Callable[[str], Path]) -> None:
    other_program("").chmod(0o644)
    with pytest.raises(TruewheelError, match="could not be started: Permission denied"):
        truewheel.audit("a.whl")


def test_a_missing_program_names_the_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_find, "_places", lambda: [tmp_path / "one", tmp_path / "two"])
    with pytest.raises(TruewheelError) as error:
        truewheel.find_truewheel()
    assert f"was not found in {tmp_path}/one, {tmp_path}/two" in str(error.value)


def test_the_module_is_the_program(fixture_wheel: Find) -> None:
    cases: list[tuple[list[str | Path], int]] = [
        (["--version"], 0),
        (["check", fixture_wheel("overclaim")], 1),
        (["check"], 64),
    ]
    for words, status in cases:
        by_module = subprocess.run([sys.executable, "-m", "truewheel", *words], capture_output=True, check=False)
        by_name = subprocess.run([truewheel.find_truewheel(), *words], capture_output=True, check=False)
        assert by_module.returncode == by_name.returncode == status
        assert (by_module.stdout, by_module.stderr) == (by_name.stdout, by_name.stderr)


def test_the_versions_are_one() -> None:
    said = subprocess.run([truewheel.find_truewheel(), "--version"], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[0] == truewheel.__version__

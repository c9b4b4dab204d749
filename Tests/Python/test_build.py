"""What is said where the wheel cannot be built."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sys
from types import ModuleType

import pytest

from conftest import PROJECT


@pytest.fixture
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_hook", PROJECT / "Packaging/python/build_hook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def refusal(hook: ModuleType) -> str:
    builder = hook.BuildHook(str(PROJECT), {}, None, None, "", "wheel")
    with pytest.raises(SystemExit) as end:
        builder.initialize("standard", {})
    return str(end.value)


@pytest.mark.parametrize(("system", "machine"), [("darwin", "arm64"), ("win32", "AMD64"), ("linux", "s390x")])
def test_other_systems_are_told_which_have_wheels(
    hook: ModuleType, monkeypatch: pytest.MonkeyPatch, system: str, machine: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert refusal(hook) == (
        f"There are wheels of truewheel for Linux on x86_64 and aarch64; it cannot be built for {system} on {machine}."
    )


@pytest.mark.parametrize("missing", ["swift", "make"])
def test_who_has_no_compiler_is_told_what_it_takes(
    hook: ModuleType, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name == missing else f"/usr/bin/{name}")
    assert "to build it from source takes make and Swift 6.2 or later" in refusal(hook)
    assert refusal(hook).count("\n") == 0

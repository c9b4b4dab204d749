"""What is in the wheel, as installers, PyPI and readers of licences want it."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import stat
import subprocess
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

import truewheel
from conftest import PROJECT

PROGRAM = f"truewheel-{truewheel.__version__}.data/scripts/truewheel"
METADATA = f"truewheel-{truewheel.__version__}.dist-info"


@pytest.fixture
def archive(built_wheel: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(built_wheel)


def test_members_are_plain_and_the_same_on_every_day(archive: zipfile.ZipFile) -> None:
    with archive:
        for member in archive.infolist():
            assert member.date_time == (1980, 1, 1, 0, 0, 0)
            # PyPI refuses archives whose sizes stand behind the data.
            assert member.flag_bits & 0x08 == 0
            assert member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        modes = {
            stat.S_IMODE(member.external_attr >> 16) for member in archive.infolist() if member.filename != PROGRAM
        }
        assert modes == {0o644}
        # pip takes over the x bit of regular files alone.
        assert archive.getinfo(PROGRAM).external_attr >> 16 == stat.S_IFREG | 0o755


def test_a_second_build_has_the_same_bytes(built_wheel: Path, tmp_path: Path) -> None:
    words = [os.environ["TRUEWHEEL_TOOLS"], "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run(words, cwd=PROJECT, check=True, capture_output=True)
    (again,) = tmp_path.glob("*.whl")
    assert again.name == built_wheel.name
    assert again.read_bytes() == built_wheel.read_bytes()


def test_the_tags_are_those_of_every_linux(archive: zipfile.ZipFile, built_wheel: Path) -> None:
    machine = platform.machine()
    tags = [f"manylinux_2_17_{machine}", f"manylinux2014_{machine}", f"musllinux_1_1_{machine}"]
    assert built_wheel.name == f"truewheel-{truewheel.__version__}-py3-none-{'.'.join(tags)}.whl"
    with archive:
        fields = message_from_bytes(archive.read(f"{METADATA}/WHEEL"))
    assert sorted(fields.get_all("Tag", [])) == sorted(f"py3-none-{tag}" for tag in tags)
    assert fields["Root-Is-Purelib"] == "false"


def test_it_keeps_its_own_claims(built_wheel: Path) -> None:
    (wheel,) = truewheel.audit(built_wheel, strict=True).wheels
    assert [claim.satisfied for claim in wheel.claims] == [True, True, True]
    assert wheel.status == "clean"
    assert [finding for finding in wheel.findings if finding.severity != "note"] == []
    # It asks nothing of the system at all.
    assert (wheel.libc_floor, wheel.requirements) == (None, ())


def test_the_program_needs_no_loader(archive: zipfile.ZipFile, tmp_path: Path) -> None:
    with archive:
        program = Path(archive.extract(PROGRAM, tmp_path))
    said = subprocess.run(["readelf", "-lW", program], capture_output=True, text=True, check=True).stdout
    assert not re.search(r"^ +(INTERP|DYNAMIC) ", said, re.MULTILINE)
    text = program.read_bytes()
    assert str(PROJECT).encode() not in text
    assert str(Path.home()).encode() + b"/" not in text


def test_metadata(archive: zipfile.ZipFile) -> None:
    with archive:
        fields = message_from_bytes(archive.read(f"{METADATA}/METADATA"))
        licences = [name for name in archive.namelist() if name.startswith(f"{METADATA}/licenses/")]
    assert (fields["Name"], fields["Version"], fields["Metadata-Version"]) == (
        "truewheel",
        truewheel.__version__,
        "2.4",
    )
    assert sorted(f"{METADATA}/licenses/{name}" for name in fields.get_all("License-File", [])) == sorted(licences)
    assert fields["Requires-Python"] == ">=3.9"
    # Only what an extra asks for.
    assert all("; extra == " in each for each in fields.get_all("Requires-Dist", []))


def test_commands_are_installed(archive: zipfile.ZipFile) -> None:
    with archive:
        text = archive.read(f"{METADATA}/entry_points.txt").decode()
    assert text.split() == ["[console_scripts]", "truewheel-index", "=", "truewheel.index:main"]


def bill(archive: zipfile.ZipFile) -> Any:
    with archive:
        (name,) = [name for name in archive.namelist() if name.startswith(f"{METADATA}/sboms/")]
        return json.loads(archive.read(name))


def test_the_bill_of_materials_is_of_this_program(archive: zipfile.ZipFile, built_wheel: Path) -> None:
    component = bill(archive)["metadata"]["component"]
    with zipfile.ZipFile(built_wheel) as again:
        program = again.read(PROGRAM)
    assert component["version"] == truewheel.__version__
    assert component["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(program).hexdigest()}]


def test_the_bill_of_materials_follows_its_schema(archive: zipfile.ZipFile) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill(archive))) is None


def test_every_licence_that_is_linked_in_is_named_and_told(archive: zipfile.ZipFile, built_wheel: Path) -> None:
    components = bill(archive)["components"]
    assert len(components) == 10
    assert all(component["version"] for component in components)
    with zipfile.ZipFile(built_wheel) as again:
        expression = message_from_bytes(again.read(f"{METADATA}/METADATA"))["License-Expression"]
        notice = again.read(f"{METADATA}/licenses/Packaging/licenses/NOTICE.txt").decode()
        named = set(re.findall(r"\S+\.txt", notice)) - {"NOTICE.txt"}
        present = {name.rpartition("/")[2] for name in again.namelist() if "/licenses/Packaging/" in name}
    assert {part.strip() for part in expression.split(" AND ")} == {
        "MIT",
        *(entry["expression"] for component in components for entry in component["licenses"]),
    }
    assert named == present - {"NOTICE.txt"}


def test_the_newest_heading_of_the_changelog_is_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (PROJECT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert next(heading for heading in headings if heading != "Unreleased") == truewheel.__version__

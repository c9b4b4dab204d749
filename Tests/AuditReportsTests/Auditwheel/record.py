"""Writes expected.json: what auditwheel 6.8.2 says of the fixtures.

    python3 -m venv VENV && VENV/bin/pip install auditwheel==6.8.2
    VENV/bin/python Tests/AuditReportsTests/Auditwheel/record.py

An object is put into a wheel of its own, as the tests do. auditwheel looks for libraries on the host; none of these
objects needs one that a host is likely to have and that no profile has.
"""

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
FIXTURES = HERE.parents[2] / "Fixtures"
NAME = "demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"
OBJECTS = [
    "baseline", "executable_stack", "external", "future_version", "glibc_2_18", "isa_v2", "isa_v3", "isa_v4",
    "links_libpython", "loader_version", "modern", "no_sections", "plain_2_18", "private_version", "pyfpe", "relr",
    "relr_marked", "several_versions", "tail_strings", "weak_symbol", "weak_version", "withheld", "withheld_never",
    "withheld_weak", "zlib_ng",
]  # fmt: skip


def wheel(folder, name):
    path = Path(folder) / NAME
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(FIXTURES / "objects" / "x86_64" / name, f"demo/{name}")
        tag = NAME.removeprefix("demo-1.0-").removesuffix(".whl")
        archive.writestr("demo-1.0.dist-info/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: {tag}\n")
        names = [*archive.namelist(), "demo-1.0.dist-info/RECORD"]
        archive.writestr("demo-1.0.dist-info/RECORD", "".join(f"{name},,\n" for name in names))
    return path


def show(path):
    command = [sys.executable, "-m", "auditwheel", "show", "--json", path]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout)


expected = {path.name: show(path) for path in sorted((FIXTURES / "wheels").iterdir())}
for name in OBJECTS:
    with tempfile.TemporaryDirectory() as folder:
        expected[f"{name}.abi3.so"] = show(wheel(folder, f"{name}.abi3.so"))
(HERE / "expected.json").write_text(json.dumps(expected, indent=2, sort_keys=True) + "\n")

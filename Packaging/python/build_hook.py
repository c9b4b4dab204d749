"""What hatchling does before it makes the wheel: build the binary and say what is in it and where it runs."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# 1980-01-01, the first day that an archive can have: the same sources give the same wheel whenever it is built.
EPOCH = "315532800"
# A static binary asks for no version of a C library, so it runs wherever the kernel is new enough for its own one: that
# is so on every system with these tags, and installers know no lower ones for all architectures.
TAG = "py3-none-manylinux_2_17_{0}.manylinux2014_{0}.musllinux_1_1_{0}"
WHEELS = "There are wheels of truewheel for Linux on x86_64 and aarch64"


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the static binary, its man page, completions and bill of materials, and names the tag of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build everything that is not in the repository.

        Args:
            version: What kind of wheel is made; an editable one has a binary too.
            build_data: What hatchling is told about the wheel.
        """
        machine = platform.machine()
        if sys.platform != "linux" or machine not in ("x86_64", "aarch64"):
            sys.exit(f"{WHEELS}; it cannot be built for {sys.platform} on {machine}.")
        if shutil.which("swift") is None or shutil.which("make") is None:
            sys.exit(
                f"{WHEELS}; to build it from source takes make and Swift 6.2 or later (https://www.swift.org/install)."
            )
        os.environ.setdefault("SOURCE_DATE_EPOCH", EPOCH)
        root = Path(self.root)
        # Whoever installs a package of Python did not ask for packages of the system.
        built = subprocess.run(["make", "share", "INSTALL=no"], cwd=root)
        if built.returncode != 0:
            sys.exit(f"{WHEELS}; to build it from source failed, see above.")
        bill = root / ".build-static" / "truewheel.cdx.json"
        subprocess.run(
            [sys.executable, str(root / "Packaging/static/sbom.py"), str(bill.parent), str(bill)], check=True
        )
        build_data["sbom_files"].append(str(bill.relative_to(root)))
        build_data["pure_python"] = False
        build_data["tag"] = TAG.format(machine)

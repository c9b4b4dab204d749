"""The wheels that are built: one `Wheel` each, with its purpose, and how one is packed."""

import base64
import hashlib
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from architectures import ARCHITECTURES


@dataclass(frozen=True)
class Wheel:
    """One wheel: its tag as in the file name, and objects by the path they are packed at."""

    project: str
    tag: str
    purpose: str
    objects: dict[str, str] = field(default_factory=dict)
    """Paths below `objects`, by path in the wheel."""

    @property
    def path(self) -> str:
        return f"wheels/{self.project}-1.0-{self.tag}.whl"


WHEELS = [
    Wheel(
        "overclaim",
        "cp39-abi3-manylinux_2_17_x86_64",
        "claims 2.17, needs 2.34; a bundled library is found",
        {
            "overclaim/_speedups.abi3.so": "x86_64/_speedups.abi3.so",
            "overclaim.libs/libfoo-0a1b2c3d.so.1": "x86_64/libfoo-0a1b2c3d.so.1",
        },
    ),
    Wheel(
        "honest",
        "cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64",
        "keeps its claim of 2.17 under both names",
        {
            "honest/_clock.abi3.so": "x86_64/_clock.abi3.so",
            "honest/baseline.abi3.so": "x86_64/baseline.abi3.so",
        },
    ),
    *(
        Wheel(
            "baseline",
            f"cp39-abi3-{architecture.baseline_tag}",
            f"keeps its claim on {name}",
            {"baseline/baseline.abi3.so": f"{name}/baseline.abi3.so"},
        )
        for name, architecture in ARCHITECTURES.items()
        if architecture.baseline_tag
    ),
    Wheel("pure", "py3-none-any", "no ELF object"),
    Wheel(
        "musl",
        "cp39-abi3-musllinux_1_2_x86_64",
        "keeps its claim of musl",
        {"musl/musl_arch.abi3.so": "x86_64/musl_arch.abi3.so"},
    ),
]


def pack(wheel: Wheel, output: Path) -> None:
    """Packs objects of `output` into a wheel (PyPA binary distribution format)."""
    python, abi, platforms = wheel.tag.split("-")
    info = f"{wheel.project}-1.0.dist-info"
    pure = str(platforms == "any").lower()
    tags = "".join(f"Tag: {python}-{abi}-{platform}\n" for platform in platforms.split("."))
    members = {f"{wheel.project}/__init__.py": b""}
    for path, source in wheel.objects.items():
        members[path] = (output / "objects" / source).read_bytes()
    members[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {wheel.project}\nVersion: 1.0\n"
        f"Summary: Test fixture of Truewheel\n"
    ).encode()
    members[f"{info}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: truewheel-fixtures\nRoot-Is-Purelib: {pure}\n{tags}"
    ).encode()
    record = [f"{path},{digest(data)},{len(data)}\n" for path, data in members.items()]
    members[f"{info}/RECORD"] = "".join([*record, f"{info}/RECORD,,\n"]).encode()

    target = output / wheel.path
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as file:
        for path, data in members.items():
            member = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o100644 << 16
            file.writestr(member, data)


def digest(data: bytes) -> str:
    """A hash as RECORD has it."""
    value = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    return "sha256=" + value.rstrip(b"=").decode()

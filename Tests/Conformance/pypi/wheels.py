"""The wheels of the table: each is `demo-1.0-py3-none-any.whl` but for one property."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

INFO = "demo-1.0.dist-info"
WHEEL = b"Wheel-Version: 1.0\nGenerator: table\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
METADATA = b"Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n"


@dataclass
class Wheel:
    """What is packed, and how."""

    name: str = "demo-1.0-py3-none-any.whl"
    info: str = INFO
    members: dict[str, bytes] = field(
        default_factory=lambda: {"demo/__init__.py": b"", "demo/main.py": b"print('demo')\n"}
    )
    metadata: bytes | None = METADATA
    wheel: bytes | None = WHEEL
    record: Callable[[str], str] | bytes | None = lambda text: text
    """What becomes of the RECORD that is true, or another one; None for none."""
    unrecorded: dict[str, bytes] = field(default_factory=dict)
    """Members that RECORD does not list."""
    pack: Callable[[dict[str, bytes]], bytes] | None = None
    """Another way to pack."""

    def bytes(self) -> bytes:
        members = dict(self.members)
        for name, contents in (("METADATA", self.metadata), ("WHEEL", self.wheel)):
            if contents is not None:
                members[f"{self.info}/{name}"] = contents
        if self.record is not None:
            lines = "".join(f"{row(name, data)}\n" for name, data in members.items())
            text = lines + f"{self.info}/RECORD,,\n"
            members[f"{self.info}/RECORD"] = (
                self.record if isinstance(self.record, bytes) else self.record(text).encode()
            )
        members |= self.unrecorded
        return (self.pack or pack)(members)


def digest(data: bytes, algorithm: str = "sha256") -> str:
    raw = hashlib.new(algorithm, data).digest()
    return f"{algorithm}={base64.urlsafe_b64encode(raw).rstrip(b'=').decode()}"


def row(name: str, data: bytes, algorithm: str = "sha256") -> str:
    return f"{name},{digest(data, algorithm)},{len(data)}"


def pack(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, change=None) -> bytes:
    """Packs members; `change` may do something to the entry of each before."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = method, 0o100644 << 16
            if change:
                change(info)
            archive.writestr(info, data)
    return file.getvalue()


class _Pipe(io.RawIOBase):
    """Where zipfile cannot go back, it writes data descriptors."""

    def __init__(self):
        self.data = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        return len(data)


def with_descriptors(members: dict[str, bytes]) -> bytes:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return bytes(pipe.data)


def twice(name: str) -> Callable[[dict[str, bytes]], bytes]:
    """The member of a name a second time."""

    def packed(members: dict[str, bytes]) -> bytes:
        other = name.replace("demo/", "dem0/")
        data = pack(members | {other: b"raise SystemExit\n"})
        return data.replace(other.encode(), name.encode())

    return packed


def with_comments(members: dict[str, bytes]) -> bytes:
    return pack(members, change=lambda info: setattr(info, "comment", b"of a member"))


def with_end_comment(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO(pack(members))
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"of the archive"
    return file.getvalue()


def in_code_page(members: dict[str, bytes]) -> bytes:
    """Clears the flag for UTF-8 of every name, and leaves the bytes."""
    data = bytearray(pack(members))
    for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + place + 1] &= ~0x08
            start = data.find(signature, start + 4)
    return bytes(data)


def with_extra(extra: bytes) -> Callable[[dict[str, bytes]], bytes]:
    return lambda members: pack(members, change=lambda info: setattr(info, "extra", extra))


def without(text: str, word: str) -> str:
    return "".join(line for line in text.splitlines(True) if word not in line)


def _platform(tag: str) -> Wheel:
    wheel = WHEEL.replace(b"py3-none-any", f"py3-none-{tag}".encode())
    return Wheel(name=f"demo-1.0-py3-none-{tag}.whl", wheel=wheel)


def _named(name: str, info: str = INFO, metadata: bytes = METADATA) -> Wheel:
    return Wheel(name=name, info=info, metadata=metadata)


def _licensed(files: dict[str, bytes], field: str = "LICENSE") -> Wheel:
    metadata = METADATA + f"License-File: {field}\n".encode()
    wheel = Wheel(metadata=metadata)
    wheel.members |= files
    return wheel


def _more(files: dict[str, bytes], **changes) -> Wheel:
    wheel = Wheel(**changes)
    wheel.members |= files
    return wheel


TRUE_ROW = row("demo/main.py", b"print('demo')\n")

WHEELS: dict[str, Callable[[], Wheel]] = {
    "plain": Wheel,
    # What is not there.
    "no-dist-info": lambda: Wheel(metadata=None, wheel=None, record=None),
    "no-record": lambda: Wheel(record=None),
    "no-wheel": lambda: Wheel(wheel=None),
    "no-metadata": lambda: Wheel(metadata=None),
    # The folder of another name.
    "two-dist-infos": lambda: _more(
        {"other-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: other\nVersion: 1.0\n"}
    ),
    "info-of-another-project": lambda: Wheel(info="other-1.0.dist-info"),
    "info-of-another-version": lambda: Wheel(info="demo-2.0.dist-info"),
    "info-in-capitals": lambda: Wheel(info="Demo-1.0.dist-info"),
    "info-of-an-equal-version": lambda: Wheel(info="demo-1.0.0.dist-info"),
    "info-with-other-separator": lambda: _named(
        "demo_one-1.0-py3-none-any.whl", "demo.one-1.0.dist-info", METADATA.replace(b"demo", b"demo-one")
    ),
    # RECORD and the archive.
    "record-lists-more": lambda: Wheel(record=lambda text: text + row("demo/gone.py", b"") + "\n"),
    "record-lacks-one": lambda: Wheel(unrecorded={"demo/more.py": b""}),
    "record-wrong-hash": lambda: Wheel(
        record=lambda text: text.replace(TRUE_ROW, row("demo/main.py", b"print('dem0')\n"))
    ),
    "record-wrong-size": lambda: Wheel(record=lambda text: text.replace(TRUE_ROW, TRUE_ROW[:-2] + "15")),
    "record-no-hash": lambda: Wheel(record=lambda text: text.replace(TRUE_ROW, "demo/main.py,,")),
    "record-md5": lambda: Wheel(
        record=lambda text: text.replace(TRUE_ROW, row("demo/main.py", b"print('demo')\n", "md5"))
    ),
    "record-sha512": lambda: Wheel(
        record=lambda text: text.replace(TRUE_ROW, row("demo/main.py", b"print('demo')\n", "sha512"))
    ),
    "record-unknown-hash": lambda: Wheel(record=lambda text: text.replace(TRUE_ROW, "demo/main.py,crc32=00000000,14")),
    "record-without-itself": lambda: Wheel(record=lambda text: without(text, "RECORD")),
    "record-short-row": lambda: Wheel(record=lambda text: text.replace(TRUE_ROW, "demo/main.py")),
    "record-long-row": lambda: Wheel(record=lambda text: text.replace(TRUE_ROW, TRUE_ROW + ",more")),
    "record-empty-row": lambda: Wheel(record=lambda text: text.replace(TRUE_ROW, TRUE_ROW + "\n")),
    "record-row-twice": lambda: Wheel(record=lambda text: text.replace(TRUE_ROW, TRUE_ROW + "\n" + TRUE_ROW)),
    "record-quoted": lambda: Wheel(record=lambda text: text.replace("demo/main.py", '"demo/main.py"')),
    "record-open-quote": lambda: Wheel(record=lambda text: text.replace("demo/main.py", '"demo/main.py')),
    "record-backslash": lambda: Wheel(record=lambda text: text.replace("demo/main.py", "demo\\main.py")),
    "record-crlf": lambda: Wheel(record=lambda text: text.replace("\n", "\r\n")),
    "record-empty": lambda: Wheel(record=b""),
    "record-not-utf8": lambda: Wheel(record=b"demo/\xff.py,,\n"),
    "record-bom": lambda: Wheel(record=lambda text: "\ufeff" + text),
    "record-leads-out": lambda: Wheel(record=lambda text: text + "../../evil.py,,\n"),
    "record-signature": lambda: Wheel(unrecorded={f"{INFO}/RECORD.jws": b"{}"}),
    "record-comma-in-name": lambda: _more(
        {"demo/a,b.py": b""}, record=lambda text: text.replace("demo/a,b.py", '"demo/a,b.py"')
    ),
    "folder-member": lambda: Wheel(unrecorded={"demo/data/": b""}),
    # WHEEL.
    "wheel-version-2.0": lambda: Wheel(wheel=WHEEL.replace(b"1.0", b"2.0")),
    "wheel-version-1.9": lambda: Wheel(wheel=WHEEL.replace(b"1.0", b"1.9")),
    "wheel-version-missing": lambda: Wheel(wheel=WHEEL.replace(b"Wheel-Version: 1.0\n", b"")),
    "wheel-version-no-number": lambda: Wheel(wheel=WHEEL.replace(b"1.0", b"one")),
    "wheel-without-tags": lambda: Wheel(wheel=WHEEL.replace(b"Tag: py3-none-any\n", b"")),
    "wheel-other-tag": lambda: Wheel(wheel=WHEEL.replace(b"py3-none-any", b"py2-none-any")),
    # METADATA.
    "metadata-other-name": lambda: Wheel(metadata=METADATA.replace(b"demo", b"other")),
    "metadata-other-version": lambda: Wheel(metadata=METADATA.replace(b"Version: 1.0", b"Version: 2.0")),
    "metadata-equal-version": lambda: Wheel(metadata=METADATA.replace(b"Version: 1.0", b"Version: 1.0.0")),
    "metadata-no-name": lambda: Wheel(metadata=METADATA.replace(b"Name: demo\n", b"")),
    "metadata-no-version": lambda: Wheel(metadata=b"Metadata-Version: 2.4\nName: demo\n"),
    "metadata-version-9.9": lambda: Wheel(metadata=METADATA.replace(b"2.4", b"9.9")),
    "metadata-version-missing": lambda: Wheel(metadata=METADATA.replace(b"Metadata-Version: 2.4\n", b"")),
    "metadata-empty": lambda: Wheel(metadata=b""),
    "license-and-expression": lambda: Wheel(metadata=METADATA + b"License: MIT\nLicense-Expression: MIT\n"),
    "license-file": lambda: _licensed({f"{INFO}/licenses/LICENSE": b"MIT"}),
    "license-file-missing": lambda: _licensed({}),
    "license-file-elsewhere": lambda: _licensed({f"{INFO}/LICENSE": b"MIT"}),
    "license-file-of-2.1": lambda: Wheel(metadata=METADATA.replace(b"2.4", b"2.1") + b"License-File: LICENSE\n"),
    "license-file-outside": lambda: _licensed({f"{INFO}/licenses/LICENSE": b"MIT"}, "../LICENSE"),
    "entry-points": lambda: _more({f"{INFO}/entry_points.txt": b"[console_scripts]\ndemo = demo.main:run\n"}),
    "entry-point-with-path": lambda: _more(
        {f"{INFO}/entry_points.txt": b"[console_scripts]\n../demo = demo.main:run\n"}
    ),
    "entry-points-no-ini": lambda: _more({f"{INFO}/entry_points.txt": b"demo = demo.main:run\n"}),
    # The archive.
    "stored": lambda: Wheel(pack=lambda members: pack(members, zipfile.ZIP_STORED)),
    "bzip2": lambda: Wheel(pack=lambda members: pack(members, zipfile.ZIP_BZIP2)),
    "lzma": lambda: Wheel(pack=lambda members: pack(members, zipfile.ZIP_LZMA)),
    "descriptors": lambda: Wheel(pack=with_descriptors),
    "comment-of-member": lambda: Wheel(pack=with_comments),
    "comment-of-archive": lambda: Wheel(pack=with_end_comment),
    "same-name-twice": lambda: Wheel(pack=twice("demo/main.py")),
    "name-utf8": lambda: _more({"demo/\u00fc.py": b""}),
    "name-code-page": lambda: _more({"demo/\u00fc.py": b""}, pack=in_code_page),
    "name-unprintable": lambda: _more({"demo/\x07.py": b""}),
    "trailing-data": lambda: Wheel(pack=lambda members: pack(members) + b"more"),
    "leading-data": lambda: Wheel(pack=lambda members: b"#!/usr/bin/python\n" + pack(members)),
    "extra-field-cut-off": lambda: Wheel(pack=with_extra(b"\x99\x99\1\0\7\x99")),
    "ratio": lambda: _more({"demo/zeros": bytes(80 << 20)}),
    # The name of the file.
    "name-in-capitals": lambda: _named(
        "Demo-1.0-py3-none-any.whl", "Demo-1.0.dist-info", METADATA.replace(b"demo", b"Demo")
    ),
    "name-with-dot": lambda: _named(
        "demo.one-1.0-py3-none-any.whl", "demo.one-1.0.dist-info", METADATA.replace(b"demo", b"demo.one")
    ),
    "name-with-underscores": lambda: _named(
        "demo__one-1.0-py3-none-any.whl", "demo__one-1.0.dist-info", METADATA.replace(b"demo", b"demo--one")
    ),
    "version-not-normal": lambda: _named(
        "demo-1.0.RC1-py3-none-any.whl", "demo-1.0.RC1.dist-info", METADATA.replace(b"Version: 1.0", b"Version: 1.0rc1")
    ),
    "version-local": lambda: _named(
        "demo-1.0+local-py3-none-any.whl",
        "demo-1.0+local.dist-info",
        METADATA.replace(b"Version: 1.0", b"Version: 1.0+local"),
    ),
    "version-none": lambda: _named(
        "demo-one-py3-none-any.whl", "demo-one.dist-info", METADATA.replace(b"Version: 1.0", b"Version: one")
    ),
    "build-tag": lambda: Wheel(name="demo-1.0-1abc-py3-none-any.whl"),
    # The platforms.
    "linux-x86_64": lambda: _platform("linux_x86_64"),
    "linux-armv7l": lambda: _platform("linux_armv7l"),
    "manylinux1-aarch64": lambda: _platform("manylinux1_aarch64"),
    "manylinux-2-17": lambda: _platform("manylinux_2_17_x86_64"),
    "manylinux-loongarch64": lambda: _platform("manylinux_2_36_loongarch64"),
    "musllinux-ppc64": lambda: _platform("musllinux_1_2_ppc64"),
    "macosx-11-1": lambda: _platform("macosx_11_1_arm64"),
    "macosx-11-0": lambda: _platform("macosx_11_0_arm64"),
    "macosx-10-9": lambda: _platform("macosx_10_9_universal2"),
    "macosx-16-0": lambda: _platform("macosx_16_0_arm64"),
    "win-amd64": lambda: _platform("win_amd64"),
    "win-x86": lambda: _platform("win_x86"),
    "android-21": lambda: _platform("android_21_arm64_v8a"),
    "ios-13": lambda: _platform("ios_13_0_arm64_iphoneos"),
    "ios-13-simulator": lambda: _platform("ios_13_0_arm64_simulator"),
    "pyemscripten": lambda: _platform("pyemscripten_2026_0_wasm32"),
    "pyodide": lambda: _platform("pyodide_2024_0_wasm32"),
    "tag-in-capitals": lambda: Wheel(name="demo-1.0-py3-none-ANY.whl"),
    # What other systems make of names.
    "names-of-one-case": lambda: _more({"demo/Read.py": b"1", "demo/read.py": b"2"}),
    "names-of-one-form": lambda: _more({"demo/\u00fc.py": b"1", "demo/u\u0308.py": b"2"}),
    "name-reserved": lambda: _more({"demo/aux.py": b""}),
    "name-trailing-dot": lambda: _more({"demo/main.": b""}),
}

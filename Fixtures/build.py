"""Builds the test fixtures: ELF objects and wheels (see README.md)."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import elfpatch
from architectures import ARCHITECTURES
from recipes import RECIPES, Recipe
from wheels import WHEELS, pack

HERE = Path(__file__).resolve().parent
TABLE_START, TABLE_END = "<!-- built by build.py -->\n", "<!-- end -->\n"

COMPILE = (
    "-c -O1 -fPIC -nostdinc -ffreestanding -fno-stack-protector"
    " -fno-ident -fno-addrsig -fno-asynchronous-unwind-tables -Wall -Werror"
).split()
LINK = (
    "-s --build-id=none --fatal-warnings --no-rosegment"
    " -z noseparate-code -z norelro"
).split()


class Builder:
    """Compiles and links in a scratch folder."""

    def __init__(self, scratch: Path):
        self.scratch = scratch
        self.count = 0
        self.clang = tool("clang")
        self.linker = tool("ld.lld")

    def object(self, recipe: Recipe) -> bytes:
        """The bytes of one object."""
        compiled = self.compile(
            recipe.arch,
            recipe.source,
            [
                *recipe.macros,
                f"INIT={recipe.defines}",
                "DEFINES=" + " ".join(f"D({name})" for name, _ in symbols(recipe.defines)),
                "USES=" + " ".join(map(uses, recipe.needs.values())),
            ],
        )
        if recipe.kind == "relocatable":
            return compiled.read_bytes()
        if recipe.kind == "archive":
            return archive("relocatable.o", compiled.read_bytes())
        stubs = [self.stub(recipe.arch, *need) for need in recipe.needs.items() if need[0]]
        options = ["-shared"] if recipe.kind == "shared" else []
        if recipe.soname:
            options += ["-soname", recipe.soname]
        if script := "{ local: *; };" if recipe.hide_all else version_script(recipe.defines):
            options += ["--version-script", self.write("map", script)]
        image = self.link(
            recipe.arch, [*options, *recipe.options, compiled, *stubs], recipe.script
        ).read_bytes()
        if stamp := ARCHITECTURES[recipe.arch].stamp:
            image = elfpatch.restamp(image, *stamp)
        for patch in recipe.patches:
            image = patch(image)
        return image

    @cache
    def stub(self, arch: str, soname: str, needed: str) -> Path:
        """A library that provides just the symbols that are needed from it."""
        needed = needed.replace("~", "")
        definitions = " ".join(f"D({name})" for name, _ in symbols(needed))
        compiled = self.compile(arch, "module.c", [f"DEFINES={definitions}", "USES="])
        options = ["-shared", "-soname", soname]
        if script := version_script(needed):
            options += ["--version-script", self.write("map", script)]
        return self.link(arch, [*options, compiled], "")

    def compile(self, arch: str, source: str, macros: list[str]) -> Path:
        output = self.new("o")
        architecture = ARCHITECTURES[arch]
        command = [self.clang, f"--target={architecture.triple}", *COMPILE, *architecture.options]
        run([*command, *(f"-D{macro}" for macro in macros), "-o", output, source])
        return output

    def link(self, arch: str, arguments: list, section: str) -> Path:
        output = self.new("so")
        # The comment names the linker's revision. RISC-V attributes are no LoongArch ones.
        discarded = "*(.comment)" + " *(.riscv.attributes)" * (arch == "loongarch64")
        script = f"SECTIONS {{ {section} /DISCARD/ : {{ {discarded} }} }} INSERT BEFORE .text;"
        # MIPS orders .dynsym by its GOT, which leaves no order for DT_GNU_HASH.
        style = "sysv" if arch.startswith("mips") else "gnu"
        page = ["-z", f"max-page-size={ARCHITECTURES[arch].page}"]
        command = [self.linker, *LINK, *page, f"--hash-style={style}", "-T", self.write("ld", script)]
        run([*command, *arguments, "-o", output])
        return output

    def write(self, suffix: str, text: str) -> Path:
        path = self.new(suffix)
        path.write_text(text)
        return path

    def new(self, suffix: str) -> Path:
        self.count += 1
        return self.scratch / f"{self.count}.{suffix}"


def tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        sys.exit(f"build.py: {name} is not on PATH (the Swift toolchain ships it)")
    return path


def run(command: list) -> None:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    subprocess.run(command, check=True, cwd=HERE / "sources", env=environment)


def symbols(text: str) -> list[tuple[str, str]]:
    """Names and versions (or "") of a recipe's `name@VERSION` words."""
    return [(name, version) for name, _, version in (w.partition("@") for w in text.split())]


def uses(text: str) -> str:
    return " ".join(
        f"W({name[1:]})" if name.startswith("~") else f"U({name})" for name, _ in symbols(text)
    )


def version_script(text: str) -> str:
    """A version script that gives the symbols their versions; empty if none has one."""
    nodes: dict[str, list[str]] = {}
    for name, version in symbols(text):
        if version:
            nodes.setdefault(version, []).append(name)
    return "\n".join(f"{v} {{ global: {'; '.join(names)}; }};" for v, names in nodes.items())


def archive(name: str, member: bytes) -> bytes:
    """An `ar` archive of one member, with no date and no owner."""
    header = f"{name + '/':<16}{0:<12}{0:<6}{0:<6}{644:<8}{len(member):<10}`\n"
    return b"!<arch>\n" + header.encode() + member + b"\n" * (len(member) % 2)


def readme() -> str:
    """README.md with the table of what is built brought up to date."""
    rows = [
        f"| `{item.path}` | {item.purpose} |\n"
        for item in [*sorted(RECIPES, key=lambda recipe: recipe.path), *WHEELS]
    ]
    text = (HERE / "README.md").read_text()
    before, rest = text.split(TABLE_START)
    _, after = rest.split(TABLE_END)
    table = "| File | What it is for |\n| --- | --- |\n" + "".join(rows)
    return f"{before}{TABLE_START}\n{table}\n{TABLE_END}{after}"


def build(output: Path) -> None:
    """Builds all objects and wheels into `output`."""
    with tempfile.TemporaryDirectory() as scratch:
        builder = Builder(Path(scratch))
        for recipe in RECIPES:
            target = output / recipe.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(builder.object(recipe))
    for wheel in WHEELS:
        pack(wheel, output)


def built_files(folder: Path) -> dict[str, bytes]:
    paths = [*folder.glob("objects/**/*"), *folder.glob("wheels/**/*")]
    return {str(p.relative_to(folder)): p.read_bytes() for p in paths if p.is_file()}


def check() -> int:
    """Compares the committed files with a fresh build; the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        fresh = built_files(Path(folder))
    committed = built_files(HERE)
    fresh["README.md"] = readme().encode()
    committed["README.md"] = (HERE / "README.md").read_bytes()
    differing = [path for path in fresh | committed if fresh.get(path) != committed.get(path)]
    for path in sorted(differing):
        if path not in committed:
            print(f"missing: {path}")
        elif path not in fresh:
            print(f"extra: {path}")
        else:
            print(f"differs: {path}")
    return 1 if differing else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Builds the test fixtures.")
    parser.add_argument(
        "--output", type=Path, default=HERE, metavar="DIR", help="where to build (default: here)"
    )
    parser.add_argument(
        "--check", action="store_true", help="build elsewhere, name the files that differ"
    )
    arguments = parser.parse_args()
    if arguments.check:
        return check()
    output = arguments.output.resolve()
    build(output)
    if output == HERE:
        (HERE / "README.md").write_text(readme())
    return 0


if __name__ == "__main__":
    sys.exit(main())

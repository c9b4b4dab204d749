"""Makes random objects and programs for a Linux loader: what linkers can make, and what only an edit makes.

`Generator(folder, lab).sample(seed, index)` gives the members of a wheel and says in words how they were made; the same
numbers give the same bytes again where the same tools are. Objects are freestanding: no header and no start file, and
nothing in them runs but the resolvers of indirect functions. What they need of real libraries are symbols and versions
that those of the lab have.
"""

import dataclasses
import random
import shutil
import subprocess
import zlib

from fields import Image
from patches import PATCHES, patched

MODULE, PROGRAM, FOLDER = "mod.abi3.so", "tool", "pkg"
# The status with which programs end: they have come to their entry point.
STARTED = 73


@dataclasses.dataclass(frozen=True)
class Architecture:
    """How to build for one architecture."""

    triple: str
    # GNU ld and gold, and the compiler of GCC with its options; empty where there is none.
    gnu: str
    exit: str
    interpreter: dict
    options: tuple = ()
    gcc: tuple = ()
    tag: str = "manylinux_2_17"


def standard(glibc, musl):
    return {"glibc": glibc, "musl": f"/lib/ld-musl-{musl}.so.1"}


ARCHITECTURES = {
    "x86_64": Architecture(
        "x86_64-linux-gnu", "x86_64-linux-gnu", "mov $60, %eax; mov $73, %edi; syscall",
        standard("/lib64/ld-linux-x86-64.so.2", "x86_64"), gcc=("x86_64-linux-gnu-gcc",)),
    "i686": Architecture(
        "i686-linux-gnu", "i686-linux-gnu", "mov $1, %eax; mov $73, %ebx; int $0x80",
        standard("/lib/ld-linux.so.2", "i386"), gcc=("x86_64-linux-gnu-gcc", "-m32")),
    "aarch64": Architecture(
        "aarch64-linux-gnu", "aarch64-linux-gnu", "mov x8, #93; mov x0, #73; svc #0",
        standard("/lib/ld-linux-aarch64.so.1", "aarch64"), gcc=("aarch64-linux-gnu-gcc",)),
    "armv7l": Architecture(
        "armv7-linux-gnueabihf", "arm-linux-gnueabihf", "mov r7, #1; mov r0, #73; svc #0",
        standard("/lib/ld-linux-armhf.so.3", "armhf"), gcc=("arm-linux-gnueabihf-gcc",)),
    "ppc64le": Architecture(
        "powerpc64le-linux-gnu", "powerpc64le-linux-gnu", "li 0, 1; li 3, 73; sc",
        standard("/lib64/ld64.so.2", "powerpc64le"), gcc=("powerpc64le-linux-gnu-gcc",)),
    "s390x": Architecture(
        "s390x-linux-gnu", "s390x-linux-gnu", "lghi %r2, 73; svc 1", standard("/lib/ld64.so.1", "s390x"),
        gcc=("s390x-linux-gnu-gcc",)),
    "riscv64": Architecture(
        "riscv64-linux-gnu", "riscv64-linux-gnu", "li a7, 93; li a0, 73; ecall",
        standard("/lib/ld-linux-riscv64-lp64d.so.1", "riscv64"), gcc=("riscv64-linux-gnu-gcc",), tag="manylinux_2_31"),
}
LIBRARIES = ["libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libresolv.so.2", "libutil.so.1",
             "libgcc_s.so.1", "libstdc++.so.6", "libz.so.1"]
MADE_UP = ["GLIBC_2.99", "GLIBC_2.4.7", "GLIBC_ABI_DT_RELR", "GLIBC_ABI_GNU2_TLS", "GLIBC_PRIVATE", "FOO_1",
           "GLIBCXX_9.9"]
COMPILE = ("-c -w -nostdinc -ffreestanding -fno-stack-protector -fno-ident -fno-asynchronous-unwind-tables"
           " -fno-builtin").split()

# What the linkers have in common; each of the three leaves some of it out.
OPTIONS = ["-z now", "-z lazy", "-z relro", "-z norelro", "-z execstack", "-z noexecstack", "-z nodlopen",
           "-z nodefaultlib", "-z origin", "-z nocombreloc", "-z combreloc", "-z separate-code", "-z noseparate-code",
           "-z nodelete", "-z interpose", "-z initfirst", "-z global", "-z nodump", "-z max-page-size=4096",
           "-z max-page-size=65536", "-z max-page-size=16384", "-z max-page-size=2097152", "-z max-page-size=1024",
           "-z common-page-size=4096", "--hash-style=gnu", "--hash-style=sysv", "--hash-style=both", "-Bsymbolic",
           "-Bsymbolic-functions", "--pack-dyn-relocs=relr", "-z pack-relative-relocs", "--build-id", "--gc-sections",
           "--no-rosegment", "-N", "-n", "-z text", "-z notext", "--strip-all", "--no-eh-frame-hdr", "-z rodynamic",
           "-pie", "-z stack-size=1048576", "-Ttext-segment=0x10000000", "--image-base=0x20000000", "-z muldefs",
           "--enable-new-dtags", "--disable-new-dtags", "-z nognustack", "--emit-relocs", "--export-dynamic",
           "-z start-stop-gc", "--sort-section=name", "-z keep-text-section-prefix", "--warn-execstack"]
RUN_PATHS = ["$ORIGIN", "${ORIGIN}", "$ORIGIN/../pkg.libs", "/opt/lib:$ORIGIN", "$ORIGIN/$LIB", "$ORIGIN/$LIB:$ORIGIN",
             "$ORIGIN/${PLATFORM}:$ORIGIN", "", ":", "$ORIGIN:", "$ORIGIN/$FOO:$ORIGIN", "/usr/lib", "libs",
             "$ORIGIN/libs", "$ORIGIN/../../pkg", "$ORIGIN;/opt", "$$ORIGIN", "$ORIGINAL"]


@dataclasses.dataclass
class Sample:
    """A wheel's members, where loading starts, and how they were made."""

    seed: int
    index: int
    architecture: str
    libc: str
    kind: str
    start: str = ""
    members: dict = dataclasses.field(default_factory=dict)
    recipe: list = dataclasses.field(default_factory=list)

    @property
    def is_program(self):
        return self.start.endswith(PROGRAM)

    @property
    def tag(self):
        base = ARCHITECTURES[self.architecture].tag if self.libc == "glibc" else "musllinux_1_2"
        return f"{base}_{self.architecture}"

    def __str__(self):
        return (f"--seed {self.seed} --index {self.index}: {self.architecture} {self.libc} {self.kind}: "
                + "; ".join(self.recipe))


class CannotBeMade(Exception):
    """The tools refuse what was asked of them."""


class Tools:
    """Compilers and linkers, in a folder of their own."""

    def __init__(self, folder):
        self.folder, self.count, self.made = folder, 0, {}

    def path(self, suffix):
        self.count += 1
        return self.folder / f"{self.count}.{suffix}"

    def run(self, *words):
        words = [str(word) for word in words]
        try:
            run = subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=60,
                                 cwd=self.folder)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotBeMade(str(error)) from None
        if run.returncode:
            raise CannotBeMade(f"{words[0]}: {(run.stderr.strip().splitlines() or ['?'])[0][:200]}")
        return run.stdout

    def compilers(self, architecture):
        gcc = ARCHITECTURES[architecture].gcc
        return ["clang", "gcc"] if gcc and shutil.which(gcc[0]) else ["clang"]

    def linkers(self, architecture):
        gnu = ARCHITECTURES[architecture].gnu
        return ["lld", *(name for name in ("bfd", "gold") if shutil.which(f"{gnu}-ld.{name}"))]

    def compiled(self, architecture, source, compiler="clang", options=()):
        key = (architecture, source, compiler, options)
        if key not in self.made:
            # The name of the source stands in the object.
            text, path = self.folder / f"{zlib.crc32(source.encode()):08x}.c", self.path("o")
            text.write_text(source)
            its = ARCHITECTURES[architecture]
            words = ["clang", f"--target={its.triple}", *its.options] if compiler == "clang" else its.gcc
            self.run(*words, *COMPILE, *options, text, "-o", path)
            self.made[key] = path
        return self.made[key]

    def linked(self, architecture, linker, words):
        program = "ld.lld" if linker == "lld" else f"{ARCHITECTURES[architecture].gnu}-ld.{linker}"
        # The name of the output stands in an object that defines versions.
        self.run(program, *words, "-o", "linked.so")
        return (self.folder / "linked.so").rename(self.path("so"))

    def stub(self, architecture, soname, symbols):
        """A library to link with: symbols by name, each with its version or an empty one."""
        key = (architecture, soname, tuple(sorted(symbols.items())))
        if key not in self.made:
            compiled = self.compiled(architecture, "".join(definition(name) for name in symbols), options=("-fPIC",))
            words = ["-shared", compiled, f"--soname={soname}"]
            if script := version_script(symbols):
                path = self.path("map")
                path.write_text(script)
                words.append(f"--version-script={path}")
            self.made[key] = self.linked(architecture, "lld", words)
        return self.made[key]


def definition(name):
    return f"void {name}(void) {{}}\n"


def version_script(symbols):
    nodes = {}
    for name, version in symbols.items():
        nodes.setdefault(version, []).append(name)
    return "\n".join(f"{version} {{ global: {'; '.join(names)}; }};" for version, names in nodes.items() if version)


class Libraries:
    """What the libraries of the lab define, of all its releases together."""

    def __init__(self, lab):
        self.lab, self.known = lab, {}

    def symbols(self, architecture, soname):
        """[(symbol, version)] of functions, sorted."""
        key = architecture, soname
        if key not in self.known:
            name = "libc.so" if soname.startswith("libc.musl") else soname
            found = set()
            for root in sorted(self.lab.glob(f"*-{architecture}/root")):
                # A link may lead out of the root.
                path = next((p for p in root.rglob(name) if p.exists() and p.resolve().is_relative_to(root)), None)
                if path is not None:
                    symbols = Image(path.read_bytes()).defined_symbols()
                    found |= {(symbol, version) for symbol, version, kind in symbols if kind in (2, 10)}
            self.known[key] = sorted((s, v) for s, v in found if s.replace("_", "a").isalnum() and s[0] > "9"
                                     and not s.startswith("__sync_") and not s.endswith("version_placeholder"))
        return self.known[key]


EDITS = [*PATCHES, "cut", "patchelf"]
KINDS = ["options", "versions", "undefined", "thread-local", "notes", "symbol types", "closure", "run path", "filter",
         "text relocations", "relative relocations", "program", "own versions", "closure",
         "thread-local", "versions", *PATCHES, *EDITS]
# How many objects there are of an architecture and libc to edit.
BASES = 50


class Generator:
    """Makes samples."""

    def __init__(self, folder, lab):
        self.tools, self.libraries, self.bases = Tools(folder), Libraries(lab), {}

    def sample(self, seed, index):
        """The sample of these numbers; every kind meets every architecture and libc, whatever the count."""
        names = list(ARCHITECTURES)
        architecture, rest = names[index % len(names)], index // len(names)
        kind, libc = KINDS[rest % len(KINDS)], "musl" if rest // len(KINDS) % 5 in (1, 3) else "glibc"
        return self.first_made(seed, index, architecture, libc, kind, Editor if kind in EDITS else Maker)

    def base(self, seed, number, architecture, libc):
        """One of the objects that are edited, with something of everything."""
        key = seed, number, architecture, libc
        if key not in self.bases:
            self.bases[key] = self.first_made(seed, f"base {number}", architecture, libc, "base", Maker)
        return self.bases[key]

    def first_made(self, seed, index, architecture, libc, kind, maker):
        """What the tools refuse to make is passed over for the next attempt."""
        for attempt in range(100):
            numbers = random.Random(f"{seed}/{architecture}/{libc}/{index}/{attempt}")
            sample = Sample(seed, index, architecture, libc, kind)
            try:
                return maker(self, sample, numbers).sample
            except CannotBeMade:
                continue
        raise CannotBeMade(f"{seed}/{index}: nothing in 100 attempts")


class Editor:
    """Makes one sample of another one by an edit, and seldom by two."""

    def __init__(self, generator, sample, numbers):
        self.tools, self.random, self.sample = generator.tools, numbers, sample
        base = generator.base(sample.seed, numbers.randrange(BASES), sample.architecture, sample.libc)
        sample.members, sample.start, sample.recipe = dict(base.members), base.start, [*base.recipe]
        if sample.kind == "patchelf":
            self.patchelf()
            return
        for _ in range(2 if sample.kind != "cut" and numbers.random() < 0.1 else 1):
            try:
                made = patched(sample.members[sample.start], sample.kind, numbers)
            except (IndexError, TypeError, ValueError, KeyError):
                # A first patch has made nonsense of the tables.
                raise CannotBeMade("cannot be patched twice") from None
            if made is None:
                raise CannotBeMade(f"nothing of {sample.kind}")
            sample.members[sample.start] = made[0]
            sample.recipe.append(f"patch: {made[1]}")

    def patchelf(self):
        tool, path = shutil.which("patchelf"), self.tools.path("so")
        if tool is None:
            raise CannotBeMade("there is no patchelf")
        path.write_bytes(self.sample.members[self.sample.start])
        pick = self.random.choice
        for edit in self.random.sample([
                ["--set-rpath", pick([p for p in RUN_PATHS if p])],
                ["--add-needed", pick(["libm.so.6", "libabsent.so"])],
                ["--force-rpath", "--set-rpath", "$ORIGIN/a/long/path" * 20], ["--remove-needed", "libc.so.6"],
                ["--replace-needed", "libc.so.6", pick(["libm.so.6", "libabsent.so", "libx.so.6.0.0.0"])],
                ["--set-soname", "libnew.so.1"], ["--set-interpreter", "/lib64/ld-other.so.2"], ["--clear-execstack"],
                ["--set-execstack"], ["--no-default-lib"], ["--remove-rpath"], ["--add-debug-tag"],
                ["--page-size", pick(["4096", "65536"]), "--add-needed", "libm.so.6"],
                ["--clear-symbol-version", pick(["strlen", "malloc", "abort"])]], pick([1, 1, 2, 3])):
            self.tools.run(tool, *edit, path)
            self.sample.recipe.append("patchelf " + " ".join(edit)[:80])
        self.sample.members[self.sample.start] = path.read_bytes()


class Maker:
    """Makes one sample: the kind says what is unusual about it, chance what else it is like."""

    def __init__(self, generator, sample, numbers):
        self.tools, self.libraries = generator.tools, generator.libraries
        self.random, self.sample, self.its = numbers, sample, ARCHITECTURES[sample.architecture]
        self.source, self.options, self.inputs, self.compile = [], [], [], []
        # What is linked for: libraries by soname, and of each its symbols with their versions.
        self.needed, self.used = {}, set()
        self.compiler = self.pick(self.tools.compilers(sample.architecture))
        self.linker = self.pick(self.tools.linkers(sample.architecture))
        kind = sample.kind
        self.is_program = kind == "program" or self.chance(0.1) and kind not in ("closure", "run path", "filter")
        self.is_pie = True
        self.libc_stub()
        make = {"options": self.some_options, "versions": self.needs, "undefined": self.undefined,
                "thread-local": self.thread_local, "notes": self.note, "symbol types": self.symbol_types,
                "own versions": self.own_versions, "closure": self.closure, "run path": self.run_path,
                "filter": self.filtered, "text relocations": self.text_relocations,
                "relative relocations": self.relative_relocations, "program": self.program_options}.get(kind)
        if make is not None:
            make()
            if self.chance(0.2):
                self.some_options()
        else:
            self.background()
        self.finish()

    def pick(self, values):
        return self.random.choice(values)

    def chance(self, share):
        return self.random.random() < share

    def say(self, text):
        self.sample.recipe.append(text)

    @property
    def architecture(self):
        return self.sample.architecture

    def libc_name(self):
        if self.sample.libc == "glibc":
            return "libc.so.6"
        return self.pick(["libc.so", f"libc.musl-{self.architecture}.so.1"])

    def need(self, soname, symbols, weak=False):
        """A library to link with, and uses of its symbols."""
        self.needed.setdefault(soname, {}).update(symbols)
        words = [f"{name}@{version}" if version else name for name, version in symbols.items()]
        self.say(f"needs {soname}" + f" ({', '.join(words)})" * bool(words) + " weakly" * weak)
        for name in symbols:
            self.use(name, weak)

    def use(self, name, weak=False):
        if name in self.used:
            return
        self.used.add(name)
        mark = " __attribute__((weak))" if weak else ""
        form = self.pick(["call", "pointer", "both"])
        self.source.append(f"extern void {name}(void){mark};")
        if form != "call":
            self.source.append(f"void *pointer_to_{name} = &{name};")
        if form != "pointer":
            self.source.append(f"void call_{name}(void) {{ {name}(); }}")

    def libc_stub(self):
        """Most objects need their C library, with a symbol of its oldest version."""
        if not self.chance(0.85):
            self.say("needs no libc")
            return
        if self.sample.libc == "musl":
            self.need(self.libc_name(), {self.pick(["memcpy", "strlen", "malloc"]): ""})
            return
        name = self.pick(["strlen", "malloc", "abort"])
        known = dict(reversed(self.libraries.symbols(self.architecture, "libc.so.6")))
        self.need("libc.so.6", {name: known[name]})

    def background(self):
        """Something of everything, so that there is something to patch."""
        for make, share in ((self.needs, 0.5), (self.own_versions, 0.3), (self.thread_local, 0.3), (self.note, 0.4),
                            (self.symbol_types, 0.2), (self.some_options, 0.4)):
            if self.chance(share):
                make()

    # What objects need.

    def needs(self):
        for _ in range(self.pick([1, 1, 2, 3])):
            if self.sample.libc == "glibc":
                self.need_of_platform()
            else:
                self.undefined()

    def need_of_platform(self):
        soname = self.pick(LIBRARIES + ["libc.so.6"] * 4 + ["libm.so.6"] * 2)
        known = self.libraries.symbols(self.architecture, soname)
        if not known:
            return
        versions = sorted({version for _, version in known if version})
        version = self.pick(versions) if versions else ""
        symbol = self.pick([s for s, v in known if v == version or not version])
        form = self.random.random()
        if form < 0.1:
            version = self.pick(MADE_UP)
        elif form < 0.2 and versions:
            version = self.pick(versions)
        elif form < 0.25:
            soname = self.pick(LIBRARIES)
        elif form < 0.3:
            symbol = "made_up_symbol"
        elif form < 0.35:
            version = ""
        self.need(soname, {symbol: version}, weak=self.chance(0.15))

    def undefined(self):
        """Symbols that no library of the object is linked for."""
        for _ in range(self.pick([1, 1, 2])):
            libc = "libc.so.6" if self.chance(0.3) or self.sample.libc == "glibc" else "libc.musl"
            soname = self.pick([libc, libc, "libm.so.6"]) if self.sample.libc == "glibc" else libc
            known = self.libraries.symbols(self.architecture, soname)
            if known and self.chance(0.75):
                name = self.pick(known)[0]
            else:
                name = self.pick(["made_up_symbol", "PyFPE_dummy", "abort"])
            weak = self.chance(0.25)
            self.say(f"undefined {name}" + " (weak)" * weak)
            self.use(name, weak)

    def own_versions(self):
        symbols = {"first_of_own": "OWN_1", "second_of_own": "OWN_2"}
        if self.used & symbols.keys():
            return
        self.used |= symbols.keys()
        self.source += [definition(name) for name in symbols]
        path = self.tools.path("map")
        path.write_text(version_script(symbols))
        self.options.append(f"--version-script={path}")
        self.say("defines OWN_1 and OWN_2")

    # What objects are.

    def some_options(self):
        for option in self.random.sample(OPTIONS, self.pick([1, 2, 2, 3, 4])):
            self.options += option.split()
            self.say(option)

    def thread_local(self):
        model = self.pick(["initial-exec", "initial-exec", "global-dynamic", "local-dynamic", "descriptor",
                           "local-exec"])
        size = self.pick([1, 4, 8, 64, 144, 512, 1000, 1024, 1152, 1600, 1664, 1665, 1700, 2048, 4096, 100000])
        align = self.pick([1, 4, 8, 16, 16, 32, 64, 128, 256, 4096])
        external = self.chance(0.2)
        if model == "descriptor":
            # aarch64 has it by default, ppc64le and s390x have none.
            dialects = {"x86_64": "gnu2", "i686": "gnu2", "armv7l": "gnu2", "riscv64": "desc"}
            self.compile += [f"-mtls-dialect={name}" for name in [dialects.get(self.architecture)] if name]
        dialect = "global-dynamic" if model == "descriptor" else model
        mark = f'__attribute__((tls_model("{dialect}"), aligned({align})))'
        static, value = "static " * self.chance(0.5), " = {1}" * self.chance(0.3)
        self.source.append(f"{static}__thread char block[{size}] {mark}{value};")
        self.source.append("char *place_of_block(void) { return block; }")
        if external:
            self.source.append('extern __thread int errno_of_another __attribute__((tls_model("initial-exec"), weak));')
            self.source.append("int *place_of_errno(void) { return &errno_of_another; }")
        self.say(f"{model} TLS of {size} bytes, aligned to {align}" + ", a weak one besides" * external)

    def note(self):
        kind = self.pick(["tag", "isa", "isa", "property", "other"])
        align = self.pick([2, 2, 3, 3, 1, 4])
        name, form = "GNU", 1
        if kind == "tag":
            words = [self.pick([0, 0, 0, 1, 2, 3]),
                     *self.pick([(2, 6, 32), (3, 17, 0), (9, 9, 9), (5, 4, 0), (0, 0, 0)])]
        elif kind == "isa":
            form = 5
            value = self.pick([1, 2, 3, 4, 7, 8, 15, 16, 0, 0x80000000])
            words = [self.pick([0xC0008002, 0xC0008002, 0xC0010002, 0xC0000002]), 4, value, *[0] * (align != 2)]
        elif kind == "property":
            form = 5
            words = [self.pick([0xC0000000, 0xC0000002, 1, 0xB0008000]), 4, self.pick([0, 1, 2, 3]), 0]
        else:
            name, form, words = self.pick(["GNU", "ABC"]), self.pick([1, 3, 5, 7]), [self.random.randrange(1 << 32)] * 2
        section = self.pick([".note.ABI-tag", ".note.test", ".note.gnu.property"])
        lines = [f'.pushsection {section},"a",%note', f".p2align {align}", f".4byte 4, {4 * len(words)}, {form}",
                 f'.asciz "{name}"', *(f".4byte {word:#x}" for word in words), f".p2align {align}", ".popsection"]
        quoted = [line.replace('"', '\\"') for line in lines]
        self.source.append("__asm__(" + " ".join(f'"{line}\\n"' for line in quoted) + ");")
        self.say(f"note {name} {form} in {section} aligned to {1 << align}: {[hex(word) for word in words]}")

    def symbol_types(self):
        kind = self.pick(["indirect", "indirect", "indirect hidden", "unique", "protected", "common"])
        if kind.startswith("indirect"):
            hidden = "static " if kind.endswith("hidden") else ""
            self.source.append("static void target(void) {} void *resolve(void) { return target; }")
            self.source.append(f'{hidden}void indirect(void) __attribute__((ifunc("resolve")));')
            self.source.append(self.pick(["void call_indirect(void) { indirect(); }", "void *its = indirect;", ""]))
        elif kind == "unique":
            self.source.append('int one; __asm__(".type one, %gnu_unique_object\\n");')
        elif kind == "protected":
            self.source.append('__attribute__((visibility("protected"))) int one; int *its = &one;')
        else:
            self.source.append("int one[100]; extern int one_hidden __attribute__((weak, visibility(\"hidden\")));"
                               " int *its = one, *none = &one_hidden;")
        self.say(kind)

    def text_relocations(self):
        word = ".4byte" if self.architecture in ("i686", "armv7l") else ".8byte"
        name = self.pick(["datum", "datum", "weak_from_elsewhere"])
        self.source.append(f'int datum = 1; extern int weak_from_elsewhere __attribute__((weak)); int *user = &{name};')
        self.source.append(f'__asm__(".pushsection .text\\n.p2align 3\\n{word} {name}\\n.popsection\\n");')
        self.options += ["-z", "notext"]
        self.say(f"relocation in .text to {name}")

    def relative_relocations(self):
        self.source.append("int datum = 1; int *pointers[20] = {" + "&datum, " * 20 + "};")
        option = self.pick(["--pack-dyn-relocs=relr", "-z pack-relative-relocs",
                            "--pack-dyn-relocs=relr --use-android-relr-tags", "--pack-dyn-relocs=android",
                            "-z nopack-relative-relocs"])
        self.options += option.split()
        self.say(option)
        if self.chance(0.4) and self.sample.libc == "glibc":
            self.need("libc.so.6", {"made_up_marker": "GLIBC_ABI_DT_RELR"}, weak=True)

    def program_options(self):
        form = self.pick(["pie", "pie", "fixed", "static", "static pie", "copy", "stack", "thread-local", "none"])
        self.say(form)
        if form in ("fixed", "static", "copy"):
            self.is_pie = False
        if form.startswith("static"):
            self.options += ["-static"] + ["--no-dynamic-linker"] * ("pie" in form)
            self.needed, self.source = {}, []
        elif form == "copy":
            self.source.append("extern int copied[4]; int first(void) { return copied[1]; }")
            self.data_library()
        elif form == "stack":
            self.options += ["-z", self.pick(["execstack", "noexecstack", "nognustack"])]
        elif form == "thread-local":
            self.thread_local()
        else:
            self.needs()

    def data_library(self):
        size = self.pick([4, 4, 8])
        data = self.library("libdata.so", f"int copied[{size}] = {{1}};", [])
        self.inputs.append(data)
        self.options += ["-rpath=$ORIGIN"]

    # Objects that come along.

    def library(self, name, source, options, place=FOLDER, keep=True):
        """A library of the wheel: its path for the linker; also the soname is its name, if it is not said."""
        compiled = self.tools.compiled(self.architecture, source, options=("-fPIC",))
        words = ["-shared", compiled, *options]
        words += [] if any(str(option).startswith("--soname") for option in options) else [f"--soname={name}"]
        path = self.tools.linked(self.architecture, self.pick(self.tools.linkers(self.architecture)), words)
        if keep:
            self.sample.members[f"{place}/{name}"] = path.read_bytes()
        return path

    def closure(self):
        form = self.pick(["version missing", "version there", "symbol missing", "thread-local", "stack", "junk",
                          "foreign", "absent", "chain", "noopen", "pie", "no hash", "patched", "renamed",
                          "weak version"])
        self.say(f"closure: {form}")
        self.options.append("-rpath=$ORIGIN")
        script = self.tools.path("map")
        script.write_text("INNER_1 { global: inner; };")
        linked = self.library("libinner.so", definition("inner"), [f"--version-script={script}"])
        place, plain = f"{FOLDER}/libinner.so", definition("inner")
        if form == "version missing":
            self.library("libinner.so", plain, self.pick([[], ["--version-script=" + str(self.other_versions())]]))
        elif form == "symbol missing":
            self.library("libinner.so", definition("another"), [f"--version-script={script}"][:self.pick([0, 1])])
        elif form == "thread-local":
            sizes = [self.pick([64, 512, 600, 1000, 1200, 1664]) for _ in range(2)]
            for number, size in enumerate(sizes):
                # The loader binds an exported name to the first definition.
                name = f"block{number}" if self.chance(0.8) else "block"
                source = f'__thread char {name}[{size}] __attribute__((tls_model("initial-exec")));'
                source += f" char *place{number}(void) {{ return {name}; }}"
                more = self.library(f"libtls{number}.so", source, [])
                self.inputs.append(more)
            self.say(f"initial-exec TLS of {sizes} bytes")
        elif form == "junk":
            self.sample.members[place] = self.pick([
                b"", b"../libinner.so.1", b"\x7fELF", b"INPUT(libc.so)\n", b"!<arch>\n",
                b"\xcf\xfa\xed\xfe" + bytes(100), bytes(5000)])
        elif form == "foreign":
            other = self.pick([name for name in ARCHITECTURES if name != self.architecture])
            self.say(other)
            self.sample.members[place] = self.tools.stub(other, "libinner.so", {"inner": "INNER_1"}).read_bytes()
        elif form == "absent":
            del self.sample.members[place]
        elif form == "chain":
            inner = self.library("liblast.so", definition("last"), [])
            self.library("libinner.so", "extern void last(void); void inner(void) { last(); }",
                         [f"--version-script={script}", inner] + self.pick([["-rpath=$ORIGIN"], []]))
            if self.chance(0.3):
                del self.sample.members[f"{FOLDER}/liblast.so"]
        elif form in ("noopen", "stack"):
            option = {"noopen": "nodlopen", "stack": "execstack"}[form]
            self.library("libinner.so", plain, [f"--version-script={script}", "-z", option])
        elif form == "pie":
            data = self.sample.members[place]
            self.sample.members[place] = self.with_tag(data, 0x6FFFFFFB, 0x08000000) or data
        elif form == "no hash":
            data = Image(self.sample.members[place])
            for entry in data.dynamic:
                if data.read(entry[0]) in (4, 0x6FFFFEF5):
                    data.write(entry[0], 0x6FFFFEFA)
            self.sample.members[place] = bytes(data.data)
        elif form == "patched":
            self.patch(place, self.pick([*PATCHES, "cut"]))
        elif form == "renamed":
            self.sample.members[f"{FOLDER}/libother.so"] = self.sample.members.pop(place)
            if self.chance(0.5):
                self.needed["libother.so"] = {"other": ""}
        self.inputs.append(linked)
        self.use("inner", weak=form == "weak version" or self.chance(0.1))

    def other_versions(self):
        path = self.tools.path("map")
        path.write_text("INNER_0 { global: inner; };")
        return path

    def with_tag(self, data, tag, value):
        image = Image(data)
        spare = image.spare_entry()
        if spare is None:
            return None
        image.write(spare[0], tag)
        image.write(spare[1], value)
        return bytes(image.data)

    def run_path(self):
        path, form = self.pick(RUN_PATHS), self.pick(["--enable-new-dtags", "--disable-new-dtags"])
        place = self.pick([FOLDER, FOLDER, "pkg.libs", "pkg/libs", ""])
        if self.chance(0.6):
            place = next((at for part, at in (("pkg.libs", "pkg.libs"), ("/libs", "pkg/libs")) if part in path), FOLDER)
        self.say(f"run path {path!r} {form}, library in {place!r}")
        linked = self.library("libinner.so", definition("inner"), [], keep=False)
        self.sample.members[f"{place}/libinner.so".lstrip("/")] = linked.read_bytes()
        if self.chance(0.3):
            other = self.pick(list(ARCHITECTURES))
            also = self.pick([FOLDER, "pkg.libs", "pkg/libs"])
            self.say(f"one of {other} in {also!r}")
            foreign = self.tools.stub(other, "libinner.so", {"inner": ""})
            self.sample.members.setdefault(f"{also}/libinner.so", foreign.read_bytes())
        self.options += [form, f"-rpath={path or '@none@'}"]
        self.inputs.append(linked)
        self.use("inner")

    def filtered(self):
        option = self.pick(["--filter", "--auxiliary"])
        name = self.pick(["libinner.so", "libabsent.so", "libc.so.6", "libm.so.6", "$ORIGIN/libinner.so", "$LIB", ""])
        self.library("libinner.so", definition("inner"), [])
        self.say(f"{option}={name}")
        self.options += [f"{option}={name or '@none@'}", "-rpath=$ORIGIN"]

    # From the parts to the members of a wheel.

    def finish(self):
        self.say(f"{self.compiler}, {self.linker}")
        stubs = [self.tools.stub(self.architecture, *need) for need in self.needed.items()]
        self.inputs = [*stubs, *self.inputs]
        if self.is_program:
            name = f"{FOLDER}/{PROGRAM}"
            path = self.link_program()
        else:
            name = f"{FOLDER}/{MODULE}"
            path = self.link_module()
        self.sample.start = name
        self.sample.members[name] = path.read_bytes().replace(b"@none@\0", bytes(7))

    def patch(self, name, kind):
        # Of a small object much is of no kind at all.
        made = patched(self.sample.members[name], kind, self.random)
        if made is None:
            raise CannotBeMade(f"no {kind} in {name}")
        self.sample.members[name] = made[0]
        self.say(f"patch: {made[1]}")

    def link_module(self):
        self.source.insert(0, "void *PyInit_mod(void) { return 0; }")
        compiled = self.tools.compiled(self.architecture, "\n".join(self.source) + "\n", self.compiler,
                                       (self.pick(["-O1", "-O2", "-O0"]), "-fPIC", *self.compile))
        return self.tools.linked(self.architecture, self.linker, ["-shared", *self.common(), compiled, *self.inputs])

    def link_program(self):
        # Undefined symbols are the loader's to find.
        start = f'__asm__(".text\\n.globl _start\\n.type _start, %function\\n_start: {self.its.exit}\\n");'
        form = "-fPIE" if self.is_pie else "-fno-pic"
        compiled = self.tools.compiled(self.architecture, "\n".join([start, *self.source]) + "\n", self.compiler,
                                       ("-O1", form, *self.compile))
        words = ["-pie"] if self.is_pie else ["-no-pie"] * (self.linker != "gold")
        if "-static" not in self.options:
            words += [f"--dynamic-linker={self.its.interpreter[self.sample.libc]}", "--export-dynamic",
                      "--unresolved-symbols=ignore-all"]
        self.say("program")
        return self.tools.linked(self.architecture, self.linker, [*words, *self.common(), compiled, *self.inputs])

    def common(self):
        words = ["-z", "lazy"] if self.chance(0.3) else []
        if self.linker == "lld" and self.chance(0.7):
            words.append("--spare-dynamic-tags=4")
        return [*words, "--allow-shlib-undefined", "--no-as-needed", *self.options]

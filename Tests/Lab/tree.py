#!/usr/bin/env python3
"""Asks real dynamic loaders which files of a wheel they load, and compares that with what `truewheel tree` says.

Each case is a wheel of a few small objects, made here by clang and ld.lld, and unpacked as an installer does into a
root folder of its own that holds one libc and nothing else. There a program opens one object of the wheel, or a program
of the wheel is started, and says which files its process has loaded. The tree must name the same files; where the
loader gives up, the tree must have a library that is missing, and the loader's message must name it.

The loaders are those of the laboratory that setup.py makes. Run as root, or where user namespaces are allowed.

usage: tree.py --truewheel COMMAND [--only PATTERN] [--show]
"""

import argparse
import dataclasses
import fnmatch
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import loaders

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Fixtures/objects"
PACKAGES, PREFIX = "site", "prefix"

# Opens what OBJECT names, and prints every file that the process has loaded by then.
PROGRAM = """
struct info { unsigned long address; const char *name; };
extern int dl_iterate_phdr(int (*)(struct info *, unsigned long, void *), void *);
extern void *dlopen(const char *, int);
extern char *dlerror(void), *getenv(const char *);
extern int puts(const char *), fflush(void *);
extern void _exit(int);
static int tell(struct info *info, unsigned long size, void *data) { return info->name ? (puts(info->name), 0) : 0; }
__attribute__((force_align_arg_pointer, used)) void _start(void) {
  const char *object = getenv("OBJECT");
  int failed = object && !dlopen(object, 2);
  if (failed) puts(dlerror()); else dl_iterate_phdr(tell, 0);
  fflush(0);
  _exit(failed);
}
"""
LIBC = "int dl_iterate_phdr, dlopen, dlerror, getenv, puts, fflush, _exit;"
INTERPRETER = {"glibc": "/lib64/ld-linux-x86-64.so.2", "musl": "/lib/ld-musl-x86_64.so.1"}
C_LIBRARY = {"glibc": ["libc.so.6", "libdl.so.2"], "musl": ["libc.so"]}


@dataclasses.dataclass(frozen=True)
class Object:
    """One ELF file: what stands in its dynamic segment."""

    needs: tuple = ()
    rpath: str | None = None
    runpath: str | None = None
    soname: str | None = None
    filter: str | None = None
    auxiliary: str | None = None
    is_program: bool = False


@dataclasses.dataclass(frozen=True)
class Case:
    """A wheel, and the file in it at which loading starts."""

    name: str
    start: str
    files: dict
    libcs: tuple = ("glibc", "musl")
    # Why the tree says something else than a release on purpose.
    but: str | None = None


# Forms of a file that is no library for x86-64, by what it is.
def fixture(path):
    return (FIXTURES / path).read_bytes()


def relocatable():
    return fixture("x86_64/relocatable.o")


TEXT = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n"


def cases():
    """Every case, by the rule of the loader that it is about."""
    lib, glibc, musl = Object(), ("glibc",), ("musl",)

    def wheel(name, files, start="pkg/mod.abi3.so", **more):
        return Case(name, start, files, **more)

    # Run paths: how each form is read, and where the library lies that it would lead to.
    for path, library in [
        ("$ORIGIN", "pkg/libx.so"), ("${ORIGIN}", "pkg/libx.so"), ("$ORIGIN/", "pkg/libx.so"),
        ("$ORIGIN/libs", "pkg/libs/libx.so"), ("${ORIGIN}/libs", "pkg/libs/libx.so"), ("$ORIGIN/..", "libx.so"),
        ("$ORIGIN/../pkg.libs", "pkg.libs/libx.so"), ("$ORIGIN//libs/./", "pkg/libs/libx.so"),
        ("/opt/lib:$ORIGIN/libs", "pkg/libs/libx.so"), ("$ORIGIN/a:$ORIGIN/b", "pkg/b/libx.so"),
        ("::$ORIGIN", "pkg/libx.so"), ("$ORIGIN:", "pkg/libx.so"), ("${ORIGIN}.libs", "pkg.libs/libx.so"),
        ("${ORIGIN}libs/a", "pkglibs/a/libx.so"), ("$ORIGIN/../pkg/../pkg.libs", "pkg.libs/libx.so"),
        ("/$ORIGIN/libs", "pkg/libs/libx.so"), ("//$ORIGIN", "pkg/libx.so"), ("/.$ORIGIN", "pkg/libx.so"),
        ("/..$ORIGIN", "pkg/libx.so"), ("x/$ORIGIN", "pkg/libx.so"), (" $ORIGIN", "pkg/libx.so"),
        ("$ORIGIN\n", "pkg/libx.so"), ("/opt\n$ORIGIN", "pkg/libx.so"), ("$ORIGIN;/opt", "pkg/libx.so"),
        ("", "pkg/libx.so"), (":", "libx.so"), (".", "pkg/libx.so"), ("libs", "pkg/libs/libx.so"),
        ("$ORIGIN/../../..", "pkg/libx.so"), ("$ORIGINAL", "pkgAL/libx.so"), ("$ORIGIN_libs", "pkg_libs/libx.so"),
        ("$ORIGIN2/a", "pkg2/a/libx.so"), ("${ORIGIN", "pkg/libx.so"), ("${ORIGINAL}", "pkgAL/libx.so"),
        ("$LIB", "pkg/libx.so"), ("$ORIGIN/$LIB", "pkg/$LIB/libx.so"), ("$ORIGIN/$LIB", "pkg/lib/libx.so"),
        ("$ORIGIN/$LIB:$ORIGIN", "pkg/libx.so"), ("$ORIGIN:$ORIGIN/$LIB", "pkg/libx.so"),
        ("$ORIGIN/${PLATFORM}:$ORIGIN", "pkg/libx.so"), ("$ORIGIN/$FOO", "pkg/$FOO/libx.so"),
        ("$ORIGIN/$FOO:$ORIGIN", "pkg/libx.so"), ("$ORIGIN/$", "pkg/$/libx.so"), ("$ORIGIN$ORIGIN", "pkg/libx.so"),
        ("$ORIGIN:$ORIGIN$ORIGIN", "pkg/libx.so"), ("$ORIGIN/../site", "pkg/libx.so"),
    ]:
        for kind in ("runpath", "rpath"):
            files = {"pkg/mod.abi3.so": Object(("libx.so",), **{kind: path}), library: lib}
            yield wheel(f"{kind} {path!r} {library}", files)
    yield wheel(
        "runpath '$ORIGIN.libs'", {
            "pkg/mod.abi3.so": Object(("libx.so",), runpath="$ORIGIN.libs"), "pkg.libs/libx.so": lib},
        but="glibc before 2.28 wants a slash or the end behind $ORIGIN")

    yield wheel("runpath through a folder that is not there", {
        "pkg/mod.abi3.so": Object(("libx.so",), runpath="$ORIGIN/gone/../libs"), "pkg/libs/libx.so": lib},
        but="the tree does not know the folders in which no object lies")

    # Who inherits which run path.
    for kind in ("runpath", "rpath"):
        own = {kind: "$ORIGIN/libs"}
        inner = {"pkg/libs/libinner.so": lib}
        yield wheel(f"{kind} is inherited or not", {
            "pkg/mod.abi3.so": Object(("libouter.so",), **own), "pkg/libs/libouter.so": Object(("libinner.so",)),
            **inner})
        yield wheel(f"{kind} above another runpath", {
            "pkg/mod.abi3.so": Object(("libouter.so",), **own),
            "pkg/libs/libouter.so": Object(("libinner.so",), runpath="/opt"), **inner})
        yield wheel(f"{kind} past one with a runpath", {
            "pkg/mod.abi3.so": Object(("libouter.so",), **own),
            "pkg/libs/libouter.so": Object(("libmiddle.so",), runpath="$ORIGIN/more"),
            "pkg/libs/more/libmiddle.so": Object(("libinner.so",)), **inner})
        yield wheel(f"own {kind} first", {
            "pkg/mod.abi3.so": Object(("libouter.so",), **own),
            "pkg/libs/libouter.so": Object(("libinner.so",), **{kind: "$ORIGIN/own"}),
            "pkg/libs/own/libinner.so": lib, **inner})
        yield wheel(f"{kind} with a token above a good one", {
            "pkg/mod.abi3.so": Object(("libouter.so",), **{kind: "$ORIGIN/libs:$LIB"}),
            "pkg/libs/libouter.so": Object(("libinner.so",), runpath="$ORIGIN"), **inner})

    # What is loaded already, and under which names.
    loaded = {"pkg/mod.abi3.so": Object(("libouter.so", "libinner.so"), runpath="$ORIGIN/libs")}
    yield wheel("loaded by name", {**loaded, "pkg/libs/libouter.so": Object(("libinner.so",)),
                                   "pkg/libs/libinner.so": lib})
    yield wheel("loaded by soname", {
        "pkg/mod.abi3.so": Object(("libinner-1.so", "libouter.so"), runpath="$ORIGIN/libs"),
        "pkg/libs/libouter.so": Object(("libinner.so",)), "pkg/libs/libinner-1.so": Object(soname="libinner.so")})
    yield wheel("soname before another file", {
        "pkg/mod.abi3.so": Object(("libinner-1.so", "libinner.so"), runpath="$ORIGIN/libs"),
        "pkg/libs/libinner.so": lib, "pkg/libs/libinner-1.so": Object(soname="libinner.so")})
    yield wheel("breadth first", {
        "pkg/mod.abi3.so": Object(("libearly.so", "libouter.so"), runpath="$ORIGIN/libs"),
        "pkg/libs/libearly.so": Object(("libinner.so",), runpath="$ORIGIN"),
        "pkg/libs/libouter.so": Object(("libinner.so",), runpath="$ORIGIN/own"),
        "pkg/libs/libinner.so": lib, "pkg/libs/own/libinner.so": lib})
    yield wheel("the module by its file name", {
        "pkg/mod.abi3.so": Object(("libouter.so",), runpath="$ORIGIN/libs"),
        "pkg/libs/libouter.so": Object(("mod.abi3.so",))})
    yield wheel("the module by its soname", {
        "pkg/mod.abi3.so": Object(("libouter.so",), runpath="$ORIGIN/libs", soname="libmod.so"),
        "pkg/libs/libouter.so": Object(("libmod.so",))})
    yield wheel("the module by its place", {
        "pkg/mod.abi3.so": Object(("libouter.so",), runpath="$ORIGIN/libs"),
        "pkg/libs/libouter.so": Object(("mod.abi3.so", "libinner.so"), runpath="$ORIGIN/.."), "pkg/libinner.so": lib})
    yield wheel("the module by its file name, once found", {
        "pkg/mod.abi3.so": Object(("liba.so", "libb.so"), runpath="$ORIGIN/libs"),
        "pkg/libs/liba.so": Object(("mod.abi3.so",), runpath="$ORIGIN/.."),
        "pkg/libs/libb.so": Object(("mod.abi3.so",), runpath="/opt")})
    yield wheel("a ring", {"pkg/mod.abi3.so": Object(("liba.so",), runpath="$ORIGIN"),
                           "pkg/liba.so": Object(("libb.so",), runpath="$ORIGIN"),
                           "pkg/libb.so": Object(("liba.so",), runpath="$ORIGIN")})

    # Names with a slash, and odd names.
    for name in ["$ORIGIN/libs/libx.so", "${ORIGIN}/libs/libx.so", "$ORIGIN/../pkg/libs/libx.so", "./libs/libx.so",
                 "pkg/libs/libx.so", f"/{PACKAGES}/gone/libx.so", "$LIB/libx.so", "$ORIGIN/$LIB/libx.so",
                 "$ORIGIN/libs//libx.so", "$ORIGINAL/libx.so", "/$ORIGIN/libs/libx.so", "$ORIGIN", "lib$ORIGIN.so",
                 "$FOO/libx.so", "lib$PLATFORM.so", "", "l" * 251 + ".so.1", "l" * 250 + ".so.1"]:
        yield wheel(f"needs {name[:40]!r}", {
            "pkg/mod.abi3.so": Object((name,), runpath="$ORIGIN/libs"), "pkg/libs/libx.so": lib,
            **({f"pkg/libs/{name}": lib} if 200 < len(name) <= 255 else {})})
    yield wheel("a path, then its name", {
        "pkg/mod.abi3.so": Object(("$ORIGIN/libs/libx.so", "libouter.so"), runpath="$ORIGIN/libs"),
        "pkg/libs/libouter.so": Object(("libx.so",)), "pkg/libs/libx.so": lib}, libcs=glibc)
    yield wheel("a path, then its soname", {
        "pkg/mod.abi3.so": Object(("$ORIGIN/libs/libx-1.so", "libouter.so"), runpath="$ORIGIN/libs"),
        "pkg/libs/libouter.so": Object(("libx.so",)), "pkg/libs/libx-1.so": Object(soname="libx.so")}, libcs=glibc)
    yield wheel("one path from two folders", {
        "pkg/mod.abi3.so": Object(("$ORIGIN/libx.so", "liby.so"), runpath="$ORIGIN/libs"), "pkg/libx.so": lib,
        "pkg/libs/liby.so": Object(("$ORIGIN/libx.so",)), "pkg/libs/libx.so": lib}, libcs=glibc)
    yield wheel("a path to the text", {
        "pkg/mod.abi3.so": Object(("$ORIGIN/libs/libx.so",)), "pkg/libs/libx.so": TEXT}, libcs=glibc)

    # What is no library for x86-64, alone and before a good one. A wheel with what two loaders read in two ways, such as
    # EI_DATA of the other byte order, is refused and has no tree.
    for what, data in [("text", TEXT), ("empty", b""), ("aarch64", "aarch64"), ("i686", "i686"),
                       ("x32", "x32"), ("s390x", "s390x"), ("ppc64", "ppc64"),
                       ("relocatable", relocatable()), ("armv7l", "armv7l")]:
        data = fixture(f"{data}/baseline.abi3.so") if isinstance(data, str) else data
        but = None
        if what in ("s390x", "ppc64"):
            but = "glibc as Debian builds it asks for the machine before the byte order, and passes over"
        for kind in ("runpath", "rpath"):
            user = {"pkg/mod.abi3.so": Object(("libx.so",), **{kind: "$ORIGIN/a:$ORIGIN/b"})}
            yield wheel(f"{what} alone, {kind}", {**user, "pkg/a/libx.so": data}, but=but)
            yield wheel(f"{what} first, {kind}", {**user, "pkg/a/libx.so": data, "pkg/b/libx.so": lib}, but=but)
            yield wheel(f"{what} last, {kind}", {**user, "pkg/a/libx.so": lib, "pkg/b/libx.so": data})
        yield wheel(f"{what} by the name of the system's", {
            "pkg/mod.abi3.so": Object(("libz.so.1",), runpath="$ORIGIN"), "pkg/libz.so.1": data}, libcs=glibc, but=but)
        yield wheel(f"{what} in an inherited rpath", {
            "pkg/mod.abi3.so": Object(("libouter.so",), rpath="$ORIGIN/a"),
            "pkg/a/libouter.so": Object(("libx.so",), rpath="$ORIGIN/../b"), "pkg/b/libx.so": data,
            "pkg/a/libx.so": lib}, but=but)

    # Filters: as needed as what is needed; auxiliaries may be missing.
    for tag in ("filter", "auxiliary"):
        user = Object(("libdep.so",), runpath="$ORIGIN", **{tag: "libx.so"})
        but = "glibc 2.31 ends the process where an object is opened that is a filter itself and finds what it filters"
        yield wheel(f"{tag} missing", {"pkg/mod.abi3.so": user, "pkg/libdep.so": lib})
        yield wheel(f"{tag} here", {"pkg/mod.abi3.so": user, "pkg/libdep.so": lib, "pkg/libx.so": lib}, but=but)
        yield wheel(f"{tag} out of reach", {"pkg/mod.abi3.so": user, "pkg/libdep.so": lib, "far/libx.so": lib})
        yield wheel(f"{tag} text", {"pkg/mod.abi3.so": user, "pkg/libdep.so": lib, "pkg/libx.so": TEXT})
        yield wheel(f"{tag} needs what is missing", {
            "pkg/mod.abi3.so": user, "pkg/libdep.so": lib, "pkg/libx.so": Object(("libgone.so",))}, but=but)
        yield wheel(f"{tag} of a library", {
            "pkg/mod.abi3.so": Object(("libdep.so",), runpath="$ORIGIN"), "pkg/libdep.so": user, "pkg/libx.so": lib})
        yield wheel(f"{tag} by a path", {
            "pkg/mod.abi3.so": Object((), **{tag: "$ORIGIN/libs/libx.so"}), "pkg/libs/libx.so": lib}, but=but)

    # Copies for better processors.
    user = {"pkg/mod.abi3.so": Object(("libx.so",), runpath="$ORIGIN/libs")}
    caps = "pkg/libs/glibc-hwcaps"
    but = "the tree tells the worst of all processors"
    for levels in [("x86-64-v2",), ("x86-64-v3",), ("x86-64-v4",), ("x86-64-v2", "x86-64-v3"), ("x86-64-v1",),
                   ("power10",), ("v3",), ("z13",)]:
        copies = {f"{caps}/{level}/libx.so": lib for level in levels}
        yield wheel(f"hwcaps {'+'.join(levels)} beside a baseline", {**user, "pkg/libs/libx.so": lib, **copies})
        yield wheel(f"hwcaps {'+'.join(levels)} alone", {**user, **copies}, but=but)
    copy = f"{caps}/x86-64-v3/libx.so"
    base = {**user, "pkg/libs/libx.so": lib}
    yield wheel("hwcaps text", {**base, copy: TEXT}, but=but)
    yield wheel("hwcaps foreign", {**base, copy: fixture("aarch64/baseline.abi3.so")})
    yield wheel("hwcaps needs a neighbour", {**base, copy: Object(("liby.so",), runpath="$ORIGIN"),
                                             f"{caps}/x86-64-v3/liby.so": lib})
    yield wheel("hwcaps needs what lies below", {**base, copy: Object(("liby.so",), runpath="$ORIGIN"),
                                                 "pkg/libs/liby.so": lib})
    yield wheel("hwcaps needs by a path up", {**base, copy: Object(("liby.so",), runpath="$ORIGIN/../.."),
                                              "pkg/libs/liby.so": lib})
    yield wheel("hwcaps of another folder first", {
        "pkg/mod.abi3.so": Object(("libx.so",), runpath="$ORIGIN/a:$ORIGIN/b"), "pkg/a/libx.so": lib,
        "pkg/b/glibc-hwcaps/x86-64-v3/libx.so": lib})
    yield wheel("hwcaps of the first folder before", {
        "pkg/mod.abi3.so": Object(("libx.so",), runpath="$ORIGIN/a:$ORIGIN/b"), "pkg/b/libx.so": lib,
        "pkg/a/glibc-hwcaps/x86-64-v3/libx.so": lib})
    yield wheel("hwcaps in an inherited rpath", {
        "pkg/mod.abi3.so": Object(("libouter.so",), rpath="$ORIGIN/libs"),
        "pkg/libs/libouter.so": Object(("libx.so",)), "pkg/libs/libx.so": lib, copy: lib})
    yield wheel("hwcaps named in the run path", {
        "pkg/mod.abi3.so": Object(("libx.so",), runpath="$ORIGIN/libs/glibc-hwcaps/x86-64-v3"), copy: lib})
    yield wheel("hwcaps of a path", {"pkg/mod.abi3.so": Object(("$ORIGIN/libs/libx.so",)), "pkg/libs/libx.so": lib,
                                     copy: lib}, libcs=glibc)
    yield wheel("hwcaps from a program", {
        "pkg/tool": Object(("libx.so",), runpath="$ORIGIN/libs", is_program=True), "pkg/libs/libx.so": lib, copy: lib},
        start="pkg/tool")
    for folder in ("tls", "haswell", "x86_64", "tls/x86_64", "haswell/x86_64"):
        yield wheel(f"old subfolder {folder} alone", {**user, f"pkg/libs/{folder}/libx.so": lib},
                    but="glibc before 2.37 looks into it")

    # Names that a process has before the wheel's.
    for name in ["libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "libz.so.1", "librt.so.1", "libstdc++.so.6"]:
        yield wheel(f"own {name}", {"pkg/mod.abi3.so": Object((name,), runpath="$ORIGIN"), f"pkg/{name}": lib},
                    libcs=glibc, but="an interpreter has libm" if name == "libm.so.6" else None)
    for name in ["libc.so.6", "ld-linux-x86-64.so.2", "libm.so.6", "libz.so.1"]:
        yield wheel(f"a program's own {name}", {
            "pkg/tool": Object((name,), runpath="$ORIGIN", is_program=True), f"pkg/{name}": lib},
            start="pkg/tool", libcs=glibc, but="it dies of an empty libc" if name == "libc.so.6" else None)
    for name in ["libc.so", "libc.so.6", "libc.musl-x86_64.so.1", "libm.so.6", "libpthread.so.0", "librt.so.1",
                 "libdl.so.2", "libutil.so.1", "libxnet.so.1", "libresolv.so.2", "libcrypt.so.1", "libz.so.1",
                 "libm", "libc-1.so", "ld-musl-x86_64.so.1"]:
        for here in (True, False):
            yield wheel(f"musl and {'its own' if here else 'the system'} {name}", {
                "pkg/mod.abi3.so": Object((name,), runpath="$ORIGIN"), **({f"pkg/{name}": lib} if here else {})},
                libcs=musl)
    yield wheel("musl by its path", {"pkg/mod.abi3.so": Object((INTERPRETER["musl"],))}, libcs=musl)
    yield wheel("glibc's loader by its path", {"pkg/mod.abi3.so": Object((INTERPRETER["glibc"],))}, libcs=glibc)

    # Programs, and places of the installer.
    for kind in ("runpath", "rpath"):
        tool = Object(("libouter.so",), is_program=True, **{kind: "$ORIGIN/../lib"})
        yield wheel(f"a script and data, {kind}", {
            "demo-1.0.data/scripts/tool": tool, "demo-1.0.data/data/lib/libouter.so": Object(("libinner.so",)),
            "demo-1.0.data/data/lib/libinner.so": lib}, start="demo-1.0.data/scripts/tool")
        yield wheel(f"a program in a package, {kind}", {
            "pkg/bin/tool": tool, "pkg/lib/libouter.so": Object(("libinner.so",)), "pkg/lib/libinner.so": lib},
            start="pkg/bin/tool")
        yield wheel(f"a program by its name, {kind}", {
            "pkg/bin/tool": tool, "pkg/lib/libouter.so": Object(("tool",))}, start="pkg/bin/tool")
    yield wheel("a program out of reach", {
        "pkg/bin/tool": Object(("libouter.so",), is_program=True), "pkg/lib/libouter.so": lib}, start="pkg/bin/tool")
    yield wheel("platlib", {"demo-1.0.data/platlib/pkg/mod.abi3.so": Object(("libx.so",), runpath="$ORIGIN/../pkg.libs"),
                            "demo-1.0.data/purelib/pkg.libs/libx.so": lib},
                start="demo-1.0.data/platlib/pkg/mod.abi3.so")
    yield wheel("opened by itself", {"pkg/libouter.so": Object(("libinner.so",), runpath="$ORIGIN"),
                                     "pkg/libinner.so": lib}, start="pkg/libouter.so")


class Linker:
    """Makes objects, each kind once."""

    def __init__(self, folder):
        self.folder = folder
        self.made = {}

    def run(self, *words):
        subprocess.run([str(word) for word in words], check=True)

    def compiled(self, source):
        if source not in self.made:
            path = self.folder / f"{len(self.made)}.o"
            self.run_compiler(source, path)
            self.made[source] = path
        return self.made[source]

    def run_compiler(self, source, path):
        text = path.with_suffix(".c")
        text.write_text(source)
        self.run("clang", "--target=x86_64-linux-gnu", "-w", "-O1", "-fPIC", "-ffreestanding", "-fno-stack-protector", "-c", text, "-o", path)

    def stub(self, soname, source):
        """A library to link with, so that its soname becomes a DT_NEEDED."""
        key = (soname, source)
        if key not in self.made:
            path = self.folder / f"{len(self.made)}.so"
            self.run("ld.lld", "-shared", self.compiled(source), f"--soname={soname}", "-o", path)
            self.made[key] = path
        return self.made[key]

    def object(self, name, spec, libc):
        key = (name, spec, libc)
        if key in self.made:
            return self.made[key].read_bytes()
        path = self.folder / f"{len(self.made)}.out"
        self.made[key] = path
        words = ["ld.lld", "--hash-style=both", "-z", "noseparate-code", "-o", path]
        if spec.is_program:
            words += ["-pie", f"--dynamic-linker={INTERPRETER[libc]}", self.compiled(PROGRAM)]
        else:
            module = name.split(".")[0]
            words += ["-shared", self.compiled(f"int PyInit_{module};" if ".abi3." in name else "")]
        # An empty needed name cannot be linked: a soname of the same length is emptied below.
        needs = [need or "@empty@" for need in spec.needs]
        words += [self.stub(need, "") for need in needs]
        words += [self.stub(need, LIBC) for need in C_LIBRARY[libc] if need not in needs]
        words += [f"--soname={spec.soname}"] if spec.soname else []
        words += [f"--filter={spec.filter}"] if spec.filter else []
        words += [f"--auxiliary={spec.auxiliary}"] if spec.auxiliary else []
        run_path = spec.rpath if spec.runpath is None else spec.runpath
        if run_path is not None:
            words += ["--enable-new-dtags" if spec.rpath is None else "--disable-new-dtags", f"-rpath={run_path or '@none@'}"]
        self.run(*words)
        data = path.read_bytes().replace(b"@empty@\0", bytes(8)).replace(b"@none@\0", bytes(7))
        path.write_bytes(data)
        return data


@dataclasses.dataclass
class Root:
    """One libc of one release, in a root folder of its own."""

    libc: str
    version: tuple
    root: pathlib.Path
    # The levels of processors whose folders it looks into, the best first.
    levels: list

    def say(self, case, baseline):
        """(true, what is loaded) or (false, the message)."""
        place = "/" + installed(case.start)
        environment = {"PATH": "/"}
        if is_program(case):
            # Started by the kernel it would find its own place in /proc, which is not there.
            words = [INTERPRETER[self.libc], place]
        else:
            words, environment["OBJECT"] = ["/start"], place
        if baseline:
            words = [INTERPRETER["glibc"], "--glibc-hwcaps-mask", "none", words[-1]]
        run = subprocess.run(
            ["chroot", str(self.root), *words], env={**environment, "PATH": os.environ["PATH"]}, capture_output=True,
            text=True, timeout=60, errors="replace")
        lines = run.stdout.splitlines()
        if run.returncode or not lines:
            return False, (run.stdout + run.stderr).strip() or f"status {run.returncode}"
        names = {"/" + os.path.normpath(line).lstrip("/") for line in lines}
        return True, {name[1:] for name in names if name.startswith((f"/{PACKAGES}/", f"/{PREFIX}/"))} | {place[1:]}

    def __str__(self):
        return f"{self.libc} {'.'.join(map(str, self.version))}"


def is_program(case):
    spec = case.files[case.start]
    return isinstance(spec, Object) and spec.is_program


def installed(member):
    """Where an installer puts a member, below the root folder."""
    parts = member.split("/")
    if parts[0].endswith(".data"):
        kind, rest = parts[1], "/".join(parts[2:])
        return {"scripts": f"{PREFIX}/bin/{rest}", "data": f"{PREFIX}/{rest}"}.get(kind, f"{PACKAGES}/{rest}")
    return f"{PACKAGES}/{member}"


def roots(folder, linker):
    """A root folder for each loader of the laboratory."""
    found = []
    for loader in loaders.loaders("x86_64"):
        ours = folder / f"{loader.suite}-{loader.libc}"
        if loader.libc == "glibc":
            libraries = ours / "lib/x86_64-linux-gnu"
            libraries.mkdir(parents=True)
            for path in {path.name: path for place in loader.folders for path in place.glob("*.so*")}.values():
                if path.exists():
                    shutil.copy(path.resolve(), libraries / path.name)
        else:
            (ours / "lib").mkdir(parents=True)
        target = ours / INTERPRETER[loader.libc][1:]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(loader.path, target)
        if loader.libc == "musl":
            # The system has what a platform tag promises.
            (ours / "lib/libz.so.1").write_bytes(linker.object("libz.so.1", Object(), loader.libc))
        start = ours / "start"
        start.write_bytes(linker.object("start", Object(is_program=True), loader.libc))
        start.chmod(0o755)
        found.append(Root(loader.libc, loader.version, ours, levels(loader)))
    return found


def levels(loader):
    """The folders of glibc-hwcaps that a loader searches on this processor, as it says itself since 2.33."""
    run = subprocess.run([loader.path, "--help"], capture_output=True, text=True)
    return re.findall(r"^ +(x86-64-v\d) \(supported, searched\)", run.stdout, re.MULTILINE)


def write_wheel(path, case, libc, linker):
    with zipfile.ZipFile(path, "w") as wheel:
        for name, data in contents(case, libc, linker).items():
            wheel.writestr(name, data)
        wheel.writestr("demo-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\n")


def contents(case, libc, linker):
    return {name: linker.object(name.split("/")[-1], data, libc) if isinstance(data, Object) else data
            for name, data in case.files.items()}


def install(case, libc, linker, root):
    for name in (PACKAGES, PREFIX):
        shutil.rmtree(root / name, ignore_errors=True)
    for name, data in contents(case, libc, linker).items():
        path = root / installed(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o755)


class Tree:
    """What `truewheel tree` says: for each object its libraries, with what became of them."""

    BAD = ("out of reach at", "for another architecture at", "found nowhere", "not loadable at")

    def __init__(self, text):
        self.edges, stack = {}, []
        for line in text.splitlines()[1:]:
            if not line.strip():
                continue
            depth = (len(line) - len(line.lstrip(" "))) // 2
            words = line.strip()
            if words.startswith(self.BAD):
                depth, words = depth - 1, "  " + words  # The library's name is empty.
            if depth == 1:
                stack = [words.removesuffix("  Python extension")]
                self.edges.setdefault(stack[0], [])
                continue
            library, _, said = words.partition("  ")
            targets = re.findall(r"(?:→|at) ([^\s;]+)", said)
            better = dict(re.findall(r"; on ([\w.-]+) → ([^\s;]+)", said))
            target = targets[0] if targets else None
            del stack[depth - 1:]
            self.edges.setdefault(stack[-1], []).append((library, said, target, better))
            stack.append(target or library)

    def reached(self, start, levels):
        """(files loaded, what is bad) from an object on, on a processor of some levels, the best first."""
        paths, bad, next_ = [start], [], 0
        while next_ < len(paths):
            for library, said, target, better in self.edges.get(paths[next_], []):
                if said.startswith(self.BAD):
                    bad += [library, target or library]
                    continue
                target = next((better[level] for level in levels if level in better), target)
                if said.startswith("→") and target not in paths:
                    paths.append(target)
            next_ += 1
        return paths, bad


def compare(case, loader, tree, baseline):
    """Nil where tree and loader agree, else what each of them says."""
    loads, said = loader.say(case, baseline)
    levels = [] if baseline else loader.levels
    paths, bad = tree.reached(case.start, levels)
    files = {installed(path) for path in paths}
    if loads and not bad and said == files:
        return None
    # The loader names a token by what it put in its place.
    if not loads and any("$" in name or name.split("/")[-1] in said for name in bad):
        return None
    ours = f"misses {bad}" if bad else f"loads {sorted(files)}"
    return f"tree {ours}\n      loader {'loads ' + str(sorted(said)) if loads else 'says ' + said}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truewheel", required=True, type=pathlib.Path)
    parser.add_argument("--only", default="*", help="cases whose name matches")
    parser.add_argument("--show", action="store_true", help="print what the loaders say of each case")
    options = parser.parse_args()
    if not loaders.loaders("x86_64"):
        sys.exit(f"{loaders.LAB} has no loaders: run make lab")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        linker = Linker(folder)
        all_loaders = roots(folder, linker)
        print(", ".join(map(str, all_loaders)))
        asked, differ = 0, 0
        for case in cases():
            if not fnmatch.fnmatch(case.name, options.only):
                continue
            for libc in case.libcs:
                wheel = folder / "demo-1.0-cp39-abi3-linux_x86_64.whl"
                write_wheel(wheel, case, libc, linker)
                run = subprocess.run([options.truewheel, "tree", "--verbose", wheel], capture_output=True, text=True)
                tree = Tree(run.stdout)
                wheel.unlink()
                for loader in all_loaders:
                    if loader.libc != libc:
                        continue
                    install(case, libc, linker, loader.root)
                    for baseline in (False, True) if loader.levels and "hwcaps" in case.name else (False,):
                        asked += 1
                        if options.show:
                            print(f"{case.name} [{loader}] {loader.say(case, baseline)}")
                        difference = compare(case, loader, tree, baseline)
                        if difference is None:
                            continue
                        known = f" (known: {case.but})" if case.but else ""
                        differ += not case.but
                        level = " baseline" if baseline else ""
                        print(f"{case.name} [{loader}{level}]{known}\n      {difference}{run.stderr}")
    print(f"{asked} answers of loaders, {differ} differ")
    sys.exit(bool(differ) or not asked)


if __name__ == "__main__":
    main()

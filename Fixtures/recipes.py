"""The objects that are built: one `Recipe` each, with its purpose."""

from dataclasses import dataclass, field
from functools import partial
from typing import Callable

import elfpatch
from architectures import ARCHITECTURES


@dataclass(frozen=True)
class Recipe:
    """One object: what it needs and defines, and how it departs from the ordinary."""

    arch: str
    name: str
    """The path below `objects/ARCH`."""
    purpose: str
    needs: dict[str, str] = field(default_factory=dict)
    """Symbols by the soname that provides them, in the order of DT_NEEDED: `name@VERSION` or
    `name`, with a `~` before it for a weak reference. Soname "": by no needed library."""
    defines: str = ""
    """Symbols defined, with versions where they have one."""
    soname: str | None = None
    source: str = "module.c"
    macros: tuple[str, ...] = ()
    kind: str = "shared"
    """`shared`, `program`, `relocatable` or `archive`."""
    options: tuple[str, ...] = ()
    """Further options for lld."""
    script: str = ""
    """A further output section for the linker script."""
    hide_all: bool = False
    """Whether a version script makes all definitions local."""
    patches: tuple[Callable[[bytes], bytes], ...] = ()

    @property
    def path(self) -> str:
        return f"objects/{self.arch}/{self.name}"


def extension(arch: str, stem: str, purpose: str, needs: dict | None = None, **rest) -> Recipe:
    """A Python extension `STEM.abi3.so`, which needs memcpy of libc unless told otherwise."""
    rest.setdefault("defines", f"PyInit_{stem}")
    if needs is None:
        needs = libc(arch)
    return Recipe(arch, f"{stem}.abi3.so", purpose, needs, **rest)


def library(arch: str, soname: str, purpose: str, needs: dict | None = None, **rest) -> Recipe:
    """A library whose file is named like its soname."""
    rest.setdefault("name", soname)
    return Recipe(
        arch, purpose=purpose, needs=libc(arch) if needs is None else needs, soname=soname, **rest
    )


def libc(arch: str, *symbols: str) -> dict[str, str]:
    """memcpy at the oldest version of the architecture's glibc, and more symbols of it."""
    return {"libc.so.6": " ".join((f"memcpy@{ARCHITECTURES[arch].base}", *symbols))}


def run_path(path: str) -> tuple[str, ...]:
    return ("--enable-new-dtags", "-rpath", path)


def inherited_path(path: str) -> tuple[str, ...]:
    return ("--disable-new-dtags", "-rpath", path)


X86 = "x86_64"
C = libc(X86)
MODERN = libc(X86, "pthread_create@GLIBC_2.34")
FOO = "libfoo-0a1b2c3d.so.1"
STDCXX = {
    "libstdc++.so.6": "_ZSt4cout@GLIBCXX_3.4 _ZSt28__throw_bad_array_new_lengthv@GLIBCXX_3.4.29"
}
MUSL = "libc.musl-x86_64.so.1"
ISA_NOTE = ".note.gnu.property : { *(.note.isa) }"

x86 = partial(extension, X86)


def every_architecture() -> list[Recipe]:
    recipes = []
    for arch in ARCHITECTURES:
        recipes.append(extension(arch, "baseline", f"the oldest glibc of {arch}"))
        if ARCHITECTURES[arch].baseline_tag is None:
            continue
        newer = "strlcpy@GLIBC_2.38" if arch == "loongarch64" else "pthread_create@GLIBC_2.34"
        recipes.append(extension(arch, "modern", f"`{newer}` too", libc(arch, newer)))
    return recipes


def symbol_versions() -> list[Recipe]:
    several = libc(
        X86, "getrandom@GLIBC_2.25", "fcntl64@GLIBC_2.28", "pthread_create@GLIBC_2.34"
    )
    several |= {"libm.so.6": "exp@GLIBC_2.29"}
    several |= {"libstdc++.so.6": f"{STDCXX['libstdc++.so.6']} __cxa_throw@CXXABI_1.3"}
    several |= {"libgcc_s.so.1": "_Unwind_Resume@GCC_3.0"}
    flag = partial(partial, elfpatch.set_version_flags, version="GLIBC_2.34")
    made_up = "~made_up@GLIBC_2.18"
    ldbl = {"libstdc++.so.6": "_ZTIg@CXXABI_LDBL_1.3"}
    return [
        x86("several_versions", "version needs of four libraries, many to one of them", several),
        x86(
            "weak_version",
            "GLIBC_2.34 flagged `VER_FLG_WEAK`, its only symbol `STB_WEAK`",
            libc(X86, "~pthread_create@GLIBC_2.34"),
            patches=(flag(flags=elfpatch.VER_FLG_WEAK),),
        ),
        x86(
            "weak_version_strong",
            "GLIBC_2.34 flagged `VER_FLG_WEAK`, its symbol strong",
            MODERN,
            patches=(flag(flags=elfpatch.VER_FLG_WEAK),),
        ),
        x86(
            "weak_symbol",
            "GLIBC_2.34 not flagged weak, its only symbol `STB_WEAK`",
            libc(X86, "~pthread_create@GLIBC_2.34"),
            patches=(flag(flags=0),),
        ),
        x86("private_version", "GLIBC_PRIVATE", libc(X86, "_dl_sym@GLIBC_PRIVATE")),
        x86("future_version", "GLIBC_2.99, in no profile", libc(X86, "tomorrow@GLIBC_2.99")),
        x86(
            "glibc_2_18",
            "GLIBC_2.18 by `__cxa_thread_atexit_impl`, which some profiles withhold",
            libc(X86, "__cxa_thread_atexit_impl@GLIBC_2.18"),
        ),
        x86("untied", "glibc's `backtrace_symbols`, and no libc", {"": "backtrace_symbols"}),
        x86("unversioned", "`arc4random` without a version", libc(X86) | {"": "arc4random"}),
        x86("undefined_symbol", "`foo_call`, and no library that has it", C | {"": "foo_call"}),
        *(
            extension(
                arch,
                "plain_2_18",
                "GLIBC_2.18 by another symbol, which may be missing",
                libc(arch, made_up),
                patches=(partial(elfpatch.set_version_flags, version="GLIBC_2.18", flags=0),),
            )
            for arch in (X86, "aarch64")
        ),
        x86(
            "loader_version",
            "GLIBC_2.35 recorded at the dynamic loader",
            C | {"ld-linux-x86-64.so.2": "__rseq_offset@GLIBC_2.35"},
        ),
        x86(
            "zlib_ng",
            "a namespace longer than `ZLIB`",
            C | {"libz.so.1": "zng_inflate@ZLIB_NG_2.0"},
        ),
        x86("ldbl", "a namespace longer than `CXXABI`", C | ldbl),
        extension("ppc64le", "ldbl", "a namespace longer than `CXXABI`", libc("ppc64le") | ldbl),
    ]


def withheld_symbols() -> list[Recipe]:
    return [
        x86(
            "withheld",
            "`uncompress2` of libz, strong, beside `crc32`",
            C | {"libz.so.1": "uncompress2 crc32"},
        ),
        x86("withheld_weak", "`uncompress2` of libz, weak", C | {"libz.so.1": "~uncompress2"}),
        x86("withheld_never", "`_dist_code`, internal to libz", C | {"libz.so.1": "_dist_code"}),
        x86(
            "withheld_bundled",
            "`uncompress2` defined by the bundled libzcompat.so.1",
            C | {"libz.so.1": "", "libzcompat.so.1": "uncompress2"},
            options=run_path("$ORIGIN"),
        ),
        library(X86, "libzcompat.so.1", "defines `uncompress2`", defines="uncompress2"),
    ]


def libraries() -> list[Recipe]:
    uses_foo = C | {FOO: "foo_call"}
    outer = C | {"libouter.so": "outer"}
    beside = run_path("$ORIGIN/../demo.libs")
    return [
        x86("expat", "libexpat.so.1, in some profiles only", C | {"libexpat.so.1": "XML_Parse"}),
        x86("external", "a library that no profile has", C | {"libfoo.so.1": "foo_call"}),
        library(X86, "libfoo.so.1", "the library of `external`", defines="foo_call"),
        library(X86, FOO, "the same, renamed as by a repair", defines="foo_call"),
        x86("bundled_runpath", "found by DT_RUNPATH", uses_foo, options=beside),
        x86(
            "bundled_rpath",
            "found by DT_RPATH",
            uses_foo,
            options=inherited_path("$ORIGIN/../demo.libs"),
        ),
        x86(
            "bundled_braces",
            "found by the second entry, `${ORIGIN}`",
            uses_foo,
            options=run_path("/nonexistent:${ORIGIN}/../demo.libs"),
        ),
        x86(
            "two_folders",
            "a run path of two folders in the wheel",
            uses_foo,
            options=run_path("$ORIGIN/arm:$ORIGIN/../demo.libs"),
        ),
        x86(
            "musl_runpath",
            "the same library, needed by an object of musl",
            {MUSL: "memcpy", FOO: "foo_call"},
            options=beside,
        ),
        x86(
            "needs_libz",
            "a library of the platform, looked for beside the object first",
            C | {"libz.so.1": "crc32"},
            options=run_path("$ORIGIN"),
        ),
        x86("bundled_nopath", "no run path", uses_foo),
        x86(
            "bundled_escaping",
            "a run path that leaves the wheel",
            uses_foo,
            options=run_path("$ORIGIN/../../../../demo.libs"),
        ),
        x86(
            "bundled_absolute", "an absolute run path", uses_foo, options=run_path("/usr/lib/demo")
        ),
        library(
            X86,
            "libouter.so",
            "first link of a chain, no run path",
            {"libinner.so": "inner"},
            defines="outer",
        ),
        library(X86, "libinner.so", "second link of the chain", defines="inner"),
        x86(
            "chain_rpath",
            "DT_RPATH, which libouter.so inherits",
            outer,
            options=inherited_path("$ORIGIN/libs"),
        ),
        x86(
            "chain_runpath",
            "DT_RUNPATH, which libouter.so does not inherit",
            outer,
            options=run_path("$ORIGIN/libs"),
        ),
        x86(
            "chain_loaded",
            "DT_RUNPATH, and libinner.so is loaded before libouter.so needs it",
            outer | {"libinner.so": "inner"},
            options=run_path("$ORIGIN/libs"),
        ),
        x86(
            "chain_soname",
            "the same with libinner-1.so, whose soname is libinner.so",
            outer | {"libinner-1.so": "inner"},
            options=run_path("$ORIGIN/libs"),
        ),
        library(
            X86,
            "libinner.so",
            "second link of the chain, its file named otherwise",
            name="libinner-1.so",
            defines="inner",
        ),
        x86(
            "glued_origin",
            "a run path that goes on behind `${ORIGIN}` without a slash",
            uses_foo,
            options=run_path("${ORIGIN}.libs"),
        ),
        x86(
            "longer_word",
            "a run path that begins with a longer word than `$ORIGIN`",
            uses_foo,
            options=run_path("$ORIGINAL/libs"),
        ),
        library(
            X86, "libversioned.so.1", "defines VERSIONED_1.0", defines="vfn@VERSIONED_1.0"
        ),
        x86(
            "uses_versioned",
            "a version that libversioned.so.1 defines",
            C | {"libversioned.so.1": "vfn@VERSIONED_1.0"},
            options=run_path("$ORIGIN"),
        ),
        x86(
            "missing_version",
            "a version that libversioned.so.1 does not define",
            C | {"libversioned.so.1": "gone@VERSIONED_2.0"},
            options=run_path("$ORIGIN"),
        ),
        x86(
            "missing_symbol",
            "a symbol that libversioned.so.1 does not define, at a version that it does",
            C | {"libversioned.so.1": "gone@VERSIONED_1.0"},
            options=run_path("$ORIGIN"),
        ),
        library(
            X86,
            "libstdc++.so.6",
            "a bundled C++ runtime",
            name="bundled/libstdc++.so.6",
            defines=STDCXX["libstdc++.so.6"],
        ),
        x86(
            "uses_bundled_stdcxx",
            "GLIBCXX versions that a bundled library provides",
            C | STDCXX,
            options=beside,
        ),
        x86(
            "links_libpython",
            "needs libpython",
            C | {"libpython3.9.so.1.0": "PyLong_FromLong"},
        ),
    ]


def layouts() -> list[Recipe]:
    def isa(level: str, mask: int, **rest) -> Recipe:
        return x86(
            f"isa_{level}",
            f"GNU_PROPERTY_X86_ISA_1_NEEDED {mask:#x}" + rest.pop("more", ""),
            source="isa_note.c",
            macros=(f"ISA={mask}",),
            script=ISA_NOTE,
            **rest,
        )

    relr = partial(x86, source="relative.c")
    return [
        x86("baseline_sysv_hash", "DT_HASH only", options=("--hash-style=sysv",)),
        x86("baseline_both_hash", "DT_HASH and DT_GNU_HASH", options=("--hash-style=both",)),
        x86(
            "empty_gnu_hash",
            "exports nothing: DT_GNU_HASH does not give the number of symbols",
            hide_all=True,
            patches=(elfpatch.empty_gnu_hash_like_bfd,),
        ),
        relr(
            "relr",
            "DT_RELR without its marker version",
            options=("--pack-dyn-relocs=relr",),
        ),
        relr(
            "musl_relr",
            "DT_RELR under musl",
            {MUSL: "memcpy"},
            options=("--pack-dyn-relocs=relr",),
        ),
        relr(
            "relr_marked",
            "DT_RELR with GLIBC_ABI_DT_RELR",
            options=("-z", "pack-relative-relocs"),
        ),
        isa("baseline", 1),
        isa("v2", 3),
        isa("v3", 7),
        isa("v4", 15),
        isa(
            "v3_no_property_segment",
            7,
            more=", PT_GNU_PROPERTY made PT_NULL",
            patches=(elfpatch.drop_property_segment,),
        ),
        x86(
            "static_tls",
            "initial-exec TLS of 64 KiB",
            source="thread_local.c",
            macros=("SIZE=65536",),
        ),
        x86(
            "some_static_tls",
            "initial-exec TLS of 1 KiB",
            source="thread_local.c",
            macros=("SIZE=1024",),
        ),
        x86(
            "musl_initial_exec",
            "initial-exec TLS under musl",
            {MUSL: "memcpy"},
            source="thread_local.c",
            macros=("SIZE=8",),
        ),
        x86("executable_stack", "PT_GNU_STACK with X", options=("-z", "execstack")),
        x86(
            "text_relocations",
            "DF_TEXTREL",
            options=("-z", "now"),
            patches=(partial(elfpatch.set_tag, tag=elfpatch.DT_FLAGS, value=elfpatch.DF_TEXTREL),),
        ),
        x86("writable_code", "a segment with W and X", patches=(elfpatch.make_code_writable,)),
        x86("working_directory", "a run path that is not absolute", options=run_path("lib")),
        x86(
            "no_sections",
            "`modern` without section headers",
            MODERN,
            patches=(elfpatch.drop_sections,),
        ),
        x86(
            "tail_strings",
            "`modern` with .dynstr at the end of the file, as patchelf leaves it",
            MODERN,
            patches=(elfpatch.move_strings_to_end,),
        ),
        Recipe(X86, "relocatable.o", "ET_REL", C, "demo", kind="relocatable"),
        Recipe(X86, "archive.a", "an archive of objects", C, "demo", kind="archive"),
    ]


def python() -> list[Recipe]:
    ucs2 = C | {"": "PyUnicodeUCS2_FromString"}
    return [
        x86("pyfpe", "undefined `PyFPE_jbuf` (PEP 513)", C | {"": "PyFPE_jbuf"}),
        Recipe(X86, "ucs2.so", "an extension for Python 2, UCS-2 ABI (PEP 513)", ucs2, "initucs2"),
        x86("ucs2_py3", "the same symbol in an extension for Python 3", ucs2),
        x86(
            "unstable",
            "`Py` symbols of the stable ABI since 3.2 and 3.11, and two of no such, one of them weak",
            C | {"": "PyList_New PyBuffer_Release PyUnicode_New ~PyCode_New"},
        ),
        x86(
            "unstable_elsewhere",
            "`PyUnicode_New`, and a library that no profile has",
            C | {"libelsewhere.so.1": "elsewhere", "": "PyUnicode_New"},
        ),
        library(X86, "libcompat.so.1", "`PyUnicode_New` for older Pythons", defines="PyUnicode_New"),
        Recipe(
            X86,
            "pypy.pypy39-pp73-x86_64-linux-gnu.so",
            "a cffi extension for PyPy",
            C,
            "_cffi_pypyinit_pypy",
        ),
        x86("with_soname", "an extension with a soname", soname="with_soname.abi3.so"),
        x86("modexport", "exports by PEP 793 only", defines="PyModExport_modexport"),
        x86("moduledef", "a module that is defined by a `PyModuleDef`", C | {"": "PyModuleDef_Init PyList_New"}),
        x86(
            "bothways",
            "exports by PEP 793, and for older Pythons by a `PyModuleDef`",
            C | {"": "PyModuleDef_Init"},
            defines="PyModExport_bothways PyInit_bothways",
        ),
    ]


def musl() -> list[Recipe]:
    return [
        x86("musl_plain", "musl under the name `libc.so`", {"libc.so": "memcpy"}),
        x86("musl_arch", "musl by its full name", {MUSL: "memcpy"}),
        x86(
            "any_libc",
            "libraries of glibc without versions: musl answers to these names too",
            {"libc.so.6": "memcpy", "libdl.so.2": "dlopen"},
        ),
        extension(
            "aarch64", "musl_arch", "musl by its full name", {"libc.musl-aarch64.so.1": "memcpy"}
        ),
        x86(
            "musl_reallocarray",
            "`reallocarray`, in musl since 1.2.2",
            {MUSL: "memcpy reallocarray"},
        ),
        x86(
            "musl_fortify",
            "`__memcpy_chk`, which only glibc has",
            {MUSL: "memcpy", "": "__memcpy_chk"},
        ),
        x86("musl_qsort_r", "`qsort_r`, in musl since 1.2.3", {MUSL: "memcpy qsort_r"}),
        library(
            X86,
            "libown.so",
            "what musl takes for a libc",
            {MUSL: "memcpy"},
            defines="stdin __libc_start_main",
        ),
        x86(
            "musl_own",
            "libown.so, needed by an object of musl",
            {MUSL: "memcpy", "libown.so": ""},
            options=run_path("$ORIGIN"),
        ),
    ]


def programs() -> list[Recipe]:
    program = partial(Recipe, X86, source="program.c", kind="program")
    interpreter = ("-pie", "--dynamic-linker=/lib64/ld-linux-x86-64.so.2")
    return [
        program(
            "tool",
            "a program (ET_DYN, PT_INTERP of glibc)",
            {"libc.so.6": "__libc_start_main@GLIBC_2.34"},
            options=interpreter,
        ),
        program(
            "tool-old",
            "the same, for any glibc",
            {"libc.so.6": "__libc_start_main@GLIBC_2.2.5"},
            options=interpreter,
        ),
        program("tool-static", "ET_EXEC without PT_DYNAMIC", options=("-static",)),
        program(
            "tool-static-pie",
            "PT_DYNAMIC without DT_NEEDED",
            options=("-pie", "--no-dynamic-linker"),
        ),
        program(
            "tool-musl",
            "a program (PT_INTERP of musl)",
            {"libc.so": "__libc_start_main"},
            options=("-pie", "--dynamic-linker=/lib/ld-musl-x86_64.so.1"),
        ),
    ]


def for_wheels() -> list[Recipe]:
    needs = libc(X86, "getrandom@GLIBC_2.25", "pthread_create@GLIBC_2.34")
    needs |= {"libm.so.6": "exp@GLIBC_2.29", FOO: "foo_call"}
    return [
        x86(
            "_speedups",
            "the extension of the `overclaim` wheel",
            needs,
            options=run_path("$ORIGIN/../overclaim.libs"),
        ),
        x86(
            "_clock",
            "the extension of the `honest` wheel, GLIBC_2.17",
            libc(X86, "clock_gettime@GLIBC_2.17"),
        ),
    ]


RECIPES = [
    *every_architecture(),
    *symbol_versions(),
    *withheld_symbols(),
    *libraries(),
    *layouts(),
    *python(),
    *musl(),
    *programs(),
    *for_wheels(),
]

"""The architectures that objects are built for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Architecture:
    """How to build for one architecture, and how its objects are stamped."""

    triple: str
    base: str
    """The oldest symbol version of its glibc (glibc's shlib-versions)."""
    options: tuple[str, ...] = ()
    """Further options for clang."""
    page: int = 4096
    """The largest page of its kernels, on which segments must lie."""
    stamp: tuple[int, int] | None = None
    """e_machine and e_flags to write where clang and lld produce others."""
    baseline_tag: str | None = None
    """The platform tag of the `baseline` wheel."""


ARCHITECTURES = {
    "x86_64": Architecture(
        "x86_64-linux-gnu", "GLIBC_2.2.5", baseline_tag="manylinux_2_5_x86_64"
    ),
    "i686": Architecture("i686-linux-gnu", "GLIBC_2.0", baseline_tag="manylinux_2_5_i686"),
    "aarch64": Architecture(
        "aarch64-linux-gnu", "GLIBC_2.17", page=65536, baseline_tag="manylinux_2_17_aarch64"
    ),
    "armv7l": Architecture(
        "armv7-linux-gnueabihf", "GLIBC_2.4", baseline_tag="manylinux_2_17_armv7l"
    ),
    # glibc's ppc64 has ELFv1, lld links ELFv2 only: EM_PPC64 is stamped with ABI version 1.
    "ppc64": Architecture(
        "powerpc64-linux-gnu",
        "GLIBC_2.3",
        options=("-mabi=elfv2",),
        page=65536,
        stamp=(21, 1),
        baseline_tag="manylinux_2_17_ppc64",
    ),
    "ppc64le": Architecture(
        "powerpc64le-linux-gnu", "GLIBC_2.17", page=65536, baseline_tag="manylinux_2_17_ppc64le"
    ),
    "s390x": Architecture("s390x-linux-gnu", "GLIBC_2.2", baseline_tag="manylinux_2_17_s390x"),
    "riscv64": Architecture(
        "riscv64-linux-gnu", "GLIBC_2.27", baseline_tag="manylinux_2_31_riscv64"
    ),
    # The clang of the Swift toolchain has no LoongArch backend: RISC-V code under EM_LOONGARCH.
    "loongarch64": Architecture(
        "riscv64-linux-gnu",
        "GLIBC_2.36",
        page=65536,
        stamp=(258, 0x43),
        baseline_tag="manylinux_2_36_loongarch64",
    ),
    "x32": Architecture("x86_64-linux-gnux32", "GLIBC_2.16"),
    "armv5": Architecture("armv5te-linux-gnueabi", "GLIBC_2.4"),
    "mips64el": Architecture("mips64el-linux-gnuabi64", "GLIBC_2.2"),
}

import WheelTags

/// The largest pages of memory that kernels for an architecture have: segments are mapped page by page, so that what is
/// linked for smaller ones cannot be mapped (`elf_map` in Linux' fs/binfmt_elf.c, `_dl_map_segments` in glibc).
struct KernelPage {
  let size: UInt64
  /// Whether most systems have it, not some.
  let isUsual: Bool

  /// Nil where all kernels have 4 KiB.
  static func largest(_ architecture: Architecture) -> KernelPage? {
    switch architecture {
    case .aarch64: KernelPage(size: 64 << 10, isUsual: false)
    case .ppc64, .ppc64le: KernelPage(size: 64 << 10, isUsual: true)
    case .loongarch64: KernelPage(size: 16 << 10, isUsual: true)
    default: nil
    }
  }
}

import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// The page that is the smallest of all kernels.
  static let page: UInt64 = 4096

  /// What glibc's loader refuses to map (`_dl_map_object_from_fd` in `elf/dl-load.c`, `_dl_map_segments`).
  func segments(_ file: ELFObject) -> [FoundRequirement] {
    let layout = file.layout
    var found: [FoundRequirement] = []
    if layout.isOutOfOrder {
      found.append(demand(.segmentOrder, "glibc makes room from the first segment to the last, and not for the others"))
    } else if layout.overlaps(onPagesOf: Self.page) {
      found.append(demand(.segmentAlignment, "the first segment and the last one share a page"))
    }
    if layout.commonPage < Self.page {
      found.append(demand(.segmentAlignment, "a segment's place in the file and in memory differ within a page"))
    } else if layout.isMisaligned || layout.alignedPage < Self.page {
      found.append(
        demand(
          .segmentAlignment, floor: .libc(Self.firstWithoutAlignment),
          "older releases refuse a segment whose place in the file and in memory differ by its stated alignment"))
    }
    return found
  }

  /// What musl's loader maps wrongly, or does not (`map_library` in its `ldso/dynlink.c`).
  func muslSegments(_ file: ELFObject) -> [FoundRequirement] {
    var found: [FoundRequirement] = []
    if file.layout.hasEmpty {
      found.append(
        demand(
          .segmentOrder, floor: .libc(LibcVersion(1, 2, patch: 3)), "older releases do not map a segment without memory"
        ))
    }
    if file.layout.commonPage < Self.page {
      found.append(
        demand(
          .segmentAlignment,
          "musl maps other bytes than are meant: a segment's place in the file and in memory differ within a page"))
    } else if file.layout.losesFlags {
      found.append(demand(.segmentAlignment, Self.reasonOfLostFlags))
    }
    return found
  }

  /// What is made read-only after relocation must be mapped: musl refuses it otherwise (`reloc_all`), and glibc too
  /// (`_dl_protect_relro`), unless something else lies there, which it then protects.
  func protection(_ file: ELFObject) -> FoundRequirement? {
    guard file.layout.protectsUnmapped else { return nil }
    return demand(.segmentProtection, "what is to be made read-only (PT_GNU_RELRO) lies outside of its segments")
  }

  static let reasonOfLostFlags =
    "two segments share a page, which cannot be written to or executed any more once the second one is mapped"

  /// What finds no room in a process.
  func room(_ file: ELFObject) -> FoundRequirement? {
    guard file.layout.end - file.layout.lowestAddress > addressSpace else { return nil }
    return demand(.segmentOrder, "its segments take more addresses than a process has")
  }

  /// What cannot be mapped where most kernels have large pages.
  func largePages(_ file: ELFObject) -> FoundRequirement? {
    guard let page = KernelPage.largest(platform.architecture), page.isUsual, file.layout.count > 0 else { return nil }
    let kernels = "most \(platform.architecture) kernels have"
    if file.layout.commonPage < page.size || platform.libc == .glibc && file.layout.overlaps(onPagesOf: page.size) {
      return demand(
        .segmentAlignment,
        "a segment's place in the file and in memory differ within a page of \(page.size >> 10) KiB, which \(kernels)")
    }
    guard platform.libc == .glibc, file.layout.alignedPage < page.size else { return nil }
    return demand(
      .segmentAlignment, floor: .libc(Self.firstWithoutAlignment),
      "older releases refuse a segment that is aligned to less than a page of \(page.size >> 10) KiB, which \(kernels)")
  }

  /// The first glibc that does not look at `p_align` (BZ 28688).
  static let firstWithoutAlignment = LibcVersion(2, 35)

  /// Addresses that processes have at most, on kernels as they usually are.
  var addressSpace: UInt64 {
    switch platform.architecture {
    case .i686, .armv7l: 3 << 30
    case .riscv64: 1 << 38
    default: 1 << 47
    }
  }
}

import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// What loaders refuse of an object for how it is made.
  func loading(of object: Int) -> [FoundRequirement] {
    guard !(objects[object].isStaticProgram && graph.isOnlyStarted(object)) else { return [] }
    let file = objects[object].file
    var found = (graph.isOnlyStarted(object) ? [] : threadLocalStorage(file)) + relocationTypes(file)
    // musl's loader looks at none of these (`map_library` in its `ldso/dynlink.c`).
    if platform.libc == .glibc { found += segments(file) + (graph.isOnlyStarted(object) ? [] : program(file)) }
    return found
  }

  private func demand(
    _ demand: LoadingDemand, floor: Floor = .noProfile, ceiling: LibcVersion? = nil, _ reason: String
  ) -> FoundRequirement {
    FoundRequirement(.loading, version: demand.rawValue, floor: floor, ceiling: ceiling, reason: reason)
  }

  /// Thread-local variables at a fixed distance from the thread pointer, in what a running process opens.
  ///
  /// musl has no room for them (`do_relocs` in its `ldso/dynlink.c`). glibc keeps some (`_dl_try_allocate_static_tls`):
  /// 1664 bytes, aligned to what a thread's own block is (`TCB_ALIGNMENT`).
  private func threadLocalStorage(_ file: ELFObject) -> [FoundRequirement] {
    guard file.relocations.usesInitialExec else { return [] }
    if platform.libc == .musl {
      return [
        demand(
          .initialExecTLS, "musl has no room for the thread-local variables of what is opened by a running process")
      ]
    }
    guard let block = file.threadLocalStorage else { return [] }
    let (size, overflow) = block.size.addingReportingOverflow(block.excess)
    if overflow || size > Self.staticRoom {
      return [
        demand(
          .staticTLS,
          "its \(block.size) bytes must lie at a fixed place of each thread, and glibc keeps "
            + "\(Self.staticRoom) free for what is opened later")
      ]
    }
    let isX86 = platform.architecture == .x86_64 || platform.architecture == .i686
    if block.alignment > (isX86 ? 64 : 32) {
      return [demand(.staticTLS, "its block is aligned to \(block.alignment) bytes, and that of a thread to fewer")]
    }
    guard !isX86, block.alignment > 16 else { return [] }
    return [
      demand(
        .staticTLS, floor: .libc(LibcVersion(2, 35)),
        "its block is aligned to \(block.alignment) bytes, and older "
          + "releases align that of a thread to 16")
    ]
  }

  /// Bytes of static TLS that glibc keeps free: 64 and 100 for each of 16 namespaces before 2.32, as much in sum since.
  private static let staticRoom: UInt64 = 1664

  /// Types of relocations that a loader does not know, or not in every release.
  private func relocationTypes(_ file: ELFObject) -> [FoundRequirement] {
    let known = RelocationTypes(platform.libc, platform.architecture)
    return file.relocations.types.sorted().compactMap { type in
      switch known.support(of: type) {
      case .always: nil
      case .since(let version):
        demand(
          .relocationType, floor: .libc(version), "relocation type \(type) is known since \(platform.libc) \(version)")
      case .never: demand(.relocationType, "no release of \(platform.libc) knows relocation type \(type)")
      }
    }
  }

  /// `_dl_map_object_from_fd` and `_dl_map_segments` in glibc's `elf/dl-load.c`.
  private func segments(_ file: ELFObject) -> [FoundRequirement] {
    let (layout, page): (SegmentLayout, UInt64) = (file.layout, 4096)
    if layout.isOutOfOrder { return [demand(.segmentOrder, "glibc takes segments in the order of their addresses")] }
    if layout.commonPage < page {
      return [demand(.segmentAlignment, "a segment's place in the file and in memory differ within a page")]
    }
    guard layout.isMisaligned || layout.alignedPage < page else { return [] }
    return [
      demand(
        .segmentAlignment, floor: .libc(LibcVersion(2, 35)),
        "older releases refuse a segment whose place in the file and in memory differ by its stated alignment")
    ]
  }

  /// What is a program is not opened: by its type never, by DF_1_PIE not since 2.30 (`_dl_map_object_from_fd`).
  private func program(_ file: ELFObject) -> [FoundRequirement] {
    if file.identity.type == .executable { return [demand(.program, "glibc opens no executable as a library")] }
    guard file.isPositionIndependentExecutable else { return [] }
    return [
      demand(
        .program, floor: platform.lowestFloor, ceiling: LibcVersion(2, 30),
        "it is marked as a position-independent executable (DF_1_PIE)")
    ]
  }
}

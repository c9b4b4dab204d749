import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// What loaders refuse of an object for how it is made.
  func loading(of object: Int) -> [FoundRequirement] {
    guard !(objects[object].isStaticProgram && graph.isOnlyStarted(object)) else { return [] }
    let file = objects[object].file
    let isOpened = !graph.isOnlyStarted(object)
    var found = (isOpened ? threadLocalStorage(file) : []) + relocationTypes(file) + symbolTypes(file)
    if file.isDynamic, !file.hasSymbolHash, isOpened || platform.libc == .musl {
      found.append(demand(.symbolHash, "a loader finds no symbol in it, not even those that it defines itself"))
    }
    if let page = KernelPage.largest(platform.architecture), page.isUsual, file.layout.commonPage < page.size {
      found.append(
        demand(
          .segmentAlignment,
          "a segment's place in the file and in memory differ within a page of \(page.size >> 10) KiB, which most "
            + "\(platform.architecture) kernels have"))
      return found
    }
    // musl's loader looks at none of these (`map_library` in its `ldso/dynlink.c`).
    if platform.libc == .glibc {
      found += identification(file) + segments(file) + (isOpened ? program(file) : [])
    }
    return found
  }

  /// Kinds of definitions that loaders did not know.
  ///
  /// Indirect functions (STT_GNU_IFUNC) and unique symbols (STB_GNU_UNIQUE) came with glibc 2.11. For musl's look-up an
  /// indirect function is not there (`OK_TYPES`).
  private func symbolTypes(_ file: ELFObject) -> [FoundRequirement] {
    let since = LibcVersion(2, 11)
    var found: [FoundRequirement] = []
    if file.definesIndirectFunctions {
      let isMusl = platform.libc == .musl
      found.append(
        demand(
          .indirectFunctions, floor: isMusl ? .noProfile : .libc(since),
          isMusl ? "musl finds no function that chooses the function" : "older releases do not know them"))
    }
    if file.definesUniqueSymbols, platform.libc == .glibc {
      found.append(demand(.uniqueSymbols, floor: .libc(since), "older releases do not know them"))
    }
    return found
  }

  /// `VALID_ELF_HEADER`, `VALID_ELF_OSABI` and `VALID_ELF_ABIVERSION` in glibc, of what it opens.
  private func identification(_ file: ELFObject) -> [FoundRequirement] {
    let identity = file.identity
    if identity.version != 1 {
      return [demand(.identification, "the version of its format is \(identity.version), not 1")]
    }
    if identity.hasPadding {
      return [demand(.identification, "bytes at its beginning that must be 0 are not, which glibc checks since 2.12")]
    }
    switch identity.system {
    case 0,
      Self.armSystem where platform.architecture == .armv7l:
      return identity.systemVersion == 0
        ? [] : [demand(.identification, "its ABI version is \(identity.systemVersion), not 0")]
    case Self.gnuSystem:
      if identity.systemVersion > Self.newestSystemVersion {
        return [demand(.identification, "its ABI version is \(identity.systemVersion), which no glibc knows")]
      }
      // What the mark is for is newer.
      if file.definesIndirectFunctions || file.definesUniqueSymbols { return [] }
      return [demand(.identification, floor: .libc(LibcVersion(2, 10)), "it is marked as one of GNU's (EI_OSABI 3)")]
    default: return [demand(.identification, "it is marked as one of another system (EI_OSABI \(identity.system))")]
    }
  }

  /// ELFOSABI_GNU, ELFOSABI_ARM_AEABI.
  private static let (gnuSystem, armSystem): (UInt8, UInt8) = (3, 64)
  /// The greatest of `libc-abis` on any architecture.
  private static let newestSystemVersion: UInt8 = 3

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
  static let staticRoom: UInt64 = 1664

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
    if file.forbidsOpening { return [demand(.openingForbidden, "it is marked with DF_1_NOOPEN")] }
    if file.identity.type == .executable { return [demand(.program, "glibc opens no executable as a library")] }
    guard file.isPositionIndependentExecutable else { return [] }
    return [
      demand(
        .program, floor: platform.lowestFloor, ceiling: LibcVersion(2, 30),
        "it is marked as a position-independent executable (DF_1_PIE)")
    ]
  }
}

import BuildProfiles
import ELFReading
import WheelTags

extension Judgement {
  /// What some loaders, kernels or systems refuse of an object, or load otherwise than it is meant, though not those that
  /// a tag names.
  func addLoadingFindings(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for index in subject.judged.indices {
      let object = subject.judged[index]
      let single = [
        tooNewKernel(object), relocatedText(object), writableCode(object), shortAddresses(object), copies(object),
        graph.isOnlyStarted(index) ? unsavedRegisters(object) : nil, runPath(object),
      ]
      let several = largePages(object) + scarceRoom(index) + ifOpened(index) + starting(object)
      for finding in several + single.compactMap({ $0 }) { try found.add(finding) }
    }
  }

  private func refused(
    _ object: WheelObject, _ demand: LoadingDemand, as severity: Finding.Severity = .warning, _ message: String,
    help: String? = nil
  ) -> Finding {
    Finding(.notLoadable, severity, message, help: help ?? demand.remedy, object: object.path)
  }

  /// What is laid out for pages of 4 KiB is refused where they are larger, or mapped wrongly.
  private func largePages(_ object: WheelObject) -> [Finding] {
    let layout = object.file.layout
    guard let page = KernelPage.largest(platform.architecture), !page.isUsual, layout.count > 0,
      layout.commonPage >= RequirementFinder.page
    else { return [] }
    let kernels = "kernels with pages of \(page.size >> 10) KiB"
    let help = "link it with -z max-page-size=\(page.size)"
    if layout.commonPage < page.size {
      return [
        refused(
          object, .segmentAlignment,
          "\(kernels) do not load it: a segment's place in the file and in memory differ within such a page", help: help
        )
      ]
    }
    guard platform.libc == .glibc, layout.alignedPage < page.size,
      promises.contains(where: { $0.version < RequirementFinder.firstWithoutAlignment })
    else { return [] }
    return [
      refused(
        object, .segmentAlignment,
        "glibc before \(RequirementFinder.firstWithoutAlignment) does not load it on \(kernels): a segment is aligned "
          + "to less", help: help)
    ]
  }

  /// What all that a process opens shares: what the first take the last lack.
  private func scarceRoom(_ index: Int) -> [Finding] {
    guard let need = storageNeeds[index], need.bytes <= RequirementFinder.staticRoom else { return [] }
    let oldest = promises.map(\.version).min()
    // There all that is thread-local may be lent a place.
    let isLent = platform.architecture == .aarch64 && oldest.map { $0 < LibcVersion(2, 32) } ?? false
    let isMuch =
      (isLent ? need.bytes : need.largest) > Self.sharedRoom
      || need.bytes > RequirementFinder.staticRoom - Self.sharedRoom
    let isCounted = oldest.map { $0 < LibcVersion(2, 22) } ?? false
    // A little room is there for all.
    guard isMuch || isCounted else { return [] }
    return [
      refused(
        subject.judged[index], .staticTLS, as: isMuch ? .warning : .note,
        "it takes \(need.bytes) of the \(RequirementFinder.staticRoom) bytes that glibc keeps for thread-local "
          + "variables at a fixed place in all that a process opens"
          + (isMuch
            ? ": with other packages the import may fail"
            : ", and one of the 14 places that glibc before 2.22 has for such objects"))
    ]
  }

  /// What is refused where it is opened, and may be meant for a program to start with.
  private func ifOpened(_ index: Int) -> [Finding] {
    (refusedIfOpened[index] ?? []).filter { refused in
      promises.contains { refused.key.range.lastingFloor.isAbove($0.version) }
    }.map { refused in
      Finding(
        .notLoadable, .warning,
        "where it is opened and not loaded with a program at its start: \(refused.key.reason ?? "it is refused")",
        help: refused.key.version.flatMap { LoadingDemand(rawValue: $0) }?.remedy, object: subject.judged[index].path)
    }
  }

  /// Bytes that glibc lends for speed alone, and does not count on (`glibc.rtld.optional_static_tls`).
  private static let sharedRoom: UInt64 = 512

  /// What keeps a program from starting on some systems.
  private func starting(_ object: WheelObject) -> [Finding] {
    var found: [Finding] = []
    let size = object.file.layout.headerCount * RequirementFinder.headerSize(object.file)
    if object.isProgram, size > RequirementFinder.page, size <= RequirementFinder.headerLimit {
      found.append(
        refused(
          object, .programHeaders,
          "its program headers take \(size) bytes, and old kernels read \(RequirementFinder.page) of a program"))
    }
    if !object.isProgram, size > RequirementFinder.headerLimit {
      found.append(
        refused(
          object, .programHeaders,
          "its \(object.file.layout.headerCount) program headers are more than the stack of a thread may have room for")
      )
    }
    if object.file.interpreter == nil, !object.file.needed.isEmpty, object.file.soname == nil,
      object.isExecutable, !object.isModule
    {
      found.append(
        refused(
          object, .program, as: .note,
          "a program without PT_INTERP that needs libraries: the kernel starts it as it is, and nothing loads them",
          help: "link it with the usual start files, or wholly static"))
    }
    if !object.file.auditors.isEmpty, object.isProgram, platform.libc == .glibc {
      found.append(
        refused(
          object, .program, as: .note,
          "the loader is told to load \(object.file.auditors.joined(separator: ", ")) to audit it (DT_AUDIT), and goes on "
            + "with a message where that is missing", help: "link it without --audit and --depaudit"))
    }
    if isUnmarked(object) {
      found.append(
        refused(
          object, .program, "the program is not marked as one in the archive, so that installed it does not start",
          help: "pack it with permission to run (chmod +x), unless the package gives that itself"))
    }
    return found
  }

  /// A program that installers write without permission to run it: they give it to scripts, and to what has it in the
  /// archive (pip, `zip_item_is_executable`).
  private func isUnmarked(_ object: WheelObject) -> Bool {
    object.isProgram && !PlainFile.isLibraryName(Array(object.place.name.utf8)[...])
      && !object.isScript
      && object.mode.map { $0 & 0o111 == 0 } ?? false
  }

  /// A library that old releases of glibc pass over on old kernels.
  ///
  /// Where every system with such a glibc has a newer kernel of its own, containers on older ones are left.
  private func tooNewKernel(_ object: WheelObject) -> Finding? {
    let old = promises.map(\.version).filter { $0 < RequirementFinder.firstWithoutKernelNote }.min()
    guard platform.libc == .glibc, !object.isProgram, let old, let kernel = object.file.kernel, kernel.system == 0,
      Self.kernels[0].kernel.lexicographicallyPrecedes(kernel.version)
    else { return nil }
    let own = Self.kernels.last { $0.glibc <= old } ?? Self.kernels[0]
    let version = kernel.version.map(String.init).joined(separator: ".")
    return Finding(
      .notLoadable, own.kernel.lexicographicallyPrecedes(kernel.version) ? .warning : .note,
      "glibc before \(RequirementFinder.firstWithoutKernelNote) does not find it on kernels older than Linux \(version), "
        + "which its note NT_GNU_ABI_TAG asks for", help: LoadingDemand.kernel.remedy,
      paste: "strip --remove-section=.note.ABI-tag \(LibraryAdvice.quoted(object.path))", object: object.path)
  }

  /// The oldest kernels of distributions with a glibc or a newer one: RHEL 7, Debian 9, SLES 15, RHEL 8, SLES 15 SP2,
  /// RHEL 9.
  private static let kernels: [(glibc: LibcVersion, kernel: [UInt32])] = [
    (LibcVersion(2, 17), [3, 10, 0]), (LibcVersion(2, 24), [4, 9, 0]), (LibcVersion(2, 26), [4, 12, 0]),
    (LibcVersion(2, 28), [4, 18, 0]), (LibcVersion(2, 31), [5, 3, 0]), (LibcVersion(2, 34), [5, 14, 0]),
  ]

  /// Relocations in what is mapped for reading only, which hardened systems do not let happen.
  private func relocatedText(_ object: WheelObject) -> Finding? {
    guard object.file.relocatesText else { return nil }
    return Finding(
      .textRelocations, .warning,
      "its code is changed when it is loaded (DT_TEXTREL), which SELinux and other hardened systems refuse",
      help: RuleDefinition.textRelocations.advice.clause, object: object.path)
  }

  /// What can be written to and executed.
  private func writableCode(_ object: WheelObject) -> Finding? {
    guard object.file.layout.isWritableAndExecutable else { return nil }
    return Finding(
      .writableCode, .note, "a segment of it can be written to and executed, which hardened systems may refuse",
      help: RuleDefinition.writableCode.advice.clause, object: object.path)
  }

  /// Code that takes other objects to lie within 2 GiB (`elf_machine_rela` in glibc's `sysdeps/x86_64/dl-machine.h`).
  private func shortAddresses(_ object: WheelObject) -> Finding? {
    guard platform.libc == .glibc, let types = Self.shortTypes[platform.architecture],
      let type = object.file.relocations.types.intersection(types).min(), !object.isProgram
    else { return nil }
    return refused(
      object, .relocationType,
      "it has relocations of type \(type), which overflow where another object lies further away than they reach: "
        + "part of it is not compiled with -fPIC")
  }

  /// R_X86_64_PC32 and R_X86_64_32; R_ARM_PC24; R_PPC64_ADDR24 and such.
  private static let shortTypes: [Architecture: Set<UInt32>] = [
    .x86_64: [2, 10], .armv7l: [1], .ppc64le: [1, 2, 3, 7, 8, 9, 26, 37],
  ]

  /// A library that takes a copy of another's variable, as only programs may: it and the other go on with two.
  private func copies(_ object: WheelObject) -> Finding? {
    guard !object.isExecutable, let type = Self.copyTypes[platform.architecture],
      object.file.relocations.types.contains(type)
    else { return nil }
    return refused(
      object, .relocationType, "it has copy relocations, which only programs may: part of it is not compiled with -fPIC"
    )
  }

  /// R_X86_64_COPY and the like.
  private static let copyTypes: [Architecture: UInt32] = [
    .x86_64: 5, .i686: 5, .aarch64: 1024, .armv7l: 20, .ppc64le: 19, .s390x: 9, .riscv64: 4, .loongarch64: 4,
  ]

  /// glibc before 2.30 saves too few registers when it binds a function at its first call (`sysdeps/aarch64`).
  private func unsavedRegisters(_ object: WheelObject) -> Finding? {
    guard platform.libc == .glibc, object.file.hasVariantCalls, !object.file.bindsNow,
      promises.contains(where: { $0.version < LibcVersion(2, 30) })
    else { return nil }
    return refused(
      object, .relocationType, as: .note,
      "it calls functions that use more registers (DT_AARCH64_VARIANT_PCS), which glibc before 2.30 loses at the first call",
      help: "link it with -z now")
  }

  /// Folders to search that depend on where the process works: anybody may put a library there.
  private func runPath(_ object: WheelObject) -> Finding? {
    guard let path = object.file.runpath ?? object.file.rpath, !path.isEmpty else { return nil }
    let parts = path.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { Substring($0) }
    // musl skips an empty one.
    let isEmpty = platform.libc == .glibc && parts.contains { $0.isEmpty }
    let relative = parts.first { part in
      !part.isEmpty && part.utf8.first != UInt8(ascii: "/") && part.utf8.first != UInt8(ascii: "$")
    }
    guard isEmpty || relative != nil else { return nil }
    let what = relative.map { "'\($0)'" } ?? "an empty entry"
    return Finding(
      .unsafeRunPath, .warning,
      "its run path has \(what), which leads to the folder that a process works in: whatever lies there is loaded",
      help: RuleDefinition.unsafeRunPath.advice.clause, object: object.path)
  }
}

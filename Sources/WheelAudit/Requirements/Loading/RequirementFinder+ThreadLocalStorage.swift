import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// Thread-local variables at a fixed distance from the thread pointer, in what a running process opens.
  ///
  /// musl has no room for them (`do_relocs` in its `ldso/dynlink.c`). glibc keeps some (`_dl_try_allocate_static_tls` in
  /// `elf/dl-reloc.c`): 1664 bytes, aligned to what a thread's own block is (`TCB_ALIGNMENT`).
  mutating func threadLocalStorage(
    of object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> [FoundRequirement] {
    if platform.libc == .musl {
      guard objects[object].file.relocations.usesInitialExec else { return [] }
      return [
        demand(
          .initialExecTLS, "musl has no room for the thread-local variables of what is opened by a running process")
      ]
    }
    guard !staticStorage.isEmpty else { return [] }
    let own = staticStorage.owners(for: object).compactMap { storage(of: $0, usedBy: object) }
    // Of a block that is too large by itself its user is told.
    guard own.isEmpty, let need = try storageNeed(of: object, &budget), need.largest <= Self.staticRoom,
      need.bytes > Self.staticRoom
    else { return own }
    return [
      demand(
        .staticTLS,
        "it and its libraries have \(need.bytes) bytes that must lie at a fixed place of each thread, and glibc keeps "
          + "\(Self.staticRoom) free for what is opened later")
    ]
  }

  /// What is asked for by the block of one object, of which an object's code uses variables.
  private func storage(of owner: Int, usedBy object: Int) -> FoundRequirement? {
    guard let block = objects[owner].file.threadLocalStorage else { return nil }
    let whose = owner == object ? "its" : "the \(objects[owner].place.name)'s"
    if block.room > Self.staticRoom {
      return demand(
        .staticTLS,
        "\(whose) \(block.size) bytes must lie at a fixed place of each thread, and glibc keeps "
          + "\(Self.staticRoom) free for what is opened later")
    }
    let isX86 = platform.architecture == .x86_64 || platform.architecture == .i686
    if block.alignment > (isX86 ? 64 : 32) {
      return demand(
        .staticTLS, "\(whose) block is aligned to \(block.alignment) bytes, and that of a thread to fewer")
    }
    guard !isX86, block.alignment > 16 else { return nil }
    return demand(
      .staticTLS, floor: .libc(LibcVersion(2, 35)),
      "\(whose) block is aligned to \(block.alignment) bytes, and older releases align that of a thread to 16")
  }

  /// What must be found for an object that is opened, and for what comes with it; nil for one that comes with others.
  mutating func storageNeed(of object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> StaticStorageNeed? {
    guard platform.libc == .glibc, !staticStorage.isEmpty, !graph.isOnlyStarted(object), !graph.isNeeded(object) else {
      return nil
    }
    return staticStorage.need(of: object, with: try names.reached(from: object, &budget))
  }

  /// The same of every object.
  mutating func storageNeeds(_ budget: inout WorkBudget) throws(OverBudget) -> [Int: StaticStorageNeed] {
    var needs: [Int: StaticStorageNeed] = [:]
    for index in objects.indices { needs[index] = try storageNeed(of: index, &budget) }
    return needs
  }

  /// Bytes of static TLS that glibc keeps free: 64 and 100 for each of 16 namespaces before 2.32, as much in sum since.
  static let staticRoom: UInt64 = 1664
}

import BuildProfiles
import WheelTags

extension Judgement {
  /// Files that are called like extension modules, and that an interpreter of the tags cannot import.
  func addModuleFindings(
    _ promised: PromisedInterpreters, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    try addUninitialized(to: &found)
    try addUnsought(promised, to: &found)
  }

  /// What has the name of a module of one ABI and does not define what the import calls.
  private func addUninitialized(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for object in subject.judged where !object.isPythonExtension && object.place.root == .packages {
      guard let suffix = ModuleSuffix(fileName: object.place.name), suffix.isOfOneABI, suffix.isForLinux else {
        continue
      }
      try found.add(
        Finding(
          .pythonABI, .warning,
          "the file is called like an extension module, and defines no PyInit_ of its name: an import of it fails",
          help: "call a library that is opened otherwise NAME.so, or name the module as its source does",
          object: object.path))
    }
  }

  private typealias Module = (object: WheelObject, suffix: ModuleSuffix)

  /// Modules that no interpreter of the tags looks for under their names, or not every one.
  private func addUnsought(
    _ promised: PromisedInterpreters, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    guard !promised.all.isEmpty else { return }
    let modules: [Module] = subject.judged.compactMap { object in
      guard object.isPythonExtension, object.place.root == .packages else { return nil }
      return ModuleSuffix(fileName: object.place.name).map { (object, $0) }
    }
    let byName = Dictionary(grouping: modules) { module in
      "\(module.object.place.folder)/\(Substring(module.object.place.name.utf8.prefix { $0 != UInt8(ascii: ".") }))"
    }
    var seen: Set<Libc> = []
    for tag in tags where tag.isForLinux && seen.insert(tag.libc ?? platform.libc).inserted {
      for files in byName.values {
        try found.draw(steps: files.count * promised.all.count)
        let unsought = try addUnsought(files, promised, tag, to: &found)
        if unsought < files.count { try addMissing(files, promised, tag, to: &found) }
      }
    }
  }

  /// Of the files with one module those that nobody looks for, and how many: where another one is imported they only
  /// take up room.
  private func addUnsought(
    _ files: [Module], _ promised: PromisedInterpreters, _ tag: PlatformTag, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) -> Int {
    let libc = tag.libc ?? platform.libc
    let unsought = files.filter { file in
      !promised.all.keys.contains { $0.imports(file.suffix, on: subject.architecture, libc) }
    }
    let isReplaced = unsought.count < files.count
    for file in unsought {
      try found.add(
        Finding(
          .pythonABI, isReplaced ? .warning : .error,
          "no interpreter that \(interpreterTags)-\(tag) stands for imports a file of this name"
            + (isReplaced ? ", and another file has the module for them" : ""),
          help: isReplaced
            ? "leave it out" : "build the module with an interpreter that the tags name, or retag the wheel",
          object: file.object.path, tag: tag))
    }
    return unsought.count
  }

  /// Interpreters of the tags that look for none of the files with one module.
  ///
  /// A tag of the stable ABI promises that the modules of the wheel are for every Python; other tags may be joined in a
  /// wheel some of whose modules are for some.
  private func addMissing(
    _ files: [Module], _ promised: PromisedInterpreters, _ tag: PlatformTag, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    let libc = tag.libc ?? platform.libc
    let missing = promised.all.filter { interpreter, _ in
      !files.contains { interpreter.imports($0.suffix, on: subject.architecture, libc) }
    }
    guard !missing.isEmpty, let file = files.min(by: { $0.object.path < $1.object.path }) else { return }
    // What builds without a lock import up to 3.14 by the name of the stable ABI crashes there.
    let isOtherABI = missing.keys.contains(where: \.isFreeThreaded) && files.contains { $0.suffix.abi == .stable }
    try found.add(
      Finding(
        .pythonABI, isOtherABI || missing.values.contains(true) ? .error : .warning,
        "the module has no file for \(missing.keys.inWords), which \(interpreterTags) stands for"
          + (isOtherABI ? ": builds without a lock have another stable ABI (PEP 803)" : ""),
        help: "build the module for them too, for the stable ABI as NAME.abi3.so, or take their tag away",
        object: file.object.path, tag: tag))
  }

  private var interpreterTags: String {
    "\(filename.pythonTags.joined(separator: "."))-\(filename.abiTags.joined(separator: "."))"
  }
}

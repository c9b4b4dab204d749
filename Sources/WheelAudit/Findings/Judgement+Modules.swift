import BuildProfiles
import WheelTags

extension Judgement {
  /// Files that are called like extension modules, and that an interpreter of the tags cannot import.
  func addModuleFindings(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    try addUninitialized(to: &found)
    try addUnsought(to: &found)
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

  /// Modules that no interpreter of the tags looks for under their names.
  private func addUnsought(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    let interpreters = filename.interpreters
    guard !interpreters.isEmpty else { return }
    let modules: [Module] = subject.judged.compactMap { object in
      guard object.isPythonExtension, object.place.root == .packages else { return nil }
      return ModuleSuffix(fileName: object.place.name).map { (object, $0) }
    }
    let byName = Dictionary(grouping: modules) { module in
      "\(module.object.place.folder)/\(Substring(module.object.place.name.utf8.prefix { $0 != UInt8(ascii: ".") }))"
    }
    var seen: Set<Libc> = []
    for tag in tags where tag.isForLinux && seen.insert(tag.libc ?? platform.libc).inserted {
      for files in byName.values { try addUnsought(files, interpreters, tag, to: &found) }
    }
  }

  /// Of the files with one module those that nobody looks for; where another one is imported they only take up room.
  private func addUnsought(
    _ files: [Module], _ interpreters: Set<Interpreter>, _ tag: PlatformTag, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    let libc = tag.libc ?? platform.libc
    let unsought = files.filter { file in
      !interpreters.contains { $0.imports(file.suffix, on: subject.architecture, libc) }
    }
    let isReplaced = unsought.count < files.count
    for file in unsought {
      try found.add(
        Finding(
          .pythonABI, isReplaced ? .warning : .error,
          "no interpreter that \(filename.pythonTags.joined(separator: "."))-"
            + "\(filename.abiTags.joined(separator: "."))-\(tag) stands for imports a file of this name"
            + (isReplaced ? ", and another file has the module for them" : ""),
          help: isReplaced
            ? "leave it out" : "build the module with an interpreter that the tags name, or retag the wheel",
          object: file.object.path, tag: tag))
    }
    // What builds without a lock import up to 3.14 by this name crashes there.
    let isLacking = interpreters.contains { interpreter in
      interpreter.isFreeThreaded && !files.contains { interpreter.imports($0.suffix, on: subject.architecture, libc) }
    }
    guard isLacking, let file = files.first(where: { $0.suffix.abi == .stable }),
      !unsought.contains(where: { $0.object.path == file.object.path })
    else { return }
    try found.add(
      Finding(
        .pythonABI, .error,
        "the free-threaded builds that \(filename.abiTags.joined(separator: ".")) stands for have another stable ABI, and "
          + "the module has no file for them (PEP 803)",
        help: "build the module for free-threaded builds too, or take their tag away",
        object: file.object.path, tag: tag))
  }
}

extension Interpreter {
  /// True for a CPython without a lock.
  fileprivate var isFreeThreaded: Bool {
    if case .cpython(_, isFreeThreaded: true, _) = self { return true }
    return false
  }
}

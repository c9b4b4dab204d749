import BuildProfiles
import WheelTags

extension Judgement {
  /// Extension modules that no interpreter of the tags looks for under their names, in the place of one that it does.
  func addModuleFindings(to found: inout FindingList) throws(UnreadableWheel.Cause) {
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
    let modules = subject.judged.compactMap { object in
      object.isPythonExtension && object.place.root == .packages
        ? ModuleSuffix(fileName: object.place.name).map { (object: object, suffix: $0) } : nil
    }
    let byName = Dictionary(grouping: modules) { module in
      "\(module.object.place.folder)/\(Substring(module.object.place.name.utf8.prefix { $0 != UInt8(ascii: ".") }))"
    }
    let interpreters = filename.interpreters
    guard !interpreters.isEmpty else { return }
    var seen: Set<Libc> = []
    for tag in tags where tag.isForLinux {
      let libc = tag.libc ?? platform.libc
      guard seen.insert(libc).inserted else { continue }
      for files in byName.values {
        func isImported(_ suffix: ModuleSuffix) -> Bool {
          interpreters.contains { $0.imports(suffix, on: subject.architecture, libc) }
        }
        let isReplaced = files.contains { isImported($0.suffix) }
        for file in files where !isImported(file.suffix) {
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
      }
    }
  }
}

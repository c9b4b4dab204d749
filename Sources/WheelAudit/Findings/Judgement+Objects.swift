import BuildProfiles
import ELFReading
import WheelArchive
import WheelTags

extension Judgement {
  /// What single objects are, apart from what they need.
  func addObjectFindings(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for finding in foreignArchitecture() + startedStacks() + purelibObjects() {
      try found.add(finding)
    }
    try addLoadingFindings(to: &found)
    try addWeakVersions(to: &found)
    try Self.addUnjudged(subject.unloadable, staticLibraries: staticLibraries, to: &found)
    try Self.addImpostors(files, subject.unloadable, filename, to: &found)
  }

  /// Objects for another machine than the tags promise: packages do carry some as data, but an extension module is
  /// never data.
  private func foreignArchitecture() -> [Finding] {
    // Where no tag promises an architecture none is the wheel's.
    if tags.allSatisfy({ $0.promise == .any }), !subject.foreign.isEmpty { return [] }
    let objects = subject.isUnclaimed ? subject.judged + subject.foreign : subject.foreign
    let promised = subject.isUnclaimed ? filename.platformTags.compactMap(\.architecture).first : nil
    let expected = promised ?? subject.architecture
    return objects.map { object in
      let name = object.architecture?.rawValue ?? object.file.identity.machineDescription
      let isError = object.isPythonExtension || subject.isUnclaimed || subject.judged.isEmpty
      return Finding(
        .foreignArchitecture, isError ? .error : .warning,
        "the object is for \(name), and the wheel is for \(expected)",
        help: isError ? "build it for \(expected), or retag the wheel" : "leave it out if it is not meant as data",
        object: object.path)
    }
  }

  /// What a process starts with is granted an executable stack, unless the user forbids it (`glibc.rtld.execstack`).
  private func startedStacks() -> [Finding] {
    guard platform.libc == .glibc else { return [] }
    return subject.judged.indices.filter(graph.isOnlyStarted).compactMap { index in
      let object = subject.judged[index]
      guard !object.isStaticProgram, let reason = object.file.reasonForExecutableStack(on: platform.architecture) else {
        return nil
      }
      return Finding(
        .executableStack, .warning,
        "the process gets an executable stack, which a system may forbid: \(reason)",
        help: RuleDefinition.executableStack.advice.clause, object: object.path)
    }
  }

  /// Purelib may be shared between architectures (binary distribution format, "File contents").
  private func purelibObjects() -> [Finding] {
    let rootIsPurelib = metadata?.rootIsPurelib ?? false
    return subject.judged.filter { object in
      object.place.isPurelib || (rootIsPurelib && object.path == object.place.pathInPackages)
    }.map { object in
      let isTwice = (metadata?.rootStatements ?? 0) > 1
      let (how, help) =
        object.place.isPurelib
        ? ("lies in the wheel's purelib folder", "put it into the root of the wheel, or into its platlib folder")
        : isTwice
          ? (
            "is installed into purelib (Root-Is-Purelib is stated more than once, and the first counts: true)",
            "state Root-Is-Purelib once in WHEEL: false"
          )
          : ("is installed into purelib (Root-Is-Purelib: true)", RuleDefinition.purelibObject.advice.clause)
      return Finding(
        .purelibObject, .warning, "the object \(how), which is for pure Python only", help: help, object: object.path)
    }
  }

  /// The loader only warns where a weak version is missing (LSB Core, VER_FLG_WEAK).
  private func addWeakVersions(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for object in subject.judged {
      for need in object.file.versionNeeds where need.isWeak && need.symbols.isEmpty {
        try found.add(
          Finding(
            .weakVersion, .note, "\(need.version) of \(need.library) is needed weakly: the loader does without it",
            object: object.path, library: need.library, version: need.version))
      }
    }
  }

  /// What nothing loads, objects and archives of objects, is not judged, and that is said.
  static func addUnjudged(
    _ unloadable: [WheelObject], staticLibraries: [String], to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    let relocatable = unloadable.map { ($0.path, $0.reasonNotLoaded ?? "") }
    let archives = staticLibraries.map { ($0, "is an archive of objects for a linker") }
    for (path, what) in relocatable + archives {
      try found.add(
        Finding(.unjudgedObject, .note, "the file \(what): nothing loads it, so it is not judged", object: path))
    }
  }
}

extension Judgement {
  /// What is called like an extension module or a library and is none: the loader stops at it.
  ///
  /// Text for a linker may be called like a library and be meant so.
  static func addImpostors(
    _ files: [PlainFile], _ unloadable: [WheelObject], _ filename: WheelFilename, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    guard filename.platformTags.contains(where: \.isForLinux) else { return }
    let others = unloadable.filter { !$0.file.identity.isLoadable && !$0.file.identity.machine.isForGraphics }
      .map { ($0.path, $0.place, $0.reasonNotLoaded ?? "") }
    for (path, place, what) in files.map({ ($0.path, $0.place, "is \($0.kind.rawValue)") }) + others {
      let suffix = ModuleSuffix(fileName: place.name)
      let isModule = suffix?.isOfOneABI ?? false
      guard suffix?.isForLinux ?? place.isOfVersionedLibrary else { continue }
      let called = isModule ? "an extension module" : "a library"
      try found.add(
        Finding(
          .notLoadable, isModule ? .error : .warning,
          "the file \(what), and is called like \(called): no loader of Linux takes it",
          help: isModule ? "build it for Linux" : "leave it out if nothing is to load it", object: path))
    }
  }
}

extension InstalledPlace {
  /// `libz.so.1`.
  fileprivate var isOfVersionedLibrary: Bool {
    guard let dot = name.firstIndex(ofBytes: ".so.") else { return false }
    return name.utf8[dot...].dropFirst(4).allSatisfy { ".0123456789".utf8.contains($0) }
  }

  /// The path below `site-packages`; nil for what is installed elsewhere.
  var pathInPackages: String? {
    guard root == .packages else { return nil }
    return folder.isEmpty ? name : "\(folder)/\(name)"
  }
}

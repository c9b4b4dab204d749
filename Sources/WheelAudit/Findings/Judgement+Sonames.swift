import BuildProfiles
import ELFReading
import WheelTags

extension Judgement {
  /// Libraries of the wheel that may be taken for others in the same process (PEP 600: a wheel must "play well with
  /// others").
  ///
  /// A library that is already loaded satisfies every later need of its soname, whichever package that comes from.
  func addSonameFindings(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    let needed = Set(graph.edges.joined().compactMap(\.resolution.object))
    for (index, object) in subject.judged.enumerated() {
      guard let soname = object.file.soname, !object.isPythonExtension,
        needed.contains(index) || object.place.isInLibraryFolder
      else { continue }
      let isPlatforms = platform.libraryFloor(soname) != nil
      guard isPlatforms || !filename.isUnique(soname: soname) else { continue }
      try found.add(
        Finding(
          .commonSoname, isPlatforms ? .warning : .note,
          isPlatforms
            ? "the library has the soname of the system's \(soname): a process gets whichever is loaded first"
            : "the library has the soname \(soname), which a library of another package may have too",
          help: RuleDefinition.commonSoname.advice.clause, object: object.path, library: soname))
    }
  }
}

extension WheelFilename {
  /// True when no other package is likely to have a library with this soname.
  ///
  /// That is so when the part before `.so` holds a dash and eight or more hexadecimal digits, as repair tools write
  /// them, or the name or version of the wheel. Names and versions of one or two characters say nothing.
  func isUnique(soname: String) -> Bool {
    let stem = soname.firstIndex(ofBytes: ".so").map { soname[..<$0] } ?? soname[...]
    let hasHash = stem.split(separator: "-").dropFirst().contains { part in
      let word = part.prefix { $0.isLetter || $0.isNumber }
      return word.count >= 8 && word.allSatisfy(\.isHexDigit)
    }
    let name = Self.letters(distribution)
    return hasHash || (name.count > 2 && Self.letters(stem).contains(name))
      || (version.count > 2 && stem.contains(version))
  }

  /// A name without case and separators, which PEP 503 makes no difference of.
  private static func letters(_ name: some StringProtocol) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}

extension InstalledPlace {
  /// True for what lies in the kind of folder that repair tools put libraries into: `demo.libs`.
  fileprivate var isInLibraryFolder: Bool {
    folder.split(separator: "/").contains { $0.hasSuffix(".libs") }
  }
}

import BuildProfiles
import ELFReading
import WheelArchive
import WheelTags

/// What can be done about a library that an object needs and does not get.
struct LibraryAdvice {
  private let judgement: Judgement
  private let providers: ProviderTable
  /// The objects of the wheel by the names that somebody may mean them by: of their files, and their sonames.
  private let carriers: [String: Int]
  private let positions: [String: Int]
  /// For each object what it needs and cannot have from where the loader looks, though the wheel has something by that
  /// name.
  private let obstructed: [Int: [String: LibraryGraph.Resolution]]

  init(_ judgement: Judgement) throws(UnreadableWheel.Cause) {
    self.judgement = judgement
    providers = try UnreadableWheel.Cause.tabled { () throws(TableError) in try judgement.facts.providers }
    var carriers: [String: Int] = [:]
    var positions: [String: Int] = [:]
    for (position, object) in judgement.subject.judged.enumerated() {
      positions[object.path] = position
      for name in [object.place.name, object.file.soname].compactMap({ $0 }) where carriers[name] == nil {
        carriers[name] = position
      }
    }
    self.carriers = carriers
    self.positions = positions
    var obstructed: [Int: [String: LibraryGraph.Resolution]] = [:]
    for (position, edges) in judgement.graph.edges.enumerated() {
      for edge in edges {
        switch edge.resolution {
        case .unreachable, .notLoadable, .mismatched: obstructed[position, default: [:]][edge.library] = edge.resolution
        case .external, .platform, .bundled, .excluded: break
        }
      }
    }
    self.obstructed = obstructed
  }

  /// True for an object that is started as a program.
  func isProgram(_ path: String) -> Bool { positions[path].map { judgement.subject.judged[$0].isProgram } ?? false }

  /// About a library that is neither where the loader looks nor part of the platform.
  func remedy(for library: String, neededBy path: String) -> Remedy {
    guard let position = positions[path] else { return missing(library) }
    let object = judgement.subject.judged[position]
    switch obstructed[position]?[library] ?? .external {
    case .unreachable(let target): return outOfReach(library, object, judgement.subject.judged[target])
    case .notLoadable(let obstacle): return Remedy(inPlaceOf(obstacle))
    case .mismatched: return Remedy("put the library for \(judgement.subject.architecture) into the wheel")
    case .external, .platform, .bundled, .excluded: break
    }
    guard let name = library.utf8.lastIndex(of: UInt8(ascii: "/")).map({ library[library.utf8.index(after: $0)...] })
    else { return missing(library) }
    guard let carrier = carriers[String(name)] else {
      return Remedy(
        "link with a library whose soname has no folder in it (-Wl,-soname): the path is one of the machine that built it"
      )
    }
    return outOfReach(library, object, judgement.subject.judged[carrier])
  }

  // MARK: In the wheel

  /// About a library that lies in the wheel, where the loader does not look for it.
  func outOfReach(_ library: String, _ object: WheelObject, _ target: WheelObject) -> Remedy {
    let (from, to) = (object.place, target.place)
    if to.name != library, to.name.utf8.elementsEqual(CodePage437.utf8(ArraySlice(library.utf8))) {
      return Remedy("pack the wheel with a tool that marks names as UTF-8 in the archive")
    }
    guard from.root == to.root else {
      return Remedy(
        from.root == .packages
          ? "put the library into the package: no run path leads from there to where data is installed"
          : "put the library into NAME.data/data/lib and give the program the run path '$ORIGIN/../lib', or keep the "
            + "program in the package: no run path leads from a script to site-packages")
    }
    guard !to.folder.contains("$") else {
      return Remedy("put the library into a folder without a $ in its name: the loader reads that as a word to replace")
    }
    var options: [String] = []
    if to.name != library { options.append("--replace-needed \(Self.quoted(library)) \(Self.quoted(to.name))") }
    // Beyond that it is no path that somebody wrote.
    let path = String(Substring((object.file.runpath ?? object.file.rpath ?? "").utf8.prefix(4096)))
    let isReplaced = DynamicToken.isReplacedBySystem(in: path)
    // What has the name that is asked for would be found if the run path led there.
    if isReplaced || to.name == library || !leads(path, from, to.folder) {
      options.append("\(isReplaced ? "--set-rpath" : "--add-rpath") \(Self.quoted(origin(from.folder, to: to.folder)))")
    }
    let what = to.name == library ? "give it a run path that leads there" : "let it ask for the file by its own name"
    return Remedy(what, paste: "patchelf \(options.joined(separator: " ")) FILE")
  }

  /// Whether a run path has a folder below the same root.
  private func leads(_ path: String, _ place: InstalledPlace, _ folder: String) -> Bool {
    path.split(separator: ":").contains { entry in
      DynamicToken.origin.rest(of: entry) { $0 == nil || $0 == UInt8(ascii: "/") }
        .flatMap { place.folder(fromOwn: $0) } == folder
    }
  }

  /// The way from one folder to another below the same root: `$ORIGIN/../demo.libs`.
  private func origin(_ from: String, to: String) -> String {
    let (from, to) = (from.split(separator: "/"), to.split(separator: "/"))
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let steps = Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared).map(String.init)
    return (["$ORIGIN"] + steps).joined(separator: "/")
  }

  private func inPlaceOf(_ obstacle: LibraryGraph.Obstacle) -> String {
    switch obstacle.kind {
    case PlainFile.Kind.link.rawValue:
      "pack the library itself under that name: a wheel has no symbolic links"
    case PlainFile.Kind.largeFilePointer.rawValue: "fetch the file (git lfs pull) before the wheel is built"
    default: "put the library itself in its place"
    }
  }

  // MARK: Elsewhere

  /// About a library that the wheel does not have.
  private func missing(_ library: String) -> Remedy {
    guard let (provider, pattern) = providers.provider(of: library), !isOwn(provider) else {
      return Remedy(
        RuleDefinition.externalLibrary.advice.clause, paste: "--exclude \(Self.quoted(Self.pattern(library)))")
    }
    let option = Exclusion(pattern: pattern, reason: "\(provider.name) has it").option
    switch provider.kind {
    case .libc:
      return Remedy("build for \(judgement.platform.libc): this is the C library of \(provider.name)")
    case .system:
      return Remedy(
        "exclude it, and do not put it into the wheel: it is a part of \(provider.name), and must be that of the system",
        paste: option)
    case .package:
      return Remedy("depend on \(provider.name), which has it, and exclude it", paste: option)
    }
  }

  /// True where the wheel is of a package that is said to have the library.
  private func isOwn(_ provider: ProviderTable.Provider) -> Bool {
    let own = judgement.filename.distribution.lowercased().filter { $0.isLetter || $0.isNumber }
    return provider.kind == .package
      && provider.name.lowercased().split(separator: " ").contains { $0.filter { $0.isLetter || $0.isNumber } == own }
  }

  /// `libfoo.so.1` → `libfoo.so.*`; a comma in it would be two patterns.
  private static func pattern(_ soname: String) -> String {
    let name = soname.firstIndex(ofBytes: ".so.").map { soname[..<soname.utf8.index($0, offsetBy: 4)] + "*" } ?? soname
    return String(name.map { $0 == "," || $0 == "=" ? "?" : $0 })
  }

  /// A word as it stands in a line for a shell.
  static func quoted(_ word: String) -> String {
    "'\(word.replacing("'", with: "'\\''"))'"
  }
}

/// What can be done: a clause without an end mark, the same for everything that is mended in the same way, and what is
/// to be pasted for this one.
struct Remedy: Hashable {
  let clause: String
  let paste: String?

  init(_ clause: String, paste: String? = nil) {
    self.clause = clause
    self.paste = paste
  }
}

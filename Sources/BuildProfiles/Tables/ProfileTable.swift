public import WheelTags

/// The published profiles of a libc, as a table of what each thing's oldest profile is.
///
/// The texts behind it say what their lines mean and where the facts come from: `Data/manylinux-profiles.txt` and
/// `Data/musllinux-profiles.txt`.
public struct ProfileTable: Sendable {
  public let libc: Libc
  /// Every published profile, oldest first.
  public private(set) var profiles: [BuildProfile] = []
  /// The architectures that some profile was published for, by name.
  public private(set) var architectures: [Architecture] = []
  /// The oldest profile with each library that is there on every architecture, by soname; a name that ends in `*` stands
  /// for all that begin so.
  public private(set) var libraries: [String: Floor] = [:]
  /// The oldest profile on which a symbol of a platform library can be relied on: by soname, then by symbol.
  public private(set) var restricted: [String: [String: Floor]] = [:]
  /// The newest libc that a profile was published for, on any architecture.
  public private(set) var newestVersion = LibcVersion(0, 0)
  private var lowestFloor = Floor.noProfile
  private var relativeRelocationFloor = Floor.noProfile
  private var ownLibraries: [Architecture: [String: Floor]] = [:]
  private var loaderPrefixes: [String] = []
  private var interpreters: [Architecture: String] = [:]
  /// What `exports` records say, by soname; the names are split when somebody asks.
  private var exports: [String: Substring] = [:]
  /// What `versions` records say; the versions themselves are split for the architecture that is asked for.
  private var versionGroups: [VersionGroup] = []

  private struct VersionGroup {
    let architecture: Architecture
    let floor: Floor
    let namespace: Substring
    let versions: Substring
  }

  init(_ text: TableText, _ libc: Libc) throws(TableError) {
    self.libc = libc
    var relocations: Floor?
    // Most lines are on versions, and name a floor that another one has named.
    var floors: [Substring: Floor] = [:]
    for record in text.records {
      let words = record.words(atMost: 5)
      switch words.first {
      case "versions": try addVersions(record, words, &floors)
      case "profile": profiles.append(try Self.profile(record, words, libc, after: profiles.last))
      case "library": try addLibrary(record, words)
      case "restricted": try addRestricted(record)
      case "loader":
        guard words.count > 1 else { throw record.malformed("loader BEGINNING…") }
        loaderPrefixes += record.words().dropFirst().map(String.init)
      case "interpreter":
        guard words.count == 3 else { throw record.malformed("interpreter PATH ARCH") }
        interpreters[try record.architecture(words[2])] = String(words[1])
      case "exports":
        let words = record.words(atMost: 3)
        guard words.count == 3 else { throw record.malformed("exports SONAME NAME…") }
        guard exports.updateValue(words[2], forKey: String(words[1])) == nil else {
          throw record.error("what \(words[1]) exports stands twice")
        }
      case "relative-relocations":
        guard words.count == 2 else { throw record.malformed("relative-relocations VERSION") }
        relocations = .libc(try record.version(words[1]))
      default:
        throw record.unknown(
          "profile", "library", "restricted", "versions", "loader", "interpreter", "exports", "relative-relocations")
      }
    }
    guard let oldest = profiles.first, let newest = profiles.last else { throw text.error("it has no 'profile' line") }
    guard let relocations else { throw text.error("it has no 'relative-relocations' line") }
    newestVersion = newest.version
    lowestFloor = .libc(oldest.version)
    relativeRelocationFloor = relocations
    architectures = Set(profiles.flatMap(\.architectures)).sorted()
  }

  /// The facts for one architecture.
  func platform(_ architecture: Architecture) -> Platform {
    Platform(
      libc: libc, architecture: architecture,
      profiles: profiles.filter { $0.architectures.contains(architecture) }, newestVersion: newestVersion,
      lowestFloor: lowestFloor, relativeRelocationFloor: relativeRelocationFloor,
      libraries: libraries.merging(ownLibraries[architecture] ?? [:]) { min($0, $1) }, loaderPrefixes: loaderPrefixes,
      interpreter: interpreters[architecture], exports: exports,
      restricted: restricted, versions: versionGroups.isEmpty ? nil : versionFloors(architecture))
  }

  /// The oldest profile with each symbol version on an architecture: `GLIBC_2.17` → 2.17.
  public func versionFloors(_ architecture: Architecture) -> [String: Floor] {
    var floors: [String: Floor] = [:]
    for group in versionGroups where group.architecture == architecture {
      for version in group.versions.words() { floors["\(group.namespace)_\(version)"] = group.floor }
    }
    return floors
  }

  /// The dynamic loader is always there, whatever an object calls it.
  public func isLoader(_ soname: String) -> Bool {
    loaderPrefixes.contains { soname.hasPrefix($0) }
  }
}

extension ProfileTable {
  private static func profile(
    _ record: TableRecord, _ words: [Substring], _ libc: Libc, after last: BuildProfile?
  ) throws(TableError) -> BuildProfile {
    guard words.count == 4, let aliases = list("aliases=", words[2]),
      let architectures = list("architectures=", words[3])
    else { throw record.malformed("profile VERSION aliases=NAME,… architectures=ARCH,…") }
    let version = try record.version(words[1])
    if let last, last.version >= version { throw record.error("profile \(version) stands behind \(last.version)") }
    return BuildProfile(
      libc: libc, version: version,
      aliases: try aliases.items.map { (name) throws(TableError) in
        guard let alias = LegacyAlias(rawValue: String(name)) else {
          let known = LegacyAlias.allCases.map(\.rawValue).joined(separator: ", ")
          throw record.error("'\(name)' is none of the legacy names \(known)")
        }
        return alias
      },
      architectures: try record.architectures(architectures))
  }

  private mutating func addLibrary(_ record: TableRecord, _ words: [Substring]) throws(TableError) {
    guard 3...4 ~= words.count else { throw record.malformed("library PROFILE SONAME [ARCH,…]") }
    let (floor, name) = (try record.floor(words[1]), String(words[2]))
    guard !name.dropLast().contains("*") else { throw record.error("'\(name)' has a '*' that is not its end") }
    guard words.count == 4 else {
      guard libraries.updateValue(floor, forKey: name) == nil else { throw record.error("\(name) stands twice") }
      return
    }
    for architecture in try record.architectures(words[3]) { ownLibraries[architecture, default: [:]][name] = floor }
  }

  private mutating func addRestricted(_ record: TableRecord) throws(TableError) {
    let words = record.words()
    guard words.count >= 4 else { throw record.malformed("restricted PROFILE SONAME SYMBOL…") }
    let (floor, library) = (try record.floor(words[1]), String(words[2]))
    for symbol in words.dropFirst(3) {
      guard restricted[library, default: [:]].updateValue(floor, forKey: String(symbol)) == nil else {
        throw record.error("\(symbol) of \(library) stands twice")
      }
    }
  }

  private mutating func addVersions(
    _ record: TableRecord, _ words: [Substring], _ floors: inout [Substring: Floor]
  ) throws(TableError) {
    guard words.count == 5 else { throw record.malformed("versions ARCH PROFILE NAMESPACE VERSION…") }
    let floor = if let known = floors[words[2]] { known } else { try record.floor(words[2]) }
    floors[words[2]] = floor
    let last = versionGroups.last?.architecture
    let architecture = if let last, last.rawValue == words[1] { last } else { try record.architecture(words[1]) }
    versionGroups.append(
      VersionGroup(architecture: architecture, floor: floor, namespace: words[3], versions: words[4]))
  }

  /// What stands behind a key: `aliases=` may have nothing there.
  private static func list(_ key: String, _ word: Substring) -> Substring? {
    word.hasPrefix(key) ? word.dropFirst(key.count) : nil
  }
}

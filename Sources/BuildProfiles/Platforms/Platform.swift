public import WheelTags

/// What the systems behind the platform tags of one libc and architecture provide, and since which profile.
///
/// One object for all wheels and threads, that none of them copies: a copy would count the users of each table in it.
public final class Platform: Sendable {
  public let libc: Libc
  public let architecture: Architecture

  /// The published profiles for the architecture, oldest first.
  public let profiles: [BuildProfile]

  /// The newest libc that any profile was published for, whatever the architecture: a tag may promise it on all, since
  /// tags are perennial (PEP 600).
  public let newestVersion: LibcVersion

  /// The floor of what all have, which is that of the oldest profile, whatever the architecture.
  public let lowestFloor: Floor

  /// The floor of packed relative relocations (DT_RELR).
  public let relativeRelocationFloor: Floor

  /// Where the systems have the loader of programs; nil where that is not known.
  public let interpreter: String?

  /// Every symbol that some profile withholds, by name.
  public let restrictedSymbols: [String]

  private let libraries: [String: Floor]
  /// Libraries of which all names that begin so are meant, longer beginnings first.
  private let librariesByPrefix: [(prefix: String, floor: Floor)]
  private let loaderPrefixes: [String]
  /// By soname the names that a library exports, parted by spaces; one that ends in `*` is all that begin so.
  private let exports: [String: Substring]
  private let restrictedLibraries: Set<String>
  private let restricted: [String: [(library: String, floor: Floor)]]
  /// Nil when the platform's loader does not look at versions.
  private let versions: [String: Floor]?

  /// Libraries come by soname, where one that ends in `*` stands for all that begin so; withheld symbols by soname, then
  /// by symbol.
  init(
    libc: Libc, architecture: Architecture, profiles: [BuildProfile], newestVersion: LibcVersion,
    lowestFloor: Floor, relativeRelocationFloor: Floor, libraries: [String: Floor], loaderPrefixes: [String],
    interpreter: String?, exports: [String: Substring], restricted: [String: [String: Floor]],
    versions: [String: Floor]?
  ) {
    self.libc = libc
    self.architecture = architecture
    self.profiles = profiles
    self.newestVersion = newestVersion
    self.lowestFloor = lowestFloor
    self.relativeRelocationFloor = relativeRelocationFloor
    self.libraries = libraries
    self.librariesByPrefix = libraries.filter { $0.key.hasSuffix("*") }.map { (String($0.key.dropLast()), $0.value) }
      .sorted { $0.0 > $1.0 }
    self.loaderPrefixes = loaderPrefixes
    self.interpreter = interpreter
    self.exports = exports
    restrictedLibraries = Set(restricted.keys)
    self.restricted = restricted.sorted { $0.key < $1.key }.reduce(into: [:]) { bySymbol, library in
      for (symbol, floor) in library.value { bySymbol[symbol, default: []].append((library.key, floor)) }
    }
    restrictedSymbols = self.restricted.keys.sorted()
    self.versions = versions
  }

  /// The floor of a library by its soname; nil when it is no library of the platform.
  public func libraryFloor(_ soname: String) -> Floor? {
    libraries[soname] ?? librariesByPrefix.first { soname.hasPrefix($0.prefix) }?.floor
  }

  /// The dynamic loader is always there, whatever an object calls it.
  public func isLoader(_ soname: String) -> Bool {
    loaderPrefixes.contains { soname.hasPrefix($0) }
  }

  /// True for a library of which ``mayExport(_:_:)`` knows what it exports.
  public func knowsExports(of library: String) -> Bool { exports[library] != nil }

  /// Whether some release of a library may export a symbol, as far as its name tells.
  ///
  /// - Returns: true for a library of which nothing is known.
  public func mayExport(_ library: String, _ symbol: String) -> Bool {
    guard let names = exports[library] else { return true }
    var (all, name) = (names, symbol)
    return all.withUTF8 { all in name.withUTF8 { name in Self.isListed(name, in: all) } }
  }

  /// True for a name among words that are parted by spaces, where one that ends in `*` is all that begin so.
  private static func isListed(_ name: UnsafeBufferPointer<UInt8>, in words: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = words[...]
    while !rest.isEmpty {
      let word = rest.prefix { $0 != UInt8(ascii: " ") }
      let begins = word.last == UInt8(ascii: "*") ? word.dropLast() : word
      let isWhole = begins.count == word.count
      if !word.isEmpty, name.starts(with: begins), !isWhole || name.count == word.count { return true }
      rest = rest[word.endIndex...].dropFirst()
    }
    return false
  }

  /// The floor of a symbol version as an object names it, `GLIBC_2.34`; `.noProfile` when none lists it, and nil when
  /// the platform's loader does not look at versions.
  ///
  /// For `GLIBC_x.y` the smaller of x.y and the oldest profile with it, since every glibc from x.y on has it, and on
  /// some architectures an older one had it already.
  public func versionFloor(_ version: String) -> Floor? {
    guard let versions else { return nil }
    guard let listed = versions[version] else { return .noProfile }
    guard version.hasPrefix("GLIBC_"), let own = LibcVersion(version.dropFirst("GLIBC_".count)) else { return listed }
    return min(.libc(own), listed)
  }

  /// True for a library of which old profiles withhold some symbol.
  public func restricts(_ library: String) -> Bool { restrictedLibraries.contains(library) }

  /// The libraries that old profiles have without this symbol of theirs, by name, each with the floor of the symbol.
  public func restrictions(of symbol: String) -> [(library: String, floor: Floor)] {
    restricted[symbol] ?? []
  }

  /// The floor of a symbol that old profiles withhold although they have its library; nil when it is not withheld.
  public func restrictedFloor(library: String, symbol: String) -> Floor? {
    restrictions(of: symbol).first { $0.library == library }?.floor
  }

  /// The oldest published profile that has everything with a floor at or below `floor`.
  public func oldestProfile(for floor: Floor?) -> BuildProfile? {
    guard let floor else { return profiles.first }
    return profiles.first { !floor.isAbove($0.version) }
  }
}

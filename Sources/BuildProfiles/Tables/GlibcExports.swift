import WheelTags

/// What the libraries of glibc export on one architecture, and since which release: how the loader looks a symbol up.
///
/// Up to 2.33 much of what every process has today lay in libpthread, libdl, librt, libutil, libanl and libresolv, so that
/// a symbol may have moved since the object that asks for it was linked. The loader looks twice: whether the library that
/// a version is asked of defines it (elf/dl-version.c, `match_symbol`), and then for each symbol, whether any library
/// that is loaded exports it at that version (elf/dl-lookup.c, `check_match`).
///
/// One object for all wheels and threads, as ``Platform`` is.
public final class GlibcExports: Sendable {
  private let table: GlibcSymbolTable
  /// By library, then by version: the first release that defines it.
  ///
  /// No library ever ceased to define a version.
  private let definitions: [String: [String: LibcVersion]]
  /// The newest release that is known.
  private let newest: LibcVersion

  init(_ table: GlibcSymbolTable) {
    self.table = table
    var definitions: [String: [String: LibcVersion]] = [:]
    for record in table.definitions {
      for version in record.versions {
        let first = version.releases.first
        definitions[record.library, default: [:]][version.number, default: first] = min(
          definitions[record.library]?[version.number] ?? first, first)
      }
    }
    self.definitions = definitions
    newest = definitions.values.reduce(LibcVersion(0, 0)) { newest, own in own.values.reduce(newest, max) }
  }

  /// True for a library of glibc's.
  public func has(_ library: String) -> Bool { definitions[Self.name(of: library)] != nil }

  /// True for a name that some library of glibc exports, or did in a release since 2.17.
  public func knows(_ name: String) -> Bool { !table.records(of: name).isEmpty }

  /// The first release in which a library defines a version, which the loader asks of it before anything else.
  ///
  /// - Parameters:
  ///   - version: with its namespace, `GLIBC_2.34`.
  ///   - library: its soname.
  /// - Returns: `.noProfile` when the library never defined it. Nil when that is not known: the library is none of
  ///   glibc's, the namespace is another one, or the version is newer than the table.
  public func floor(ofVersion version: String, definedBy library: String) -> Floor? {
    guard let own = definitions[Self.name(of: library)], let number = Self.number(version) else { return nil }
    if let since = own[number] { return .libc(since) }
    let isKnown =
      LibcVersion(number).map { $0 <= newest } ?? definitions.values.contains { $0.keys.contains(number) }
    return isKnown ? .noProfile : nil
  }

  /// The oldest release from which on a symbol is found at the version that an object asks for, in whatever library.
  ///
  /// - Parameters:
  ///   - name: the symbol's.
  ///   - version: with its namespace, `GLIBC_2.34`.
  ///   - libraries: the sonames of the platform's libraries that are loaded, besides libc and the loader; what they
  ///     bring with them need not be among them.
  /// - Returns: `.noProfile` when none of them exports it so, or none does any more. Nil when that is not known: the
  ///   namespace is another one, the version is newer than the table, or the symbol is none of glibc's and may be that
  ///   of one of the libraries.
  public func floor(of name: String, at version: String, loading libraries: Set<String>) -> Floor? {
    guard let number = Self.number(version), let release = LibcVersion(number), release <= newest else { return nil }
    let records = table.records(of: name)
    if records.isEmpty { return libraries.allSatisfy { definitions[Self.name(of: $0)] != nil } ? .noProfile : nil }
    return floor(records, at: number, libraries)
  }

  /// The oldest release from which on a symbol is found by an object that asks for no version of it.
  ///
  /// The loader then takes the default version, or one of the first that the library defines: what is there only for
  /// those that were linked long ago is not found (elf/dl-lookup.c, `check_match`).
  ///
  /// - Parameters:
  ///   - name: the symbol's.
  ///   - libraries: as for a symbol with a version.
  /// - Returns: `.noProfile` when none of them exports it so, or none does any more; nil when no library of glibc has a
  ///   symbol of that name, or had.
  public func floor(ofUnversioned name: String, loading libraries: Set<String>) -> Floor? {
    let records = table.records(of: name)
    if records.isEmpty { return nil }
    let hidden = records.filter(\.versions.isEmpty).map(\.library)
    return floor(records.filter { !hidden.contains($0.library) }, libraries)
  }

  /// Since when some library that is loaded exports a name, at one version or, without one, at any.
  private func floor(
    _ records: [GlibcSymbolTable.Record], at number: String? = nil, _ libraries: Set<String>
  ) -> Floor {
    let loaded = records.lazy.filter { self.isLoaded($0.library, among: libraries) }
    let versions = loaded.flatMap(\.versions).filter { number == nil || $0.number == number }
    return ReleaseSpan.floor(of: versions.map(\.releases))
  }

  /// Every process has the loader, and libc where it has anything of glibc's.
  private func isLoaded(_ library: String, among libraries: Set<String>) -> Bool {
    library == "libc.so.6" || library == "ld.so" || libraries.contains(library)
      || table.bringers[library]?.contains(where: libraries.contains) == true
  }

  /// The loader has a name on each architecture (glibc's `shlib-versions`), and one in the table.
  private static func name(of library: String) -> String {
    library.hasPrefix("ld-linux") || library.hasPrefix("ld64.so.") ? "ld.so" : library
  }

  /// What follows the namespace; nil for versions of other namespaces.
  private static func number(_ version: String) -> String? {
    let namespace = "GLIBC_"
    return version.hasPrefix(namespace) && version != "GLIBC_PRIVATE" ? String(version.dropFirst(namespace.count)) : nil
  }
}

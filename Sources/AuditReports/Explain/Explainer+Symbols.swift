import BuildProfiles
import WheelAudit
import WheelTags

extension Explainer {
  /// A symbol version: `GLIBC_2.34`.
  func version(_ subject: String) -> [String]? {
    guard subject.contains("_"), !subject.contains("@") else { return nil }
    if subject == "GLIBC_PRIVATE" {
      return [
        "GLIBC_PRIVATE: what the parts of one build of glibc have for each other", "",
        "  No profile has it, since it differs from build to build. A wheel that needs it brings a part of glibc along, "
          + "which works with the loader of its own build only; other code has to do without it.",
      ]
    }
    let groups = byArchitecture { profiles.versionFloors($0)[subject] }
    guard !groups.isEmpty else { return nil }
    let rows = groups.map { [$0.architectures, floorWords($0.fact)] }
    return ["\(printable(subject)): a symbol version of a platform library", ""] + columns(rows, indent: 2)
  }

  /// A symbol, alone or with the version it is needed at: `memcpy`, `pthread_create@GLIBC_2.34`.
  func symbol(_ subject: String) throws(TableError) -> [String]? {
    let parts = subject.split(separator: "@", omittingEmptySubsequences: true).map(String.init)
    guard let name = parts.first, parts.count <= 2 else { return nil }
    let exports = try facts.glibcSymbols.exports(of: name)
    let inMusl = try byArchitecture { (architecture) throws(TableError) in
      try facts.muslSymbols(architecture).origin(of: name)
    }
    guard !exports.isEmpty || inMusl.contains(where: { $0.fact != .onlyGlibc }) else { return nil }
    return try ["\(printable(subject)): a symbol"] + asked(name, parts.dropFirst().first, exports) + glibc(exports)
      + moved(exports) + remedies(name, parts.dropFirst().first, exports) + musl(inMusl)
  }

  /// What to do where a system is promised that lacks it at a version.
  private func remedies(
    _ name: String, _ version: String?, _ exports: [GlibcSymbolTable.Export]
  ) throws(TableError) -> [String] {
    let architecture = exports.flatMap(\.architectures).contains(.x86_64) ? .x86_64 : exports.first?.architectures.first
    guard let architecture else { return [] }
    let table = try facts.remedies
    let versions = exports.filter { $0.architectures.contains(architecture) }.flatMap(\.versions)
    let oldest = profiles.profiles.first?.version ?? LibcVersion(0, 0)
    var lines: [String] = []
    for number in Set(versions.compactMap { LibcVersion($0) }).sorted() where number > oldest && number.minor > 0 {
      let needed = "GLIBC_\(number)"
      guard version == nil || version == needed else { continue }
      let claim = LibcVersion(number.major, number.minor - 1)
      guard let remedy = table.remedy(for: name, at: needed, claim: claim, on: architecture) else { continue }
      lines.append("    \(needed)  \(remedy.clause)")
      if let line = remedy.line { lines.append("      \(line)") }
    }
    guard !lines.isEmpty else { return [] }
    return ["", "  What to do where an older system is promised, on \(architecture):"] + lines
  }

  /// A symbol of a library of which profiles know the versions, and no symbols: `__udivti3@GCC_3.0`.
  func versioned(_ subject: String) throws(TableError) -> [String]? {
    let parts = subject.split(separator: "@", omittingEmptySubsequences: true).map(String.init)
    guard parts.count == 2, let lines = version(parts[1]) else { return nil }
    return ["\(printable(parts[0]))@\(printable(parts[1])): a symbol of a platform library, by its version"]
      + lines.dropFirst() + (try remedy(parts[0], parts[1]))
  }

  /// What to do where a system is promised that is older than a version.
  func remedy(_ symbol: String, _ version: String) throws(TableError) -> [String] {
    guard let floor = profiles.versionFloors(.x86_64)[version]?.version, floor.minor > 0,
      let remedy = try facts.remedies.remedy(
        for: symbol, at: version, claim: LibcVersion(floor.major, floor.minor - 1), on: .x86_64)
    else { return [] }
    return ["", "  What to do where an older system is promised, on x86_64:", "    \(remedy.clause)"]
  }

  /// What is to be said of the one version that was asked for.
  private func asked(_ name: String, _ version: String?, _ exports: [GlibcSymbolTable.Export]) -> [String] {
    guard let version else { return [] }
    let number = version.split(separator: "_").last.map(String.init) ?? version
    guard exports.contains(where: { $0.versions.contains(number) }) else {
      return ["", "  glibc does not export it at \(printable(version)) on any architecture."]
    }
    let rows = byArchitecture { architecture -> [String]? in
      guard let floor = profiles.versionFloors(architecture)[version],
        exports.contains(where: { $0.architectures.contains(architecture) && $0.versions.contains(number) })
      else { return nil }
      let versions = exports.filter { $0.architectures.contains(architecture) }.flatMap(\.versions)
      let asked = LibcVersion(number)
      let older = versions.compactMap { LibcVersion($0) }.filter { version in asked.map { version < $0 } ?? false }
        .max()
      return [floorWords(floor), older.map { "there as \($0) before" } ?? "not there before"]
    }
    return ["", "  \(printable(version)) of it:"] + columns(rows.map { [$0.architectures] + $0.fact }, indent: 4)
  }

  private func glibc(_ exports: [GlibcSymbolTable.Export]) -> [String] {
    guard !exports.isEmpty else { return ["", "  glibc does not export it."] }
    let rows = exports.map { export in
      [
        export.library, export.architectures.map(\.rawValue).joined(separator: ", "),
        export.versions.map { "\($0) (\(profile($0, of: export) ?? "no profile"))" }.joined(separator: ", "),
      ]
    }
    return ["", "  In glibc, with the versions it is exported at and the first profile that has them:"]
      + columns(rows, indent: 4)
  }

  /// The oldest published profile with a version of a symbol.
  private func profile(_ version: String, of export: GlibcSymbolTable.Export) -> String? {
    guard let architecture = export.architectures.first,
      let floor = profiles.versionFloors(architecture)["GLIBC_\(version)"]?.version
    else { return nil }
    return profiles.profiles.first { $0.version >= floor && $0.architectures.contains(architecture) }?.name
  }

  /// What glibc 2.34 moved into libc.so.6 is there at an old version too, and at 2.34 for what is linked since.
  private func moved(_ exports: [GlibcSymbolTable.Export]) -> [String] {
    let moved = exports.contains { $0.library == "libc.so.6" && $0.versions.contains("2.34") && $0.versions.count > 1 }
    guard moved else { return [] }
    return [
      "",
      "  Before 2.34 it was in libpthread, libdl, librt, libutil or libanl. What is linked on an older system runs on "
        + "newer ones too, where libc.so.6 has the old version.",
    ]
  }

  private func musl(_ origins: [(architectures: String, fact: MuslSymbolTable.Origin)]) -> [String] {
    guard !origins.isEmpty else { return ["", "  musl does not export it."] }
    let rows = origins.map { group in
      switch group.fact {
      case .musl(let release):
        [group.architectures, "since \(release)\(release == LibcVersion(1, 1, patch: 24) ? " or earlier" : "")"]
      case .onlyGlibc: [group.architectures, "not exported"]
      }
    }
    let isMissing = origins.contains { $0.fact == .onlyGlibc }
    return ["", "  In musl:"] + columns(rows, indent: 4)
      + (isMissing ? ["    → \(Rule.glibcSymbol.definition.remedy)"] : [])
  }

  private func floorWords(_ floor: Floor) -> String {
    floor.version.map { "since \(manylinux($0))" } ?? "in no profile"
  }
}

public import BuildProfiles
public import WheelTags

/// The build profiles and what they provide, as text.
public struct ProfilesReport: Sendable {
  private let table: ProfileTable

  public init(_ table: ProfileTable) {
    self.table = table
  }

  /// Every profile with its alias and architectures.
  public func list() -> String {
    let rows = table.profiles.map { profile in
      [
        profile.name, "glibc \(profile.version)", profile.aliases.map(\.rawValue).joined(separator: ", "),
        profile.architectures.map(\.rawValue).joined(separator: " "),
      ]
    }
    return text(columns(rows, indent: 0))
  }

  /// What one profile provides on an architecture.
  public func show(_ profile: BuildProfile, _ architecture: Architecture) -> String {
    let floor = Floor.libc(profile.version)
    var lines = ["\(profile.tag(for: architecture))  glibc \(profile.version) or newer", "", "libraries:"]
    lines += table.libraries.filter { $0.value <= floor }.keys.sorted().map { "  \($0)" }
    lines += ["", "symbol versions:"]
    lines += versions(table.versionFloors(architecture).filter { $0.value <= floor }.map(\.key))
    lines += ["", "symbols withheld from these libraries:"]
    for library in table.restricted.keys.sorted() {
      let withheld = (table.restricted[library] ?? [:]).filter { $0.value > floor }.keys.sorted()
      if !withheld.isEmpty { lines.append("  \(library): \(withheld.joined(separator: " "))") }
    }
    return text(lines)
  }

  /// What the newer of two profiles provides beyond the older.
  public func diff(_ first: BuildProfile, _ second: BuildProfile, _ architecture: Architecture) -> String {
    let (older, newer) = first.version <= second.version ? (first, second) : (second, first)
    func isAdded(_ floor: Floor) -> Bool { floor > .libc(older.version) && floor <= .libc(newer.version) }
    var lines = ["what \(newer.tag(for: architecture)) has beyond \(older.tag(for: architecture)):", "", "libraries:"]
    lines += section(table.libraries.filter { isAdded($0.value) }.keys.sorted().map { "  \($0)" })
    lines += ["", "symbol versions:"]
    lines += section(versions(table.versionFloors(architecture).filter { isAdded($0.value) }.map(\.key)))
    lines += ["", "symbols no longer withheld:"]
    lines += section(
      table.restricted.keys.sorted().compactMap { library in
        let freed = (table.restricted[library] ?? [:]).filter { isAdded($0.value) }.keys.sorted()
        return freed.isEmpty ? nil : "  \(library): \(freed.joined(separator: " "))"
      })
    return text(lines)
  }

  private func section(_ lines: [String]) -> [String] {
    lines.isEmpty ? ["  none"] : lines
  }

  /// Versions by namespace, in order of their numbers.
  private func versions(_ names: [String]) -> [String] {
    let byNamespace = Dictionary(grouping: names) { String($0.prefix { $0 != "_" }) }
    return byNamespace.keys.sorted().map { namespace in
      let versions = (byNamespace[namespace] ?? []).map { String($0.dropFirst(namespace.count + 1)) }
      return "  \(namespace): \(versions.sorted(by: isOlder).joined(separator: " "))"
    }
  }

  private func isOlder(_ left: String, _ right: String) -> Bool {
    let (leftParts, rightParts) = (left.split(separator: "."), right.split(separator: "."))
    for (a, b) in zip(leftParts, rightParts) where a != b {
      if let x = Int(a), let y = Int(b) { return x < y }
      return a < b
    }
    return leftParts.count < rightParts.count
  }

  private func text(_ lines: [String]) -> String {
    lines.map { $0 + "\n" }.joined()
  }
}

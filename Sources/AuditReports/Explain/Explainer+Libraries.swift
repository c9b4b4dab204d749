import BuildProfiles
import WheelAudit
import WheelTags

extension Explainer {
  /// A library, by its soname.
  func library(_ subject: String) throws(TableError) -> [String]? {
    guard subject.contains(".so") else { return nil }
    let name = printable(subject)
    if let floor = profiles.libraries[subject]?.version {
      let withheld = (profiles.restricted[subject] ?? [:]).keys.sorted()
      let rest =
        withheld.isEmpty
        ? [] : ["", "  Symbols of it that some profiles withhold: \(withheld.joined(separator: ", "))"]
      return ["\(name): provided since \(manylinux(floor))"] + rest
    }
    if profiles.isLoader(subject) {
      return ["\(name): the dynamic loader of glibc, which every manylinux profile provides"]
    }
    if PythonABI.isLibpython(subject) {
      let rule = Rule.libpython
      return ["\(name): the shared library of Python", ""]
        + columns(
          [
            ["rule", rule.rawValue], ["why", rule.definition.why], ["what to do", rule.definition.remedy],
            ["source", rule.definition.source], ["page", rule.url],
          ], indent: 2)
    }
    return ["\(name): no manylinux profile provides this library", ""] + (try missing(subject)).map { "  \($0)" }
  }

  /// What a wheel that needs a library can do, by who has it.
  private func missing(_ library: String) throws(TableError) -> [String] {
    guard let (provider, pattern) = try facts.providers.provider(of: library) else {
      return ["A wheel that needs it must bring it along, or say with --exclude who else provides it."]
    }
    let option = Exclusion(pattern: pattern, reason: "\(provider.name) has it").option
    return switch provider.kind {
    case .libc: ["It is the C library of \(provider.name): build for the libc that the tag promises."]
    case .system:
      [
        "It is a part of \(provider.name), and must be that of the system: a wheel that needs it must not bring it along.",
        option,
      ]
    case .package: ["\(provider.name) has it: a wheel can depend on that.", option]
    }
  }

  /// A symbol that profiles withhold though they have its library: `uncompress2`.
  func restricted(_ subject: String) -> [String]? {
    let libraries = profiles.restricted.keys.sorted().compactMap { library -> [String]? in
      profiles.restricted[library]?[subject].map { floor in
        [library, floor.version.map { "since \(manylinux($0))" } ?? "in no profile"]
      }
    }
    guard !libraries.isEmpty else { return nil }
    return ["\(printable(subject)): a symbol that profiles withhold though they have its library", ""]
      + columns(libraries, indent: 2) + ["", "  \(Rule.restrictedSymbol.definition.remedy)"]
  }
}

import WheelTags

extension WheelReport {
  /// What of this wheel took no part in the verdict, in words.
  public var unjudged: [String] {
    let kinds: [(rule: Rule, one: String, many: String)] = [
      (.foreignArchitecture, "object for another architecture", "objects for other architectures"),
      (.excludedLibrary, "excluded library", "excluded libraries"),
      (.unjudgedObject, "file that nothing loads", "files that nothing loads"),
      (.unjudgedTag, "tag of another system", "tags of other systems"),
    ]
    var parts: [String] = []
    for (rule, one, many) in kinds {
      let found = findings.filter { $0.rule == rule && $0.severity != .error }
      // Two objects may need the same excluded library.
      let count = Set(found.map { rule == .excludedLibrary ? $0.library : $0.object ?? $0.tag?.spelling }).count
      if count > 0 { parts.append("\(count) \(count == 1 ? one : many)") }
    }
    if !ignoredRules.isEmpty {
      parts.append("findings of ignored rules (\(ignoredRules.map(\.rawValue).joined(separator: ", ")))")
    }
    return parts
  }
}

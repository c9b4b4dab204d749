import WheelArchive
import WheelTags

/// The tags of the file name beside the `Tag` lines of WHEEL: both must say the same (binary distribution format, "File
/// contents").
struct TagComparison {
  let filename: WheelFilename
  /// Nil where there is no WHEEL file, which is said elsewhere.
  let metadata: WheelMetadata?

  /// - Returns: true where they do.
  func addMismatch(to found: inout FindingList) throws(UnreadableWheel.Cause) -> Bool {
    guard let metadata else { return false }
    var stated: Set<String> = []
    for tag in metadata.tags {
      // Some tools write compressed tag sets in the Tag lines too.
      let expanded = Self.expanded(tag)
      try found.draw(steps: 16 * expanded.count)
      stated.formUnion(expanded)
    }
    let named = filename.expandedTags
    let (missing, surplus) = (named.subtracting(stated).sorted(), stated.subtracting(named).sorted())
    guard !missing.isEmpty || !surplus.isEmpty else { return true }
    var parts: [String] = []
    if !missing.isEmpty { parts.append("only the file name has \(Self.listed(missing))") }
    if !surplus.isEmpty { parts.append("only WHEEL has \(Self.listed(surplus))") }
    try found.add(
      Finding(
        .tagMismatch, .warning, "file name and WHEEL disagree about the tags: \(parts.joined(separator: "; "))",
        help: renaming(to: stated) ?? RuleDefinition.tagMismatch.advice.clause))
    return false
  }

  /// The one way that the tools have: what WHEEL states must be what the file is called before `wheel tags` changes both.
  private func renaming(to stated: Set<String>) -> String? {
    let parts = stated.map { $0.split(separator: "-").map(String.init) }
    guard !parts.isEmpty, parts.count <= 50, parts.allSatisfy({ $0.count == 3 }) else { return nil }
    let sets = (0..<3).map { position in Set(parts.map { $0[position] }).sorted() }
    // Only a whole product of tags has a name.
    guard sets.reduce(1, { $0 * $1.count }) == stated.count else { return nil }
    let name =
      ([filename.distribution, filename.version, filename.build].compactMap { $0 }
      + sets.map { $0.joined(separator: ".") } + [filename.variant].compactMap { $0 }).joined(separator: "-")
    return "rename it to \(name).whl, as WHEEL says, and change the tags from there with wheel tags, which writes both"
  }

  /// Compressed tag sets may stand for thousands of tags; a reader needs a few of them.
  private static func listed(_ tags: [String]) -> String {
    let more = tags.count > 50 ? " and \(tags.count - 50) more" : ""
    return tags.prefix(50).joined(separator: ", ") + more
  }

  private static func expanded(_ tag: String) -> [String] {
    let parts = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map { set in
      set.split(separator: UInt8(ascii: ".")).map { Substring($0) }
    }
    guard parts.count == 3, parts.reduce(1, { $0 * $1.count }) <= 10_000 else { return [tag] }
    return parts[0].flatMap { python in
      parts[1].flatMap { abi in parts[2].map { "\(python)-\(abi)-\($0)" } }
    }
  }
}

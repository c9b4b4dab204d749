public import WheelTags

/// Since when installers understand a platform tag, and whether PyPI accepts it.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/installers.txt`.
public struct InstallerTable: Sendable {
  /// By the beginning of a tag, or by its legacy name.
  private var byKind: [String: [Release]] = [:]
  /// What came later than the kinds of tags.
  private var byArchitecture: [Architecture: [Release]] = [:]
  private var accepted: [TagPattern] = []

  private typealias Release = (installer: String, version: String)

  init(_ text: TableText) throws(TableError) {
    for record in text.records {
      let words = record.words()
      switch words.first {
      case "tag":
        guard words.count >= 4, Self.kinds.contains(String(words[1])) else {
          throw record.malformed("tag \(Self.kinds.joined(separator: "|")) INSTALLER VERSION…")
        }
        byKind[String(words[1])] = try Self.releases(record, words.dropFirst(2))
      case "architecture":
        guard words.count >= 4 else { throw record.malformed("architecture ARCH INSTALLER VERSION…") }
        byArchitecture[try record.architecture(words[1])] = try Self.releases(record, words.dropFirst(2))
      case "accepted":
        guard words.count == 2 || words.count == 3,
          let pattern = TagPattern(words[1], words: words.count == 3 ? words[2].items : [])
        else {
          throw record.malformed("accepted TAG, or accepted PATTERN WORD,… with one * for the words")
        }
        accepted.append(pattern)
      default: throw record.unknown("tag", "architecture", "accepted")
      }
    }
  }

  /// The oldest release of each installer that understands a tag, by name; empty for a tag that says nothing of a libc.
  public func oldest(for tag: PlatformTag) -> [(installer: String, version: String)] {
    guard let libc = tag.libc else { return [] }
    let later = tag.architecture.flatMap { byArchitecture[$0] } ?? []
    return (byKind[tag.alias?.rawValue ?? libc.tagPrefix] ?? []).map { release in
      later.first { $0.installer == release.installer } ?? release
    }
  }

  /// True when PyPI accepts wheels with this tag.
  public func isAccepted(_ tag: PlatformTag) -> Bool {
    // Tags are compared in lower case (packaging, `Tag`).
    let spelling = tag.spelling.lowercased()
    return accepted.contains { $0.matches(spelling) }
  }

  private static let kinds = LegacyAlias.allCases.map(\.rawValue) + Libc.allCases.map(\.tagPrefix)

  private static func releases(_ record: TableRecord, _ words: ArraySlice<Substring>) throws(TableError) -> [Release] {
    let words = Array(words)
    guard words.count.isMultiple(of: 2) else { throw record.error("its last installer has no version") }
    return try stride(from: 0, to: words.count, by: 2).map { (index) throws(TableError) in
      let (installer, version) = (words[index], words[index + 1])
      guard version.first?.isNumber == true else {
        throw record.error("'\(version)' is no version of \(installer), such as 20.3")
      }
      return (String(installer), String(version))
    }
  }
}

public import WheelTags

/// Since when installers understand a platform tag, and whether PyPI accepts it.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/installers.txt`.
public struct InstallerTable: Sendable {
  private let records: [[Substring]]

  public init() {
    records = TableText(InstallersText.text).records.map { $0.words() }
  }

  /// The oldest release of each installer that understands a tag, by name; empty for a tag that says nothing of a libc.
  public func oldest(for tag: PlatformTag) -> [(installer: String, version: String)] {
    guard case .libc(let libc, _) = tag.promise else { return [] }
    let kind = tag.alias?.rawValue ?? libc.tagPrefix
    var found = records.filter { $0.count > 3 && $0[0] == "tag" && $0[1] == kind }.flatMap {
      Self.pairs($0.dropFirst(2))
    }
    for record in records where record.count > 3 && record[0] == "architecture" {
      guard tag.architecture?.rawValue == String(record[1]) else { continue }
      for (installer, version) in Self.pairs(record.dropFirst(2)) {
        found = found.map { $0.installer == installer ? (installer, version) : $0 }
      }
    }
    return found
  }

  /// True when PyPI accepts wheels with this tag.
  public func isAccepted(_ tag: PlatformTag) -> Bool {
    let kind: String
    switch tag.promise {
    case .any: return true
    case .libc(let libc, _): kind = libc.tagPrefix
    case .linux: kind = "linux"
    case .other: return false
    }
    return records.contains { record in
      record.count == 3 && record[0] == "accepted" && record[1] == kind
        && record[2].items.contains { $0 == tag.architecture?.rawValue ?? "" }
    }
  }

  private static func pairs(_ words: ArraySlice<Substring>) -> [(installer: String, version: String)] {
    stride(from: words.startIndex, to: words.endIndex - 1, by: 2).map { (String(words[$0]), String(words[$0 + 1])) }
  }
}

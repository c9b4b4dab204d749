import WheelTags

/// Which glibc the releases of distributions have, and until when they are supported.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/distributions.txt`.
public struct DistributionTable: Sendable {
  /// Every release, by name and oldest first.
  public let releases: [DistributionRelease]

  public init() {
    self.init(TableText(DistributionsText.text))
  }

  init(_ table: TableText) {
    var releases: [DistributionRelease] = []
    for record in table.records {
      let words = record.words()
      guard words.count >= 3 else { continue }
      switch words[0] {
      case "release" where words.count == 4:
        releases.append(
          DistributionRelease(
            name: Self.spaced(words[2]), release: Self.spaced(words[3]), support: Self.support(words[1]), glibc: [:],
            missing: [:]))
      case "glibc":
        guard let last = releases.indices.last, let version = LibcVersion(words[1]) else { continue }
        for architecture in words[2].items {
          releases[last].glibc[Architecture(rawValue: String(architecture))] = version
        }
      case "missing":
        guard let last = releases.indices.last else { continue }
        releases[last].missing[Architecture(rawValue: String(words[1]))] = Set(words.dropFirst(2).map(String.init))
      default: break
      }
    }
    self.releases = releases
  }

  private static func spaced(_ word: Substring) -> String { word.parts(separatedBy: "_").joined(separator: " ") }

  private static func support(_ word: Substring) -> DistributionRelease.Support {
    if word == "rolling" { return .rolling }
    return CalendarDate(word).map(DistributionRelease.Support.until) ?? .unknown
  }
}

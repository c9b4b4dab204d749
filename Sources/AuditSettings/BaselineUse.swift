public import WheelAudit

/// What of a baseline is not found any more, as a run goes on: it keeps as much as the baseline has.
public struct BaselineUse: Sendable {
  /// The entries that were not found so far, by the wheel or the package that they are on.
  private var missing: [String: Set<FindingKey>] = [:]
  /// Those of these that the run came to and could have found something on.
  private var met: Set<Place> = []

  private struct Place: Hashable {
    let name: String
    let isRelease: Bool
  }

  public init(_ baseline: Baseline) {
    for (key, _) in baseline.known.entries { missing[key.wheel, default: []].insert(key) }
  }

  public mutating func take(_ report: WheelReport) {
    let name = FindingKey.wheelAcrossBuilds(report)
    guard report.status != .unreadable, missing[name] != nil else { return }
    met.insert(Place(name: name, isRelease: false))
    for finding in report.findings where finding.severity != .note {
      missing[name]?.remove(FindingKey(acrossBuilds: finding, in: report))
    }
  }

  public mutating func take(_ release: Release) {
    guard missing[release.package] != nil else { return }
    if release.isComparable, !release.wheels.contains(where: { $0.status == .unreadable }) {
      met.insert(Place(name: release.package, isRelease: true))
    }
    for finding in release.findings { missing[release.package]?.remove(FindingKey(acrossBuilds: finding)) }
  }

  /// The entries on wheels, and on releases with several, that the run came to and did not find, sorted.
  public var gone: [FindingKey] {
    missing.values.joined()
      .filter { met.contains(Place(name: $0.wheel, isRelease: $0.isOnRelease)) }
      .sorted()
  }
}

import FoundationEssentials
public import WheelAudit

/// Findings that are known and accepted, so that a gate fails only on what is new.
///
/// Notes are left out, since they fail no gate, and so are wheels that could not be audited, since no gate lets them pass.
public struct Baseline: Sendable {
  /// The findings, as the next builds of the wheels have them too.
  public let entries: Set<FindingKey>

  /// What every version of the file has.
  private struct Header: Decodable {
    let schemaVersion: Int
  }

  private struct Document: Codable {
    var schemaVersion = 1
    let findings: [FindingKey]
  }

  /// The baseline of what was found.
  public init(_ reports: [WheelReport], releases: [Release] = []) {
    entries = Set(Self.entries(reports, releases))
  }

  /// Reads a baseline file.
  ///
  /// - Throws: `SettingsError`.
  public init(path: String) throws(SettingsError) {
    do {
      let data = try Data(contentsOf: URL(filePath: path))
      // The entries of another version may look otherwise.
      let version = try JSONDecoder().decode(Header.self, from: data).schemaVersion
      guard version == 1 else {
        throw SettingsError(path, nil, "it is a baseline of version \(version), and 1 is known")
      }
      entries = Set(try JSONDecoder().decode(Document.self, from: data).findings)
    } catch let error as SettingsError {
      throw error
    } catch is DecodingError {
      throw SettingsError(path, nil, "it is no baseline file; write one with --write-baseline")
    } catch {
      throw SettingsError(path, nil, "the baseline cannot be read; write one with --write-baseline")
    }
  }

  /// The contents of a baseline file: sorted, so that versions of it can be compared.
  public func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let document = Document(findings: entries.sorted())
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  /// True for a finding that is in the baseline.
  public func has(_ finding: Finding, in report: WheelReport) -> Bool {
    entries.contains(FindingKey(acrossBuilds: finding, in: report))
  }

  /// True for what a release shows and is in the baseline.
  public func has(_ finding: ReleaseFinding) -> Bool {
    entries.contains(FindingKey(acrossBuilds: finding))
  }

  /// The entries on these wheels, and on the releases with several, that are not found any more, sorted.
  public func gone(from reports: [WheelReport], releases: [Release] = []) -> [FindingKey] {
    let read = reports.filter { $0.status != .unreadable }
    let wheels = Set(read.map(FindingKey.wheelAcrossBuilds))
    let whole = releases.filter { $0.isComparable && !$0.wheels.contains { $0.report.status == .unreadable } }
    let packages = Set(whole.map(\.package))
    let found = Baseline(read, releases: releases).entries
    return entries.subtracting(found).filter { entry in
      entry.isOnRelease ? packages.contains(entry.wheel) : wheels.contains(entry.wheel)
    }.sorted()
  }

  /// The keys of what belongs into a baseline of these wheels and releases.
  private static func entries(_ reports: [WheelReport], _ releases: [Release]) -> [FindingKey] {
    reports.flatMap { report in
      report.findings.filter { $0.severity != .note && $0.rule != .unreadable }
        .map { FindingKey(acrossBuilds: $0, in: report) }
    } + releases.flatMap { $0.findings.map(FindingKey.init(acrossBuilds:)) }
  }
}

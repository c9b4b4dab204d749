import FoundationEssentials
public import WheelAudit
import WheelTags

/// Findings that are known and accepted, so that a gate fails only on what is new.
///
/// Notes are left out, since they fail no gate, and so are wheels that could not be audited, since no gate lets them pass.
public struct Baseline: Sendable {
  /// A finding, as it is known again in the next build of the wheel.
  public struct Entry: Hashable, Codable, Sendable {
    /// The wheel's name without its version.
    public let wheel: String
    public let rule: String
    public let object: String?
    public let library: String?
    public let symbol: String?
    public let version: String?
    public let tag: String?
  }

  public let entries: Set<Entry>

  /// What every version of the file has.
  private struct Header: Decodable {
    let schemaVersion: Int
  }

  private struct Document: Codable {
    var schemaVersion = 1
    let findings: [Entry]
  }

  /// The baseline of what was found.
  public init(_ reports: [WheelReport]) {
    entries = Set(reports.flatMap { report in Self.serious(in: report).map { Entry($0, in: report) } })
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
    let document = Document(findings: entries.sorted { $0.sortKey.lexicographicallyPrecedes($1.sortKey) })
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  /// True for a finding that is in the baseline.
  public func has(_ finding: Finding, in report: WheelReport) -> Bool {
    entries.contains(Entry(finding, in: report))
  }

  /// The entries on these wheels that are not found any more, sorted.
  public func gone(from reports: [WheelReport]) -> [Entry] {
    let read = reports.filter { $0.status != .unreadable }
    let wheels = Set(read.map(Self.wheel))
    return entries.subtracting(Baseline(read).entries).filter { wheels.contains($0.wheel) }
      .sorted { $0.sortKey.lexicographicallyPrecedes($1.sortKey) }
  }

  private static func serious(in report: WheelReport) -> [Finding] {
    report.findings.filter { $0.severity != .note && $0.rule != .unreadable }
  }

  /// `demo-1.0-cp39-abi3-linux_x86_64.whl` → `demo-cp39-abi3-linux_x86_64`.
  fileprivate static func wheel(_ report: WheelReport) -> String {
    guard let name = report.name.filename else { return report.file }
    let tags = [name.pythonTags.joined(separator: "."), name.abiTags.joined(separator: ".")]
    return ([name.distribution] + tags + [name.platformTags.map(\.spelling).joined(separator: ".")])
      .joined(separator: "-")
  }
}

extension Baseline.Entry {
  init(_ finding: Finding, in report: WheelReport) {
    wheel = Baseline.wheel(report)
    rule = finding.rule.rawValue
    object = finding.object.map(nameAcrossBuilds)
    library = finding.library.map(nameAcrossBuilds)
    symbol = finding.symbol
    version = finding.version
    tag = finding.tag?.spelling
  }

  /// In words, as far as they say which it is.
  public var description: String {
    let what = symbol.map { name in name + (version.map { "@\($0)" } ?? "") } ?? version ?? library ?? ""
    return "\(wheel): \(object.map { "\($0): " } ?? "")\(rule)\(what.isEmpty ? "" : " \(what)")"
  }

  fileprivate var sortKey: [String] {
    [wheel, object ?? "", rule, library ?? "", version ?? "", symbol ?? "", tag ?? ""]
  }
}

import FoundationEssentials
public import WheelAudit

/// Findings that are known and accepted, so that a gate fails only on what is new.
///
/// Notes are left out, since they fail no gate, and so are wheels that could not be audited, since no gate lets them pass.
public struct Baseline: Sendable {
  /// The findings, as the next builds of the wheels have them too, and how bad each was.
  public let known: KnownFindings

  /// The version of the file: 2 since entries know how bad a finding was.
  private static let version = 2

  /// What every version of the file has.
  private struct Header: Decodable {
    let schemaVersion: Int
  }

  private struct Document: Codable {
    var schemaVersion = Baseline.version
    let findings: [Entry]
  }

  /// A key, with the severity beside what it is made of.
  private struct Entry: Codable {
    let key: FindingKey
    let severity: Finding.Severity

    enum CodingKeys: String, CodingKey {
      case severity
    }

    init(_ key: FindingKey, _ severity: Finding.Severity) {
      (self.key, self.severity) = (key, severity)
    }

    init(from decoder: any Decoder) throws {
      key = try FindingKey(from: decoder)
      severity = try decoder.container(keyedBy: CodingKeys.self).decode(Finding.Severity.self, forKey: .severity)
    }

    func encode(to encoder: any Encoder) throws {
      try key.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(severity, forKey: .severity)
    }
  }

  /// The baseline of what was found.
  public init(_ found: KnownFindings) {
    known = found
  }

  /// Reads a baseline file.
  ///
  /// - Throws: `SettingsError`.
  public init(path: String) throws(SettingsError) {
    do {
      let data = try Data(contentsOf: URL(filePath: path))
      // The entries of another version may look otherwise.
      let version = try JSONDecoder().decode(Header.self, from: data).schemaVersion
      guard version == Self.version else {
        throw SettingsError(
          path, nil,
          "it is a baseline of version \(version), and \(Self.version) is known; "
            + "write it anew with --write-baseline")
      }
      known = KnownFindings(try JSONDecoder().decode(Document.self, from: data).findings.map { ($0.key, $0.severity) })
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
    let document = Document(findings: known.entries.map { Entry($0.key, $0.severity) })
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }
}

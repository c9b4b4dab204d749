import FoundationEssentials
import Glibc
import WheelArchive
public import WheelAudit

/// What an earlier run came to, as its lines say: the audits that need not be done again.
///
/// Of each it keeps what tells the wheel again and what a gate asks, some hundred bytes.
public struct EarlierAudits: Sendable {
  /// What a gate asks of the audit of a wheel.
  public struct Audit: Hashable, Sendable {
    /// Whether a claim is broken.
    public let breaksClaims: Bool
    /// Whether there are errors and warnings that no baseline has.
    public let hasErrors: Bool
    public let hasWarnings: Bool
  }

  private struct Entry {
    let size: Int
    let sha256: Digest
    let audit: Audit
  }

  /// Of the paths, which are of any length, only digests are kept.
  private var entries: [Digest: Entry] = [:]
  /// How many lines are of audits that would come to something else now: by another version, or with other options.
  public private(set) var otherLines = 0
  /// Where the last whole line ends; what is behind it was cut off in the middle.
  public private(set) var end = 0

  /// How many audits need not be done again.
  public var count: Int { entries.count }

  /// Bytes in a line that is read; the wheel of a longer one is audited again.
  private static let longest = 8 << 20

  /// Reads a file of lines, as `--format jsonl` writes them.
  ///
  /// A last line without an end is passed over: the run was killed while it wrote it. Where there are several lines on a
  /// path the last one counts.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - basis: what the run rests on for which audits need not be done again.
  ///   - schemaVersion: the version of the lines that this run writes.
  ///   - mayBeMissing: whether no file means a run that has not begun.
  /// - Throws: `SettingsError` where it cannot be read, or has a line that is none of a report.
  public init(
    path: String, basis: AuditBasis, schemaVersion: Int, mayBeMissing: Bool = false
  ) throws(SettingsError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT, mayBeMissing { return }
    guard descriptor >= 0 else {
      throw SettingsError(path, nil, "the earlier report cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var lines = LineReader(descriptor, longest: Self.longest)
    let decoder = JSONDecoder()
    while true {
      do throws(LineReader.Failure) {
        guard let line = try lines.next() else { break }
        end = lines.end
        guard let text = line.text else {
          otherLines += 1
          continue
        }
        guard let said = try? decoder.decode(EarlierLine.self, from: Data(text)) else {
          throw LineReader.Failure.line
        }
        take(said, said.schemaVersion == schemaVersion && said.basis == basis)
      } catch {
        switch error {
        case .line:
          throw SettingsError(
            path, "line \(lines.number)", "this is no line of a report as --format jsonl writes it")
        case .system(let number):
          throw SettingsError(path, nil, "the earlier report cannot be read: \(String(cString: strerror(number)))")
        }
      }
    }
  }

  private mutating func take(_ line: EarlierLine, _ isSame: Bool) {
    guard let key = Digest(of: line.path) else { return }
    if !isSame { otherLines += 1 }
    // What could not be read may be there, or be whole, by now.
    guard isSame, let size = line.size, let sha256 = line.sha256.flatMap({ Digest(hexadecimal: $0) }),
      line.status != WheelReport.Status.unreadable.rawValue
    else {
      entries[key] = nil
      return
    }
    let new = (line.findings ?? []).filter { !$0.baseline }
    entries[key] = Entry(
      size: size, sha256: sha256,
      audit: Audit(
        breaksClaims: line.status == WheelReport.Status.violations.rawValue,
        hasErrors: new.contains { $0.severity == Finding.Severity.error.rawValue },
        hasWarnings: new.contains { $0.severity == Finding.Severity.warning.rawValue }))
  }

  /// The audit of a wheel that lies at a path now; nil where there is none of these bytes.
  ///
  /// The file is read where it has the size that it had.
  public func audit(path: String) -> Audit? {
    guard let key = Digest(of: path), let entry = entries[key], WheelFile.size(path: path) == entry.size,
      let file = WheelFile(path: path), let sha256 = file.sha256, Digest(sha256) == entry.sha256
    else { return nil }
    return entry.audit
  }
}

/// The keys of a line that matter here; lines of other versions may lack all but the first two.
private struct EarlierLine: Decodable {
  struct Tool: Decodable {
    let name: String
    let version: String
    let data: String?
  }

  struct Finding: Decodable {
    let severity: String
    let baseline: Bool
  }

  let path: String
  let status: String
  let schemaVersion: Int?
  let tool: Tool?
  let options: String?
  let size: Int?
  let sha256: String?
  let findings: [Finding]?

  /// What the audit rests on; nil for one by a version that did not say it.
  var basis: AuditBasis? {
    guard let tool, tool.name == "truewheel", let data = tool.data, let options else { return nil }
    return AuditBasis(toolVersion: tool.version, dataVersion: data, options: options)
  }
}

/// A SHA-256 without memory of its own.
private struct Digest: Hashable, Sendable {
  private let words: SIMD4<UInt64>

  init?(_ bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    var words = SIMD4<UInt64>()
    for (index, byte) in bytes.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
    self.words = words
  }

  /// Nil for what are not 64 hexadecimal digits.
  init?(hexadecimal text: String) {
    guard text.utf8.count == 64 else { return nil }
    var words = SIMD4<UInt64>()
    for (index, character) in text.enumerated() {
      guard index < 64, let digit = character.hexDigitValue else { return nil }
      words[index / 16] = words[index / 16] << 4 | UInt64(digit)
    }
    self.words = words
  }

  /// The digest of a text.
  init?(of text: String) {
    var digest = SHA256()
    Array(text.utf8).withUnsafeBytes { digest.update($0) }
    self.init(digest.finish())
  }
}

import BuildProfiles
import TestSupport
import Testing
import WheelArchive
import WheelAudit
import WheelTags

/// Builds a wheel and audits it.
///
/// - Parameters:
///   - platform: the platform tags of the file name, joined by dots.
///   - objects: fixture objects by the path they are packed at.
///   - architecture: the folder of the fixtures.
///   - options: what the user asks for.
///   - configure: what else is in the wheel, or is wrong with it.
/// - Returns: what the audit says.
/// - Throws: what keeps a fixture from being read or the wheel from being written.
func audit(
  _ platform: String, _ objects: KeyValuePairs<String, String> = [:], from architecture: String = "x86_64",
  options: Auditor.Options = Auditor.Options(), configure: (inout WheelBuilder) throws -> Void = { _ in }
) throws -> WheelReport {
  var builder = WheelBuilder(platform: platform)
  for (path, object) in objects { try builder.add(path, object: object, architecture) }
  try configure(&builder)
  let folder = try TemporaryFolder()
  return Auditor(Facts(), options: options).audit(path: try builder.write(to: folder))
}

extension Auditor.Options {
  init(
    targets: [String] = [], exclude: [String] = [], ignore: Set<Rule> = [], isStrict: Bool = false
  ) {
    self.init()
    self.targets = targets.compactMap { Target($0) }
    self.exclusions = exclude.map { Exclusion(pattern: $0, reason: "a test says so") }
    self.ignoredRules = ignore
    self.isStrict = isStrict
  }
}

extension WheelReport {
  /// Every finding without its words: `error symbol-version a.so libc.so.6 f@GLIBC_2.34 manylinux_2_17_x86_64`.
  var said: [String] { findings.map(\.line) }

  /// The findings of one rule without their words.
  func said(_ rule: Rule) -> [String] { findings.filter { $0.rule == rule }.map(\.line) }

  var minimalTag: String? { audit?.verdict.minimalTag.spelling }

  var libcFloor: String? { audit?.verdict.libcFloor?.description }

  /// The claims by whether they are kept: `+manylinux_2_34_x86_64`, `-manylinux_2_17_x86_64`.
  var claims: [String] { audit?.claims.map { "\($0.isSatisfied ? "+" : "-")\($0.tag)" } ?? [] }

  /// Every requirement with its floor: `library libc.so.6 ≥ 2.5`.
  var requirements: [String] { audit?.requirements.map(\.line) ?? [] }

  /// The requirements of one kind.
  func requirements(_ kind: Requirement.Kind) -> [String] {
    audit?.requirements.filter { $0.kind == kind }.map(\.line) ?? []
  }

  /// Where the libraries that an object needs come from: `libc.so.6: platform`, `libfoo.so.1: bundled a/libfoo.so.1`.
  func resolutions(of object: String) -> [String] {
    let needed = audit?.objects.first { $0.path == object }?.needed ?? []
    return needed.map { "\($0.library): \($0.resolution)\($0.path.map { " \($0)" } ?? "")" }
  }
}

extension Finding {
  /// Everything but message and help; what is nil is left out.
  var line: String {
    let name = [symbol, version].compactMap { $0 }.joined(separator: "@")
    let parts = [severity.rawValue, rule.rawValue, object, library, name, tag?.spelling]
    return parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension Requirement {
  var line: String {
    let floor = floor.version.map(\.description) ?? "none"
    let parts = [kind.rawValue, library, version] + symbols.map(Optional.some)
    return parts.compactMap { $0 }.joined(separator: " ") + " ≥ " + floor
  }
}

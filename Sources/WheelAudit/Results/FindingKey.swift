import WheelTags

/// What a finding is about, as it is known again: in the next run, in the next build, or in another release.
///
/// How it is told, and how bad it is, is no part of it. An exact key is of one file and of names as they are; a key across
/// builds leaves out what differs from build to build of a package.
public struct FindingKey: Hashable, Codable, Sendable {
  /// The wheel, or the package where only a release shows the finding.
  public let wheel: String
  public let rule: String
  public let object: String?
  public let library: String?
  public let symbol: String?
  public let version: String?
  /// The platform tag; where only a release shows the finding, the label of the variant that the builds are of.
  public let tag: String?
  /// The libc, the architectures and the interpreter of builds; nil for a finding on one wheel.
  public let libc: String?
  public let architecture: String?
  public let interpreter: String?

  /// The exact key of a finding on a wheel.
  public init(_ finding: Finding, in report: WheelReport) {
    self.init(finding, wheel: report.file, name: { $0 })
  }

  /// The key of a finding on a wheel that the next build of the wheel has too.
  public init(acrossBuilds finding: Finding, in report: WheelReport) {
    self.init(finding, wheel: Self.wheelAcrossBuilds(report), name: nameAcrossBuilds)
  }

  /// The exact key of what a release shows.
  public init(_ finding: ReleaseFinding) {
    self.init(finding, wheel: "\(finding.package)-\(finding.version)")
  }

  /// The key of what a release shows that the next release of the package has too.
  public init(acrossBuilds finding: ReleaseFinding) {
    self.init(finding, wheel: finding.package)
  }

  private init(_ finding: Finding, wheel: String, name: (String) -> String) {
    self.wheel = wheel
    rule = finding.rule.rawValue
    object = finding.object.map(name)
    library = finding.library.map(name)
    symbol = finding.symbol
    version = finding.version
    tag = finding.tag?.spelling
    (libc, architecture, interpreter) = (nil, nil, nil)
  }

  private init(_ finding: ReleaseFinding, wheel: String) {
    self.wheel = wheel
    rule = finding.rule.rawValue
    object = finding.object
    (library, symbol, version, tag) = (nil, nil, nil, finding.variant)
    libc = finding.libc.rawValue
    let isOfAll = finding.rule == .releaseArchitectureFloor
    architecture = isOfAll ? nil : finding.architectures.map(\.rawValue).joined(separator: ".")
    interpreter = finding.rule == .releaseCoverage ? finding.interpreters.joined(separator: ".") : nil
  }

  /// True for what only a release shows.
  public var isOnRelease: Bool { libc != nil }

  /// All that it is made of, in an order that never changes: fingerprints are made of it.
  public var fields: [String?] {
    let own = [wheel, rule, object, library, symbol, version, tag]
    return isOnRelease ? own + [libc, architecture, interpreter] : own
  }

  /// `demo-1.0-cp39-abi3-linux_x86_64.whl` → `demo-cp39-abi3-linux_x86_64`.
  public static func wheelAcrossBuilds(_ report: WheelReport) -> String {
    guard let name = report.name.filename else { return report.file }
    let tags = [name.pythonTags.joined(separator: "."), name.abiTags.joined(separator: ".")]
    let platforms = name.platformTags.map(\.spelling).joined(separator: ".")
    return ([name.distribution] + tags + [platforms] + [name.variant].compactMap { $0 }).joined(separator: "-")
  }
}

extension FindingKey {
  /// By bytes: to compare texts as such would take two names of files for one that Unicode spells in two ways.
  public static func == (left: FindingKey, right: FindingKey) -> Bool {
    left.all.elementsEqual(right.all) { one, other in
      guard let one, let other else { return one == nil && other == nil }
      return one.utf8.elementsEqual(other.utf8)
    }
  }

  public func hash(into hasher: inout Hasher) {
    for field in all {
      hasher.combine(field?.utf8.count)
      for byte in field?.utf8 ?? "".utf8 { hasher.combine(byte) }
    }
  }

  private var all: [String?] {
    [wheel, object, rule, library, version, symbol, tag, libc, architecture, interpreter]
  }
}

extension FindingKey: CustomStringConvertible {
  /// In words, as far as they say which it is.
  public var description: String {
    let builds = [libc, architecture, interpreter].compactMap { $0 }.joined(separator: " ")
    let what = symbol.map { name in name + (version.map { "@\($0)" } ?? "") } ?? version ?? library ?? builds
    return "\(wheel): \(object.map { "\($0): " } ?? "")\(rule)\(what.isEmpty ? "" : " \(what)")"
  }
}

extension FindingKey: Comparable {
  /// By wheel, then by object.
  public static func < (left: FindingKey, right: FindingKey) -> Bool {
    for (one, other) in zip(left.all, right.all) {
      let (one, other) = (one ?? "", other ?? "")
      if !one.utf8.elementsEqual(other.utf8) { return one.utf8.lexicographicallyPrecedes(other.utf8) }
    }
    return false
  }
}

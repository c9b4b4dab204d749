import BuildProfiles
import WheelTags

/// The wheels of one version of one package that were audited together, and what only the set shows.
public struct Release: Sendable {
  /// The package's name and version, as its first wheel has them.
  public let name: String
  public let version: String
  /// The name as PEP 503 compares names, with underscores.
  public let package: String
  public let wheels: [Build]
  /// What the wheels show together, none of which breaks a claim.
  public private(set) var findings: [ReleaseFinding]
  /// Rules that the user ignores for all of its wheels and that found something.
  public let ignoredRules: [Rule]

  struct System: Hashable, Comparable, CustomStringConvertible {
    let libc: Libc
    let architecture: Architecture

    var description: String { "\(libc) on \(architecture)" }

    static func < (left: System, right: System) -> Bool { left.description < right.description }
  }

  /// True where there are wheels to compare: a single one shows nothing beside itself.
  public var isComparable: Bool { wheels.count > 1 }

  /// The wheels of each variant: what one is for another need not be, so each is compared with its own.
  private static func byVariant(_ wheels: [Build]) -> [[Build]] {
    Dictionary(grouping: wheels) { $0.filename.variant ?? "" }.sorted { $0.key < $1.key }.map(\.value)
  }

  /// With `isWhole` false some of its wheels are not among these, so that to compare them would mislead.
  init(_ package: String, _ first: Build, _ wheels: [Build], _ options: Auditor.Options, isWhole: Bool = true) {
    name = first.filename.distribution
    version = first.filename.version
    self.package = package
    self.wheels = wheels
    let compared = isWhole ? Self.byVariant(wheels).filter { $0.count > 1 } : []
    let found = compared.flatMap { ReleaseComparison(package, first.filename.version, $0).findings }
    let asked = wheels.map { options.options(forWheel: $0.file).ignoredRules }
    let ignored = asked.dropFirst().reduce(asked.first ?? []) { $0.intersection($1) }
    findings = found.filter { !ignored.contains($0.rule) }
    ignoredRules = Set(found.map(\.rule)).intersection(ignored).sorted { $0.rawValue < $1.rawValue }
  }

  /// The same, with what a baseline has marked as known.
  public func marking(_ known: KnownFindings) -> Release {
    var marked = self
    for index in findings.indices { marked.findings[index].isKnown = known.has(findings[index]) }
    return marked
  }

  /// The releases among wheels, in the order of their first wheels.
  public static func releases(
    of reports: [WheelReport], _ options: Auditor.Options = Auditor.Options()
  ) -> [Release] {
    var window = ReleaseWindow(options, limit: .max)
    return reports.flatMap { window.take($0) } + window.end()
  }
}

import BuildProfiles
public import WheelTags

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

  /// One wheel of a release.
  public struct Build: Sendable {
    public let filename: WheelFilename
    public let report: WheelReport

    /// What it is built for, apart from the platform: `cp312-abi3`, and of a variant `cp312-abi3-x86_64_v3`.
    var interpreter: String {
      let tags = [filename.pythonTags, filename.abiTags].map { $0.joined(separator: ".") }
      return (tags + [filename.variant].compactMap { $0 }).joined(separator: "-")
    }

    /// The libc and the architectures that its tags name.
    var platforms: Set<System> {
      Set(
        filename.platformTags.compactMap { tag in
          guard let libc = tag.libc, let architecture = tag.architecture else { return nil }
          return System(libc: libc, architecture: architecture)
        })
    }

    /// What it was judged for, as its tags name the architecture; nil for what was not judged, and for what is for
    /// another architecture than they name.
    var system: System? {
      guard let audit = report.audit, filename.platformTags.contains(where: { $0.architecture == audit.architecture })
      else { return nil }
      return System(libc: audit.libc, architecture: audit.architecture)
    }

    /// How old a libc may be, and on which platform; nil for what needs none.
    var floor: (platform: System, version: LibcVersion)? {
      guard let system, let floor = report.audit?.verdict.libcFloor else { return nil }
      return (system, floor.series)
    }
  }

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

  private init(_ package: String, _ first: Build, _ wheels: [Build], _ options: Auditor.Options) {
    name = first.filename.distribution
    version = first.filename.version
    self.package = package
    self.wheels = wheels
    let found = Self.byVariant(wheels).filter { $0.count > 1 }.flatMap { builds in
      ReleaseComparison(package, first.filename.version, builds).findings
    }
    let asked = wheels.map { options.options(forWheel: $0.report.file).ignoredRules }
    let ignored = asked.dropFirst().reduce(asked.first ?? []) { $0.intersection($1) }
    findings = found.filter { !ignored.contains($0.rule) }
    ignoredRules = Set(found.map(\.rule)).intersection(ignored).sorted { $0.rawValue < $1.rawValue }
  }

  /// The same, with what a baseline has marked as known.
  func marking(_ known: KnownFindings) -> Release {
    var marked = self
    for index in findings.indices { marked.findings[index].isKnown = known.has(findings[index]) }
    return marked
  }

  /// The releases among wheels, in the order of their first wheels.
  public static func releases(
    of reports: [WheelReport], _ options: Auditor.Options = Auditor.Options()
  ) -> [Release] {
    struct Key: Hashable {
      let package: String
      let version: String
    }
    var order: [Key] = []
    var builds: [Key: [Build]] = [:]
    for report in reports {
      guard let filename = report.name.filename else { continue }
      // PEP 503 makes no difference between these.
      let package = String(filename.distribution.lowercased().map { $0 == "-" || $0 == "." ? "_" : $0 })
      let key = Key(package: package, version: filename.version)
      if builds[key] == nil { order.append(key) }
      builds[key, default: []].append(Build(filename: filename, report: report))
    }
    return order.compactMap { key in
      guard let wheels = builds[key], let first = wheels.first else { return nil }
      return Release(key.package, first, wheels, options)
    }
  }
}

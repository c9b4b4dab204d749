import BuildProfiles
public import WheelTags

extension Release {
  /// One wheel of a release: what is compared with other wheels, and no more, so that many can be kept.
  public struct Build: Sendable {
    public let filename: WheelFilename
    /// The path as it was given.
    public let path: String
    /// The name without its folder.
    public let file: String
    public let status: WheelReport.Status
    /// True where it breaks one of its claims; what else is wrong with it is no matter of tags.
    public let breaksClaim: Bool
    /// The tag that it may carry; nil where it was not judged, or is for no one architecture.
    public let minimalTag: PlatformTag?
    /// The libcs that it needs, in words; nil where it was not judged.
    public let neededLibc: String?
    /// What it was judged for; nil where it was not.
    let judged: System?
    let libcFloor: LibcVersion?
    /// The version of the oldest published profile of the system that it was judged for.
    let oldestProfile: LibcVersion?
    let objects: [Object]

    /// An object as a build has it.
    struct Object: Sendable {
      let path: String
      let floor: LibcVersion?
      let libraries: [String]
    }

    /// Nil for a wheel whose name is none of a wheel.
    init?(_ report: WheelReport) {
      guard let filename = report.name.filename else { return nil }
      let audit = report.audit
      self.filename = filename
      path = report.path
      file = report.file
      status = report.status
      breaksClaim = audit?.claims.contains { !$0.isSatisfied } ?? false
      minimalTag = audit?.minimalTag
      neededLibc = audit.map { $0.neededLibc ?? "none" }
      judged = audit.map { System(libc: $0.libc, architecture: $0.architecture) }
      libcFloor = audit?.verdict.libcFloor
      oldestProfile = audit?.profiles.first?.version
      objects =
        audit.map { audit in
          audit.objects.map { object in
            Object(
              path: object.path, floor: audit.floors[object.path]?.libc?.series,
              libraries: object.needed.map(\.library))
          }
        } ?? []
    }

    /// How many names it has, which is what it takes to keep.
    var weight: Int { objects.reduce(1) { $0 + 1 + $1.libraries.count } }

    /// The name of the package as PEP 503 compares names, with underscores.
    var package: String { ProjectName(filename.distribution).inFileNames }

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
      guard let judged, filename.platformTags.contains(where: { $0.architecture == judged.architecture })
      else { return nil }
      return judged
    }

    /// How old a libc may be, and on which platform; nil for what needs none.
    var floor: (platform: System, version: LibcVersion)? {
      guard let system, let libcFloor else { return nil }
      return (system, libcFloor.series)
    }
  }
}

import BuildProfiles
public import WheelTags

/// The wheels of one version of one package that were audited together, and what only the set shows.
public struct Release: Sendable {
  /// The package's name and version, as its first wheel has them.
  public let name: String
  public let version: String
  public let wheels: [Build]

  /// One wheel of a release.
  public struct Build: Sendable {
    public let filename: WheelFilename
    public let report: WheelReport

    /// What it is built for, apart from the platform: `cp312-abi3`.
    var interpreter: String {
      filename.pythonTags.joined(separator: ".") + "-" + filename.abiTags.joined(separator: ".")
    }

    /// The libc and the architectures that its tags name.
    var platforms: Set<Platform> {
      Set(
        filename.platformTags.compactMap { tag in
          guard let libc = tag.libc, let architecture = tag.architecture else { return nil }
          return Platform(libc: libc, architecture: architecture)
        })
    }

    /// How old a libc may be, and on which platform; nil for what was not judged or needs none.
    var floor: (platform: Platform, version: LibcVersion)? {
      guard let audit = report.audit, let floor = audit.verdict.libcFloor else { return nil }
      return (Platform(libc: audit.libc, architecture: audit.architecture), floor.series)
    }
  }

  struct Platform: Hashable, Comparable, CustomStringConvertible {
    let libc: Libc
    let architecture: Architecture

    var description: String { "\(libc) on \(architecture)" }

    static func < (left: Platform, right: Platform) -> Bool { left.description < right.description }
  }

  /// The releases among wheels, in the order of their first wheels.
  public static func releases(of reports: [WheelReport]) -> [Release] {
    var order: [String] = []
    var builds: [String: [Build]] = [:]
    for report in reports {
      guard let filename = report.name.filename else { continue }
      // PEP 503 makes no difference between these.
      let key = filename.distribution.lowercased().map { $0 == "-" || $0 == "." ? "_" : $0 } + ["-"] + filename.version
      let name = String(key)
      if builds[name] == nil { order.append(name) }
      builds[name, default: []].append(Build(filename: filename, report: report))
    }
    return order.compactMap { key in
      guard let wheels = builds[key], let first = wheels.first else { return nil }
      return Release(name: first.filename.distribution, version: first.filename.version, wheels: wheels)
    }
  }
}

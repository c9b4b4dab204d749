import BuildProfiles
import WheelTags

extension Explainer {
  /// A platform tag, with or without an architecture.
  func tag(_ subject: String) -> [String]? {
    let whole = PlatformTag(subject)
    if whole.promise == .any {
      return ["any: every system and every processor", "", "  For wheels without compiled code. PyPI accepts it."]
    }
    if whole.promise == .linux { return linux(whole) }
    let tag = whole.libcVersion == nil ? PlatformTag("\(subject)_x86_64") : whole
    guard case .libc(let libc, let version) = tag.promise, let architecture = tag.architecture else { return nil }
    let title =
      "\(printable(subject)): every \(whole.libcVersion == nil ? "" : "\(architecture) ")Linux with \(libc) \(version) or newer"
    var rows = facts(tag, libc, version)
    let installers = InstallerTable().oldest(for: tag).map { "\($0.installer) \($0.version)" }
    if !installers.isEmpty { rows.append(["understood since", installers.joined(separator: ", ")]) }
    rows.append(["PyPI", InstallerTable().isAccepted(tag) ? "accepts it" : "does not accept it for \(architecture)"])
    return [title, ""] + columns(rows, indent: 2) + distributions(libc, version, architecture)
  }

  private func linux(_ tag: PlatformTag) -> [String] {
    [
      "\(printable(tag.spelling)): Linux on this processor, and nothing else said", "",
      "  It says nothing of the systems that a wheel needs. PyPI "
        + (InstallerTable().isAccepted(tag) ? "accepts it." : "does not accept it."),
    ]
  }

  private func facts(_ tag: PlatformTag, _ libc: Libc, _ version: LibcVersion) -> [[String]] {
    let published: [BuildProfile] =
      libc == .glibc
      ? profiles.profiles : MuslPlatform(tag.architecture ?? .x86_64, profiles).profiles
    guard let profile = published.first(where: { $0.version >= version }) else {
      return [["profile", "none is published for \(libc) \(version) or newer"]]
    }
    let name = profile.version == version ? "\(profile.name)" : "the next published one is \(profile.name)"
    let architectures = profile.architectures.map(\.rawValue).joined(separator: ", ")
    let aliases = profile.version == version ? profile.aliases.map(\.rawValue) : []
    return [["profile", name]] + (aliases.isEmpty ? [] : [["also called", aliases.joined(separator: ", ")]])
      + [["exists for", architectures]]
  }

  /// Which supported releases can load wheels with the tag, and which cannot.
  private func distributions(_ libc: Libc, _ version: LibcVersion, _ architecture: Architecture) -> [String] {
    guard libc == .glibc else { return ["", "  Nothing is known of distributions with musl, such as Alpine Linux."] }
    let reach = Reach(floor: version, on: architecture, at: date, among: DistributionTable())
    func rows(_ releases: [DistributionRelease]) -> [[String]] {
      releases.map { release in
        [release.title, "glibc \(release.glibc[architecture]?.description ?? "")", release.support.until]
      }
    }
    let runs =
      reach.runs.isEmpty
      ? ["", "  No release supported on \(date) runs it on \(architecture)."]
      : ["", "  Releases supported on \(date) that run it on \(architecture):"] + columns(rows(reach.runs), indent: 4)
    guard !reach.leavesOut.isEmpty else { return runs }
    return runs + ["", "  Releases that do not:"] + columns(rows(reach.leavesOut), indent: 4)
  }
}

extension DistributionRelease.Support {
  fileprivate var until: String {
    if case .until = self { return "until \(words)" }
    return words
  }
}

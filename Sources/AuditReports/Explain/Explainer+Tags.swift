import BuildProfiles
import WheelTags

extension Explainer {
  /// A platform tag, with or without an architecture.
  func tag(_ subject: String) throws(TableError) -> [String]? {
    let whole = PlatformTag(subject)
    if whole.promise == .any {
      return ["any: every system and every processor", "", "  For wheels without compiled code. PyPI accepts it."]
    }
    if whole.promise == .linux { return try linux(whole) }
    let tag = whole.libcVersion == nil ? PlatformTag("\(subject)_x86_64") : whole
    guard case .libc(let libc, let version) = tag.promise, let architecture = tag.architecture else { return nil }
    let title =
      "\(printable(subject)): every \(whole.libcVersion == nil ? "" : "\(architecture) ")Linux with \(libc) \(version) or newer"
    var rows = try published(tag, libc, version)
    let installers = try facts.installers
    let oldest = installers.oldest(for: tag).map { "\($0.installer) \($0.version)" }
    if !oldest.isEmpty { rows.append(["understood since", oldest.joined(separator: ", ")]) }
    rows.append(["PyPI", installers.isAccepted(tag) ? "accepts it" : "does not accept it for \(architecture)"])
    return try [title, ""] + columns(rows, indent: 2) + distributions(libc, version, architecture)
  }

  private func linux(_ tag: PlatformTag) throws(TableError) -> [String] {
    [
      "\(printable(tag.spelling)): Linux on this processor, and nothing else said", "",
      "  It says nothing of the systems that a wheel needs. PyPI "
        + (try facts.installers.isAccepted(tag) ? "accepts it." : "does not accept it."),
    ]
  }

  private func published(
    _ tag: PlatformTag, _ libc: Libc, _ version: LibcVersion
  ) throws(TableError) -> [[String]] {
    let published =
      libc == .glibc ? profiles.profiles : try facts.platform(libc, tag.architecture ?? .x86_64).profiles
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
  private func distributions(
    _ libc: Libc, _ version: LibcVersion, _ architecture: Architecture
  ) throws(TableError) -> [String] {
    let reach = Reach(floor: version, on: architecture, libc: libc, at: date, among: try facts.distributions)
    func rows(_ releases: [DistributionRelease]) -> [[String]] {
      releases.map { release in
        [release.title, "\(libc) \(release.versions[architecture]?.description ?? "")", release.support.until]
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

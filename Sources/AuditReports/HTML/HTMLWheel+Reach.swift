import BuildProfiles
import WheelAudit
import WheelTags

extension HTMLWheel {
  /// The supported distribution releases that the wheel does not run on, and folded those that it does.
  func reach(_ audit: Audit) -> [Markup] {
    guard let reach = audit.reach else { return [] }
    let total = reach.runs.count + reach.leavesOut.count
    let orNewer = audit.verdict.libcCeiling == nil ? " or newer" : ""
    let needs = audit.neededLibc.map { "\($0)\(orNewer)" } ?? "no \(audit.libc)"
    let count = reach.leavesOut.isEmpty ? "all \(total)" : "\(reach.runs.count) of the \(total)"
    var contents: [Markup] = [
      """
      <p>It needs \(needs), and runs on \(count) releases of distributions with \(audit.libc.rawValue) for \
      \(audit.architecture.rawValue) that are supported on \(reach.date.description).</p>
      """
    ]
    if !reach.leavesOut.isEmpty {
      contents.append("<p>It does not run on:</p>\n\(list(reach.leavesOut, audit.architecture))")
    }
    if !reach.runs.isEmpty {
      contents.append(
        """
        <details>
        <summary>It runs on: \(counted(reach.runs.count, "release"))</summary>
        \(list(reach.runs, audit.architecture))
        </details>
        """)
    }
    return part("reach", "Reach", contents)
  }

  /// Releases with the version of their libc, those of the oldest first.
  private func list(_ releases: [DistributionRelease], _ architecture: Architecture) -> Markup {
    let sorted = releases.sorted { left, right in
      let (leftVersion, rightVersion) = (left.versions[architecture], right.versions[architecture])
      guard let leftVersion, let rightVersion, leftVersion != rightVersion else { return left.title < right.title }
      return leftVersion < rightVersion
    }
    let items = sorted.map { release -> Markup in
      let version = release.versions[architecture].map { "\(release.libc) \($0), " } ?? ""
      return "<li>\(release.title) <small>\(version)\(release.support.ending)</small></li>\n"
    }
    return "<ul class=\"releases\">\n\(items)</ul>"
  }
}

extension DistributionRelease.Support {
  /// The last day, or that there is none.
  var words: String {
    switch self {
    case .until(let date): date.description
    case .rolling: "rolling"
    case .unknown: "unknown"
    }
  }

  /// The same, in words behind those about the release.
  fileprivate var ending: String {
    switch self {
    case .until: "until \(words)"
    case .rolling: words
    case .unknown: "end \(words)"
    }
  }
}

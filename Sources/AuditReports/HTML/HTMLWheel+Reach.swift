import BuildProfiles
import WheelAudit
import WheelTags

extension HTMLWheel {
  /// A chart of the supported distribution releases, by their libc, and which of them the wheel runs on.
  func reach(_ audit: Audit) -> [Markup] {
    guard let reach = audit.reach else { return [] }
    let all = reach.runs.map { ($0, true) } + reach.leavesOut.map { ($0, false) }
    let versions = Set(all.compactMap { $0.0.versions[audit.architecture] }).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(versions, versions.indices))
    let rows = all.sorted { left, right in
      let (leftVersion, rightVersion) = (left.0.versions[audit.architecture], right.0.versions[audit.architecture])
      guard let leftVersion, let rightVersion, leftVersion != rightVersion else { return left.0.title < right.0.title }
      return leftVersion < rightVersion
    }.map { row($0, runs: $1, audit.architecture, places) }
    let orNewer = audit.verdict.libcCeiling == nil ? " or newer" : ""
    let needs = audit.neededLibc.map { "\($0)\(orNewer)" } ?? "no \(audit.libc)"
    return part(
      "reach", "Reach",
      [
        """
        <p>It needs \(needs), and runs on \(reach.runs.count) of the \(all.count) releases of distributions with \(audit.libc.rawValue) \
        for \(audit.architecture.rawValue) that are supported on \(reach.date.description).</p>
        <div class="scroll tall" tabindex="0" role="region" aria-labelledby="\(id)-reach-title">
        <table class="reach" data-sortable>
        <thead><tr><th scope="col">Release</th><th scope="col">Runs</th><th scope="col">\(audit.libc.rawValue)</th>\
        <th scope="col">Supported until</th></tr></thead>
        <tbody>
        \(rows)</tbody>
        </table>
        </div>
        """
      ])
  }

  private func row(
    _ release: DistributionRelease, runs: Bool, _ architecture: Architecture, _ places: [LibcVersion: Int]
  ) -> Markup {
    let version = release.versions[architecture]
    let length = 16 + 12 * (version.flatMap { places[$0] } ?? 0)
    let bar: Markup = """
      <svg class="bar \(runs ? "runs" : "lacks")" width="\(16 + 12 * places.count)" height="12" aria-hidden="true" \
      focusable="false"><rect x="0" y="1" width="\(length)" height="10" rx="2"/></svg>
      """
    let mark: Markup =
      runs ? "<span class=\"badge good\">✓ yes</span>" : "<span class=\"badge bad\">✗ no</span>"
    return """
      <tr><th scope="row">\(release.title)</th><td>\(mark)</td>\
      <td>\(bar) \(version?.description ?? "")</td><td>\(release.support.words)</td></tr>

      """
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
}

import BuildProfiles
import WheelAudit
import WheelTags

/// Where a wheel runs: `#/$defs/reach` of `docs/report.schema.json`.
struct ReachEntry: Encodable {
  struct ReleaseEntry: Encodable {
    @Nullable var libcVersion: String?
    let name: String
    let release: String
    @Nullable var until: String?

    init(_ release: DistributionRelease, _ architecture: Architecture) {
      name = release.name
      self.release = release.release
      libcVersion = release.versions[architecture]?.description
      if case .until(let date) = release.support { until = date.description }
    }
  }

  let date: String
  let leavesOut: [ReleaseEntry]
  let runs: [ReleaseEntry]

  init(_ reach: Reach) {
    date = reach.date.description
    runs = reach.runs.map { ReleaseEntry($0, reach.architecture) }
    leavesOut = reach.leavesOut.map { ReleaseEntry($0, reach.architecture) }
  }
}

import BuildProfiles
import WheelAudit
import WheelTags

/// What ends a text report on several wheels: a table of all of them, and what only the set shows.
struct ReleaseTable {
  private let releases: [Release]
  private let style: TextStyle

  init(_ releases: [Release], _ style: TextStyle) {
    self.releases = releases
    self.style = style
  }

  var lines: [String] {
    releases.filter(\.isComparable).flatMap { release -> [String] in
      let title = style.strong("\(printable(release.name)) \(printable(release.version))")
      return ["", "\(title):"] + columns([head] + release.wheels.map(row), indent: 2) + warnings(release)
    }
  }

  private let head = ["Python", "ABI", "platform", "claims", "minimal tag", "floor"]

  private func row(_ build: Release.Build) -> [String] {
    let name = build.filename
    return [
      printable(name.pythonTags.joined(separator: ".")), printable(name.abiTags.joined(separator: ".")),
      printable(platform(name)), verdict(build),
      build.minimalTag.map { printable($0.spelling) } ?? "-", build.neededLibc ?? "-",
    ]
  }

  /// The platform tags, and behind them the label of a variant, as in the file name.
  private func platform(_ name: WheelFilename) -> String {
    ([name.platformTags.map(\.spelling).joined(separator: ".")] + [name.variant].compactMap { $0 })
      .joined(separator: "-")
  }

  private func verdict(_ build: Release.Build) -> String {
    switch build.status {
    case .clean: "kept"
    case .violations: build.breaksClaim ? "broken" : "see below"
    case .unreadable: "unreadable"
    case .skipped: "no objects"
    }
  }

  private func warnings(_ release: Release) -> [String] {
    let warnings = release.findings
    let shown = style.detail == .everything ? warnings : Array(warnings.prefix(10))
    let more =
      warnings.count > shown.count ? ["  and \(warnings.count - shown.count) more warnings (-v shows all)"] : []
    return shown.map { "  \(style.doubtful($0.severity.rawValue)): \(printable($0.message))" } + more
  }
}

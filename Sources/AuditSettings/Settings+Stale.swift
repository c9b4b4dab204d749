public import WheelAudit

extension Settings {
  /// What of the settings no longer does anything, a sentence each: exclusions and ignored rules that met no wheel and no
  /// release of a run in which one could have met them, and sections that no wheel of the run is called like.
  public func stale(in reports: [WheelReport], releases: [Release] = []) -> [String] {
    let unmatched = sections.filter { section in
      let matched = Auditor.Options.Section(pattern: section.pattern, options: Auditor.Options())
      return !reports.contains { matched.matches(wheel: $0.file) }
    }.map { "wheels.\"\($0.pattern)\": this pattern matches no wheel of the run" }
    return (reports.isEmpty ? [] : unmatched) + staleEntries(in: reports, releases: releases)
  }

  /// The exclusions and ignored rules that met nothing.
  private func staleEntries(in reports: [WheelReport], releases: [Release]) -> [String] {
    let audited = reports.filter { $0.audit != nil }
    guard !audited.isEmpty else { return [] }
    let own =
      exclusions.filter { exclusion in !audited.contains { $0.needs(exclusion) } }
      .map { "the exclusion of '\($0.pattern)' no longer applies: no object needs such a library" }
      + ignoredRules.filter { !$0.rule.isMet(in: reports, releases) }
      .map { "the rule '\($0.rule.rawValue)' need not be ignored any more: it finds nothing" }
    return own
      + sections.flatMap { section in
        let matched = Auditor.Options.Section(pattern: section.pattern, options: Auditor.Options())
        return section.settings.staleEntries(
          in: reports.filter { matched.matches(wheel: $0.file) },
          releases: releases.filter { $0.wheels.contains { matched.matches(wheel: $0.report.file) } }
        )
        .map { "wheels.\"\(section.pattern)\": \($0)" }
      }
  }
}

extension Rule {
  /// True when it found something that was ignored, or could not have found anything: a release of one wheel shows nothing.
  fileprivate func isMet(in reports: [WheelReport], _ releases: [Release]) -> Bool {
    // Nothing is spent on it where it is ignored.
    if self == .recordHash { return true }
    guard isOnReleases else { return reports.contains { $0.ignoredRules.contains(self) } }
    return !releases.contains(where: \.isComparable) || releases.contains { $0.ignoredRules.contains(self) }
  }
}

extension WheelReport {
  /// True when an object of the wheel needs a library that an exclusion takes out.
  fileprivate func needs(_ exclusion: Exclusion) -> Bool {
    audit?.objects.contains { object in
      object.needed.contains { $0.resolution == .excluded && exclusion.matches($0.library) }
    } ?? false
  }
}

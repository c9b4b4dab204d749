public import WheelAudit

/// What of the settings does nothing in a run, as it goes on: exclusions and ignored rules that meet no wheel and no
/// release in which one could have met them, and sections that no wheel is called like.
public struct StaleSettings: Sendable {
  private let settings: Settings
  /// Which exclusions and ignored rules have met something.
  private var metExclusions: Set<String> = []
  private var metRules: Set<Rule> = []
  /// Whether there was any wheel, one that was audited, and a release with several.
  private var hasWheels = false
  private var hasAudits = false
  private var hasReleases = false
  private var sections: [(matched: Auditor.Options.Section, stale: StaleSettings)]

  public init(_ settings: Settings) {
    self.settings = settings
    sections = settings.sections.map { section in
      (.init(pattern: section.pattern, options: Auditor.Options()), StaleSettings(section.settings))
    }
  }

  public mutating func take(_ report: WheelReport) {
    hasWheels = true
    metRules.formUnion(report.ignoredRules)
    if let audit = report.audit {
      hasAudits = true
      for exclusion in settings.exclusions where !metExclusions.contains(exclusion.pattern) {
        if audit.needs(exclusion) { metExclusions.insert(exclusion.pattern) }
      }
    }
    for index in sections.indices where sections[index].matched.matches(wheel: report.file) {
      sections[index].stale.take(report)
    }
  }

  public mutating func take(_ release: Release) {
    if release.isComparable { hasReleases = true }
    metRules.formUnion(release.ignoredRules)
    for index in sections.indices
    where release.wheels.contains(where: { sections[index].matched.matches(wheel: $0.file) }) {
      sections[index].stale.take(release)
    }
  }

  /// True where the settings ignore what only releases show, which is met or not only where these are compared.
  public static func isAboutReleases(_ settings: Settings) -> Bool {
    settings.ignoredRules.contains { $0.rule.isOnReleases }
      || settings.sections.contains { isAboutReleases($0.settings) }
  }

  /// A sentence for each.
  public var sentences: [String] {
    let unmatched = sections.filter { !$0.stale.hasWheels }.map {
      "wheels.\"\($0.matched.pattern)\": this pattern matches no wheel of the run"
    }
    return (hasWheels ? unmatched : []) + entries
  }

  /// The exclusions and ignored rules that met nothing.
  private var entries: [String] {
    guard hasAudits else { return [] }
    return settings.exclusions.filter { !metExclusions.contains($0.pattern) }.map {
      "the exclusion of '\($0.pattern)' no longer applies: no object needs such a library"
    }
      + settings.ignoredRules.filter { !isMet($0.rule) }.map {
        "the rule '\($0.rule.rawValue)' need not be ignored any more: it finds nothing"
      }
      + sections.flatMap { section in
        section.stale.entries.map { "wheels.\"\(section.matched.pattern)\": \($0)" }
      }
  }

  /// True when a rule found something that was ignored, or could not have found anything: a release of one wheel shows
  /// nothing.
  private func isMet(_ rule: Rule) -> Bool {
    // On recordHash nothing is spent where it is ignored.
    metRules.contains(rule) || rule == .recordHash || (rule.isOnReleases && !hasReleases)
  }
}

extension Audit {
  /// True when an object of the wheel needs a library that an exclusion takes out.
  fileprivate func needs(_ exclusion: Exclusion) -> Bool {
    objects.contains { object in
      object.needed.contains { $0.resolution == .excluded && exclusion.matches($0.library) }
    }
  }
}

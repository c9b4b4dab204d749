public import WheelAudit
public import WheelTags

/// What a project asks of the audits of its wheels: the contents of its settings file.
public struct Settings: Sendable {
  /// A rule that is taken out of the verdict, and why.
  public struct IgnoredRule: Hashable, Sendable {
    public let rule: Rule
    public let reason: String
  }

  /// Settings for the wheels whose file names match a pattern.
  public struct Section: Sendable {
    public let pattern: String
    public let settings: Settings
  }

  /// What to judge by besides the tags of the file names.
  public var targets: [Target] = []
  public var exclusions: [Exclusion] = []
  public var ignoredRules: [IgnoredRule] = []
  /// The only rules that count; nil for all.
  public var selectedRules: [Rule]?
  /// Rules that count besides, such as those of a group.
  public var extendedRules: [Rule] = []
  public var isStrict: Bool?
  public var threshold: Threshold?
  /// A path relative to the folder of the settings file.
  public var baseline: String?
  /// The limits that are others than by default.
  public var limits: [LimitValue] = []
  /// How many seconds one wheel may take; nil for as many as it takes.
  public var timeout: Seconds?
  public var sections: [Section] = []

  public init() {}

  /// The same in the auditor's terms.
  public var auditorOptions: Auditor.Options {
    var options = Auditor.Options()
    options.targets = targets
    options.exclusions = exclusions
    options.ignoredRules = Set(ignoredRules.map(\.rule))
    if let selectedRules {
      // What cannot be audited is no matter of choice.
      options.ignoredRules.formUnion(
        Set(Rule.allCases).subtracting(selectedRules).subtracting(extendedRules).subtracting([.unreadable]))
    }
    options.extraRules = Set((extendedRules + (selectedRules ?? [])).filter { $0.definition.group != nil })
    options.isStrict = isStrict ?? false
    for limit in limits { options[limit.limit] = limit.value }
    options.sections = sections.map { .init(pattern: $0.pattern, options: $0.settings.auditorOptions) }
    return options
  }
}

/// The mildest findings that make a gate fail.
public enum Threshold: String, Sendable, CaseIterable {
  case error
  case warning
  case never
}

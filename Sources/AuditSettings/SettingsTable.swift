import TOMLKit
import WheelAudit
import WheelTags

/// Reads the settings out of one table, and says of everything that is wrong in it where and what would be right.
struct SettingsTable {
  private let table: TOMLTable
  private let file: String
  /// The tables that it lies in, and itself.
  private let place: [String]

  init(_ table: TOMLTable, _ file: String, _ place: [String]) {
    self.table = table
    self.file = file
    self.place = place
  }

  private enum Key: String, CaseIterable {
    case target
    case exclude
    case ignore
    case select
    case extendSelect = "extend-select"
    case strict
    case failOn = "fail-on"
    case baseline
    case limits
    case timeout
    case wheels

    /// The key that a word of another tool means.
    init?(meantBy name: String) {
      switch name.lowercased() {
      case "plat", "platform", "platforms", "policy", "tag", "tags": self = .target
      case "allow", "whitelist", "allowlist", "skip", "exclusions", "external": self = .exclude
      case "disable", "suppress", "skip-rules", "extend-ignore": self = .ignore
      case "enable", "only", "rules": self = .select
      case "groups", "select-extra", "preview": self = .extendSelect
      case "warnings-as-errors", "werror", "pedantic": self = .strict
      case "level", "severity", "threshold", "fail-level": self = .failOn
      case "limit", "max", "maximum": self = .limits
      case "time-limit", "seconds": self = .timeout
      case "overrides", "per-wheel", "packages": self = .wheels
      default: return nil
      }
    }

    /// These hold for a whole run, so a section for some wheels cannot have them.
    var isForRun: Bool {
      switch self {
      case .failOn, .baseline, .limits, .timeout, .wheels: true
      case .target, .exclude, .ignore, .select, .extendSelect, .strict: false
      }
    }
  }

  func settings(isSection: Bool) throws(SettingsError) -> Settings {
    var settings = Settings()
    for name in table.keys {
      let known = Key.allCases.filter { !isSection || !$0.isForRun }
      guard let key = Key(rawValue: name) else {
        let meant = Key(meantBy: name).flatMap { known.contains($0) ? $0.rawValue : nil }
        throw error(
          name,
          meant.map { "'\(name)' is unknown; did you mean '\($0)'?" }
            ?? unknown(name, among: known.map(\.rawValue), what: "keys"))
      }
      guard known.contains(key) else {
        let keys = known.map(\.rawValue).sorted().joined(separator: ", ")
        throw error(
          name, "'\(name)' holds for the whole run, so it cannot stand in a section; the keys of one are \(keys)")
      }
      switch key {
      case .target: settings.targets = try targets()
      case .exclude:
        settings.exclusions = try reasoned("exclude", "library").map { Exclusion(pattern: $0.what, reason: $0.reason) }
      case .ignore:
        for (index, entry) in try reasoned("ignore", "rule").enumerated() {
          let rule = try rule(entry.what, at: "ignore[\(index)].rule")
          settings.ignoredRules.append(.init(rule: rule, reason: entry.reason))
        }
      case .select:
        settings.selectedRules = try selectedRules("select")
      case .extendSelect: settings.extendedRules = try selectedRules("extend-select")
      case .strict:
        guard let value = table[name]?.bool else { throw error(name, "this must be true or false") }
        settings.isStrict = value
      case .failOn: settings.threshold = try threshold()
      case .baseline: settings.baseline = try string(name)
      case .limits: settings.limits = try limits()
      case .timeout: settings.timeout = try timeout()
      case .wheels: settings.sections = try sections()
      }
    }
    return settings
  }

  private func sections() throws(SettingsError) -> [Settings.Section] {
    guard let wheels = table["wheels"]?.table else {
      throw error("wheels", "this must hold a table for each pattern of wheel names, like [wheels.\"numpy-*\"]")
    }
    var sections: [Settings.Section] = []
    for pattern in wheels.keys {
      guard let own = wheels[pattern]?.table else { throw error("wheels.\"\(pattern)\"", "this must be a table") }
      let settings = try SettingsTable(own, file, place + ["wheels", "\"\(pattern)\""]).settings(isSection: true)
      sections.append(Settings.Section(pattern: pattern, settings: settings))
    }
    return sections
  }

  private func limits() throws(SettingsError) -> [LimitValue] {
    guard let limits = table["limits"]?.table else {
      throw error("limits", "this must be a table of limits, like { member-size = \"1GiB\", findings = 5000 }")
    }
    var values: [LimitValue] = []
    for name in limits.keys {
      do throws(LimitValue.Problem) {
        if let text = limits[name]?.string {
          values.append(try LimitValue(name, text))
        } else if let number = limits[name]?.int {
          values.append(try LimitValue(name, number))
        } else {
          throw LimitValue.Problem(description: "this must be a whole number, or a size such as \"64MiB\"")
        }
      } catch let problem {
        throw error("limits.\(name)", problem.description)
      }
    }
    return values
  }

  private func timeout() throws(SettingsError) -> Seconds {
    let number = table["timeout"]?.double ?? table["timeout"]?.int.map(Double.init)
    guard let seconds = number.flatMap({ Seconds($0) }) else { throw error("timeout", "this must be \(Seconds.form)") }
    return seconds
  }

  private func targets() throws(SettingsError) -> [Target] {
    var targets: [Target] = []
    for (index, text) in try strings("target").enumerated() {
      guard let target = Target(text) else {
        throw error("target[\(index)]", "'\(text)' is no platform tag; tags look like \(Target.examples)")
      }
      targets.append(target)
    }
    return targets
  }

  private func threshold() throws(SettingsError) -> Threshold {
    let name = try string("fail-on")
    guard let threshold = Threshold(rawValue: name) else {
      throw error("fail-on", "'\(name)' must be one of \(Threshold.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return threshold
  }

  private func rule(_ name: String, at key: String) throws(SettingsError) -> Rule {
    guard let rule = Rule(rawValue: name) else {
      throw error(key, unknown(name, among: Rule.allCases.map(\.rawValue), what: "rules"))
    }
    return rule
  }

  /// Rules by their names and by those of their groups.
  private func selectedRules(_ key: String) throws(SettingsError) -> [Rule] {
    var rules: [Rule] = []
    for (index, name) in try strings(key).enumerated() {
      guard let named = Rule.rules(named: name) else {
        throw error("\(key)[\(index)]", unknown(name, among: Rule.selectableNames, what: "rules and groups"))
      }
      rules += named
    }
    return rules
  }

  /// Tables of a thing and the reason for it; a thing without a reason is refused.
  private func reasoned(_ key: String, _ thing: String) throws(SettingsError) -> [(what: String, reason: String)] {
    let example = "{ \(thing) = \"…\", reason = \"…\" }"
    guard let entries = table[key]?.array else { throw error(key, "this must be an array of tables like \(example)") }
    var result: [(what: String, reason: String)] = []
    for (index, entry) in entries.enumerated() {
      let place = "\(key)[\(index)]"
      guard let entry = entry.table else { throw error(place, "this must be a table like \(example)") }
      if let surplus = entry.keys.first(where: { $0 != thing && $0 != "reason" }) {
        throw error("\(place).\(surplus)", unknown(surplus, among: [thing, "reason"], what: "keys"))
      }
      guard let what = entry[thing]?.string, !what.isEmpty else {
        throw error(place, "it does not say which \(thing): write \(example)")
      }
      guard let reason = entry["reason"]?.string, reason.contains(where: { !$0.isWhitespace }) else {
        throw error(place, "it does not say why: give '\(what)' a reason")
      }
      result.append((what, reason))
    }
    return result
  }

  private func string(_ key: String) throws(SettingsError) -> String {
    guard let value = table[key]?.string, !value.isEmpty else { throw error(key, "this must be a string") }
    return value
  }

  /// An array of strings, or one string.
  private func strings(_ key: String) throws(SettingsError) -> [String] {
    if let value = table[key]?.string { return [value] }
    guard let values = table[key]?.array else { throw error(key, "this must be an array of strings") }
    var strings: [String] = []
    for (index, value) in values.enumerated() {
      guard let string = value.string else { throw error("\(key)[\(index)]", "this must be a string") }
      strings.append(string)
    }
    return strings
  }

  private func unknown(_ name: String, among known: [String], what: String) -> String {
    if let near = nearest(to: name, among: known) { return "'\(name)' is unknown; did you mean '\(near)'?" }
    return "'\(name)' is unknown; the \(what) are \(known.sorted().joined(separator: ", "))"
  }

  private func error(_ key: String, _ problem: String) -> SettingsError {
    SettingsError(file, (place + [key]).joined(separator: "."), problem)
  }
}

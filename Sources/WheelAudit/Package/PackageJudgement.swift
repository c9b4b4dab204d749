import BuildProfiles
import WheelArchive
import WheelTags

/// What is to be said of a wheel as a package, whether or not there is an object in it.
///
/// One extension file per family of rules. None of them breaks the claim of a tag: that is about systems.
struct PackageJudgement {
  let filename: WheelFilename
  let options: Auditor.Options
  let package: WheelPackage
  /// Members that are not what RECORD has the digest of.
  let misrecorded: [String]
  let facts: Facts

  init(_ assignment: Assignment, _ filename: WheelFilename, _ contents: WheelContents, _ facts: Facts) {
    (self.filename, self.options, self.facts) = (filename, assignment.options, facts)
    (package, misrecorded) = (contents.package, contents.misrecorded)
  }

  /// Every finding.
  func findings(_ budget: inout WorkBudget) throws(UnreadableWheel.Cause) -> [Finding] {
    var found = FindingList(budget)
    try addInstallability(to: &found)
    try addRecord(to: &found)
    try addRecordContents(to: &found)
    if let upload = package.upload {
      try addUpload(upload, to: &found)
      try addNames(to: &found)
      try addMetadata(upload, to: &found)
      try addOtherSystems(upload, to: &found)
    }
    budget = found.budget
    return Self.joined(found.findings)
  }

  /// Those of one rule about one thing as one finding: by what it is about a finding is known again.
  private static func joined(_ findings: [Finding]) -> [Finding] {
    struct Place: Hashable {
      let rule: Rule
      let object: [UInt8]?
      let tag: PlatformTag?
    }
    var places: [Place: Int] = [:]
    return findings.reduce(into: []) { joined, finding in
      let place = Place(rule: finding.rule, object: finding.object.map { Array($0.utf8) }, tag: finding.tag)
      guard let earlier = places[place] else {
        places[place] = joined.count
        return joined.append(finding)
      }
      let first = joined[earlier]
      let worst = first.severity == .error || finding.severity == .error ? Finding.Severity.error : first.severity
      joined[earlier] = Finding(
        first.rule, worst, "\(first.message); \(finding.message)", help: first.remedy, object: first.object,
        tag: first.tag)
    }
  }

  /// The name of a file in the folder of metadata.
  func inFolder(_ name: String) -> String { package.info.folder.map { "\($0)/\(name)" } ?? name }

  /// Adds a finding of a rule, with what its definition advises, unless nobody asks for the rule.
  func add(
    _ rule: Rule, _ severity: Finding.Severity, _ message: String, object: String? = nil, tag: PlatformTag? = nil,
    to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    guard options.extraRules.contains(rule) || rule.definition.group == nil else { return }
    try found.add(
      Finding(rule, severity, message, help: rule.definition.advice.clause, object: object, tag: tag))
  }

  /// Adds a finding for each of some names, and one for all that are more.
  func add(
    _ rule: Rule, _ severity: Finding.Severity, _ names: RecordCheck.Names, _ message: String, more: String,
    to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    for name in names.first { try add(rule, severity, message, object: name, to: &found) }
    let rest = names.count - names.first.count
    if rest > 0 { try add(rule, severity, "\(more) \(rest) more", to: &found) }
  }
}

import AuditSettings
import Testing
import WheelAudit

@Suite struct NearestNameTests {
  private static let rules = Rule.allCases.map(\.rawValue)

  private static let meant: [(name: String, known: [String], nearest: String?)] = [
    ("target", ["target", "exclude"], "target"),
    ("targets", ["target", "exclude"], "target"),
    ("Target", ["target", "exclude"], "target"),
    ("tagret", ["target", "exclude"], "target"),
    ("arget", ["exclude", "target"], "target"),
    ("fail_on", ["target", "fail-on"], "fail-on"),
    ("symbol-versions", rules, "symbol-version"),
    ("tag-missmatch", rules, "tag-mismatch"),
    ("executable-stak", rules, "executable-stack"),
    ("nothing-like-it", ["target", "exclude"], nil),
    ("", ["target", "exclude"], nil),
    ("target", [], nil),
    ("target", [""], nil),
    // Two characters may differ, and a third of a long name.
    ("xycdef", ["abcdef"], "abcdef"),
    ("xyzdef", ["abcdef"], nil),
    ("wxyzefghijkl", ["abcdefghijkl"], "abcdefghijkl"),
    ("vwxyzfghijkl", ["abcdefghijkl"], nil),
    // The nearest wins, not the first that is near enough.
    ("pure-tags", ["linux-tag", "pure-tag"], "pure-tag"),
    // Equally near ones: the first.
    ("aaaa", ["aaab", "aaac"], "aaab"),
  ]

  @Test(arguments: meant) func `the nearest name is suggested, and none that is far off`(
    name: String, known: [String], nearest: String?
  ) {
    #expect(AuditSettings.nearest(to: name, among: known) == nearest)
  }

  @Test(arguments: rules) func `every rule is found with a letter missing, doubled or changed`(rule: String) {
    for index in rule.indices.dropFirst() {
      let (start, end) = (rule[..<index], rule[rule.index(after: index)...])
      for typo in [start + end, start + rule[index...index] + rule[index...], start + "_" + end] {
        #expect(nearest(to: String(typo), among: Self.rules) == rule)
      }
    }
  }

  @Test func `an endless name costs no time and gets no suggestion`() {
    let name = String(repeating: "target", count: 100_000)
    #expect(nearest(to: name, among: ["target", name]) == nil)
  }

  @Test func `characters outside ASCII are characters`() {
    #expect(nearest(to: "töten", among: ["toten"]) == "toten")
    #expect(nearest(to: "👩‍👩‍👧‍👦arget", among: ["target"]) == "target")
  }
}

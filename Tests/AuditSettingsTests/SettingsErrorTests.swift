import AuditSettings
import Foundation
import TestSupport
import Testing
import WheelAudit

/// Every way in which settings can be wrong names the file, the key and what would be right.
@Suite struct SettingsErrorTests {
  private static let keys =
    "baseline, exclude, extend-select, fail-on, ignore, limits, select, strict, target, timeout, wheels"
  private static let library = #"{ library = "…", reason = "…" }"#
  private static let rule = #"{ rule = "…", reason = "…" }"#

  /// Keys, the place in them that is to blame, and what is said of it.
  private static let wrong: [(keys: String, place: String, problem: String)] = [
    // Unknown keys
    ("targets = []", "targets", "'targets' is unknown; did you mean 'target'?"),
    ("Strict = true", "Strict", "'Strict' is unknown; did you mean 'strict'?"),
    ("fail_on = \"error\"", "fail_on", "'fail_on' is unknown; did you mean 'fail-on'?"),
    ("colour = true", "colour", "'colour' is unknown; the keys are \(keys)"),
    ("\"\" = 1", "", "'' is unknown; the keys are \(keys)"),
    // Wrong types
    ("target = 1", "target", "this must be an array of strings"),
    ("target = { a = 1 }", "target", "this must be an array of strings"),
    ("target = [\"manylinux1\", 2]", "target[1]", "this must be a string"),
    ("select = true", "select", "this must be an array of strings"),
    ("extend-select = 1", "extend-select", "this must be an array of strings"),
    ("extend-select = [\"pipy\"]", "extend-select[0]", "'pipy' is unknown; did you mean 'pypi'?"),
    ("select = [[\"pure-tag\"]]", "select[0]", "this must be a string"),
    ("strict = \"true\"", "strict", "this must be true or false"),
    ("strict = 1", "strict", "this must be true or false"),
    ("strict = []", "strict", "this must be true or false"),
    ("fail-on = false", "fail-on", "this must be a string"),
    ("fail-on = [\"error\"]", "fail-on", "this must be a string"),
    ("baseline = 1979-05-27", "baseline", "this must be a string"),
    ("baseline = \"\"", "baseline", "this must be a string"),
    ("exclude = \"liba.so\"", "exclude", "this must be an array of tables like \(library)"),
    (
      "exclude = { library = \"liba.so\", reason = \"x\" }", "exclude",
      "this must be an array of tables like \(library)"
    ),
    ("exclude = [\"liba.so\"]", "exclude[0]", "this must be a table like \(library)"),
    ("ignore = 1.5", "ignore", "this must be an array of tables like \(rule)"),
    ("ignore = [\"pure-tag\"]", "ignore[0]", "this must be a table like \(rule)"),
    ("wheels = []", "wheels", "this must hold a table for each pattern of wheel names, like [wheels.\"numpy-*\"]"),
    ("wheels = { \"numpy-*\" = 1 }", "wheels.\"numpy-*\"", "this must be a table"),
    // Limits
    (
      "limits = 5", "limits",
      "this must be a table of limits, like { member-size = \"1GiB\", findings = 5000 }"
    ),
    ("limits = { findings = 1.5 }", "limits.findings", "this must be a whole number, or a size such as \"64MiB\""),
    ("limits = { findings = true }", "limits.findings", "this must be a whole number, or a size such as \"64MiB\""),
    (
      "limits = { findings = 0 }", "limits.findings",
      "findings is at least 1: it is a whole number, such as 1000"
    ),
    ("limits = { member-sizes = 1 }", "limits.member-sizes", "'member-sizes' is no limit; did you mean 'member-size'?"),
    ("timeout = 0", "timeout", "this must be a number of seconds from 0.001 to 1000000, such as 30 or 0.5"),
    ("timeout = \"30\"", "timeout", "this must be a number of seconds from 0.001 to 1000000, such as 30 or 0.5"),
    ("timeout = nan", "timeout", "this must be a number of seconds from 0.001 to 1000000, such as 30 or 0.5"),
    ("limit = 1", "limit", "'limit' is unknown; did you mean 'limits'?"),
    // Wrong values
    (
      "target = [\"manylinux1\", \"many_linux\"]", "target[1]",
      "'many_linux' is no platform tag; tags look like manylinux_2_28, manylinux2014_x86_64 or musllinux_1_2_aarch64"
    ),
    (
      "target = \"win_amd64\"", "target[0]",
      "'win_amd64' is no platform tag; tags look like manylinux_2_28, manylinux2014_x86_64 or musllinux_1_2_aarch64"
    ),
    ("fail-on = \"errors\"", "fail-on", "'errors' must be one of error, warning, never"),
    ("fail-on = \"Error\"", "fail-on", "'Error' must be one of error, warning, never"),
    (
      "select = [\"pure-tag\", \"tag-missmatch\"]", "select[1]",
      "'tag-missmatch' is unknown; did you mean 'tag-mismatch'?"
    ),
    (
      "ignore = [{ rule = \"symbol-versions\", reason = \"x\" }]", "ignore[0].rule",
      "'symbol-versions' is unknown; did you mean 'symbol-version'?"
    ),
    // What is ignored or excluded, and why
    ("exclude = [{ reason = \"x\" }]", "exclude[0]", "it does not say which library: write \(library)"),
    ("exclude = [{ library = \"\", reason = \"x\" }]", "exclude[0]", "it does not say which library: write \(library)"),
    ("exclude = [{ library = 1, reason = \"x\" }]", "exclude[0]", "it does not say which library: write \(library)"),
    ("exclude = [{ library = \"liba.so\" }]", "exclude[0]", "it does not say why: give 'liba.so' a reason"),
    (
      "exclude = [{ library = \"liba.so\", reason = \"\" }]", "exclude[0]",
      "it does not say why: give 'liba.so' a reason"
    ),
    (
      "exclude = [{ library = \"liba.so\", reason = \"x\" }, { library = \"libb.so\", reason = \" \\t\" }]",
      "exclude[1]", "it does not say why: give 'libb.so' a reason"
    ),
    ("ignore = [{ rule = \"pure-tag\" }]", "ignore[0]", "it does not say why: give 'pure-tag' a reason"),
    ("ignore = [{ rule = \"pure-tag\", reason = 1 }]", "ignore[0]", "it does not say why: give 'pure-tag' a reason"),
    ("ignore = [{ reason = \"x\" }]", "ignore[0]", "it does not say which rule: write \(rule)"),
    (
      "ignore = [{ rule = \"pure-tag\", reasons = \"x\" }]", "ignore[0].reasons",
      "'reasons' is unknown; did you mean 'reason'?"
    ),
    (
      "exclude = [{ rule = \"pure-tag\", because = \"x\" }]", "exclude[0].because",
      "'because' is unknown; the keys are library, reason"
    ),
  ]

  @Test(arguments: wrong, TOMLFile.allCases) func `what is wrong is named, with its place and what would be right`(
    wrong: (keys: String, place: String, problem: String), file: TOMLFile
  ) throws {
    let error = try #require(try file.complaint(wrong.keys))
    #expect(error.path.hasSuffix("/\(file.rawValue)"))
    #expect(error.place == file.place + wrong.place)
    #expect(error.problem == wrong.problem)
    #expect(error.description == "\(error.path): \(file.place)\(wrong.place): \(wrong.problem)")
    #expect(!error.description.contains("\n"))
  }

  private static let sectionKeys = "exclude, extend-select, ignore, select, strict, target"
  private static let wrongInSection: [(keys: String, place: String, problem: String)] = [
    ("stict = true", "stict", "'stict' is unknown; did you mean 'strict'?"),
    ("colour = true", "colour", "'colour' is unknown; the keys are \(sectionKeys)"),
    (
      "fail-on = \"never\"", "fail-on",
      "'fail-on' holds for the whole run, so it cannot stand in a section; the keys of one are \(sectionKeys)"
    ),
    (
      "baseline = \"known.json\"", "baseline",
      "'baseline' holds for the whole run, so it cannot stand in a section; the keys of one are \(sectionKeys)"
    ),
    (
      "wheels.\"b-*\".strict = true", "wheels",
      "'wheels' holds for the whole run, so it cannot stand in a section; the keys of one are \(sectionKeys)"
    ),
    ("strict = \"yes\"", "strict", "this must be true or false"),
    ("ignore = [{ rule = \"pure-tag\" }]", "ignore[0]", "it does not say why: give 'pure-tag' a reason"),
  ]

  @Test(arguments: wrongInSection, TOMLFile.allCases) func `a section names itself, and has no keys for a whole run`(
    wrong: (keys: String, place: String, problem: String), file: TOMLFile
  ) throws {
    let error = try #require(try file.complaint("strict = true", tables: [("wheels.\"a-1.*\"", wrong.keys)]))
    #expect(error.place == "\(file.place)wheels.\"a-1.*\".\(wrong.place)")
    #expect(error.problem == wrong.problem)
  }

  @Test func `what should be the table of a project must be one`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array("[tool]\ntruewheel = true\n".utf8), to: "pyproject.toml")
    let error = #expect(throws: SettingsError.self) { try SettingsFile(path: path) }
    #expect(error?.description == "\(path): tool.truewheel: this must be a table")
  }
}

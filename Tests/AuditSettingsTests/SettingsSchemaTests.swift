import AuditSettings
import Foundation
import TestSupport
import Testing
import WheelAudit
import WheelTags

/// The schema that editors have of settings says what the program does.
@Suite struct SettingsSchemaTests {
  private static let schema = Fixture.project.appending(path: "docs/settings.schema.json")

  private static func read() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: try Data(contentsOf: schema)) as? [String: Any])
  }

  private static func definition(_ name: String) throws -> [String: Any] {
    try #require((try read()["$defs"] as? [String: Any])?[name] as? [String: Any])
  }

  // MARK: Keys and words

  /// The keys that a complaint about an unknown one lists.
  private func keys(_ complaint: SettingsError?) throws -> Set<String> {
    let list = try #require(complaint?.problem.firstMatch(of: /the keys (?:of one )?are (.*)$/)).1
    return Set(list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
  }

  @Test func `it has the keys that there are`() throws {
    let own = try #require(try Self.read()["properties"] as? [String: Any])
    #expect(try Set(own.keys) == keys(TOMLFile.own.complaint("qqqqqqqqqqqq = 1")))
    let section = try #require(try Self.definition("section")["properties"] as? [String: Any])
    let refused = try TOMLFile.own.complaint("", tables: [("wheels.\"*\"", "qqqqqqqqqqqq = 1")])
    #expect(try Set(section.keys) == keys(refused))
    #expect(try Self.read()["additionalProperties"] as? Bool == false)
    #expect(try Self.definition("section")["additionalProperties"] as? Bool == false)
  }

  @Test func `it has the thresholds that there are`() throws {
    let keys = try Self.read()["properties"] as? [String: [String: Any]]
    #expect(keys?["fail-on"]?["enum"] as? [String] == Threshold.allCases.map(\.rawValue))
  }

  /// A limit has a number of its unit, a size one with the unit of it besides; each says its default.
  @Test(arguments: AuditLimit.allCases) func `it has the limits that there are`(limit: AuditLimit) throws {
    let table = try #require(try Self.definition("limits")["properties"] as? [String: [String: Any]])
    #expect(table.count == AuditLimit.allCases.count)
    let entry = try #require(table[limit.name])
    #expect(entry["$ref"] as? String == "#/$defs/\(limit.unit == .bytes ? "size" : "number")\(limit.smallest)")
    #expect(entry["default"] as? Int == Auditor.Options()[limit])
    #expect((entry["description"] as? String)?.lowercased() == limit.summary.lowercased() + ".")
  }

  private static let tags = [
    "manylinux_2_28", "manylinux_2_28_x86_64", "manylinux1", "manylinux2010_i686", "manylinux2014", "musllinux_1_2",
    "musllinux_1_2_aarch64", "linux", "linux_armv7l", "any", "manylinux_2_0", "manylinux", "manylinux_2", "manylinux3",
    "manylinux_2_017", "manylinux_02_17", "macosx_11_0_arm64", "win32", "", "musllinux", "manylinux_2_x",
  ]

  @Test(arguments: tags) func `its pattern of tags is the program's`(tag: String) throws {
    let pattern = try #require(try Self.definition("tag")["pattern"] as? String)
    #expect(try tag.contains(Regex(pattern)) == (Target(tag) != nil))
  }

  // MARK: Examples

  private static let good = [
    "",
    "target = \"manylinux_2_28\"",
    "target = [\"manylinux_2_28\", \"musllinux_1_2_aarch64\"]\nstrict = true\nfail-on = \"warning\"",
    "exclude = [{ library = \"libcuda.so.*\", reason = \"comes with the driver\" }]\nbaseline = \"b.json\"",
    "ignore = [{ rule = \"pure-tag\", reason = \"x\" }]\nselect = \"pure-tag\"",
    "extend-select = \"pypi\"\nselect = [\"pypi\", \"pure-tag\"]\n[wheels.a]\nextend-select = [\"pypi-name\"]",
    "[[exclude]]\nlibrary = \"a.so\"\nreason = \"b\"\n[wheels.\"numpy-*\"]\nselect = [\"pure-tag\"]\nstrict = false",
    "[wheels]", "timeout = 30", "timeout = 0.5", "limits = {}", "limits = { member-size = \"64 MiB\" }",
    "[limits]\nfindings = 5000\nratio-from = 0\ntotal-size = \"1gib\"\nname-length = \"10\"",
  ]

  private static let bad = [
    "targets = \"manylinux_2_28\"", "target = \"win32\"", "target = 1", "target = [1]", "strict = 1",
    "fail-on = \"note\"", "baseline = \"\"", "baseline = true", "exclude = [\"libcuda.so.*\"]",
    "exclude = [{ library = \"libcuda.so.*\" }]", "exclude = [{ library = \"\", reason = \"x\" }]",
    "exclude = [{ library = \"a\", reason = \" \" }]", "exclude = [{ library = \"a\", reason = \"b\", why = \"c\" }]",
    "ignore = [{ rule = \"nonsense\", reason = \"x\" }]", "ignore = \"pure-tag\"", "select = \"nonsense\"",
    "select = [\"nonsense\"]", "extend-select = \"nonsense\"", "wheels = 1", "[wheels]\na = 1",
    "[wheels.a]\nbaseline = \"b.json\"",
    "[wheels.a]\nfail-on = \"never\"", "[wheels.a.wheels.b]", "[wheels.a]\ntimeout = 1", "[wheels.a.limits]",
    "timeout = 0", "timeout = \"1\"", "timeout = 1000001", "limits = 1", "limits = { finding = 1 }",
    "limits = { findings = 0 }", "limits = { findings = \"1KiB\" }", "limits = { findings = -1 }",
    "limits = { member-size = \"1XB\" }", "limits = { member-size = \"\" }", "limits = { member-size = 1.5 }",
    "limits = { member-size = 1125899906842625 }",
  ]

  /// What a validator says of settings: a line for each that the schema refuses, with its number.
  private func refused(_ examples: [String]) throws -> Set<Int> {
    let folder = try TemporaryFolder()
    let files = try examples.enumerated().map { try folder.write(Array($1.utf8), to: "\($0).toml") }
    let convert = """
      import json, sys, tomllib
      for path in sys.argv[1:]:
          with open(path, 'rb') as file, open(path[:-4] + 'json', 'w') as out:
              json.dump(tomllib.load(file), out)
      """
    let converted = try Program.run("/usr/bin/python3", ["-c", convert] + files)
    try #require(converted.status == 0, "\(converted.errors)")
    let script = Fixture.project.appending(path: "Tests/AuditReportsTests/Schema/validate.py").path
    let documents = files.map { String($0.dropLast("toml".count)) + "json" }
    let result = try Program.run("/usr/bin/python3", [script, Self.schema.path] + documents)
    try #require(result.status <= 1, "no validator, or it failed: \(result.errors)")
    return Set(result.output.matches(of: /(?m)\/(\d+)\.json: \$/).compactMap { Int($0.1) })
  }

  @Test func `what the program takes the schema takes`() throws {
    for example in Self.good { #expect(try TOMLFile.own.complaint(example) == nil, "\(example)") }
    #expect(try refused(Self.good) == [])
  }

  @Test func `what the program refuses the schema refuses`() throws {
    for example in Self.bad { #expect(try TOMLFile.own.complaint(example) != nil, "\(example)") }
    let refused = try refused(Self.bad)
    for (number, example) in Self.bad.enumerated() { #expect(refused.contains(number), "\(example)") }
  }

  @Test func `the documents say where it is`() throws {
    let address = try #require(try Self.read()["$id"] as? String)
    let text = try String(contentsOf: Fixture.project.appending(path: "docs/settings.md"), encoding: .utf8)
    #expect(text.contains("```toml\n#:schema \(address)\n"))
  }
}

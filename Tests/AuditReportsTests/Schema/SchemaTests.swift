import AuditReports
import TestSupport
import Testing
import WheelAudit
import WheelTags

@Suite struct SchemaTests {
  /// A property with a closed set of values, and the type that has them.
  private static let enumerations: [(object: String, key: String, values: [String?])] = [
    ("wheel", "status", WheelReport.Status.allCases.map(\.rawValue)),
    ("wheel", "libc", Libc.allCases.map(\.rawValue) + [nil]),
    ("requirement", "kind", Requirement.Kind.allCases.map(\.rawValue)),
    ("needed", "resolution", ObjectReport.Needed.Resolution.allCases.map(\.rawValue)),
    ("finding", "severity", Finding.Severity.allCases.map(\.rawValue)),
    ("releaseFinding", "severity", Finding.Severity.allCases.map(\.rawValue)),
    ("releaseFinding", "libc", Libc.allCases.map(\.rawValue)),
  ]

  @Test(arguments: enumerations) func `the schema lists the values that there are`(
    object: String, key: String, values: [String?]
  ) throws {
    #expect(try Schema.read().definitions[object]?.properties?[key]?.values == values)
  }

  @Test func `the schema describes every key in a sentence, requires it and allows no other`() throws {
    let schema = try Schema.read()
    #expect(Set(schema.required) == Set(schema.properties.keys))
    #expect(!schema.allowsMore)
    let all = schema.properties.merging(schema.definitions) { $1 }
    for (name, definition) in all {
      guard let properties = definition.properties else { continue }
      #expect(Set(definition.required ?? []) == Set(properties.keys), "\(name)")
      // What is closed where it is used says nothing of other keys, so that a line can have more.
      #expect(definition.allowsMore == (name == "wheel" ? nil : false), "\(name)")
    }
    let keys = all.values.flatMap { $0.properties ?? [:] } + schema.properties
    for (key, definition) in keys {
      #expect(definition.description?.hasSuffix(".") == true, "\(key) is not described")
    }
  }

  /// What the command is run with, and what that brings into the report.
  private static let runs: [[String]] = [
    ["Fixtures/wheels"],
    ["--target", "manylinux_2_28", "--strict", "Fixtures/wheels"],
    ["--exclude", "lib*", "--ignore", "symbol-version", "Fixtures/wheels"],
    ["Package.swift", "no-such-1.0-py3-none-any.whl", "Fixtures/wheels"],
  ]

  @Test(arguments: runs) func `what the command prints obeys the schema`(arguments: [String]) throws {
    let result = try Command.run(["show", "--format", "json"] + arguments)
    #expect(try Schema.complaints(about: result.output) == "")
  }

  @Test func `a wheel of every fixture object obeys the schema`() throws {
    let folder = try TemporaryFolder()
    var builder = WheelBuilder(platform: "manylinux_2_17_x86_64.musllinux_1_2_x86_64")
    builder.tags = ["cp39-abi3-manylinux_2_5_x86_64"]
    for object in try Fixture.objects() { try builder.add("demo/\(object)", object: object) }
    let result = try Command.run(["show", "--format", "json", try builder.write(to: folder)])
    #expect(try Schema.complaints(about: result.output) == "")
  }

  @Test(arguments: Sample.hostileNames.filter { !$0.isEmpty }) func `names of any kind obey the schema`(name: String)
    throws
  {
    let report = try JSONReport().render(Sample.report([Sample.wheel(named: name)] + Sample.oddWheels))
    #expect(try Schema.complaints(about: report) == "")
  }

  @Test(arguments: [
    (#""schemaVersion" : 1"#, #""schemaVersion" : 2"#), (#""status" : "clean""#, #""status" : "fine""#),
    (#""rule" : "symbol-version""#, #""rule" : "symbol-versions""#), (#""soname" : null"#, #""soName" : null"#),
    (#""floor" : "1.1""#, #""floor" : 1.1"#), (#""minimalTag" :"#, #""maximalTag" : null, "minimalTag" :"#),
  ])
  func `the schema refuses what no report says`(said: String, forged: String) throws {
    let report = try JSONReport().render(Sample.report(try Sample.fixtures("musl", "overclaim")))
    #expect(try Schema.complaints(about: report) == "")
    #expect(try Schema.complaints(about: report.replacing(said, with: forged)) != "")
  }
}

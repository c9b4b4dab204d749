import BuildProfiles
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// Wheels that are variants (PEP 825, a draft).
@Suite struct VariantTests {
  private static let claim = "manylinux_2_17_x86_64"

  /// A wheel with an object of a level, called a variant.
  private func report(
    _ label: String?, object: String = "isa_v3.abi3.so", options: Auditor.Options = Auditor.Options(),
    configure: (inout WheelBuilder) throws -> Void = { _ in }
  ) throws -> WheelReport {
    var builder = WheelBuilder(platform: Self.claim, variant: label)
    try builder.add("demo/a.so", object: object)
    try configure(&builder)
    let folder = try TemporaryFolder()
    return Auditor(Facts(), options: options).audit(path: try builder.write(to: folder))
  }

  private static let broken = "error instruction-set demo/a.so x86-64-v3 manylinux_2_17_x86_64"
  private static let note = "note variant"

  private static let levels: [(features: String, object: String, isGranted: Bool)] = [
    (#""x86_64": {"level": ["v3"]}"#, "isa_v3.abi3.so", true),
    (#""x86_64": {"level": ["v4"]}"#, "isa_v3.abi3.so", true),
    (#""x86_64": {"level": ["v3"]}"#, "isa_v2.abi3.so", true),
    (#""x86_64": {"level": ["v2"]}"#, "isa_v3.abi3.so", false),
    (#""x86_64": {"level": ["v1"]}"#, "isa_v2.abi3.so", false),
    // One value is enough for a system: the least of them is promised.
    (#""x86_64": {"level": ["v3", "v4"]}"#, "isa_v3.abi3.so", true),
    (#""x86_64": {"level": ["v2", "v3"]}"#, "isa_v3.abi3.so", false),
    (#""x86_64": {"level": ["v3", "v9"]}"#, "isa_v3.abi3.so", false),
    // Other properties promise no level.
    (#""x86_64": {"avx2": ["on"]}"#, "isa_v3.abi3.so", false),
    (#""aarch64": {"level": ["v3"]}"#, "isa_v3.abi3.so", false),
    ("", "isa_v3.abi3.so", false),
  ]

  @Test(arguments: levels) func `a level promises its instructions, and only these`(
    features: String, object: String, isGranted: Bool
  ) throws {
    let report = try report("x", object: object) {
      $0.addVariant("x", features, namespaces: ["x86_64", "aarch64"])
    }
    let level = object == "isa_v2.abi3.so" ? "x86-64-v2" : "x86-64-v3"
    let floor = isGranted ? "2.5" : "none"
    #expect(report.requirements(.instructionSet) == ["instructionSet \(level) ≥ \(floor)"])
    #expect(report.said(.variant) == [Self.note])
    #expect(report.said(.instructionSet).isEmpty == isGranted && report.status == (isGranted ? .clean : .violations))
    #expect(report.claims == [(isGranted ? "+" : "-") + Self.claim])
  }

  @Test func `the same wheel without a label breaks its claim`() throws {
    let report = try report(nil) { $0.addVariant("x", #""x86_64": {"level": ["v3"]}"#) }
    #expect(report.said == [Self.broken] && report.variant == nil)
  }

  @Test func `what it is stands in the report, and what was not judged`() throws {
    let report = try report("cuda") {
      $0.addVariant(
        "cuda", #""x86_64": {"level": ["v3"]}, "nvidia": {"sm_arch": ["90", "120"]}"#, namespaces: ["nvidia", "x86_64"])
    }
    #expect(report.said == [Self.note] && report.variant?.label == "cuda")
    #expect(
      report.variant?.properties == [
        "nvidia :: sm_arch :: 120", "nvidia :: sm_arch :: 90", "x86_64 :: level :: v3",
      ])
    let message = try #require(report.findings.first?.message)
    #expect(message.contains("variant 'cuda' (PEP 825, a draft"))
    #expect(message.contains("for systems with x86_64 :: level :: v3; not judged: nvidia :: sm_arch :: 120, nvidia"))
  }

  @Test func `the variant without properties is for every system`() throws {
    let report = try report("null", object: "baseline.abi3.so") { $0.addVariant("null", "", namespaces: []) }
    #expect(report.said == [Self.note] && report.variant?.properties == [])
    #expect(report.findings.first?.message.contains("for every system") == true)
  }

  private static let unknown: [(file: String?, words: String)] = [
    (nil, "it has no variant.json in .dist-info"),
    ("{", "variant.json is no JSON that every reader takes for the same"),
    ("{}", "variant.json does not say of which format it is"),
    (#"{"$schema": "https://x/v0.1.0.json", "variants": {}}"#, "variant.json does not have that variant"),
  ]

  @Test(arguments: unknown) func `a label that nothing tells the properties of promises nothing`(
    file: String?, words: String
  ) throws {
    let report = try report("x86_64_v3") { builder in
      if let file { builder.add("demo-1.0.dist-info/variant.json", Array(file.utf8)) }
    }
    #expect(report.said == [Self.broken, "error variant-metadata"])
    let message = report.findings.first { $0.rule == .variantMetadata }?.message
    #expect(message?.contains("the variant 'x86_64_v3', and \(words)") == true)
    #expect(report.variant?.label == "x86_64_v3" && report.variant?.properties == [])
    // No claim holds that no installer takes up.
    let plain = try self.report("x86_64_v3", object: "baseline.abi3.so") { builder in
      if let file { builder.add("demo-1.0.dist-info/variant.json", Array(file.utf8)) }
    }
    #expect(plain.claims == ["-" + Self.claim])
  }

  @Test func `a variant without objects is told too`() throws {
    let folder = try TemporaryFolder()
    var builder = WheelBuilder(platform: "any", python: "py3", abi: "none", variant: "x")
    builder.add("demo/__init__.py", [])
    let report = Auditor(Facts()).audit(path: try builder.write(to: folder))
    #expect(report.status == .skipped && report.said == ["error variant-metadata"])
  }

  @Test func `a damaged variant.json makes the wheel unreadable`() throws {
    var member = Zip.Member("demo-1.0.dist-info/variant.json", Array("{}".utf8)).deflated
    member.checksum ^= 1
    let report = try report("x") { $0.members.append(member) }
    #expect(report.status == .unreadable)
    #expect(report.findings.map(\.object) == ["demo-1.0.dist-info/variant.json"])
  }

  @Test func `its size has a limit`() throws {
    var options = Auditor.Options()
    options.limits.metadataSize = 150
    let report = try report("x", options: options) { $0.addVariant("x", #""x86_64": {"level": ["v3"]}"#) }
    #expect(report.status == .unreadable)
    #expect(report.findings.first?.help?.contains("--limit metadata-size=") == true)
  }

  // MARK: Names

  @Test func `another tag leaves the label in the name`() throws {
    let report = try report("x", object: "modern.abi3.so") { $0.addVariant("x", "") }
    let help = report.findings.filter { $0.rule == .symbolVersion }.flatMap { [$0.remedy, $0.alternative] }
    #expect(help.contains { $0?.contains("manylinux_2_34_x86_64-x.whl") == true }, "\(help)")
    #expect(!help.contains { $0?.contains("wheel tags") == true })
  }

  @Test func `a name that WHEEL contradicts keeps its label`() throws {
    let report = try report("x", object: "baseline.abi3.so") {
      $0.addVariant("x", "")
      $0.tags = ["cp39-abi3-manylinux_2_5_x86_64"]
    }
    let help = report.findings.first { $0.rule == .tagMismatch }?.help
    #expect(help?.contains("rename it to demo-1.0-cp39-abi3-manylinux_2_5_x86_64-x.whl,") == true)
  }

  @Test func `findings on a variant are not those on another`() throws {
    let keys = try ["x", "y", nil].map { label in
      let report = try report(label, object: "modern.abi3.so") { $0.addVariant("x", "") }
      return try #require(
        report.findings.first { $0.rule == .symbolVersion }.map {
          FindingKey(acrossBuilds: $0, in: report)
        })
    }
    #expect(Set(keys).count == 3)
  }

  /// A variant for a device may need a newer libc than one for another (PEP 825, "Rationale").
  @Test func `builds of a release are compared within a variant`() throws {
    let folder = try TemporaryFolder()
    func build(_ python: String, _ label: String?, _ object: String) throws -> String {
      var builder = WheelBuilder(platform: "manylinux_2_34_x86_64", python: python, abi: python, variant: label)
      try builder.add("demo/_core.so", object: object)
      if let label { builder.addVariant(label, "") }
      return try builder.write(to: folder)
    }
    func findings(_ paths: [String]) throws -> [ReleaseFinding] {
      let releases = Release.releases(of: paths.map { Auditor(Facts()).audit(path: $0) })
      #expect(releases.count == 1)
      return releases.flatMap(\.findings)
    }
    let plain = [try build("cp311", nil, "baseline.abi3.so"), try build("cp312", nil, "baseline.abi3.so")]
    let variant = [try build("cp311", "x", "modern.abi3.so"), try build("cp312", "x", "modern.abi3.so")]
    #expect(try findings(plain + variant).isEmpty)
    let other = [try build("cp311", "y", "modern.abi3.so"), try build("cp312", "y", "baseline.abi3.so")]
    let found = try findings(plain + variant + other).filter { $0.rule == .releaseFloor }
    #expect(
      found.map(\.message) == [
        "builds need different versions of glibc on x86_64: cp312-cp312-y 2.5; cp311-cp311-y 2.34"
      ])
    let keys = found.map { FindingKey(acrossBuilds: $0) }
    #expect(keys.map(\.tag) == ["y"])
  }
}

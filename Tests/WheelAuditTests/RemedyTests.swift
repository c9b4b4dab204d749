import BuildProfiles
import TestSupport
import Testing
import WheelAudit
import WheelTags

/// What findings say can be done.
@Suite struct RemedyTests {
  /// The rules that the fixture objects break between them, each of which an object was made for.
  private static let broken: Set<Rule> = [
    .symbolVersion, .externalLibrary, .platformLibrary, .restrictedSymbol, .instructionSet, .relativeRelocations,
    .executableStack, .libpython, .pythonABI, .mixedLibc,
  ]

  /// Every fixture object under the oldest tag, so that everything it needs breaks the claim.
  @Test func `every error says what to do in at most two sentences`() throws {
    var seen: Set<Rule> = []
    for path in try Fixture.everyObject() {
      let parts = path.split(separator: "/")
      let architecture = String(parts[parts.count - 2])
      let tag = architecture.hasPrefix("x86_64") ? "manylinux1_x86_64" : "manylinux2014_\(architecture)"
      let report = try audit(tag) { $0.add("demo/object.abi3.so", try Fixture.object(at: path)) }
      for finding in report.findings where finding.severity == .error && finding.rule != .unreadable {
        seen.insert(finding.rule)
        let help = try #require(finding.help, "\(path): \(finding.rule) \(finding.message)")
        #expect(help.components(separatedBy: ". ").count <= 2 && help.count <= 420, "\(path): \(help)")
        #expect(!help.contains("{") && !help.hasSuffix("."), "\(path): \(help)")
      }
    }
    #expect(seen.isSuperset(of: Self.broken), "nothing was said of \(Self.broken.subtracting(seen))")
  }

  @Test func `a wheel that may carry a newer tag is told which`() throws {
    let report = try audit("manylinux_2_17_x86_64", ["demo/a.abi3.so": "modern.abi3.so"])
    let errors = report.findings.filter { $0.rule == .symbolVersion }
    #expect(
      !errors.isEmpty
        && errors.allSatisfy { $0.alternative == command("manylinux_2_34_x86_64", "manylinux_2_17_x86_64") })
  }

  @Test func `of systems before the oldest profile nothing is said`() throws {
    let report = try audit("manylinux_2_4_x86_64", ["demo/a.abi3.so": "baseline.abi3.so"])
    let library = try #require(report.findings.first { $0.rule == .platformLibrary })
    #expect(library.remedy?.contains("oldest profile") == true)
    #expect(library.alternative == command("manylinux_2_5_x86_64", "manylinux_2_4_x86_64"))
  }

  @Test func `no tag is offered where none would do`() throws {
    let report = try audit("manylinux_2_17_x86_64", ["demo/a.abi3.so": "external.abi3.so"])
    let external = try #require(report.findings.first { $0.rule == .externalLibrary })
    #expect(external.alternative == nil)
    #expect(external.paste == "--exclude 'libfoo.so.*'")
  }

  /// What is to be said of the command that gives the wheel a tag in place of another.
  private func command(_ tag: String, _ old: String) -> String {
    "tag the wheel \(tag): wheel tags --remove --platform-tag \(tag) demo-1.0-cp39-abi3-\(old).whl"
  }
}

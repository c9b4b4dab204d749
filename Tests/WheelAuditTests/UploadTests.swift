import BuildProfiles
import TestSupport
import Testing

@testable import WheelAudit

/// The group `pypi`; what Warehouse's own modules say of each is in Tests/Conformance/pypi.tsv.
@Suite struct UploadTests {
  private static let info = "demo-1.0.dist-info"

  private static func options(_ rules: [Rule] = RuleGroup.pypi.rules) -> Auditor.Options {
    var options = Auditor.Options()
    options.extraRules = Set(rules)
    return options
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let said: [String]
    var platform = "any"
    let change: @Sendable (inout WheelBuilder) throws -> Void

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "nothing", said: []) { _ in },
    Case(name: "descriptor", said: ["error pypi-archive demo/a.py"]) {
      $0.add("demo/a.py", [1, 2, 3, 4])
      $0.members[0].addDescriptor(signed: true, width: 4)
    },
    Case(name: "tag", said: ["error pypi-tag linux_x86_64"], platform: "linux_x86_64") { _ in },
    Case(name: "tag of macOS", said: ["error pypi-tag macosx_11_1_arm64"], platform: "macosx_11_1_arm64") { _ in },
    Case(name: "name", said: ["error pypi-name"]) { $0.name = "Demo-1.0-cp39-abi3-any.whl" },
    Case(name: "local version", said: ["error pypi-name"]) { $0.name = "demo-1.0+cpu-cp39-abi3-any.whl" },
    Case(name: "licences", said: ["error pypi-metadata \(info)/METADATA"]) {
      $0.fields = ["License: MIT", "License-Expression: MIT"]
    },
    Case(name: "licence file", said: ["error license-file \(info)/licenses/a/LICENSE"]) {
      $0.fields = ["License-File: a/LICENSE", "License-File: b"]
      $0.add("\(info)/licenses/b", [])
      $0.add("\(info)/a/LICENSE", [])
    },
    Case(name: "licence file outside", said: ["error pypi-metadata \(info)/METADATA"]) {
      $0.fields = ["License-File: ../LICENSE"]
    },
    Case(name: "script", said: ["error pypi-metadata \(info)/entry_points.txt"]) {
      $0.add("\(info)/entry_points.txt", Array("[gui_scripts]\nde mo = demo:run\n".utf8))
    },
    Case(name: "digest", said: ["error record-hash demo/a.py"]) {
      $0.add("demo/a.py", [])
      $0.record = { $0.replacing("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", with: "A") }
    },
    Case(name: "size", said: ["error record-hash demo/a.py"]) {
      $0.add("demo/a.py", [])
      $0.record = { $0.replacing("SuFU,0", with: "SuFU,1") }
    },
    Case(name: "no digest", said: ["warning record-hash demo/a.py"]) {
      $0.add("demo/a.py", [])
      $0.record = { $0.replacing("sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", with: "") }
    },
    Case(name: "case", said: ["warning merged-names demo/read.py"]) {
      for name in ["demo/Read.py", "demo/read.py"] { $0.add(name, []) }
    },
    Case(name: "forms of Unicode", said: ["warning merged-names demo/u\u{308}.py"]) {
      for name in ["demo/\u{fc}.py", "demo/u\u{308}.py"] { $0.add(name, []) }
    },
    Case(name: "devices", said: ["warning merged-names demo/aux.py", "warning merged-names demo/com1"]) {
      for name in ["demo/aux.py", "demo/auxiliary.py", "demo/com1", "demo/com0"] { $0.add(name, []) }
    },
    Case(name: "a dot at the end", said: ["warning merged-names demo./a.py"]) { $0.add("demo./a.py", []) },
    Case(name: "case on Linux", said: [], platform: "manylinux_2_17_x86_64") {
      for name in ["demo/Read.py", "demo/read.py", "demo/aux.py"] { $0.add(name, []) }
    },
    Case(name: "case on macOS", said: ["warning merged-names demo/read.py"], platform: "macosx_11_0_arm64") {
      for name in ["demo/Read.py", "demo/read.py", "demo/aux.py"] { $0.add(name, []) }
    },
  ]

  @Test(arguments: cases) func `each rule speaks where it is asked for`(wheel: Case) throws {
    let report = try audit(wheel.platform, options: Self.options(), configure: wheel.change)
    #expect(report.said == wheel.said)
    #expect(report.status == (wheel.said.contains { $0.hasPrefix("error") } ? .violations : .skipped))
  }

  @Test(arguments: cases) func `none speaks where it is not`(wheel: Case) throws {
    #expect(try audit(wheel.platform, configure: wheel.change).said.isEmpty)
    let others = RuleGroup.pypi.rules.filter { rule in !wheel.said.contains { $0.contains(" \(rule.rawValue)") } }
    #expect(try audit(wheel.platform, options: Self.options(others), configure: wheel.change).said.isEmpty)
  }

  @Test func `what PyPI refuses breaks no claim`() throws {
    let report = try audit(
      "manylinux_2_17_x86_64", ["demo/a.so": "baseline.abi3.so"], options: Self.options()
    ) { $0.fields = ["License-File: LICENSE"] }
    #expect(report.claims == ["+manylinux_2_17_x86_64"] && report.status == .violations)
    #expect(report.outcome.description == "keeps its claim, but PyPI refuses it")
  }

  @Test func `objects are compared with RECORD as they are read`() throws {
    for isTrue in [true, false] {
      let report = try audit(
        "manylinux_2_17_x86_64", ["demo/a.so": "baseline.abi3.so"], options: Self.options([.recordHash])
      ) { $0.record = { isTrue ? $0 : $0.replacing("sha256=", with: "sha256=A", maxReplacements: 1) } }
      #expect(report.said == (isTrue ? [] : ["error record-hash demo/a.so"]))
      #expect(report.audit?.objects.count == 1)
    }
  }

  @Test func `a wheel that inflates to fifty times its size is refused`() throws {
    let zeros = [UInt8](repeating: 0, count: 33 << 20)
    for (count, said) in [(1, []), (2, ["error pypi-limit"])] {
      let report = try audit("any", options: Self.options([.pypiLimit])) { wheel in
        wheel.members = (0..<count).map { Zip.Member("demo/\($0)", zeros).deflated }
      }
      #expect(report.said == said)
    }
  }

  @Test func `a group is its rules`() {
    #expect(Rule.rules(named: "pypi") == RuleGroup.pypi.rules && RuleGroup.pypi.rules.count == 8)
    #expect(Rule.rules(named: "pypi-tag") == [.pypiTag] && Rule.rules(named: "pypy") == nil)
    for rule in RuleGroup.pypi.rules { #expect(rule.isOnPackage) }
    for group in RuleGroup.allCases { #expect(Rule(rawValue: group.rawValue) == nil) }
  }
}

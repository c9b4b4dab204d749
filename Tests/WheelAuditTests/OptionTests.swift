import Testing
import WheelAudit

/// What the user may ask for: further tags, strictness, rules that are left out.
@Suite struct OptionTests {
  private static let claim = "manylinux_2_34_x86_64"
  private static let modern: KeyValuePairs = ["demo/modern.abi3.so": "modern.abi3.so"]
  private static let said = "error symbol-version demo/modern.abi3.so libc.so.6 pthread_create@GLIBC_2.34"

  @Test(arguments: [
    (["manylinux_2_28"], ["-manylinux_2_28_x86_64"]), (["manylinux_2_28_x86_64"], ["-manylinux_2_28_x86_64"]),
    (["manylinux2014"], ["-manylinux2014_x86_64"]), (["manylinux_2_35"], ["+manylinux_2_35_x86_64"]),
    (["linux_x86_64"], ["+linux_x86_64"]), (["musllinux_1_2"], ["-musllinux_1_2_x86_64"]), (["any"], ["-any"]),
    (["manylinux_2_28", "manylinux_2_39"], ["-manylinux_2_28_x86_64", "+manylinux_2_39_x86_64"]),
  ])
  func `each target is judged like a claim`(targets: [String], claims: [String]) throws {
    let report = try audit(Self.claim, Self.modern, options: .init(targets: targets))
    #expect(report.claims == ["+\(Self.claim)"] + claims)
    #expect(report.audit?.claims.map(\.isOwn) == [true] + claims.map { _ in false })
    #expect(report.status == (claims.contains { $0.hasPrefix("-") } ? .violations : .clean))
  }

  @Test func `what breaks a target is told with its tag`() throws {
    let report = try audit(Self.claim, Self.modern, options: .init(targets: ["manylinux_2_28"]))
    #expect(report.said == ["\(Self.said) manylinux_2_28_x86_64"])
  }

  @Test func `a target that the file name already has is judged once`() throws {
    let report = try audit(
      "manylinux_2_999_x86_64", Self.modern, options: .init(targets: ["manylinux_2_999", "manylinux_2_999_x86_64"]))
    #expect(report.claims == ["-manylinux_2_999_x86_64"])
    #expect(report.said(.implausibleTag).count == 1)
  }

  private static let nopath: KeyValuePairs = [
    "demo/bundled_nopath.abi3.so": "bundled_nopath.abi3.so",
    "demo.libs/libfoo-0a1b2c3d.so.1": "libfoo-0a1b2c3d.so.1",
  ]

  @Test(arguments: [(false, "warning", WheelReport.Status.clean), (true, "error", .violations)])
  func `strictness makes warnings errors`(isStrict: Bool, severity: String, status: WheelReport.Status) throws {
    let report = try audit("manylinux_2_5_x86_64", Self.nopath, options: .init(isStrict: isStrict))
    #expect(
      report.said == ["\(severity) unreachable-library demo/bundled_nopath.abi3.so libfoo-0a1b2c3d.so.1"])
    #expect(report.status == status)
  }

  @Test func `strictness leaves notes alone`() throws {
    let report = try audit(
      "manylinux_2_5_x86_64", ["demo/a.so": "weak_version.abi3.so"], options: .init(isStrict: true))
    #expect(report.said == ["note weak-version demo/a.so libc.so.6 GLIBC_2.34"])
    #expect(report.status == .clean)
  }

  @Test func `a rule that the user ignores breaks nothing, and the report says so`() throws {
    let report = try audit("manylinux_2_17_x86_64", Self.modern, options: .init(ignore: [.symbolVersion]))
    #expect(report.said(.symbolVersion).isEmpty)
    #expect(report.claims == ["+manylinux_2_17_x86_64"])
    #expect(report.status == .clean)
    #expect(report.ignoredRules == [.symbolVersion])
    #expect(report.libcFloor == "2.34")
  }

  @Test func `a rule that found nothing is not said to be ignored`() throws {
    let report = try audit(Self.claim, Self.modern, options: .init(ignore: [.executableStack, .unreachableLibrary]))
    #expect(report.ignoredRules.isEmpty)
  }

  @Test func `an ignored rule leaves the others`() throws {
    let report = try audit(
      "manylinux_2_17_x86_64", ["demo/modern.abi3.so": "modern.abi3.so", "demo/a.so": "executable_stack.abi3.so"],
      options: .init(ignore: [.executableStack]))
    #expect(report.said == ["\(Self.said) manylinux_2_17_x86_64"])
    #expect(report.ignoredRules == [.executableStack])
    #expect(report.claims == ["-manylinux_2_17_x86_64"])
  }

  @Test func `ignored warnings are not raised by strictness`() throws {
    let report = try audit(
      "manylinux_2_5_x86_64", Self.nopath, options: .init(ignore: [.unreachableLibrary], isStrict: true))
    #expect(report.said.isEmpty)
    #expect(report.status == .clean)
  }

  @Test func `what cannot be read cannot be ignored`() throws {
    let report = try audit(Self.claim, options: .init(ignore: [.unreadable])) {
      $0.add("demo/a.so", [0x7f] + Array("ELF".utf8) + [UInt8](repeating: 0, count: 100))
    }
    #expect(report.status == .unreadable)
    #expect(report.said == ["error unreadable demo/a.so"])
  }
}

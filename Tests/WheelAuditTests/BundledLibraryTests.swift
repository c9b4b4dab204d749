import Testing
import WheelAudit

/// What becomes of a library that lies in the wheel, from fixtures.
@Suite struct BundledLibraryTests {
  private static let claim = "manylinux_2_5_x86_64"
  private static let foo = "libfoo-0a1b2c3d.so.1"

  @Test(arguments: ["bundled_runpath", "bundled_rpath", "bundled_braces"])
  func `a library that the loader finds asks nothing of the platform`(name: String) throws {
    let user = "demo/\(name).abi3.so"
    let report = try audit(Self.claim, [user: "\(name).abi3.so", "demo.libs/\(Self.foo)": Self.foo])
    #expect(
      report.resolutions(of: user) == ["libc.so.6: platform", "\(Self.foo): bundled demo.libs/\(Self.foo)"])
    #expect(report.requirements(.library) == ["library libc.so.6 ≥ 2.5"])
    #expect(report.findings.isEmpty)
    #expect(report.status == .clean)
  }

  @Test(arguments: ["bundled_nopath", "bundled_escaping", "bundled_absolute"])
  func `a library where the loader does not look is a warning`(name: String) throws {
    let user = "demo/\(name).abi3.so"
    let report = try audit(Self.claim, [user: "\(name).abi3.so", "demo.libs/\(Self.foo)": Self.foo])
    #expect(
      report.resolutions(of: user) == ["libc.so.6: platform", "\(Self.foo): unreachable demo.libs/\(Self.foo)"])
    #expect(report.said == ["warning unreachable-library \(user) \(Self.foo)"])
    #expect(report.requirements(.library) == ["library libc.so.6 ≥ 2.5"])
    #expect(report.status == .clean)
  }

  @Test func `a library that is nowhere is an error and has no floor`() throws {
    let report = try audit(Self.claim, ["demo/external.abi3.so": "external.abi3.so"])
    #expect(report.said == ["error external-library demo/external.abi3.so libfoo.so.1 \(Self.claim)"])
    #expect(report.requirements(.library) == ["library libfoo.so.1 ≥ none", "library libc.so.6 ≥ 2.5"])
    #expect(report.minimalTag == "linux_x86_64")
    #expect(report.status == .violations)
  }

  @Test(arguments: ["libfoo.so.1", "libfoo.*", "lib*"])
  func `a library that the user excludes is a note with the reason`(pattern: String) throws {
    let report = try audit(
      Self.claim, ["demo/external.abi3.so": "external.abi3.so"], options: .init(exclude: [pattern]))
    #expect(report.said(.excludedLibrary).contains("note excluded-library demo/external.abi3.so libfoo.so.1"))
    #expect(report.findings.allSatisfy { $0.message.contains("a test says so") })
    #expect(report.said(.externalLibrary).isEmpty)
    #expect(report.resolutions(of: "demo/external.abi3.so").last == "libfoo.so.1: excluded")
    #expect(report.status == .clean)
  }

  @Test(arguments: [("chain_rpath", "bundled"), ("chain_runpath", "unreachable")])
  func `a bundled library inherits DT_RPATH and not DT_RUNPATH`(name: String, resolution: String) throws {
    let report = try audit(
      Self.claim,
      [
        "demo/\(name).abi3.so": "\(name).abi3.so", "demo/libs/libouter.so": "libouter.so",
        "demo/libs/libinner.so": "libinner.so",
      ])
    #expect(report.resolutions(of: "demo/libs/libouter.so") == ["libinner.so: \(resolution) demo/libs/libinner.so"])
  }

  @Test(arguments: [("demo/demo/", "demo-1.0.data/platlib/demo/"), ("demo-1.0.data/platlib/demo/", "demo/")])
  func `platlib lies where the packages lie`(folder: String, libraries: String) throws {
    let user = "demo-1.0.data/platlib/demo/bundled_runpath.abi3.so"
    let library = "demo-1.0.data/purelib/demo.libs/\(Self.foo)"
    let report = try audit(Self.claim, [user: "bundled_runpath.abi3.so", library: Self.foo])
    #expect(report.resolutions(of: user).last == "\(Self.foo): bundled \(library)")
  }

  @Test(arguments: [
    ("uses_versioned", [String]()),
    ("missing_version", ["error missing-version demo/missing_version.abi3.so libversioned.so.1 gone@VERSIONED_2.0"]),
  ])
  func `a bundled library must define the versions that are needed of it`(name: String, said: [String]) throws {
    let report = try audit(
      Self.claim,
      ["demo/\(name).abi3.so": "\(name).abi3.so", "demo/libversioned.so.1": "libversioned.so.1"])
    #expect(report.said(.missingVersion) == said)
    #expect(report.status == (said.isEmpty ? .clean : .violations))
    #expect(report.claims == ["\(said.isEmpty ? "+" : "-")\(Self.claim)"])
    #expect(!report.requirements.contains { $0.contains("VERSIONED") })
  }
}

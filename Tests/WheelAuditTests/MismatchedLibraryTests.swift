import Testing
import WheelAudit

/// A library of the wheel that is for another machine or libc than the object that needs it.
@Suite struct MismatchedLibraryTests {
  private static let claim = "manylinux_2_17_x86_64"
  private static let foo = "libfoo-0a1b2c3d.so.1"
  private static let user = "demo/bundled_runpath.abi3.so"
  private static let objects: KeyValuePairs = [user: "bundled_runpath.abi3.so"]

  @Test(arguments: ["aarch64", "i686", "x32"])
  func `the loader passes over a library for another machine, which is then nowhere`(architecture: String) throws {
    let library = "demo.libs/\(Self.foo)"
    let report = try audit(Self.claim, Self.objects) {
      try $0.add(library, object: "baseline.abi3.so", architecture)
    }
    #expect(
      report.said == [
        "error external-library \(Self.user) \(Self.foo) \(Self.claim)",
        "error foreign-architecture \(Self.user) \(Self.foo)", "warning foreign-architecture \(library)",
      ])
    let finding = try #require(report.findings.first { $0.rule == .foreignArchitecture })
    #expect(finding.message.contains(library))
    #expect(report.resolutions(of: Self.user).last == "\(Self.foo): mismatched \(library)")
    #expect(report.minimalTag == "linux_x86_64")
  }

  @Test func `that breaks a linux tag too`() throws {
    let report = try audit("linux_x86_64", Self.objects) {
      try $0.add("demo.libs/\(Self.foo)", object: "baseline.abi3.so", "aarch64")
    }
    #expect(report.claims == ["-linux_x86_64"])
    #expect(report.said(.foreignArchitecture).first == "error foreign-architecture \(Self.user) \(Self.foo)")
  }

  @Test func `elsewhere a library for another machine is data`() throws {
    let report = try audit(Self.claim, Self.objects) {
      try $0.add("demo/data/\(Self.foo)", object: "baseline.abi3.so", "aarch64")
    }
    #expect(report.said(.foreignArchitecture) == ["warning foreign-architecture demo/data/\(Self.foo)"])
    #expect(report.said(.externalLibrary) == ["error external-library \(Self.user) \(Self.foo) \(Self.claim)"])
  }

  @Test func `the search goes on behind a library for another machine`() throws {
    let user = "demo/two_folders.abi3.so"
    let report = try audit(Self.claim, [user: "two_folders.abi3.so", "demo.libs/\(Self.foo)": Self.foo]) {
      try $0.add("demo/arm/\(Self.foo)", object: "baseline.abi3.so", "aarch64")
    }
    #expect(report.resolutions(of: user).last == "\(Self.foo): bundled demo.libs/\(Self.foo)")
    #expect(report.claims == ["+\(Self.claim)"])
  }

  @Test func `where the platform has the library nothing is missing`() throws {
    let report = try audit(Self.claim, ["demo/a.so": "needs_libz.abi3.so"]) {
      try $0.add("demo/libz.so.1", object: "baseline.abi3.so", "aarch64")
    }
    #expect(report.resolutions(of: "demo/a.so") == ["libc.so.6: platform", "libz.so.1: platform"])
    #expect(report.said(.foreignArchitecture) == ["warning foreign-architecture demo/libz.so.1"])
    #expect(report.claims == ["+\(Self.claim)"])
  }

  @Test(arguments: [
    (Self.user, "bundled_runpath.abi3.so", "musl_arch.abi3.so"), (Self.user, "musl_runpath.abi3.so", Self.foo),
  ])
  func `a library linked with the other libc cannot be loaded`(user: String, object: String, library: String) throws {
    let report = try audit("linux_x86_64", [user: object, "demo.libs/\(Self.foo)": library])
    #expect(report.said(.mixedLibc) == ["error mixed-libc \(user) \(Self.foo)"])
    #expect(report.claims == ["-linux_x86_64"])
  }

  @Test func `a library tied to no libc goes with either`() throws {
    let report = try audit(
      "linux_x86_64", ["demo/a.so": "chain_rpath.abi3.so", "demo/libs/libouter.so": "libouter.so"])
    #expect(report.said(.mixedLibc).isEmpty)
  }
}

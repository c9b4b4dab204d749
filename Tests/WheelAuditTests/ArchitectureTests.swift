import TestSupport
import Testing
import WheelAudit
import WheelTags

/// Which architecture an object is for, and what becomes of those for another than the wheel's.
@Suite struct ArchitectureTests {
  private static let claim = "manylinux_2_17_x86_64"
  private static let own: KeyValuePairs = ["demo/baseline.abi3.so": "baseline.abi3.so"]

  @Test(arguments: Fixture.architectures)
  func `an object is known by machine, class, byte order and ABI flags`(architecture: String) throws {
    let report = try audit("linux_\(architecture)", Self.own, from: architecture)
    #expect(report.audit?.architecture.rawValue == architecture)
    #expect(report.said(.foreignArchitecture).isEmpty)
    #expect(report.status == .clean)
  }

  @Test(arguments: Fixture.architectures)
  func `every baseline wheel keeps its claim, which is the oldest it may have`(architecture: String) throws {
    let tags = [
      "i686": "2_5", "x86_64": "2_5", "riscv64": "2_31", "loongarch64": "2_36",
    ]
    let claim = "manylinux_\(tags[architecture] ?? "2_17")_\(architecture)"
    let report = Auditor(.init()).audit(path: try Fixture.wheel("baseline-1.0-cp39-abi3-\(claim)"))
    #expect(report.status == .clean)
    #expect(report.claims == ["+\(claim)"])
    #expect(report.minimalTag == claim)
    #expect(report.said == (architecture == "loongarch64" ? ["warning refused-tag \(claim)"] : []))
  }

  /// x32 shares the machine number of x86-64 and has 32-bit addresses; armv5 lacks hard float.
  @Test(arguments: [
    ("x32", "x86_64"), ("x32", "i686"), ("armv5", "armv7l"), ("mips64el", "x86_64"), ("ppc64", "ppc64le"),
    ("ppc64le", "ppc64"), ("i686", "x86_64"), ("aarch64", "x86_64"), ("riscv64", "loongarch64"),
  ])
  func `a wheel whose objects are all for another architecture breaks its claim`(
    actual: String, claimed: String
  ) throws {
    let report = try audit("linux_\(claimed)", ["demo/data.so": "baseline.abi3.so"], from: actual)
    #expect(report.said(.foreignArchitecture) == ["error foreign-architecture demo/data.so"])
    #expect(report.claims == ["-linux_\(claimed)"])
    #expect(report.status == .violations)
  }

  @Test(arguments: ["aarch64", "i686", "x32", "armv5", "mips64el"])
  func `a foreign library is a warning and takes no part in the verdict`(architecture: String) throws {
    let report = try audit(Self.claim, Self.own) {
      // Not under the name of its module, so it is no extension.
      try $0.add("demo/data/agent.so", object: "baseline.abi3.so", architecture)
    }
    #expect(report.said(.foreignArchitecture) == ["warning foreign-architecture demo/data/agent.so"])
    #expect(report.claims == ["+\(Self.claim)"])
    #expect(report.audit?.objects.map(\.path) == ["demo/baseline.abi3.so"])
    #expect(report.minimalTag == "manylinux_2_5_x86_64")
  }

  @Test func `what a foreign object needs does not count`() throws {
    let report = try audit(Self.claim, Self.own) {
      try $0.add("demo/data/agent.so", object: "modern.abi3.so", "aarch64")
    }
    #expect(report.libcFloor == "2.5")
  }

  @Test func `a foreign Python extension is an error`() throws {
    let report = try audit(Self.claim, Self.own) {
      try $0.add("demo/arm/baseline.abi3.so", object: "baseline.abi3.so", "aarch64")
    }
    #expect(report.said(.foreignArchitecture) == ["error foreign-architecture demo/arm/baseline.abi3.so"])
    #expect(report.claims == ["-\(Self.claim)"])
  }

  @Test func `a tag for an architecture that the wheel is not judged as is broken`() throws {
    let report = try audit("\(Self.claim).manylinux_2_17_aarch64", Self.own)
    #expect(report.claims == ["+\(Self.claim)", "-manylinux_2_17_aarch64"])
    #expect(report.said(.foreignArchitecture) == ["error foreign-architecture manylinux_2_17_aarch64"])
  }

  @Test func `the architecture that is both claimed and present is judged`() throws {
    let report = try audit("manylinux_2_17_aarch64.manylinux_2_17_x86_64", Self.own)
    #expect(report.audit?.architecture == .x86_64)
  }
}

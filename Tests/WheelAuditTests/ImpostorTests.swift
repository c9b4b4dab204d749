import TestSupport
import Testing

@testable import WheelAudit

/// Members that are not what their names say: glibc's `open_verify` and musl's `map_library` refuse them.
@Suite struct ImpostorTests {
  private static let claim = "manylinux_2_17_x86_64"

  /// Each row: a member, its first bytes, and what is said of it.
  @Test(
    arguments: [
      ("demo/mod.abi3.so", [], "error"),
      ("demo/mod.cpython-312-x86_64-linux-gnu.so", [0xcf, 0xfa, 0xed, 0xfe], "error"),
      ("demo/mod.cpython-312-darwin.so", [0xcf, 0xfa, 0xed, 0xfe], nil), ("demo/libq.so", [], "warning"),
      ("demo/libq.so.1.2", Array("libq.so.1.2.3".utf8), "warning"), ("demo/libq.so.txt", [], nil),
      ("demo/libq.so", Array("INPUT(libq.so.1)".utf8), "warning"), ("demo/libq.dylib", [0xcf, 0xfa, 0xed, 0xfe], nil),
    ] as [(String, [UInt8], String?)])
  func `a member that is called like a library is one`(path: String, bytes: [UInt8], severity: String?) throws {
    for hasOther in [true, false] {
      let report = try audit(Self.claim) { wheel in
        wheel.add(path, bytes)
        if hasOther { try wheel.add("demo/ok.abi3.so", object: "baseline.abi3.so") }
      }
      let expected = severity.map { ["\($0) not-loadable \(path)"] } ?? []
      #expect(report.said(.notLoadable) == expected)
      #expect(report.claims == (hasOther ? [(severity == "error" ? "-" : "+") + Self.claim] : []))
      #expect(report.status == (hasOther ? (severity == "error" ? .violations : .clean) : .skipped))
    }
  }

  @Test func `an object for a linker is no extension module`() throws {
    let report = try audit(Self.claim, ["demo/mod.abi3.so": "relocatable.o", "demo/ok.abi3.so": "baseline.abi3.so"])
    #expect(report.said(.notLoadable) == ["error not-loadable demo/mod.abi3.so"])
    #expect(report.claims == ["-\(Self.claim)"])
  }

  @Test(arguments: ["any", "macosx_11_0_arm64"]) func `what a wheel for other systems has is its own affair`(
    tag: String
  )
    throws
  {
    let report = try audit(tag) { $0.add("demo/mod.abi3.so", [0xcf, 0xfa, 0xed, 0xfe]) }
    #expect(report.findings.isEmpty)
  }
}

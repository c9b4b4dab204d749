import AuditSettings
import BuildProfiles
import TestSupport
import Testing
import WheelAudit

@Suite struct ByteNameTests {
  /// The audit of a wheel with an object that needs a library of this name.
  private func audit(needing name: [UInt8]) throws -> WheelReport {
    let folder = try TemporaryFolder()
    let (old, new) = (Array("libfoo.so.1".utf8), name)
    var object = try Fixture.object("external.abi3.so")
    try #require(old.count == new.count)
    for start in 0...(object.count - old.count) where object[start...].starts(with: old) {
      object.replaceSubrange(start..<start + old.count, with: new)
    }
    var builder = WheelBuilder(platform: "manylinux_2_17_x86_64")
    builder.add("demo/mod.so", object)
    return Auditor(Facts()).audit(path: try builder.write(to: folder))
  }

  @Test func `libraries whose names are no text are told apart`() throws {
    let reports = try [0xfe, 0xff].map { try audit(needing: Array("libfo".utf8) + [$0] + Array(".so.1".utf8)) }
    for report in reports { #expect(report.findings.map(\.rule) == [.externalLibrary]) }
    for (one, other) in [(reports[0], reports[1]), (reports[1], reports[0])] {
      let known = Baseline([one]).known
      #expect(one.findings.allSatisfy { known.has($0, in: one) })
      #expect(other.findings.allSatisfy { !known.has($0, in: other) })
    }
    #expect(Baseline(reports).known.entries.count == 2)
  }
}

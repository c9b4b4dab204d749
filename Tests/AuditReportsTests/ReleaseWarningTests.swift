import AuditReports
import TestSupport
import Testing
import WheelAudit

/// What only the wheels of a release together show, in the forms for people.
@Suite struct ReleaseWarningTests {
  private static let forms: [(String, @Sendable (AuditReport) -> String)] = [
    ("text", { TextReport(TextStyle(isColored: false, detail: .problems)).render($0) }),
    ("markdown", { MarkdownReport().render($0) }),
    ("html", { HTMLReport().render($0) }),
  ]

  private func wheels(_ objects: [(python: String, object: String)]) throws -> [WheelReport] {
    let folder = try TemporaryFolder()
    return Sample.audit(
      try objects.map { python, object in
        var builder = WheelBuilder(platform: "manylinux_2_34_x86_64")
        builder.name = "demo-1.0-\(python)-\(python)-manylinux_2_34_x86_64.whl"
        try builder.add("demo/core.so", object: object)
        return try builder.write(to: folder)
      })
  }

  @Test(arguments: forms) func `builds that need different systems are told of`(
    name: String, render: @Sendable (AuditReport) -> String
  ) throws {
    let differing = try wheels([("cp311", "baseline.abi3.so"), ("cp312", "modern.abi3.so")])
    #expect(render(Sample.report(differing)).contains("builds need different versions of glibc on "))
    let alike = try wheels([("cp311", "modern.abi3.so"), ("cp312", "modern.abi3.so")])
    #expect(!render(Sample.report(alike)).contains("builds need different versions"))
    #expect(!render(Sample.report(Array(differing.prefix(1)))).contains("builds need different versions"))
  }
}

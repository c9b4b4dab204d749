import AuditReports
import Foundation
import TestSupport
import Testing
import WheelAudit

/// A library that the loader passes over is told as what it is, in every form.
@Suite struct ResolutionTests {
  private static let library = "libfoo-0a1b2c3d.so.1"

  private func wheel() throws -> WheelReport {
    let folder = try TemporaryFolder()
    var builder = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try builder.add("demo/bundled_runpath.abi3.so", object: "bundled_runpath.abi3.so")
    try builder.add("demo.libs/\(Self.library)", object: "baseline.abi3.so", "aarch64")
    return try #require(Sample.audit([try builder.write(to: folder)]).first)
  }

  @Test func `text and tree say that it is for another architecture`() throws {
    let wheel = try wheel()
    let style = TextStyle(isColored: false, detail: .full)
    let text = TextReport(style).render(Sample.report([wheel]))
    #expect(text.contains("because the wheel's own is for another architecture"))
    let all = TextReport(TextStyle(isColored: false, detail: .everything)).render(Sample.report([wheel]))
    #expect(all.contains("    in the wheel, for another architecture  \(Self.library)\n"))
    #expect(!text.contains("from nowhere") && !all.contains("from nowhere"))
    let tree = TreeReport(style).render("demo", try #require(wheel.audit).objects)
    #expect(tree.contains("\(Self.library)  for another architecture at demo.libs/\(Self.library)\n"))
  }

  @Test func `a page says so in its list, and has a line and a box of its own for it`() throws {
    let page = HTMLReport().render(Sample.report([try wheel()]))
    #expect(page.contains("<path class=\"edge mismatched\" ") && page.contains("<g class=\"node mismatched\""))
    #expect(page.contains(">in the wheel, for another architecture</text>"))
    #expect(page.contains("<li data-kind=\"mismatched\">in the wheel, for another architecture: <code>"))
  }

  @Test func `JSON names what was passed over`() throws {
    struct Document: Decodable {
      struct Wheel: Decodable { let objects: [Object] }
      struct Object: Decodable { let needed: [Needed] }
      struct Needed: Decodable {
        let library: String
        let resolution: String
        let path: String?
      }
      let wheels: [Wheel]
    }
    let report = try JSONReport().render(Sample.report([try wheel()]))
    #expect(try Schema.complaints(about: report) == "")
    let document = try JSONDecoder().decode(Document.self, from: Data(report.utf8))
    let needed = document.wheels.flatMap(\.objects).flatMap(\.needed).first { $0.library == Self.library }
    #expect(needed?.resolution == "mismatched" && needed?.path == "demo.libs/\(Self.library)")
  }
}

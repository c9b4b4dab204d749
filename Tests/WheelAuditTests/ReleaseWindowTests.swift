import BuildProfiles
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// Releases that are put together as a run goes on.
@Suite struct ReleaseWindowTests {
  /// Builds of the packages by their letters, each with another interpreter; those of even number need more of a system.
  private func reports(_ packages: String) throws -> [WheelReport] {
    let folder = try TemporaryFolder()
    return try packages.enumerated().map { number, package in
      var builder = WheelBuilder(platform: "manylinux_2_34_x86_64", python: "cp3\(number)", abi: "cp3\(number)")
      try builder.add("demo/core.so", object: number.isMultiple(of: 2) ? "modern.abi3.so" : "baseline.abi3.so")
      builder.name = builder.name.replacing("demo-", with: "\(package)-")
      return Auditor(Facts()).audit(path: try builder.write(to: folder))
    }
  }

  /// What is told as each wheel comes, and at the end: the packages with the numbers of their wheels.
  private func told(_ packages: String, limit: Int) throws -> [String] {
    var window = ReleaseWindow(Auditor.Options(), limit: limit)
    func words(_ releases: [Release]) -> String {
      releases.map { "\($0.name)\($0.wheels.count)" }.joined(separator: " ")
    }
    return try reports(packages).map { words(window.take($0)) } + [words(window.end())]
  }

  @Test func `releases come at the end, in the order of their first wheels`() throws {
    #expect(try told("abab", limit: .max) == ["", "", "", "", "a2 b2"])
    #expect(try told("", limit: 0) == [""])
  }

  @Test func `where there is no more room the oldest make some`() throws {
    let weight = try reports("a").compactMap { Release.Build($0) }.map(\.weight).reduce(0, +)
    try #require(weight > 1)
    // Room for two: wheels that stand together are together.
    #expect(try told("aabbc", limit: 2 * weight) == ["", "", "a2", "", "b2", "c1"])
    // A release that is larger than that is told of in parts.
    #expect(try told("aaaa", limit: 2 * weight) == ["", "", "a3", "", "a1"])
    #expect(try told("aba", limit: 2 * weight) == ["", "", "a2", "b1"])
  }

  @Test func `a release of which a wheel was passed over is not compared`() throws {
    let reports = try reports("aabb")
    var window = ReleaseWindow(Auditor.Options(), limit: .max)
    let missing = WheelName(path: reports[0].path.replacing("-cp30-cp30-", with: "-cp39-cp39-"))
    try #require(missing.filename != nil && missing.path != reports[0].path)
    #expect(window.passOver(missing).isEmpty)
    #expect(reports.flatMap { window.take($0) }.isEmpty)
    let releases = window.end()
    #expect(releases.map(\.name) == ["a", "b"])
    #expect(releases[0].findings.isEmpty && !releases[1].findings.isEmpty)
  }
}

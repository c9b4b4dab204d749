import AuditSettings
import BuildProfiles
import Foundation
import TestSupport
import Testing
import WheelAudit

@Suite struct BaselineTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A wheel whose module is above its claim.
  private func report(
    version: String = "1.0", path: String = "demo/_core.abi3.so", object: String = "modern.abi3.so",
    platform: String = "manylinux_2_17_x86_64"
  ) throws -> WheelReport {
    var builder = WheelBuilder(platform: platform)
    builder.name = builder.name.replacing("-1.0-", with: "-\(version)-")
    try builder.add(path, object: object)
    return Auditor(ProfileTable()).audit(path: try builder.write(to: folder))
  }

  private func read(_ text: String) throws -> Baseline {
    let file = folder.url.appending(path: "baseline.json")
    try Data(text.utf8).write(to: file)
    return try Baseline(path: file.path)
  }

  @Test func `what is written is read back, and knows every error again`() throws {
    let report = try report()
    let baseline = try read(Baseline([report]).text())
    let errors = report.findings.filter { $0.severity == .error }
    #expect(!errors.isEmpty)
    #expect(errors.allSatisfy { baseline.has($0, in: report) })
    #expect(baseline.gone(from: [report]).isEmpty)
  }

  @Test func `a new version of the package has the same findings`() throws {
    let baseline = Baseline([try report()])
    let later = try report(version: "2.0")
    #expect(later.file.contains("-2.0-"))
    #expect(later.findings.filter { $0.severity == .error }.allSatisfy { baseline.has($0, in: later) })
  }

  @Test func `another object is new, and what is mended is gone`() throws {
    let before = try report()
    let baseline = Baseline([before])
    let moved = try report(path: "demo/other.abi3.so")
    #expect(moved.findings.filter { $0.severity == .error }.allSatisfy { !baseline.has($0, in: moved) })
    let mended = try report(object: "baseline.abi3.so")
    #expect(baseline.gone(from: [mended]).count == baseline.entries.count)
    // Nothing can be said of a wheel that is not there.
    let other = try report(platform: "manylinux_2_28_x86_64")
    #expect(baseline.gone(from: [other]).isEmpty)
  }

  @Test func `notes are no findings to get used to`() throws {
    let improvable = try report(object: "baseline.abi3.so")
    #expect(improvable.findings.contains { $0.severity == .note })
    #expect(Baseline([improvable]).entries.isEmpty)
  }

  @Test func `the file is the same whatever the order of the wheels`() throws {
    let reports = [try report(), try report(platform: "manylinux_2_28_x86_64")]
    #expect(try Baseline(reports).text() == Baseline(reports.reversed()).text())
  }

  @Test(arguments: ["", "{", "[]", "{\"schemaVersion\": 1}", "{\"schemaVersion\": 2, \"findings\": []}", "null"])
  func `what is no baseline is refused by name`(text: String) throws {
    let error = try #require(throws: SettingsError.self) { try read(text) }
    #expect(error.description.contains("baseline.json: "))
  }

  @Test func `a baseline that is not there is refused by name`() throws {
    let error = try #require(throws: SettingsError.self) { try Baseline(path: "/nowhere/baseline.json") }
    #expect(error.description.contains("/nowhere/baseline.json: ") && error.description.contains("--write-baseline"))
  }
}

/// What settings no longer do.
@Suite struct StaleSettingsTests {
  private func stale(_ settings: String, _ object: String) throws -> [String] {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "truewheel.toml")
    try Data(settings.utf8).write(to: file)
    var builder = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try builder.add("demo/_core.abi3.so", object: object)
    let own = try SettingsFile(path: file.path).settings
    let report = Auditor(ProfileTable(), options: own.auditorOptions).audit(path: try builder.write(to: folder))
    return own.stale(in: [report])
  }

  @Test func `what applies is not stale`() throws {
    let settings = """
      exclude = [{ library = 'libfoo.so.*', reason = 'r' }]
      [wheels.'demo-*']
      ignore = [{ rule = 'excluded-library', reason = 'r' }]
      """
    #expect(try stale(settings, "external.abi3.so") == [])
  }

  @Test func `what applies to nothing is, if some wheel could have met it`() throws {
    let settings = """
      exclude = [{ library = 'libbar.so.*', reason = 'r' }]
      ignore = [{ rule = 'libpython', reason = 'r' }]
      [wheels.'demo-*']
      exclude = [{ library = 'libbaz.so.*', reason = 'r' }]
      [wheels.'another-*']
      exclude = [{ library = 'libqux.so.*', reason = 'r' }]
      """
    let stale = try stale(settings, "baseline.abi3.so")
    #expect(stale.count == 3)
    for word in ["libbar.so.*", "libpython", "libbaz.so.*"] { #expect(stale.contains { $0.contains(word) }) }
  }
}

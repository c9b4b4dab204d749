import AuditSettings
import Foundation
import TestSupport
import Testing

/// Files that are no TOML, or cannot be read at all.
@Suite struct UnreadableSettingsTests {
  private func error(of path: String) throws -> SettingsError {
    try #require(#expect(throws: SettingsError.self) { try SettingsFile(path: path) })
  }

  private static let broken: [(text: String, line: Int)] = [
    ("target = [", 1),
    ("strict = true\nfail-on = warning\n", 2),
    ("strict = true\n\n[wheels.\"a\"\nstrict = true\n", 3),
    ("strict = true\nstrict = false\n", 2),
    ("# comment\n# comment\nbaseline = \"unfinished\n", 3),
    ("a\u{0}b = 1", 1),
  ]

  @Test(arguments: broken, TOMLFile.allCases) func `an error of syntax has its line, and takes one itself`(
    broken: (text: String, line: Int), file: TOMLFile
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(broken.text.utf8), to: file.rawValue)
    let error = try error(of: path)
    #expect(error.path == path && error.place == "line \(broken.line)")
    #expect(!error.problem.isEmpty && !error.problem.contains("\n"))
  }

  @Test(arguments: [[0xff, 0xfe, 0x41], Array("strict = true # \u{e9}".utf8).dropLast(1), [0x00, 0xd8]] as [[UInt8]])
  func `a file that is not UTF-8 is said to be so`(bytes: [UInt8]) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "truewheel.toml")
    #expect(try error(of: path).description == "\(path): it is not UTF-8")
  }

  @Test(arguments: ["truewheel.toml", "pyproject.toml", "other.toml"]) func `a missing file is said to be so`(
    name: String
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: name).path
    #expect(try error(of: path).description == "\(path): there is no such file")
  }

  @Test(arguments: TOMLFile.allCases) func `a folder in place of the file is no settings file`(file: TOMLFile) throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: file.rawValue).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(try error(of: path).description == "\(path): it cannot be read")
    #expect(throws: SettingsError.self) { try SettingsFile.nearest(to: folder.url.path) }
  }

  @Test func `a file that the system does not let read is said to be so`() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "truewheel.toml").path
    // Nothing is mapped at its start, whoever asks.
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/proc/self/mem")
    #expect(try error(of: path).description == "\(path): it cannot be read")
  }

  @Test func `a byte order mark and Windows line ends are no error`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      Array("\u{feff}strict = true\r\ntarget = \"manylinux1\"\r\n".utf8), to: "truewheel.toml")
    let settings = try SettingsFile(path: path).settings
    #expect(settings.isStrict == true && settings.targets == [.profile(name: "manylinux1")])
  }
}

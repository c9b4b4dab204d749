import AuditSettings
import Foundation
import TestSupport
import Testing

@Suite struct SettingsFileTests {
  private static let empty = "[project]\nname = \"demo\"\n"

  private static func own(_ target: String) -> String { "target = \"\(target)\"\n" }
  private static func project(_ target: String) -> String { empty + "[tool.truewheel]\n" + own(target) }

  /// Files by name, and which of them counts in the folder `a/b`.
  private static let found: [(files: [String: String], nearest: String?)] = [
    (["a/b/truewheel.toml": own("manylinux1")], "a/b/truewheel.toml"),
    (["a/b/pyproject.toml": project("manylinux1")], "a/b/pyproject.toml"),
    (["a/truewheel.toml": own("manylinux1")], "a/truewheel.toml"),
    (["pyproject.toml": project("manylinux1")], "pyproject.toml"),
    (
      ["a/b/truewheel.toml": own("manylinux1"), "a/b/pyproject.toml": project("manylinux2010")],
      "a/b/truewheel.toml"
    ),
    (["a/b/pyproject.toml": project("manylinux1"), "a/truewheel.toml": own("manylinux2010")], "a/b/pyproject.toml"),
    (["a/b/pyproject.toml": empty, "a/truewheel.toml": own("manylinux1")], "a/truewheel.toml"),
    (
      ["a/b/pyproject.toml": empty, "a/pyproject.toml": "[tool.other]\n", "pyproject.toml": project("manylinux1")],
      "pyproject.toml"
    ),
    (["a/b/pyproject.toml": "tool = 1\n", "a/truewheel.toml": own("manylinux1")], "a/truewheel.toml"),
    // An empty file says that there is nothing to set, and ends the search.
    (["a/b/truewheel.toml": "", "a/truewheel.toml": own("manylinux1")], "a/b/truewheel.toml"),
    (["a/b/pyproject.toml": "[tool.truewheel]\n", "a/truewheel.toml": own("manylinux1")], "a/b/pyproject.toml"),
    // What lies below or beside is not looked at.
    (["a/b/c/truewheel.toml": own("manylinux1"), "a/c/truewheel.toml": own("manylinux1")], nil),
    (["a/b/.truewheel.toml": own("manylinux1"), "a/b/Truewheel.toml": own("manylinux1")], nil),
  ]

  @Test(arguments: found) func `the nearest settings file counts, one of its own before that of the project`(
    files: [String: String], nearest: String?
  ) throws {
    let folder = try TemporaryFolder()
    for (name, text) in files { _ = try folder.write(Array(text.utf8), to: name) }
    let start = folder.url.appending(path: "a/b")
    try FileManager.default.createDirectory(at: start, withIntermediateDirectories: true)
    let file = try SettingsFile.nearest(to: start.path)
    guard let nearest else {
      // Whoever runs the tests may have a file further up.
      #expect(file?.path.hasPrefix(folder.url.path) != true)
      return
    }
    #expect(file?.path == folder.url.appending(path: nearest).path)
    #expect(
      file?.settings.targets.map(\.description)
        == (files[nearest]?.contains("manylinux1") == true ? ["manylinux1"] : []))
  }

  @Test(arguments: ["/proc", "/", "/no/such/folder"]) func `where there is none, there are no settings`(
    folder: String
  ) throws {
    #expect(try SettingsFile.nearest(to: folder)?.path == nil)
  }

  @Test func `a slash at the end of the folder changes nothing`() throws {
    let folder = try TemporaryFolder()
    let path = try TOMLFile.own.write("", to: folder)
    #expect(try SettingsFile.nearest(to: folder.url.path + "/")?.path == path)
  }

  @Test(arguments: TOMLFile.allCases) func `the first file that is found must be right`(file: TOMLFile) throws {
    let folder = try TemporaryFolder()
    _ = try TOMLFile.own.write("target = \"manylinux1\"", to: folder)
    let path = try folder.write(Array("[tool.truewheel]\nnonsense = 1\n".utf8), to: "a/\(file.rawValue)")
    let error = #expect(throws: SettingsError.self) {
      try SettingsFile.nearest(to: folder.url.appending(path: "a").path)
    }
    #expect(error?.path == path)
  }

  // MARK: A file by its name

  @Test(arguments: ["settings.toml", "truewheel.toml", "a/.hidden", "my-pyproject.toml"])
  func `a file of another name holds the settings themselves`(name: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(Self.own("manylinux1").utf8), to: name)
    let file = try SettingsFile(path: path)
    #expect(file.path == path && file.settings.targets == [.profile(name: "manylinux1")])
  }

  @Test func `a project file that is asked for must have the table`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(Self.empty.utf8), to: "pyproject.toml")
    let error = #expect(throws: SettingsError.self) { try SettingsFile(path: path) }
    #expect(error?.description == "\(path): it has no table [tool.truewheel]")
  }

  @Test func `a table for projects in a file of one's own is an unknown key`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(Self.project("manylinux1").utf8), to: "truewheel.toml")
    let error = #expect(throws: SettingsError.self) { try SettingsFile(path: path) }
    #expect(error?.place == "project")
  }

  // MARK: Paths in it

  private static let paths: [(file: String, named: String, means: String)] = [
    ("/a/truewheel.toml", "baseline.json", "/a/baseline.json"),
    ("/a/truewheel.toml", "ci/baseline.json", "/a/ci/baseline.json"),
    ("/a/truewheel.toml", "../baseline.json", "/a/../baseline.json"),
    ("/a/truewheel.toml", "/b/baseline.json", "/b/baseline.json"),
    ("/truewheel.toml", "baseline.json", "/baseline.json"),
  ]

  @Test(arguments: paths) func `a path is relative to the folder of the file`(
    file: String, named: String, means: String
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([], to: file)
    let means = named.hasPrefix("/") ? means : folder.url.path + means
    #expect(try SettingsFile(path: path).path(named) == means)
  }
}

import AuditSettings
import Foundation
import TestSupport
import Testing
import WheelAudit

@Suite struct SettingsFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @discardableResult
  private func write(_ text: String, _ name: String = "truewheel.toml") throws -> String {
    let file = folder.url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  private static let everything = """
    target = ["manylinux_2_28", "musllinux_1_2_aarch64"]
    exclude = [{ library = "libcuda.so.*", reason = "the driver brings it" }]
    ignore = [{ rule = "tag-mismatch", reason = "the build tool writes it so" }]
    select = ["symbol-version", "tag-mismatch"]
    strict = true
    fail-on = "warning"
    baseline = "known.json"

    """

  @Test(arguments: ["truewheel.toml", "pyproject.toml"]) func `every key is read`(name: String) throws {
    let isProject = name == "pyproject.toml"
    let section = isProject ? "[tool.truewheel.wheels.\"numpy-*\"]" : "[wheels.\"numpy-*\"]"
    let path = try write(
      (isProject ? "[project]\nname = 'demo'\n[tool.truewheel]\n" : "") + Self.everything
        + "\(section)\nexclude = [{ library = 'libblas.so.3', reason = 'the system has it' }]\nstrict = false\n", name)
    let settings = try SettingsFile(path: path).settings
    #expect(settings.targets == ["manylinux_2_28", "musllinux_1_2_aarch64"])
    #expect(settings.exclusions == [Exclusion(pattern: "libcuda.so.*", reason: "the driver brings it")])
    #expect(settings.ignoredRules.map(\.rule) == [.tagMismatch])
    #expect(settings.ignoredRules.map(\.reason) == ["the build tool writes it so"])
    #expect(settings.selectedRules == [.symbolVersion, .tagMismatch])
    #expect(settings.isStrict == true && settings.threshold == .warning && settings.baseline == "known.json")
    #expect(settings.sections.map(\.pattern) == ["numpy-*"])
    #expect(settings.sections.first?.settings.exclusions.map(\.pattern) == ["libblas.so.3"])
    #expect(settings.sections.first?.settings.isStrict == false)
  }

  @Test func `an empty file asks for nothing`() throws {
    let settings = try SettingsFile(path: write("")).settings
    #expect(settings.targets.isEmpty && settings.exclusions.isEmpty && settings.selectedRules == nil)
  }

  /// What is wrong in a `truewheel.toml`, and what the error must speak of.
  private static let wrong: [(text: String, says: [String])] = [
    ("exlude = []", ["exlude", "did you mean 'exclude'"]),
    ("zzzzzzzzzz = 1", ["zzzzzzzzzz", "keys are", "fail-on"]),
    ("exclude = ['libcuda.so.1']", ["exclude[0]", "library", "reason"]),
    ("exclude = 'libcuda.so.1'", ["exclude", "array"]),
    ("exclude = [{ library = 'a' }]", ["exclude[0]", "reason"]),
    ("exclude = [{ library = 'a', reason = ' ' }]", ["exclude[0]", "reason"]),
    ("exclude = [{ reason = 'b' }]", ["exclude[0]", "which library"]),
    ("exclude = [{ librari = 'a', reason = 'b' }]", ["exclude[0].librari", "did you mean 'library'"]),
    ("ignore = [{ rule = 'tag-mismatch' }]", ["ignore[0]", "reason"]),
    ("ignore = [{ rule = 'tag-mismach', reason = 'b' }]", ["ignore[0].rule", "did you mean 'tag-mismatch'"]),
    ("ignore = [{ rule = 1, reason = 'b' }]", ["ignore[0]", "which rule"]),
    ("select = ['nothing-like-it-at-all']", ["select[0]", "rules are"]),
    ("select = [1]", ["select[0]", "string"]),
    ("target = ['manylinux_2']", ["target[0]", "manylinux_2_28"]),
    ("target = 7", ["target", "array of strings"]),
    ("strict = 'yes'", ["strict", "true or false"]),
    ("fail-on = 'none'", ["fail-on", "error, warning, never"]),
    ("fail-on = 1", ["fail-on", "string"]),
    ("baseline = ''", ["baseline", "string"]),
    ("wheels = 1", ["wheels", "table"]),
    ("[wheels]\n'a-*' = 1", ["wheels", "a-*", "table"]),
    ("[wheels.'a-*']\nbaseline = 'b'", ["wheels.\"a-*\".baseline", "unknown"]),
    ("[wheels.'a-*'.wheels.'b']\n", ["wheels.\"a-*\".wheels", "unknown"]),
    ("target = [\n", ["line "]), ("a = = 1", ["line 1"]),
  ]

  @Test(arguments: wrong) func `what is wrong is named with what would be right`(text: String, says: [String]) throws {
    let path = try write(text)
    let error = try #require(throws: SettingsError.self) { try SettingsFile(path: path) }
    #expect(error.description.hasPrefix(path + ": "))
    for words in says { #expect(error.description.contains(words), "\(error.description)") }
    #expect(!error.description.contains("\n"))
  }

  @Test func `a file that is no text, or is not there, is named`() throws {
    let file = folder.url.appending(path: "truewheel.toml")
    try Data([0xff, 0xfe, 0x00]).write(to: file)
    #expect(
      try #require(throws: SettingsError.self) { try SettingsFile(path: file.path) }.description.contains("UTF-8"))
    let missing = folder.url.appending(path: "none.toml").path
    #expect(try #require(throws: SettingsError.self) { try SettingsFile(path: missing) }.description.contains(missing))
    let project = try write("[project]\nname = 'a'", "pyproject.toml")
    let error = try #require(throws: SettingsError.self) { try SettingsFile(path: project) }
    #expect(error.description.contains("[tool.truewheel]"))
  }

  // MARK: Where the file is

  @Test func `the nearest file counts, and truewheel.toml before pyproject.toml`() throws {
    try write("[tool.truewheel]\nstrict = true", "pyproject.toml")
    try write("[project]\nname = 'without settings'", "a/pyproject.toml")
    try write("", "a/b/.keep")
    try write("[tool.truewheel]", "c/pyproject.toml")
    let own = try write("", "c/truewheel.toml")
    let outer = folder.url.appending(path: "pyproject.toml").path
    func nearest(_ place: String) throws -> String? {
      try SettingsFile.nearest(to: folder.url.appending(path: place).path)?.path
    }
    #expect(try nearest("a/b") == outer)
    #expect(try nearest("c") == own)
    #expect(try nearest("c/that/is/not/there") == own)
  }

  @Test func `an error in the nearest file is not passed over`() throws {
    try write("[tool.truewheel]\nstrict = true", "pyproject.toml")
    try write("nonsense = 1", "a/truewheel.toml")
    #expect(throws: SettingsError.self) {
      try SettingsFile.nearest(to: folder.url.appending(path: "a").path)
    }
  }

  @Test func `paths are relative to the folder of the file`() throws {
    let file = try SettingsFile(path: write("", "a/truewheel.toml"))
    #expect(file.path("known.json") == folder.url.appending(path: "a/known.json").path)
    #expect(file.path("/elsewhere.json") == "/elsewhere.json")
  }

  // MARK: Names

  @Test(arguments: [
    ("exlude", "exclude" as String?), ("EXCLUDE", "exclude"), ("exclude", "exclude"), ("ingore", "ignore"),
    ("zzzzzz", nil), ("", nil), (String(repeating: "x", count: 1000), nil),
  ]) func `the nearest name is the one that was meant`(name: String, meant: String?) {
    #expect(nearest(to: name, among: ["exclude", "ignore", "target"]) == meant)
  }
}

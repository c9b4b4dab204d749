import Foundation
import TestSupport
import Testing

/// Folders as arguments, and what else lies beside wheels.
@Suite struct FolderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func put(_ wheel: String, _ place: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: Fixture.wheel(wheel)))
    _ = try folder.write([UInt8](bytes), to: place)
  }

  /// The paths of the wheels that a run audits, below the folder.
  private func audited(_ arguments: [String], in place: String = "") throws -> [String] {
    let root = folder.url.appending(path: place).path
    let output = try Command.run(["show", "--format", "json"] + arguments + [root]).output
    let report = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let wheels = try #require(report?["wheels"] as? [[String: Any]])
    return wheels.compactMap { ($0["path"] as? String).map { String($0.dropFirst(folder.url.path.count + 1)) } }
  }

  private static let name = "demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"

  @Test func `folders are searched below, in an order that is always the same`() throws {
    for place in ["b/z/", "b/", "a/", "", "b/.hidden/", ".git/", "c.whl.d/"] { try put("honest", place + Self.name) }
    try put("honest", "another-1.0-py3-none-any.whl")
    _ = try folder.write([], to: "b/notes.txt")
    let all = [
      "another-1.0-py3-none-any.whl", Self.name, "a/\(Self.name)", "b/\(Self.name)", "b/z/\(Self.name)",
      "c.whl.d/\(Self.name)",
    ]
    #expect(try audited([]) == all)
    #expect(try audited(["--no-recurse"]) == Array(all[..<2]))
    // A folder that is named is searched whatever it is called.
    #expect(try audited([], in: ".git") == [".git/\(Self.name)"])
  }

  @Test(.timeLimit(.minutes(1))) func `links to folders are not followed, links to wheels are`() throws {
    try put("honest", "a/\(Self.name)")
    let other = try TemporaryFolder()
    _ = try other.write([], to: Self.name)
    let links = [
      ("a/loop", ".."), ("a/self", "."), ("away", other.url.path), ("b-1.0-py3-none-any.whl", "a/\(Self.name)"),
    ]
    for (link, target) in links {
      try FileManager.default.createSymbolicLink(
        atPath: folder.url.appending(path: link).path, withDestinationPath: target)
    }
    #expect(try audited([]) == ["b-1.0-py3-none-any.whl", "a/\(Self.name)"])
    // One that is named is.
    #expect(try audited([], in: "a/loop").count == 2)
  }

  @Test func `folders may lie deep`() throws {
    let place = String(repeating: "d/", count: 500)
    try put("honest", place + Self.name)
    #expect(try audited([]) == [place + Self.name])
  }

  @Test(arguments: ["", "--no-recurse"]) func `a folder without wheels does not pass silently`(option: String) throws {
    if !option.isEmpty { try put("honest", "below/\(Self.name)") }
    _ = try folder.write([], to: "below/notes.txt")
    let result = try Command.run(["check"] + (option.isEmpty ? [] : [option]) + [folder.url.path])
    #expect(result.status == 2)
    #expect(result.errors == "truewheel: \(folder.url.path): there is no wheel (*.whl) in this folder\n")
  }

  // MARK: What is no wheel

  private static let others: [(name: String, words: String)] = [
    ("demo-1.0.tar.gz", "a source distribution"), ("demo-1.0.zip", "a source distribution"),
    ("demo-1.0-py3.9.egg", "an egg"), ("\(name).asc", "a signature"), ("\(name).sigstore", "a signature of Sigstore"),
    ("\(name).sigstore.json", "a signature of Sigstore"), ("\(name).publish.attestation", "an attestation (PEP 740)"),
  ]

  @Test func `what lies beside wheels is skipped with a word, once`() throws {
    for wheel in ["honest", "overclaim"] {
      try put(wheel, URL(filePath: Fixture.wheel(wheel)).lastPathComponent)
    }
    let wheels = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    let names = Self.others.map(\.name)
    for name in names { _ = try folder.write([1], to: name) }
    let result = try Command.run(["check"] + names + wheels, folder: folder.url)
    let said = Self.others.map { "truewheel: \($0.name): skipped: it is \($0.words), and no wheel\n" }
    #expect(result.errors == said.joined())
    // They change neither the report nor the status.
    let plain = try Command.run(["check"] + wheels, folder: folder.url)
    #expect(result.status == 1 && plain.status == 1 && result.output == plain.output)
    // In a folder they are no arguments.
    #expect(try Command.run(["check", folder.url.path]).errors == "")
  }

  @Test(arguments: others) func `alone they are an error, also beside a wheel that is not there`(
    name: String, words: String
  ) throws {
    let path = try folder.write([1], to: name)
    let result = try Command.run(["check", path])
    #expect(result.status == 2)
    #expect(result.errors == "truewheel: \(path): it is \(words), and no wheel\n")
    let both = try Command.run(["check", path, "missing-1.0-py3-none-any.whl"], folder: folder.url)
    #expect(both.status == 2 && both.errors.contains("missing-1.0"))
  }

  @Test func `another file beside wheels is an error as it was`() throws {
    let path = try folder.write([1], to: "notes.txt")
    let result = try Command.run(["check", path, try Fixture.wheel("honest")])
    #expect(result.status == 2 && result.errors.contains("notes.txt"))
  }
}

import Foundation
import TestSupport
import Testing

/// Lists of names, which are read as a run goes on.
@Suite struct FilesFromTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Copies of fixture wheels under short paths.
  private func put(_ places: [String]) throws {
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: Fixture.wheel("honest"))))
    for place in places { _ = try folder.write(bytes, to: "\(place)/\(Self.name)") }
  }

  private static let name = "demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"

  private func run(_ arguments: [String], list: String) throws -> Program.Result {
    _ = try folder.write(Array(list.utf8), to: "list")
    return try Command.run(["show", "--isolated", "--format", "jsonl"] + arguments, folder: folder.url)
  }

  private func paths(_ result: Program.Result) throws -> [String] {
    try result.output.split(separator: "\n").map { line in
      let wheel = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(wheel?["path"] as? String)
    }
  }

  private static let lists: [(list: String, options: [String], paths: [String])] = [
    ("a/\(name)\nb/\(name)\n", [], ["a", "b"]),
    // The last line may lack its end, and lines may be empty or end as on Windows.
    ("b/\(name)\n\n\na/\(name)", [], ["b", "a"]),
    ("a/\(name)\r\n\r\nb/\(name)\r\n", [], ["a", "b"]),
    // A folder stands for its wheels; a name may stand there twice.
    ("c\nb/\(name)\n.\nb/\(name)", [], ["c", "c/d", "b", "a", "b", "c", "c/d", "e\nf", "b"]),
    ("a/\(name)\0b/\(name)\0", ["--null"], ["a", "b"]),
    ("\0e\nf/\(name)\0\0b/\(name)", ["-0"], ["e\nf", "b"]),
  ]

  @Test(arguments: lists) func `the wheels of a list come in its order, behind those of the arguments`(
    list: String, options: [String], paths: [String]
  ) throws {
    try put(["a", "b", "c", "c/d", "e\nf"])
    let listed = try run(options + ["--files-from", "list"], list: list)
    let wheels = paths.map { "\($0)/\(Self.name)" }
    #expect(listed.status == 0 && listed.errors == "")
    #expect(try self.paths(listed).map { $0.replacing("./", with: "", maxReplacements: 1) } == wheels)
    let both = try run(options + ["--files-from", "list", "a"], list: list)
    #expect(try self.paths(both).first == "a/\(Self.name)" && self.paths(both).count == wheels.count + 1)
  }

  @Test func `several lists come one after the other, one of them from standard input`() throws {
    try put(["a", "b", "c"])
    for (list, place) in [("one", "a"), ("two", "b")] {
      _ = try folder.write(Array("\(place)/\(Self.name)\n".utf8), to: list)
    }
    let script =
      "echo 'c/\(Self.name)' | '\(Command.path)' show --isolated --format jsonl --files-from two --files-from - "
      + "--files-from one"
    let result = try Program.run("/bin/bash", ["-c", script], folder: folder.url)
    #expect(try paths(result) == ["b", "c", "a"].map { "\($0)/\(Self.name)" })
  }

  /// Writes a name only when the line on the one before has come: a run that read ahead, or kept its lines, would wait for
  /// ever.
  @Test(.timeLimit(.minutes(1)), arguments: ["1", "2", "7"])
  func `a line comes as soon as its wheel is done with, while the list goes on`(jobs: String) throws {
    try put(["a", "b", "c"])
    let script = """
        coproc T { exec '\(Command.path)' show --isolated --format jsonl --jobs \(jobs) --files-from -; }
        for place in a b c a; do
          echo "$place/\(Self.name)" >&${T[1]}
          read -r line <&${T[0]} && echo "$line"
        done
        exec {T[1]}>&-
        wait $T_PID
      """
    let result = try Program.run("/bin/bash", ["-c", script], folder: folder.url)
    #expect(try paths(result) == ["a", "b", "c", "a"].map { "\($0)/\(Self.name)" })
  }

  private static let failures: [(list: [UInt8], options: [String], says: String)] = [
    (Array("missing\na/\(name)".utf8), [], "missing: No such file or directory"),
    (Array("missing.whl\na/\(name)".utf8), [], "missing.whl: cannot open the archive"),
    (Array("empty\na/\(name)".utf8), [], "empty: there is no wheel (*.whl) in this folder"),
    (Array("a/\(name)\0evil\na/\(name)".utf8), [], "list: line 1 has a NUL in it; a list with NULs"),
    (Array("\n\("x" * 70_000)\na/\(name)".utf8), [], "list: line 2 is longer than a path can be"),
    (Array("\("x" * 70_000)\0a/\(name)".utf8), ["-0"], "list: path 1 is longer than a path can be"),
    (Array("\("x" * 200_000)\na/\(name)".utf8), [], "list: line 1 is longer than a path can be"),
    ([0x62, 0xff, 0x0a] + Array("a/\(name)".utf8), [], "b\u{fffd}: No such file or directory"),
  ]

  @Test(arguments: failures) func `what stands for no wheel is named, and the rest is audited`(
    list: [UInt8], options: [String], says: String
  ) throws {
    try put(["a"])
    _ = try folder.write(list, to: "list")
    _ = try folder.write([], to: "empty/notes.txt")
    let result = try Command.run(
      ["show", "--isolated", "--format", "jsonl", "--files-from", "list"] + options, folder: folder.url)
    #expect(result.status == 2)
    #expect(result.errors.contains("truewheel: \(says)"), "\(result.errors)")
    #expect(try paths(result).last == "a/\(Self.name)")
  }

  @Test(arguments: ["", "\n\r\n\n"]) func `a list of nothing does not pass silently`(list: String) throws {
    let result = try run(["--files-from", "list"], list: list)
    #expect(result.status == 2 && result.errors == "truewheel: list: there is no path in this list\n")
  }

  @Test(arguments: ["nowhere", "."]) func `a list that cannot be read does not pass silently`(list: String) throws {
    try put(["a"])
    let result = try run(["--files-from", list, "a"], list: "")
    #expect(result.status == 2 && result.errors.hasPrefix("truewheel: \(list): cannot read the list: "))
    #expect(try paths(result).count == 1)
  }

  @Test func `a list that ends with an error of the system does not pass silently`() throws {
    try put(["a"])
    // Nothing can be read from what is open for writing only.
    let script = "'\(Command.path)' show --isolated --format jsonl --files-from - a 0> sink"
    let result = try Program.run("/bin/bash", ["-c", script], folder: folder.url)
    #expect(result.status == 2)
    #expect(result.errors == "truewheel: standard input: cannot read the list: Bad file descriptor\n")
  }

  private static let refused: [(arguments: [String], says: String)] = [
    (["--files-from", "-", "--files-from", "-"], "Standard input is one list: name - once."),
    (["--files-from", ""], "--files-from needs the name of a file"),
    (["--null", "a"], "--null is for lists of names: use it with --files-from."),
    ([], "Name at least one wheel or a folder of wheels."),
  ]

  @Test(arguments: refused) func `lists that make no sense are refused`(arguments: [String], says: String) throws {
    let result = try run(arguments, list: "")
    #expect(result.status == 64 && result.errors.contains(says), "\(result.errors)")
  }

  @Test func `variables name lists too`() throws {
    try put(["a", "b"])
    _ = try folder.write(Array("a/\(Self.name)\0".utf8), to: "one")
    _ = try folder.write(Array("b/\(Self.name)\0".utf8), to: "two")
    let variables = ["TRUEWHEEL_FILES_FROM": "one\ntwo", "TRUEWHEEL_NULL": "1", "TRUEWHEEL_FORMAT": "jsonl"]
    let result = try Command.run(["show"], environment: variables, folder: folder.url)
    #expect(try paths(result) == ["a", "b"].map { "\($0)/\(Self.name)" })
    #expect(try Command.run(["show", "--isolated"], environment: variables, folder: folder.url).status == 64)
  }

  @Test func `what lies beside wheels in a list is skipped with a word, and alone it is an error`() throws {
    try put(["a"])
    _ = try folder.write([1], to: "demo-1.0.tar.gz")
    let beside = try run(["--files-from", "list"], list: "demo-1.0.tar.gz\na/\(Self.name)\ndemo-1.0.tar.gz\n")
    let said = "truewheel: demo-1.0.tar.gz: skipped: it is a source distribution, and no wheel\n"
    #expect(beside.status == 0 && beside.errors == said + said)
    let alone = try run(["--files-from", "list"], list: "demo-1.0.tar.gz\n")
    #expect(alone.status == 2 && alone.errors == said.replacing("skipped: ", with: ""))
  }
}

private func * (text: String, count: Int) -> String { String(repeating: text, count: count) }

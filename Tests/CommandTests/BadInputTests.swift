import Foundation
import TestSupport
import Testing

/// What cannot be audited: it is named on standard error, the status is 2, and the other wheels are audited all the same.
@Suite struct BadInputTests {
  /// One thing that cannot be audited, made in a folder; gives its path.
  struct Input: CustomTestStringConvertible, Sendable {
    let name: String
    /// What the sentence has to say.
    let words: [String]
    let make: @Sendable (TemporaryFolder) throws -> String
    var testDescription: String { name }
  }

  private static let wheelName = "bad-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"

  /// A wheel with one object that is as a patch leaves it.
  private static func wheel(_ folder: TemporaryFolder, _ patch: (inout Zip.Member) -> Void) throws -> String {
    var member = Zip.Member("bad/mod.abi3.so", try Fixture.object("baseline.abi3.so"))
    patch(&member)
    return try folder.write(Zip([Zip.Member("bad/__init__.py", []), member]).bytes, to: wheelName)
  }

  static let inputs: [Input] = [
    Input(name: "a name that is none of a wheel", words: ["bad.whl", "PYTHON-ABI-PLATFORM"]) { folder in
      try folder.write([1], to: "bad.whl")
    },
    Input(name: "a folder without wheels", words: ["there is no wheel"]) { folder in
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: "empty"), withIntermediateDirectories: true)
      return folder.url.appending(path: "empty").path
    },
    Input(name: "a file that is not there", words: [wheelName, "no such file"]) { folder in
      folder.url.appending(path: wheelName).path
    },
    Input(name: "an empty file", words: [wheelName, "empty"]) { try $0.write([], to: wheelName) },
    Input(name: "a file of another kind", words: [wheelName, "not a zip archive"]) { folder in
      try folder.write(Array("This is no archive, whatever its name says.".utf8), to: wheelName)
    },
    Input(name: "an archive that is cut off", words: [wheelName, "cut off"]) { folder in
      let bytes = Zip([Zip.Member("bad/mod.abi3.so", try Fixture.object("baseline.abi3.so"))]).bytes
      return try folder.write(Array(bytes[..<(bytes.count / 2)]), to: wheelName)
    },
    Input(name: "an encrypted member", words: [wheelName, "bad/mod.abi3.so", "encrypted"]) { folder in
      try wheel(folder) { $0.flags |= 1 }
    },
    Input(name: "an unsupported compression", words: [wheelName, "bad/mod.abi3.so", "method 12"]) { folder in
      try wheel(folder) { $0.method = 12 }
    },
    Input(name: "an object with a wrong checksum", words: [wheelName, "bad/mod.abi3.so", "CRC-32"]) { folder in
      try wheel(folder) {
        $0 = $0.deflated; $0.checksum ^= 1
      }
    },
    Input(name: "an object that is cut off", words: [wheelName, "bad/mod.abi3.so", "at byte"]) { folder in
      try wheel(folder) { $0 = Zip.Member("bad/mod.abi3.so", Array($0.data[..<200])) }
    },
    Input(name: "a name with a line break", words: ["bad/a\\u{a}b.so", "encrypted"]) { folder in
      try wheel(folder) {
        $0.name = Array("bad/a\nb.so".utf8); $0.localName = $0.name; $0.flags = 1
      }
    },
  ]

  @Test(arguments: inputs)
  func `what cannot be audited is named in one sentence, and the other wheels are audited`(input: Input) throws {
    let folder = try TemporaryFolder()
    let path = try input.make(folder)
    let good = try Fixture.wheel("overclaim")
    let run = try Command.run(["check", path, good])
    #expect(run.status == 2)
    let sentences = run.errors.split(separator: "\n")
    #expect(sentences.count == 1)
    for words in input.words { #expect(run.errors.contains(words)) }
    #expect(run.output.contains("overclaim-1.0-cp39-abi3-manylinux_2_17_x86_64.whl: breaks its claim"))
  }

  @Test(arguments: inputs)
  func `a report for programs stays valid`(input: Input) throws {
    let folder = try TemporaryFolder()
    let run = try Command.run(["check", "--format", "json", try input.make(folder), try Fixture.wheel("honest")])
    let report = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let wheels = try #require(report["wheels"] as? [[String: Any]])
    #expect(wheels.last?["status"] as? String == "clean")
    #expect(wheels.dropLast().allSatisfy { $0["status"] as? String == "unreadable" })
  }

  @Test(arguments: [
    (["check"], "Name at least one wheel"),
    (["check", "--format", "xml", "a.whl"], "text"),
    (["check", "--ignore", "nonsense", "a.whl"], "symbol-version"),
    (["check", "--target", "nonsense", "a.whl"], "manylinux_2_28"),
    (["check", "--jobs", "0", "a.whl"], "from 1 to 1024"),
    (["profiles", "show", "manylinux_2_20"], "manylinux_2_17"),
  ])
  func `wrong arguments get a sentence that says what would be right`(arguments: [String], words: String) throws {
    let run = try Command.run(arguments)
    #expect(run.status == 64)
    #expect(run.errors.contains(words))
    #expect(run.output.isEmpty)
  }
}

import Foundation
import TestSupport
import Testing

/// Examples of settings are read without a complaint, and do what the text around them says.
@Suite struct SettingsExampleTests {
  /// The name of the file that an example is of.
  private static func file(_ example: String) -> String {
    example.contains("[tool.") ? "pyproject.toml" : "truewheel.toml"
  }

  /// Those of a page one after the other, behind its scripts, which may write what settings name.
  @Test(arguments: Document.all) func `every example is accepted`(document: Document) throws {
    let folder = try ReadersFolder()
    for script in document.blocks("sh") { _ = try folder.run(script) }
    for example in document.blocks("toml") {
      let file = Self.file(example)
      _ = try folder.folder.write(Array(example.utf8), to: file)
      let result = try folder.run("truewheel check dist/; rm \(file)")
      #expect(result.status == 0, "\(document.path): \(example)\(result.errors)")
      let complaints = result.errors.split(separator: "\n").filter { line in
        // The wheels of a reader are others than those here; what is in a baseline is counted.
        !["no longer applies", "need not be ignored", "matches no wheel", "in the baseline"].contains {
          line.contains($0)
        }
      }
      #expect(complaints.isEmpty, "\(document.path): \(example)")
    }
  }

  /// The example of a page that has these words.
  private static func example(_ words: String, in path: String = "docs/settings.md") throws -> String {
    try #require(try Document(path).blocks("toml").first { $0.contains(words) }, "\(path) has no example of \(words)")
  }

  /// An object that needs a library, whose name is as long as that which the fixture needs.
  private static func object(needing library: String) throws -> [UInt8] {
    var bytes = try Fixture.object("bundled_nopath.abi3.so")
    let name = Array("libfoo-0a1b2c3d.so.1".utf8)
    let place = try #require(bytes.firstRange(of: name))
    try #require(library.utf8.count == name.count)
    bytes.replaceSubrange(place, with: library.utf8)
    return bytes
  }

  private static func add(
    _ name: String, platform: String, _ members: [String: [UInt8]], to folder: ReadersFolder
  ) throws {
    var builder = WheelBuilder(platform: platform)
    for (path, bytes) in members.sorted(by: { $0.key < $1.key }) { builder.add(path, bytes) }
    builder.name = builder.name.replacing("demo-", with: "\(name)-")
    _ = try folder.folder.write(builder.zip.bytes, to: "dist/\(builder.name)")
  }

  private static func check(_ folder: ReadersFolder) throws -> (result: Program.Result, report: Report) {
    let result = try folder.run("truewheel check --format json dist/")
    return (result, try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)))
  }

  /// What is read of a report.
  private struct Report: Decodable {
    struct Wheel: Decodable {
      struct Claim: Decodable { let tag: String }
      struct Finding: Decodable {
        let rule: String
        let message: String
      }
      let claims: [Claim]
      let findings: [Finding]
    }
    let wheels: [Wheel]
  }

  @Test func `the first one judges one tag more, and lets pass what the driver and a dependency bring`() throws {
    let folder = try ReadersFolder()
    try Self.add(
      "demo_gpu", platform: "manylinux_2_17_x86_64",
      [
        "demo/a/bundled_nopath.abi3.so": try Self.object(needing: "libcuda.so.545.23.06"),
        "demo/b/bundled_nopath.abi3.so": try Self.object(needing: "libcudnn.so.9.1.0.70"),
        "demo/uses_bundled_stdcxx.abi3.so": try Fixture.object("uses_bundled_stdcxx.abi3.so"),
        "demo.libs/libstdc++.so.6": try Fixture.object("bundled/libstdc++.so.6"),
      ], to: folder)
    #expect(try folder.run("truewheel check --fail-on warning dist/demo_gpu*").status == 1)
    _ = try folder.folder.write(Array(try Self.example("[wheels.").utf8), to: "truewheel.toml")
    let (result, report) = try Self.check(folder)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)\(report)")
    #expect(report.wheels.allSatisfy { $0.claims.contains { $0.tag == "manylinux_2_28_x86_64" } })
    let excluded = report.wheels.flatMap(\.findings).filter { $0.rule == "excluded-library" }.map(\.message)
    for reason in ["comes with the driver", "declared as a dependency"] {
      #expect(excluded.contains { $0.contains(reason) }, "\(excluded)")
    }
  }

  @Test func `that of a part of the wheels concerns no other`() throws {
    let folder = try ReadersFolder()
    try Self.add(
      "demo", platform: "musllinux_1_1_x86_64", ["demo/module.so": try Fixture.object("musl_plain.abi3.so")],
      to: folder)
    _ = try folder.folder.write(Array(try Self.example("[tool.truewheel.wheels").utf8), to: "pyproject.toml")
    let report = try Self.check(folder).report
    #expect(
      report.wheels.map { $0.claims.contains { $0.tag == "musllinux_1_2_x86_64" } } == [true, false])
  }

  @Test func `that of a baseline makes pass what the baseline holds, and needs the file`() throws {
    let folder = try ReadersFolder(wheel: "overclaim")
    _ = try folder.folder.write(Array(try Self.example("baseline").utf8), to: "truewheel.toml")
    #expect(try folder.run("truewheel check dist/").status == 64)
    #expect(try folder.run("truewheel check --write-baseline dist/").status == 0)
    #expect(try folder.run("truewheel check dist/").status == 0)
  }

  @Test func `that for cibuildwheel calls what it has installed`() throws {
    let example = try Self.example("audit-command", in: "docs/ci.md")
    let command = try #require(example.firstMatch(of: /(?m)^audit-command = "(.+)"/)?.1)
    #expect(example.contains("\"truewheel\"]"))
    for (wheel, status) in [("honest", Int32(0)), ("overclaim", 1)] {
      let result = try ReadersFolder(wheel: wheel).run(String(command).replacing("{wheel}", with: "dist/*.whl"))
      #expect(result.status == status)
    }
  }

  /// The inputs that a workflow gives to the action are those that it has.
  @Test func `examples of the action give it inputs that it has`() throws {
    let action = try String(contentsOf: Fixture.project.appending(path: "action.yml"), encoding: .utf8)
    let steps = Document.all.flatMap { $0.blocks("yaml") }.flatMap { block in
      block.matches(of: /(?m)^( *)- uses: truewheel\/truewheel@.*\n\1  with:\n((?:\1    .*\n)+)/).map { String($0.2) }
    }
    #expect(!steps.isEmpty)
    for step in steps {
      let inputs = step.matches(of: /(?m)^ *([a-z-]+):/).map { $0.1 }
      #expect(!inputs.isEmpty)
      for input in inputs { #expect(action.contains("\n  \(input):\n"), "\(input)") }
    }
  }
}

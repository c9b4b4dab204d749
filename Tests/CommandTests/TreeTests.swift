import Foundation
import TestSupport
import Testing

@Suite struct TreeTests {
  @Test func `a wheel's objects stand above the libraries they need`() throws {
    let result = try Command.run(["tree", "--verbose", try Fixture.wheel("overclaim")])
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("overclaim/_speedups.abi3.so Python extension"))
    #expect(lines.contains("libm.so.6 from the system"))
    #expect(lines.contains("libfoo-0a1b2c3d.so.1 → overclaim.libs/libfoo-0a1b2c3d.so.1"))
  }

  @Test(arguments: ["modern.abi3.so", "tool", "tool-musl"]) func `one ELF file has a tree too`(object: String) throws {
    let path = Fixture.folder.appending(path: "objects/x86_64/\(object)").path
    let result = try Command.run(["tree", "-v", path])
    #expect(result.status == 0)
    #expect(result.output.contains("\n  \(object)"))
    #expect(result.output.contains("libc.so"))
  }

  @Test func `what the system has is folded away, and counted once`() throws {
    let folder = try TemporaryFolder()
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    for name in ["a", "b"] { try wheel.add("\(name)/external.abi3.so", object: "external.abi3.so") }
    let path = try wheel.write(to: folder)
    let lines = try Command.run(["tree", path]).output.split(separator: "\n")
    #expect(
      lines.dropFirst() == [
        "  a/external.abi3.so  Python extension", "    libfoo.so.1  found nowhere",
        "  b/external.abi3.so  Python extension", "    libfoo.so.1  found nowhere",
        "  1 library of the system is not shown; --verbose shows it",
      ])
    let all = try Command.run(["tree", "-v", path]).output
    #expect(all.contains("    libc.so.6  from the system\n") && !all.contains("not shown"))
  }

  @Test(
    arguments: [
      (0, ["  overclaim/_speedups.abi3.so  Python extension"]),
      (
        1,
        [
          "  overclaim/_speedups.abi3.so  Python extension", "    libc.so.6  from the system",
          "    libm.so.6  from the system",
          "    libfoo-0a1b2c3d.so.1  → overclaim.libs/libfoo-0a1b2c3d.so.1  (needs more)",
        ]
      ),
      (
        2,
        [
          "  overclaim/_speedups.abi3.so  Python extension", "    libc.so.6  from the system",
          "    libm.so.6  from the system", "    libfoo-0a1b2c3d.so.1  → overclaim.libs/libfoo-0a1b2c3d.so.1",
          "      libc.so.6  from the system",
        ]
      ),
    ] as [(Int, [String])]) func `so many levels are shown as are asked for`(depth: Int, tree: [String]) throws
  {
    let result = try Command.run(["tree", "-v", "--depth", "\(depth)", try Fixture.wheel("overclaim")])
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").dropFirst().map(String.init) == tree)
  }

  @Test(arguments: [["--depth", "-1"], ["--format", "json", "--depth", "1"], ["--format", "json", "-v"]])
  func `what says nothing about a tree is refused`(options: [String]) throws {
    let result = try Command.run(["tree"] + options + [try Fixture.wheel("overclaim")])
    #expect(result.status == 64 && result.output == "")
  }

  @Test func `the form for programs has every object and library`() throws {
    let wheel = try Fixture.wheel("overclaim")
    let result = try Command.run(["tree", "--format", "json", wheel])
    let tree = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(tree["schemaVersion"] as? Int == 1 && tree["file"] as? String == wheel)
    // The objects are those of the report.
    let report = try Command.run(["show", "--format", "json", wheel]).output
    let whole = try #require(try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
    let wheels = try #require(whole["wheels"] as? [[String: Any]])
    let objects = try #require(tree["objects"] as? [NSDictionary])
    #expect(objects.count == 2)
    #expect(objects == wheels.first?["objects"] as? [NSDictionary])
  }

  @Test func `objects that need nothing more stand together`() throws {
    let folder = try TemporaryFolder()
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    for name in ["a", "b", "d"] { try wheel.add("\(name).abi3.so", object: "baseline.abi3.so") }
    try wheel.add("c/external.abi3.so", object: "external.abi3.so")
    let lines = try Command.run(["tree", try wheel.write(to: folder)]).output.split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropFirst().map { $0.split(separator: " ").first.map(String.init) ?? "" }
    #expect(
      lines == ["", "a.abi3.so", "b.abi3.so", "", "c/external.abi3.so", "libfoo.so.1", "", "d.abi3.so", "", "1", ""])
  }

  @Test func `what no one provides is found nowhere`() throws {
    let path = Fixture.folder.appending(path: "objects/x86_64/external.abi3.so").path
    #expect(try Command.run(["tree", path]).output.contains("libfoo.so.1  found nowhere"))
  }

  @Test func `what the loader does not look for is out of reach`() throws {
    let folder = try TemporaryFolder()
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try wheel.add("demo/bundled_nopath.abi3.so", object: "bundled_nopath.abi3.so")
    try wheel.add("demo.libs/libfoo-0a1b2c3d.so.1", object: "libfoo-0a1b2c3d.so.1")
    let tree = try Command.run(["tree", try wheel.write(to: folder)]).output
    #expect(tree.contains("libfoo-0a1b2c3d.so.1  out of reach at demo.libs/libfoo-0a1b2c3d.so.1"))
  }

  @Test func `a wheel without objects has no tree, and says so`() throws {
    let result = try Command.run(["tree", try Fixture.wheel("pure")])
    #expect(result.status == 0)
    #expect(result.output.hasSuffix("pure-1.0-py3-none-any.whl: no ELF objects\n"))
  }

  @Test(arguments: ["no-such-file", "Package.swift", "Fixtures", "/dev/null"])
  func `what is neither a wheel nor ELF is not audited`(path: String) throws {
    let result = try Command.run(["tree", path])
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(path))
  }
}

import TestSupport
import Testing

@Suite struct TreeTests {
  @Test func `a wheel's objects stand above the libraries they need`() throws {
    let result = try Command.run(["tree", try Fixture.wheel("overclaim")])
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("overclaim/_speedups.abi3.so Python extension"))
    #expect(lines.contains("libm.so.6 from the system"))
    #expect(lines.contains("libfoo-0a1b2c3d.so.1 → overclaim.libs/libfoo-0a1b2c3d.so.1"))
  }

  @Test(arguments: ["modern.abi3.so", "tool", "tool-musl"]) func `one ELF file has a tree too`(object: String) throws {
    let path = Fixture.folder.appending(path: "objects/x86_64/\(object)").path
    let result = try Command.run(["tree", path])
    #expect(result.status == 0)
    #expect(result.output.contains("\n  \(object)"))
    #expect(result.output.contains("libc.so"))
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

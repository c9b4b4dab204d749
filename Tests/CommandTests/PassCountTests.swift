import TestSupport
import Testing

/// What `--debug` tells of objects that had to be inflated more than once.
@Suite struct PassCountTests {
  @Test func `the objects whose tables had gone by are named, with every number of jobs`() throws {
    let folder = try TemporaryFolder()
    let good = try Fixture.object("modern.abi3.so")
    var late = ELFPatch(good)
    try late.moveBeforeDynamicSegment([.stringTable, .symbolTable], after: 20 << 20)
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    wheel.add("demo/good.abi3.so", good)
    wheel.members.append(Zip.Member("demo/late.abi3.so", late.bytes).deflated)
    wheel.add("demo/__init__.py", Array("value = 1\n".utf8))
    let path = try wheel.write(to: folder)
    let work = /truewheel: debug: (.*): \d+ bytes inflated, \d+ names looked up, \d+ kept with \d+ bytes, .*/
    for jobs in ["1", "2"] {
      let result = try Command.run(["check", "--debug", "--jobs", jobs, path])
      let lines = result.errors.split(separator: "\n")
      try #require(lines.count == 3)
      #expect(lines[0] == "truewheel: debug: \(path): demo/late.abi3.so was inflated 2 times")
      #expect(lines[1].wholeMatch(of: work)?.output.1 == Substring(path))
      #expect(lines[2] == "truewheel: debug: 1 of 2 objects were inflated more than once")
      #expect(try Command.run(["check", path]).output == result.output)
    }
  }
}

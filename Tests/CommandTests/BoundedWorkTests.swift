import TestSupport
import Testing

/// Small wheels that mean an absurd amount of work; `make growth` has one of every kind, grown to megabytes.
@Suite struct BoundedWorkTests {
  /// A wheel that is made to cost as much as it can.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let objects: @Sendable () throws -> [(path: String, bytes: [UInt8])]
  }

  /// An object with nothing in its dynamic segment but this.
  private static func object(
    _ entries: [ELFPatch.Entry], strings: String, versionNeeds: [UInt8] = [], machine: UInt64 = 62
  ) throws -> [UInt8] {
    var patch = ELFPatch(try Fixture.object("baseline.abi3.so"))
    try patch.replaceDynamicSegment(entries, strings: Array(strings.utf8), versionNeeds: versionNeeds)
    patch[.machine] = machine
    return patch.bytes
  }

  private static func little(_ numbers: UInt32...) -> [UInt8] {
    numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian, Array.init) }
  }

  /// One verneed for the library at offset 6, with so many vernauxes for the version at offset 11 (LSB Core,
  /// "Symbol Version Requirements").
  private static func versionNeeds(count: UInt16) -> [UInt8] {
    let vernaux = little(0, 2 << 16, 11, 16)
    let all = [[UInt8]](repeating: vernaux, count: Int(count)).joined()
    return little(1 | UInt32(count) << 16, 6, 16, 0) + all.dropLast(4) + little(0)
  }

  static let cases = [
    Case(testDescription: "versions by needs") {
      let needs = [ELFPatch.Entry](repeating: (.needed, 1), count: 40_000)
      return [
        (
          "demo/a.so",
          try object(
            needs + [(.versionNeedCount, 1)], strings: "\0li.a\0li.b\0GLIBC_2.14\0",
            versionNeeds: versionNeeds(count: 40_000))
        )
      ]
    },
    Case(testDescription: "a chain by its run paths") {
      let chain = try (0..<100).map { number in
        let entries = [(.needed, 3), (.rpath, 9)] + [ELFPatch.Entry](repeating: (.needed, 1), count: 500)
        let name = String(1000 + number + 1)
        let runPath = String(repeating: "$ORIGIN:", count: 1000)
        return (path: "demo/\(1000 + number)", bytes: try object(entries, strings: "\0z\0\(name)\0\0\(runPath)\0"))
      }
      // For another processor: every search for it ends with one for what is in the way.
      return chain + [("far/z", try object([], strings: "\0", machine: 183))]
    },
    Case(testDescription: "needs of one name") {
      [("demo/a.so", try object(.init(repeating: (.needed, 1), count: 1_000_000), strings: "\0a\0"))]
    },
  ]

  @Test(arguments: cases) func `a small wheel that means much work ends in a verdict or a refusal`(_ bad: Case) throws {
    let folder = try TemporaryFolder()
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    for (path, bytes) in try bad.objects() { wheel.members.append(Zip.Member(path, bytes).deflated) }
    #expect(wheel.zip.bytes.count < 300_000)
    let path = try wheel.write(to: folder)
    // Ten seconds of a processor are generous, and a run that goes on ends by a signal.
    let result = try Program.run(
      "/bin/sh", ["-c", "ulimit -t 10; exec \"$0\" \"$@\"", Command.path, "check", "--jobs", "1", path])
    switch result.status {
    case 1: #expect(result.output.hasPrefix("\(wheel.name): breaks its claim\n"))
    case 2:
      #expect(result.output.hasPrefix("\(wheel.name): could not be audited\n"))
      #expect(result.errors.hasPrefix("truewheel: \(path): ") && result.errors.contains(/\d/), "\(result.errors)")
    default: Issue.record("it ended with \(result.status)")
    }
  }
}

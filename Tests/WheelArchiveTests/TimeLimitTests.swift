import TestSupport
import Testing
import WheelArchive

@Suite struct TimeLimitTests {
  private static let members = (0..<20).map { number in
    Zip.Member("\(number)", (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* (number + 3)) }).deflated
  }

  /// Opens an archive and reads all of it, until the time is over.
  private func read(_ limit: TimeLimit) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Zip(Self.members).bytes, to: "demo-1.0-py3-none-any.whl")
    let archive = try WheelArchive(FileSource(path: path), until: limit.start())
    let inflater = Inflater()
    for member in archive.members {
      var stream = try archive.stream(member, with: inflater)
      try stream.skip()
    }
  }

  @Test func `reading goes on until the time is over, and no further`() throws {
    let plenty = Looks()
    try read(plenty.limit(after: 1_000_000))
    // One at the start, one for each read of the file; a member takes more than one.
    let needed = plenty.made - 1
    #expect(needed > Self.members.count)
    let enough = Looks()
    try read(enough.limit(after: needed))
    for looks in [0, 1, 2, needed / 2, needed - 1] {
      let clock = Looks()
      let limit = clock.limit(after: looks)
      let error = try #require(throws: ArchiveError.self) { try read(limit) }
      #expect(error.problem == .outOfTime(TimeLimit.Excess(limit: limit.duration)))
      #expect(clock.made == looks + 2)
    }
  }

  @Test(arguments: [
    (Duration.seconds(30), "30 s"), (.milliseconds(500), "0.5 s"), (.milliseconds(1), "0.001 s"),
    (.microseconds(1_500_001), "1.500001 s"), (.seconds(1_000_000), "1000000 s"),
  ]) func `a time is said as it was written`(limit: Duration, words: String) {
    #expect(TimeLimit.Excess(limit: limit).description == "it took longer than \(words), the limit 'timeout'")
  }
}

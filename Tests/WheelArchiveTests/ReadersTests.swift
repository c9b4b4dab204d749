import Foundation
import TestSupport
import Testing
import WheelArchive

/// What other readers find in archives that are forged in one way or another: where this one accepts an archive, they
/// find the same members with the same bytes.
///
/// `make readers` forges more of them, and others.
@Suite struct ReadersTests {
  /// What the script says of a case.
  private struct Case: Decodable {
    let `case`: Int
    let changes: [String]
    let directory: Reading
    let stream: Reading
  }

  /// What a reader found, or why it found nothing.
  private struct Reading: Decodable {
    let members: Set<Member>?
    let refusal: String?
  }

  private struct Member: Decodable, Hashable {
    let name: String
    let size: Int
    let checksum: UInt32

    init(name: String, contents: [UInt8]) {
      (self.name, size, checksum) = (name, contents.count, Zip.checksum(contents))
    }

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      let digits = Array(try values.decode(String.self).utf8)
      let bytes = stride(from: 0, to: digits.count, by: 2).map { start in
        UInt8(String(decoding: digits[start..<(start + 2)], as: UTF8.self), radix: 16) ?? 0
      }
      name = String(decoding: bytes, as: UTF8.self)
      size = try values.decode(Int.self)
      checksum = try values.decode(UInt32.self)
    }
  }

  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["TRUEWHEEL_READERS"].flatMap(Int.init) ?? 600
  private static let first = environment["TRUEWHEEL_SEED"].flatMap(Int.init) ?? 0

  @Test func `every reader finds the same members in an archive that is accepted`() throws {
    let folder = try TemporaryFolder()
    let script = Fixture.project.appending(path: "Tests/WheelArchiveTests/Readers/readings.py").path
    let wheels = [try Fixture.wheel("pure-"), try Fixture.wheel("musl-")]
    let run = try Program.run(
      "/usr/bin/env", ["python3", script, folder.url.path, "\(Self.count)", "\(Self.first)"] + wheels)
    try #require(run.status == 0, "\(run.errors)")
    let cases = try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: folder.url.appending(path: "readings.json")))
    #expect(cases.count == Self.count)
    var (accepted, refused) = (0, 0)
    for forged in cases {
      guard let members = try? Self.members(folder.url.appending(path: "\(forged.case).whl").path) else {
        refused += 1
        continue
      }
      accepted += 1
      let what = "TRUEWHEEL_SEED=\(forged.case): \(forged.changes.joined(separator: ", "))"
      #expect(members == forged.directory.members, "zipfile, \(what): \(forged.directory.refusal ?? "others")")
      #expect(members == forged.stream.members, "a stream, \(what): \(forged.stream.refusal ?? "others")")
    }
    // Or there was nothing to compare, or nothing forged.
    #expect(accepted > Self.count / 10 && refused > Self.count / 10)
  }

  private static func members(_ path: String) throws -> Set<Member> {
    let archive = try WheelArchive(path: path)
    let inflater = Inflater()
    return Set(
      try archive.members.map { Member(name: $0.name, contents: try archive.contents($0, with: inflater)) })
  }
}

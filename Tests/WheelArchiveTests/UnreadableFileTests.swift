import Foundation
import TestSupport
import Testing
import WheelArchive

/// Files that are no archive.
@Suite struct UnreadableFileTests {
  private static func problem(_ path: String) throws -> ArchiveError.Problem {
    let error = try #require(throws: ArchiveError.self) { try WheelArchive(path: path) }
    #expect(error.archive == path)
    #expect(error.operation == .open)
    #expect(error.member == nil)
    #expect(error.description.hasPrefix("cannot open the archive: "))
    return error.problem
  }

  @Test func `a path that leads nowhere is not found`() throws {
    let folder = try TemporaryFolder()
    #expect(try Self.problem(folder.url.appending(path: "none.whl").path) == .notFound)
    #expect(try Self.problem("") == .notFound)
  }

  @Test func `a link that leads nowhere is not found`() throws {
    let folder = try TemporaryFolder()
    let link = folder.url.appending(path: "a.whl").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "none")
    #expect(try Self.problem(link) == .notFound)
  }

  @Test func `a path through a file is an error of the system`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([1], to: "file")
    #expect(try Self.problem(file + "/a.whl") == .system("Not a directory"))
  }

  @Test func `a folder is no file`() throws {
    let folder = try TemporaryFolder()
    #expect(try Self.problem(folder.url.path) == .notAFile)
  }

  /// Opening a pipe that nothing writes to would wait for ever.
  @Test(.timeLimit(.minutes(1))) func `a pipe and a device are no files`() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.url.appending(path: "pipe.whl").path
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(try Self.problem(pipe) == .notAFile)
    #expect(try Self.problem("/dev/null") == .notAFile)
  }

  @Test func `an empty file is called that`() throws {
    let folder = try TemporaryFolder()
    #expect(try Self.problem(try folder.write([], to: "a.whl")) == .empty)
  }

  @Test(arguments: [
    [0x50], Array("PK\u{3}\u{4}".utf8), Array("<html>404 Not Found</html>".utf8), [UInt8](repeating: 0, count: 70_000),
  ])
  func `other contents are no archive`(bytes: [UInt8]) throws {
    let folder = try TemporaryFolder()
    #expect(try Self.problem(try folder.write(bytes, to: "a.whl")) == .notAZip)
  }

  @Test func `an archive cut off anywhere is refused`() throws {
    let folder = try TemporaryFolder()
    let text = Array("true wheels run straight".utf8)
    let bytes = Zip([Zip.Member("a.txt", text), Zip.Member("b.txt", text).deflated]).bytes
    for count in 1..<bytes.count {
      let problem = try Self.problem(try folder.write(Array(bytes[..<count]), to: "a.whl"))
      #expect(problem == .notAZip, "\(count)")
      #expect("\(problem)".contains("cut off"))
    }
    #expect(try WheelArchive(path: try folder.write(bytes, to: "a.whl")).members.count == 2)
  }

  @Test func `an archive without members is one`() throws {
    #expect(try WheelArchive.opened(Zip([]).bytes).members.isEmpty)
  }
}

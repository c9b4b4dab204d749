import Foundation
import TestSupport
import Testing
import WheelArchive

/// An archive whose file is opened once more, as for another thread.
@Suite struct ReopenedArchiveTests {
  private static let name = "a-1-py3-none-any.whl"
  private static let before = Zip([Zip.Member("a/module.so", [1, 2, 3]).deflated]).bytes
  private static let after = Zip([Zip.Member("a/module.so", [4, 5, 6]).deflated]).bytes

  @Test func `the same file has the same contents`() throws {
    let folder = try TemporaryFolder()
    let archive = try WheelArchive(path: try folder.write(Self.before, to: Self.name))
    let again = try WheelArchive(reopening: archive.directory)
    #expect(again.members == archive.members)
    #expect(try again.contents(of: "a/module.so") == [1, 2, 3])
    #expect(try archive.contents(of: "a/module.so") == [1, 2, 3])
  }

  /// What happens to the file after the archive has been opened.
  private static let changes: [@Sendable (URL) throws -> Void] = [
    { file in
      try FileManager.default.removeItem(at: file)
      try Data(after).write(to: file)
    },
    { file in
      let handle = try FileHandle(forWritingTo: file)
      try handle.write(contentsOf: Data(after))
      try handle.close()
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: file.path)
    },
    { file in
      let handle = try FileHandle(forWritingTo: file)
      try handle.truncate(atOffset: 10)
      try handle.close()
    },
  ]

  @Test(arguments: changes) func `a file that was replaced or written to is refused`(
    change: @Sendable (URL) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.before, to: Self.name)
    let archive = try WheelArchive(path: path)
    try change(URL(filePath: path))
    let error = try #require(throws: ArchiveError.self) { try WheelArchive(reopening: archive.directory) }
    #expect(error.problem == .changed && error.archive == path)
    #expect(error.description == "cannot open the archive: the file changed while it was read")
  }

  @Test func `a file that is gone is not found`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.before, to: Self.name)
    let archive = try WheelArchive(path: path)
    try FileManager.default.removeItem(atPath: path)
    let error = try #require(throws: ArchiveError.self) { try WheelArchive(reopening: archive.directory) }
    #expect(error.problem == .notFound)
  }
}

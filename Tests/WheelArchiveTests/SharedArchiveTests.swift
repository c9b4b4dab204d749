import Foundation
import TestSupport
import Testing
import WheelArchive

/// One open archive that several threads read, and what happens to its file meanwhile.
@Suite struct SharedArchiveTests {
  private static let name = "a-1-py3-none-any.whl"
  private static let before = Zip([Zip.Member("a/module.so", [1, 2, 3]).deflated]).bytes
  private static let after = Zip([Zip.Member("a/module.so", [4, 5, 6]).deflated]).bytes

  @Test func `threads that read at the same time do not disturb each other`() async throws {
    let contents = (0..<40).map { number in (0..<50_000).map { UInt8(truncatingIfNeeded: $0 / 7 &* (number + 3)) } }
    let archive = try WheelArchive.opened(contents.enumerated().map { Zip.Member("m\($0)", $1).deflated })
    try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
      for _ in 0..<4 {
        group.addTask {
          let inflater = Inflater()
          return try archive.members.map { try archive.contents($0, with: inflater) }
        }
      }
      for try await read in group { #expect(read == contents) }
    }
    try archive.requireUnchanged()
  }

  /// What is written to the file after the archive has been opened.
  private static let changes: [@Sendable (FileHandle, String) throws -> Void] = [
    { file, path in
      try file.write(contentsOf: Data(after))
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path)
    },
    { file, _ in try file.truncate(atOffset: 10) },
    { file, _ in
      try file.seekToEnd()
      try file.write(contentsOf: Data([0]))
    },
  ]

  @Test(arguments: changes) func `a file that was written to is found out`(
    change: @Sendable (FileHandle, String) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.before, to: Self.name)
    let archive = try WheelArchive(path: path)
    try archive.requireUnchanged()
    let file = try #require(FileHandle(forWritingAtPath: path))
    try change(file, path)
    try file.close()
    let error = try #require(throws: ArchiveError.self) { try archive.requireUnchanged() }
    #expect(error.problem == .changed && error.archive == path)
    #expect(error.description == "cannot open the archive: the file changed while it was read")
  }

  @Test func `a file that becomes shorter is told from a member that ends early`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.before, to: Self.name)
    let archive = try WheelArchive(path: path)
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: 10)
    try file.close()
    let error = try #require(throws: ArchiveError.self) { try archive.contents(of: "a/module.so") }
    #expect(error.problem == .changed && error.member == "a/module.so" && error.operation == .readMember)
  }

  /// The open file is what it was, whatever its path leads to.
  @Test(arguments: [true, false]) func `a path that leads elsewhere or nowhere does not matter`(
    isReplaced: Bool
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.before, to: Self.name)
    let archive = try WheelArchive(path: path)
    try FileManager.default.removeItem(atPath: path)
    if isReplaced { _ = try folder.write(Self.after, to: Self.name) }
    #expect(try archive.contents(of: "a/module.so") == [1, 2, 3])
    try archive.requireUnchanged()
  }
}

/// An archive whose bytes come from elsewhere than a file.
@Suite struct ByteSourceTests {
  /// Bytes in memory, some of which may be lost.
  private struct Memory: ByteSource {
    let bytes: [UInt8]
    var lost = 0
    var name: String { "memory" }
    var size: Int { bytes.count }

    func identity() -> SourceIdentity { .file(device: 0, inode: 0, size: bytes.count, seconds: 0, nanoseconds: 0) }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
      let rest = bytes.dropLast(lost).dropFirst(offset).prefix(buffer.count)
      buffer.copyBytes(from: rest)
      return rest.count
    }
  }

  @Test func `an archive is the same from any source`() throws {
    let contents = [UInt8](repeating: 5, count: 3000)
    let archive = try WheelArchive(Memory(bytes: Zip([Zip.Member("a", contents).deflated]).bytes))
    #expect(archive.path == "memory")
    #expect(archive.members.map(\.name) == ["a"])
    #expect(try archive.contents(of: "a") == contents)
    try archive.requireUnchanged()
  }

  @Test func `a source without bytes is empty, and one that gives fewer than it has changes`() throws {
    let empty = #expect(throws: ArchiveError.self) { try WheelArchive(Memory(bytes: [])) }
    #expect(empty?.problem == .empty)
    let short = #expect(throws: ArchiveError.self) { try WheelArchive(Memory(bytes: Zip([]).bytes, lost: 1)) }
    #expect(short?.problem == .changed && short?.archive == "memory")
  }
}

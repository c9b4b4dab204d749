import BuildProfiles
import Foundation
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// What one run has read another one does not read again.
@Suite struct ObjectCacheTests {
  private static let objects = ["modern.abi3.so", "external.abi3.so", "libversioned.so.1"]

  private let folder: TemporaryFolder
  private let name: WheelName
  private var path: String { folder.url.appending(path: "cache").path }

  init() throws {
    folder = try TemporaryFolder()
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    for object in Self.objects {
      wheel.members.append(Zip.Member("demo/\(object)", try Fixture.object(object)).deflated)
    }
    name = WheelName(path: try wheel.write(to: folder))
  }

  /// What a run says and costs, and what it finds in the cache and writes there.
  private struct Result: Equatable {
    let said: String
    let found: Int
    let kept: Int
  }

  private func run(limit: Int = 1 << 20, version: String = "1", mustFail: Bool = false) throws -> Result {
    let cache = try ObjectCache(path: path, limit: limit, version: version)
    defer { #expect((cache.failure != nil) == mustFail) }
    let store = CountingStore(cache)
    var run = AuditRun(Auditor(Facts()), .init(), jobs: 1, known: KnownObjects([store], seed: cache.seed))
    let said = run.conclusions([name]).map { "\($0.findings)\n\($0.requirements)\n\($0.work)" }.joined()
    return Result(said: said, found: store.found, kept: store.kept)
  }

  private func entries() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter { $0 != "secret" }.sorted()
  }

  private func change(_ name: String, _ body: (inout [UInt8]) -> Void) throws {
    let file = URL(filePath: path).appending(path: name)
    var bytes = try [UInt8](Data(contentsOf: file))
    body(&bytes)
    try Data(bytes).write(to: file)
  }

  @Test func `the second run inflates nothing and says the same`() throws {
    let (cold, warm) = (try run(), try run())
    #expect(cold.found == 0 && cold.kept == Self.objects.count)
    #expect(warm.found == Self.objects.count && warm.kept == 0)
    let auditor = Auditor(Facts())
    let plain = auditor.audit([name], jobs: 1).map { "\($0.findings)\n\($0.requirements)\n\($0.work)" }.joined()
    #expect(cold.said == plain && warm.said == plain)
    #expect(try entries().count == Self.objects.count)
  }

  @Test func `nobody else may read or write what is there`() throws {
    _ = try run()
    for file in try [""] + entries() + ["secret"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + file)
      let mode = try #require(attributes[.posixPermissions] as? Int)
      #expect(mode & 0o077 == 0, "\(file)")
    }
  }

  @Test func `another version of the program finds nothing`() throws {
    let first = try run(version: "1")
    let second = try run(version: "2")
    #expect(second == Result(said: first.said, found: 0, kept: Self.objects.count))
    #expect(try run(version: "1").found == Self.objects.count)
  }

  // MARK: Damage

  private static let damages: [@Sendable (inout [UInt8]) -> Void] = [
    { $0 = [] },
    { $0.removeLast() },
    { $0.append(0) },
    { $0[0] ^= 1 },
    { $0[40] ^= 1 },
    { $0[$0.count / 2] ^= 0x80 },
    { $0 = Array(repeating: 0, count: $0.count) },
  ]

  @Test(arguments: damages.indices) func `a damaged entry is not there, and is mended`(damage: Int) throws {
    let cold = try run()
    let entry = try #require(try entries().first)
    try change(entry, Self.damages[damage])
    #expect(try run() == Result(said: cold.said, found: Self.objects.count - 1, kept: 1))
    #expect(try run() == Result(said: cold.said, found: Self.objects.count, kept: 0))
  }

  @Test func `an entry under the name of another is not believed`() throws {
    let cold = try run()
    let entries = try entries()
    let other = try [UInt8](Data(contentsOf: URL(filePath: path).appending(path: entries[1])))
    try change(entries[0]) { $0 = other }
    #expect(try run() == Result(said: cold.said, found: Self.objects.count - 1, kept: 1))
  }

  @Test(arguments: [0, 47, 48, 49]) func `entries of another secret are not believed`(count: Int) throws {
    let cold = try run()
    try change("secret") { $0 = Array(repeating: 7, count: count) }
    #expect(try run() == Result(said: cold.said, found: 0, kept: Self.objects.count))
    #expect(try run() == Result(said: cold.said, found: Self.objects.count, kept: 0))
  }

  @Test(arguments: ["link", "folder", "pipe"]) func `an entry that is no plain file is not there`(kind: String) throws {
    let cold = try run()
    let entry = path + "/" + (try #require(try entries().first))
    let files = FileManager.default
    try files.moveItem(atPath: entry, toPath: folder.url.appending(path: "moved").path)
    switch kind {
    case "link": try files.createSymbolicLink(atPath: entry, withDestinationPath: folder.url.path + "/moved")
    case "folder": try files.createDirectory(atPath: entry, withIntermediateDirectories: false)
    default: #expect(mkfifo(entry, 0o600) == 0)
    }
    let again = try run(mustFail: kind == "folder")
    #expect(again == Result(said: cold.said, found: Self.objects.count - 1, kept: 1))
  }

  // MARK: Size

  @Test func `what was used the longest ago goes first, and other files stay`() throws {
    let cache = try CacheFolder(path: path)
    let names = ["a", "b", "c", "d"]
    for name in names { #expect(cache.write(Array(repeating: 1, count: 4096), to: name) == nil) }
    #expect(cache.write([1], to: "other") == nil)
    for (position, name) in names.enumerated() {
      let time = Date(timeIntervalSinceNow: Double(position - 10) * 86_400)
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path + "/" + name)
    }
    #expect(cache.contents(of: "a", atMost: 4096)?.count == 4096)
    cache.trim(to: 3 * 4096) { names.contains($0) }
    // Below the limit by a little, so two had to go.
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["a", "d", "other"])
  }

  @Test func `what a process left behind goes once it is old`() throws {
    let cache = try CacheFolder(path: path)
    for name in [".new-1", ".new-2"] { #expect(cache.write([1], to: name) == nil) }
    let time = Date(timeIntervalSinceNow: -86_400)
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path + "/.new-1")
    cache.trim(to: 4096) { _ in true }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == [".new-2"])
  }

  @Test func `the cache keeps within its size`() throws {
    // After which writes the folder is gone through is chance, so there are many.
    for version in 0..<60 { _ = try run(limit: 64 << 10, version: "\(version)") }
    let sizes = try entries().map { entry in
      try #require(FileManager.default.attributesOfItem(atPath: path + "/" + entry)[.size] as? Int)
    }
    #expect(!sizes.isEmpty && sizes.count < 60 && sizes.reduce(0, +) <= 64 << 10)
  }

  // MARK: The folder

  @Test(arguments: [0o720, 0o702, 0o777, 0o1777]) func `a folder that others may write to is refused`(
    mode: Int
  ) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    #expect(throws: CacheRefusal(path, .othersMayWrite)) { try CacheFolder(path: path) }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    _ = try CacheFolder(path: path)
  }

  @Test func `another user's folder is refused`() throws {
    var other = "/"
    if geteuid() == 0 {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      #expect(chown(path, 1, 1) == 0)
      other = path
    }
    #expect(throws: CacheRefusal(other, .othersOwn)) { try CacheFolder(path: other) }
  }

  @Test func `a link is refused, wherever it leads, and so is a file`() throws {
    let target = folder.url.appending(path: "target").path
    _ = try CacheFolder(path: target)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    #expect(throws: CacheRefusal(path, .notAFolder)) { try CacheFolder(path: path) }
    #expect(throws: CacheRefusal(path, .notAFolder)) { try CacheFolder(path: path + "/") }
    #expect(throws: CacheRefusal(name.path, .notAFolder)) { try CacheFolder(path: name.path) }
    let nowhere = folder.url.appending(path: "no/where").path
    #expect(throws: CacheRefusal(nowhere, .system(ENOENT))) { try CacheFolder(path: nowhere) }
  }

  @Test func `processes that begin at the same time have one secret`() throws {
    let cache = try CacheFolder(path: path)
    #expect(cache.writeFirst([1], to: "secret") == nil && cache.writeFirst([2], to: "secret") == nil)
    #expect(cache.contents(of: "secret", atMost: 1) == [1])
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["secret"])
  }
}

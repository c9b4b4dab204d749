import BuildProfiles
import Foundation
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// What is equal in the wheels of a run is read once.
@Suite struct SharingTests {
  /// Objects that break claims, so that there is something to say of each.
  private static let objects = ["modern.abi3.so", "external.abi3.so", "libversioned.so.1"]

  /// Wheels of one release, in which the objects lie under other names and in another order.
  private func release(_ count: Int, in folder: TemporaryFolder) throws -> [WheelName] {
    try (0..<count).map { number in
      var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64", python: "cp3\(number + 9)")
      wheel.add("demo/__init__.py", Array(repeating: 35, count: 100 * number))
      for object in number % 2 == 0 ? Self.objects : Self.objects.reversed() {
        wheel.members.append(Zip.Member("demo/v\(number)/\(object)", try Fixture.object(object)).deflated)
      }
      return WheelName(path: try wheel.write(to: folder))
    }
  }

  private func reports(
    _ names: [WheelName], jobs: Int = 1, _ stores: [any ObjectStore], _ options: Auditor.Options = .init(),
    hear: (Auditor.Event) -> Void = { _ in }
  ) -> [WheelReport] {
    var run = AuditRun(Auditor(Facts(), options: options), options, jobs: jobs, known: KnownObjects(stores))
    return run.conclusions(names, hear: hear)
  }

  /// All that a report says, and what it cost.
  private func everything(_ reports: [WheelReport]) -> [String] {
    reports.map { "\($0.findings)\n\($0.claims)\n\($0.requirements)\n\($0.audit?.objects ?? [])\n\($0.work)" }
  }

  @Test func `what is equal is read once, and every wheel is told all of it`() throws {
    let folder = try TemporaryFolder()
    let names = try release(4, in: folder)
    let store = CountingStore(SharedObjects())
    let shared = everything(reports(names, [store]))
    #expect(store.kept == Self.objects.count && store.found == 3 * Self.objects.count)
    #expect(shared == everything(reports(names, [])))
    for (number, text) in shared.enumerated() { #expect(text.contains("demo/v\(number)/modern.abi3.so")) }
  }

  @Test(arguments: [2, 5]) func `the number of jobs does not matter`(jobs: Int) throws {
    let folder = try TemporaryFolder()
    let names = try release(6, in: folder)
    let alone = everything(reports(names, []))
    #expect(everything(reports(names, jobs: jobs, [SharedObjects()])) == alone)
  }

  @Test func `the same bytes twice in one wheel are read once, with a mode of their own`() throws {
    let folder = try TemporaryFolder()
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    for (name, mode) in [("a", 0o100644), ("b", 0o100755)] as [(String, UInt16)] {
      var member = Zip.Member("demo/\(name).abi3.so", try Fixture.object("modern.abi3.so")).deflated
      member.mode = mode
      wheel.members.append(member)
    }
    let names = [WheelName(path: try wheel.write(to: folder))]
    let store = CountingStore(SharedObjects())
    #expect(everything(reports(names, [store])) == everything(reports(names, [])))
    #expect(store.kept == 1 && store.found == 1)
  }

  // MARK: What is not shared

  /// Two wheels with members of other bytes whose headers say the same.
  private func forged(in folder: TemporaryFolder) throws -> [WheelName] {
    let good = try Fixture.object("modern.abi3.so")
    var members = [good, good].map { Zip.Member("demo/a.abi3.so", $0) }
    members[1].data[good.count - 1] ^= 1
    return try zip(["cp39", "cp310"], members).map { python, member in
      var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64", python: python)
      wheel.members.append(member)
      return WheelName(path: try wheel.write(to: folder))
    }
  }

  @Test func `a forged checksum makes nothing equal`() throws {
    let folder = try TemporaryFolder()
    let names = try forged(in: folder)
    let store = CountingStore(SharedObjects())
    let reports = reports(names, [store])
    #expect(store.found == 0)
    #expect(reports.map(\.status) == [.violations, .unreadable])
    #expect(reports[1].findings[0].message.contains("its CRC-32 is"))
  }

  /// Between the first wheel and the second something is done to the first file.
  private static let changes: [@Sendable (String) throws -> Void] = [
    { try FileManager.default.removeItem(atPath: $0) },
    { try Data("no archive".utf8).write(to: URL(filePath: $0), options: .atomic) },
    { #expect(truncate($0, 100) == 0) },
  ]

  @Test(arguments: changes.indices) func `what the first file no longer has is read again`(change: Int) throws {
    let folder = try TemporaryFolder()
    let names = try release(2, in: folder)
    let alone = everything(reports(names, []))
    let store = CountingStore(SharedObjects())
    var concluded = 0
    let reports = reports(names, [store]) { event in
      guard case .concluded = event else { return }
      concluded += 1
      if concluded == 1 { #expect(throws: Never.self) { try Self.changes[change](names[0].path) } }
    }
    #expect(concluded == 2)
    #expect(everything(reports) == alone)
    #expect(store.found == 0 && store.kept == 2 * Self.objects.count)
  }

  /// A member with a data descriptor must end where its data says, which the first one need not.
  @Test func `a member that ends by itself is read for itself`() throws {
    let folder = try TemporaryFolder()
    var plain = Zip.Member("demo/a.abi3.so", try Fixture.object("modern.abi3.so")).deflated
    plain.data += [0, 0, 0]
    plain.compressedSize += 3
    var described = plain
    described.addDescriptor(signed: true, width: 4)
    let names = try zip(["cp39", "cp310"], [plain, described]).map { python, member in
      var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64", python: python)
      wheel.members.append(member)
      return WheelName(path: try wheel.write(to: folder))
    }
    let reports = reports(names, [SharedObjects()])
    #expect(reports.map(\.status) == [.violations, .unreadable])
    #expect(reports[1].findings[0].message.contains("its compressed data ends before it should"))
  }

  @Test func `facts that are over a limit are refused as if they were read`() throws {
    let folder = try TemporaryFolder()
    let names = try release(2, in: folder)
    let shared = SharedObjects()
    _ = reports([names[0]], [shared])
    var options = Auditor.Options()
    options.work.facts = 3
    let store = CountingStore(shared)
    let refused = reports([names[1]], [store], options)
    #expect(store.found > 0)
    #expect(refused.map(\.status) == [.unreadable])
    #expect(everything(refused) == everything(reports([names[1]], [], options)))
  }

  // MARK: Memory

  @Test func `what is kept is bounded, and what was used last is kept`() throws {
    let folder = try TemporaryFolder()
    let shared = CountingStore(SharedObjects(limit: 8 * 4096))
    let names = try release(1, in: folder)
    _ = reports(names, [shared])
    _ = reports(names, [shared])
    #expect(shared.found == Self.objects.count)
    // Some fixtures have the same bytes under two names.
    let own = try Self.objects.map { try Fixture.object($0) }
    let others = try Fixture.objects().filter { try $0.hasSuffix(".so") && !own.contains(Fixture.object($0)) }.prefix(
      40)
    #expect(others.count == 40)
    // Under another name than the release has.
    var wheel = WheelBuilder(platform: "manylinux_2_28_x86_64")
    for object in others { try wheel.add("demo/\(object)", object: object) }
    _ = reports([WheelName(path: try wheel.write(to: folder))], [shared])
    let found = shared.found
    _ = reports(names, [shared])
    #expect(shared.found == found)
  }
}

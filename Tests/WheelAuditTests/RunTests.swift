import BuildProfiles
import Foundation
import Synchronization
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

@Suite struct RunTests {
  /// A musl object under a tag of glibc.
  private func misnamed(in folder: TemporaryFolder) throws -> WheelName {
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try wheel.add("demo/a.abi3.so", object: "musl_reallocarray.abi3.so")
    return WheelName(path: try wheel.write(to: folder))
  }

  @Test(arguments: [1, 4]) func `the file that was opened is read to its end, whatever its path leads to`(
    jobs: Int
  ) throws {
    let folder = try TemporaryFolder()
    let name = try misnamed(in: folder)
    let expected = Auditor(Facts()).audit([name], jobs: jobs).map(\.said)
    var isThere = true
    let reports = Auditor(Facts()).audit([name], jobs: jobs) { event in
      guard case .read = event, isThere else { return }
      isThere = false
      try? FileManager.default.removeItem(atPath: name.path)
    }
    #expect(!FileManager.default.fileExists(atPath: name.path))
    #expect(reports.map(\.said) == expected)
  }

  @Test(arguments: [1, 2, 5]) func `conclusions come in the order of the wheels`(jobs: Int) throws {
    let names = try Fixture.wheels().map { WheelName(path: $0) }
    var concluded: [String] = []
    let reports = Auditor(Facts()).audit(names, jobs: jobs) { event in
      if case .concluded(let report) = event { concluded.append(report.path) }
    }
    #expect(concluded == names.map(\.path) && reports.map(\.path) == concluded)
  }
}

@Suite struct WorkersTests {
  @Test(arguments: [1, 3, 16]) func `every step that was started comes to something`(limit: Int) {
    let workers = Workers<Int>(limit: limit)
    for number in 0..<100 { workers.start { number } }
    let outcomes = (0..<100).map { _ in workers.next() }
    workers.end()
    #expect(outcomes.sorted() == Array(0..<100))
  }

  /// Each step waits until all have begun, which only threads of their own can do where there are fewer processors.
  @Test func `so many steps are taken at a time, whatever the processors`() {
    let count = 2 * ProcessInfo.processInfo.activeProcessorCount + 3
    let workers = Workers<Bool>(limit: count)
    let begun = Counter()
    for _ in 0..<count {
      workers.start {
        begun.increment()
        return begun.waits(for: count)
      }
    }
    let together = (0..<count).map { _ in workers.next() }
    workers.end()
    #expect(together.allSatisfy { $0 })
  }

  private final class Counter: Sendable {
    private let count = Mutex(0)

    func increment() { count.withLock { $0 += 1 } }

    /// False when so many are not there within half a minute.
    func waits(for number: Int) -> Bool {
      for _ in 0..<30_000 {
        if count.withLock({ $0 }) >= number { return true }
        usleep(1000)
      }
      return false
    }
  }
}

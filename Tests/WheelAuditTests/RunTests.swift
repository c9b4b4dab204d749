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

/// Runs that ask for their wheels as they go on.
@Suite struct StreamedRunTests {
  @Test(arguments: [1, 2, 5]) func `what comes later is asked for again, and waited for only where nothing is to do`(
    jobs: Int
  ) throws {
    let names = try Fixture.wheels().map { WheelName(path: $0) }
    var (next, isLater, concluded, said) = (0, false, [String](), 0)
    Auditor(Facts()).audit(
      { mayWait in
        // Every second time nothing is known yet.
        isLater.toggle()
        if !mayWait, isLater { return .later }
        if mayWait { #expect(concluded.count == next, "a wheel is open") }
        guard next < names.count else {
          said += 1
          return .none
        }
        next += 1
        return .wheel(names[next - 1])
      }, jobs: jobs
    ) { event in
      if case .concluded(let report) = event { concluded.append(report.path) }
    }
    #expect(concluded == names.map(\.path) && said == 1)
  }

  @Test(arguments: [1, 3]) func `only so many wheels are asked for ahead of the one that is told of`(jobs: Int) throws {
    let name = WheelName(path: try Fixture.wheel("honest"))
    var (asked, told, most) = (0, 0, 0)
    Auditor(Facts()).audit(
      { _ in
        guard asked < 500 else { return .none }
        asked += 1
        most = max(most, asked - told)
        return .wheel(name)
      }, jobs: jobs
    ) { event in
      if case .concluded = event { told += 1 }
    }
    #expect(told == 500 && most <= 32 * jobs)
    if jobs == 1 { #expect(most == 1) }
  }

  @Test(arguments: [1, 3]) func `files are hashed where that is asked for`(jobs: Int) throws {
    let folder = try TemporaryFolder()
    let broken = WheelName(path: try folder.write(Array("abc".utf8), to: "broken-1.0-py3-none-any.whl"))
    let names = [broken, WheelName(path: "missing-1.0-py3-none-any.whl"), WheelName(path: try Fixture.wheel("honest"))]
    var options = Auditor.Options()
    #expect(Auditor(Facts(), options: options).audit(names, jobs: jobs).allSatisfy { $0.contents?.sha256 == nil })
    options.hashesFiles = true
    let reports = Auditor(Facts(), options: options).audit(names, jobs: jobs)
    // FIPS 180-2, appendix B.1.
    #expect(
      reports[0].contents?.hexadecimalDigest
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(reports[0].contents?.size == 3 && reports[1].contents == nil)
    #expect(reports[2].contents == WheelFile(path: names[2].path))
  }
}

@Suite struct WorkersTests {
  @Test(arguments: [1, 3, 16]) func `every step that was started comes to something`(limit: Int) {
    let workers = Workers<Int>(limit: limit)
    let tools = ReadingTools()
    for number in 0..<100 { workers.start({ _ in number }, orHereWith: tools) }
    let outcomes = (0..<100).map { _ in workers.next() }
    workers.end()
    #expect(outcomes.sorted() == Array(0..<100))
  }

  /// Each step waits until all have begun, which only threads of their own can do where there are fewer processors.
  @Test func `so many steps are taken at a time, whatever the processors`() {
    let count = 2 * ProcessInfo.processInfo.activeProcessorCount + 3
    let workers = Workers<Bool>(limit: count)
    let (begun, tools) = (Counter(), ReadingTools())
    for _ in 0..<count {
      workers.start(
        { _ in
          begun.increment()
          return begun.waits(for: count)
        }, orHereWith: tools)
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

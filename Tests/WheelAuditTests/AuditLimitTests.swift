import ELFReading
import Testing
import WheelArchive

@testable import WheelAudit

/// The table of the limits that users set.
@Suite struct AuditLimitTests {
  @Test func `it has every limit, each by a word of its own`() throws {
    let names = AuditLimit.allCases.map(\.name)
    #expect(names.count == ArchiveLimit.allCases.count + WorkLimit.allCases.count && Set(names).count == names.count)
    for name in names {
      #expect(name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(name)")
      #expect(AuditLimit(name: name)?.name == name)
    }
    // Structures of nothing but limits: a new one has no word yet.
    #expect(Mirror(reflecting: ArchiveLimits()).children.count == ArchiveLimit.allCases.count)
    #expect(Mirror(reflecting: WorkLimits()).children.count == WorkLimit.allCases.count)
  }

  @Test(arguments: AuditLimit.allCases) func `each sets itself and no other`(limit: AuditLimit) {
    var options = Auditor.Options()
    let defaults = AuditLimit.allCases.map { options[$0] }
    #expect(defaults.allSatisfy { (1...AuditLimit.largest).contains($0) })
    #expect(limit.smallest < options[limit])
    options[limit] += 1
    let changed = zip(AuditLimit.allCases, defaults).filter { options[$0] != $1 }
    #expect(changed.map(\.0) == [limit] && options[limit] == changed[0].1 + 1)
  }

  /// An error of a reader below names a limit that can be set here.
  @Test(arguments: ReadingLimit.allCases) func `what the reading of an object may take is among them`(
    limit: ReadingLimit
  ) {
    #expect(WorkLimit(rawValue: limit.rawValue) != nil)
  }

  @Test(arguments: AuditLimit.allCases) func `the largest value has room everywhere`(limit: AuditLimit) throws {
    var options = Auditor.Options()
    for other in AuditLimit.allCases { options[other] = AuditLimit.largest }
    options[limit] = limit.smallest
    // Sums and products with the largest values do not end the program.
    var budget = WorkBudget(options.work, archiveSize: .max)
    var work = MemberWork()
    work.inflatedBytes = AuditLimit.largest
    work.reading = ReadingWork(names: .max, facts: .max, factBytes: .max, tableBytes: .max)
    _ = try? budget.draw(work)
    _ = try? budget.draw(work)
    #expect(options.work.reading(compressedSize: .max).tableBytes > 0)
  }
}

import BuildProfiles
import ELFReading
import Testing

@testable import WheelAudit

@Suite struct OrderedSymbolsTests {
  private static let cases: [(found: [[String]], ordered: [String])] = [
    ([], []), ([[]], []), ([["b", "a", "b"]], ["a", "b"]),
    ([["write", "exp"], ["exp", "abs"], []], ["abs", "exp", "write"]),
    // Longer than what is compared at once, and the beginning of one another.
    (
      [["pthread_create", "pthread_cond_wait", "pthread_c", "pthread_"]],
      ["pthread_", "pthread_c", "pthread_cond_wait", "pthread_create"]
    ),
  ]

  @Test(arguments: cases) func `all who ask are put together, each symbol once`(found: [[String]], ordered: [String]) {
    let demands = found.map { Requirement.Demand(object: "a.so", symbols: $0) }
    let requirement = Requirement(
      .symbolVersion, version: "GLIBC_2.34", range: LibcRange(from: .noProfile), demands: demands)
    #expect(Array(requirement.symbols) == ordered)
    #expect(Array(requirement.symbols) == ordered, "asked again it says the same")
    for (demand, own) in zip(demands, found) { #expect(Array(demand.symbols) == Set(own).sorted()) }
  }
}

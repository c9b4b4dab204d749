import BuildProfiles
import Testing
import WheelTags

@Suite struct LibcRangeTests {
  private static func range(_ floor: String, _ ceiling: String? = nil) -> LibcRange {
    LibcRange(from: LibcVersion(floor).map(Floor.libc) ?? .noProfile, upTo: ceiling.flatMap { LibcVersion($0) })
  }

  /// PEP 600: a tag speaks of the libc that it names "or newer", for good.
  @Test func `what a later libc refuses lasts from no floor on`() {
    #expect(Self.range("2.17").lastingFloor == .libc(LibcVersion(2, 17)))
    #expect(Self.range("2.17", "2.41").lastingFloor == .noProfile)
    #expect(Self.range("none").lastingFloor == .noProfile)
  }

  @Test func `what lasts costs less than what does not, and what nothing provides costs most`() {
    let rising = [
      Self.range("2.5"), Self.range("2.34"), Self.range("2.5", "2.41"), Self.range("2.5", "2.30"),
      Self.range("2.17", "2.41"), Self.range("none"), Self.range("none", "2.41"),
    ]
    #expect(rising.reversed().sorted() == rising)
    #expect(!zip(rising, rising).contains { $0 < $1 })
  }

  @Test(arguments: [
    (range("2.17"), range("2.34"), range("2.34")), (range("2.17"), range("2.5", "2.41"), range("2.17", "2.41")),
    (range("2.5", "2.30"), range("2.17", "2.41"), range("2.17", "2.30")),
    (range("none"), range("2.5", "2.41"), range("none", "2.41")),
  ]) func `two things together have the higher floor and the lower ceiling`(
    one: LibcRange, other: LibcRange, both: LibcRange
  ) {
    #expect(one.narrowed(by: other) == both)
    #expect(other.narrowed(by: one) == both)
  }

  @Test(arguments: [("2.34", false), ("2.33", true), ("2.35", false)])
  func `a floor is above what a tag promises when it is of a later series`(promised: String, isAbove: Bool) throws {
    let promised = try #require(LibcVersion(promised))
    #expect(Floor.libc(LibcVersion(2, 34)).isAbove(promised) == isAbove)
    #expect(Floor.libc(LibcVersion(2, 34, patch: 1)).isAbove(promised) == isAbove)
    #expect(Floor.noProfile.isAbove(promised))
  }
}

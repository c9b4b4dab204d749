public import WheelTags

/// The releases of a libc that have a thing: from one on, and where it went away later, up to another.
public struct ReleaseSpan: Hashable, Sendable {
  public let first: LibcVersion
  /// The last release that has it; nil where the newest one known does.
  public let last: LibcVersion?

  public init(from first: LibcVersion, to last: LibcVersion? = nil) {
    self.first = first
    self.last = last
  }
}

extension ReleaseSpan {
  /// The oldest release from which on each one lies in some of the spans: what left one library and came to another with
  /// the next release was never away.
  static func floor(of spans: some Sequence<ReleaseSpan>) -> Floor {
    var floor: LibcVersion?
    for span in spans where span.last == nil { floor = min(floor ?? span.first, span.first) }
    guard var floor else { return .noProfile }
    for span in spans.sorted(by: { $0.first > $1.first }) where span.first < floor {
      if let last = span.last, LibcVersion(last.major, last.minor + 1) >= floor { floor = span.first }
    }
    return .libc(floor)
  }
}

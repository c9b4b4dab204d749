public import WheelTags

/// The libcs with which a thing works: from a floor up to, not including, a ceiling.
public struct LibcRange: Hashable, Sendable {
  public let floor: Floor
  /// The first libc that refuses the thing; nil when none is known to.
  public let ceiling: LibcVersion?

  public init(from floor: Floor, upTo ceiling: LibcVersion? = nil) {
    self.floor = floor
    self.ceiling = ceiling
  }

  /// The floor from which on no libc is without it, none where a later one refuses it: what a tag may promise.
  ///
  /// Tags are perennial, they speak of all later systems as well (PEP 600, "Specification").
  public var lastingFloor: Floor { ceiling == nil ? floor : .noProfile }

  /// The libcs with which another thing works as well.
  public func narrowed(by other: LibcRange) -> LibcRange {
    LibcRange(from: max(floor, other.floor), upTo: [ceiling, other.ceiling].compactMap { $0 }.min())
  }
}

extension LibcRange: Comparable {
  /// From what costs least to what costs most: first by what tags may promise, then by either end.
  public static func < (left: LibcRange, right: LibcRange) -> Bool {
    if left.lastingFloor != right.lastingFloor { return left.lastingFloor < right.lastingFloor }
    if left.floor != right.floor { return left.floor < right.floor }
    guard let other = right.ceiling else { return false }
    return left.ceiling.map { $0 > other } ?? true
  }
}

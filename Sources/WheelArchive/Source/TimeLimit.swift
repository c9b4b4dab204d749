/// How long the work on one wheel may take, and the clock that says so.
///
/// The clock is a value, so that what comes of a wheel depends on nothing that does not come in.
public struct TimeLimit: Sendable {
  /// From the opening of a wheel on.
  public let duration: Duration
  /// What the clock shows, counted from any beginning; it never goes back.
  private let clock: @Sendable () -> Duration

  /// - Parameters:
  ///   - duration: how long a wheel may take, by the clock and not by the processor.
  ///   - clock: how long ago something was that does not change.
  public init(_ duration: Duration, clock: @escaping @Sendable () -> Duration) {
    (self.duration, self.clock) = (duration, clock)
  }

  /// The time for a wheel that is opened now.
  public func start() -> Deadline {
    Deadline(end: clock() + duration, limit: duration, clock: clock)
  }

  /// Why a wheel was given up: it took longer than it may.
  public struct Excess: Error, Hashable, Sendable, CustomStringConvertible {
    public let limit: Duration

    public init(limit: Duration) {
      self.limit = limit
    }

    public var description: String { "it took longer than \(limit.inSeconds), the limit 'timeout'" }
  }
}

/// The moment at which the work on a wheel is given up.
public struct Deadline: Sendable {
  fileprivate let end: Duration
  fileprivate let limit: Duration
  fileprivate let clock: @Sendable () -> Duration

  /// Requires that it has not come.
  public func check() throws(TimeLimit.Excess) {
    if clock() >= end { throw TimeLimit.Excess(limit: limit) }
  }
}

extension Duration {
  /// `0.5 s`, `30 s`: to the nanosecond, without zeros at the end.
  fileprivate var inSeconds: String {
    let (seconds, attoseconds) = components
    let nanoseconds = String(attoseconds / 1_000_000_000)
    let digits = String(repeating: "0", count: 9 - nanoseconds.count) + nanoseconds
    let end = digits.lastIndex { $0 != "0" }.map(digits.index(after:)) ?? digits.startIndex
    return end == digits.startIndex ? "\(seconds) s" : "\(seconds).\(digits[..<end]) s"
  }
}

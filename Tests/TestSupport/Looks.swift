import Synchronization
public import WheelArchive

/// A clock that goes on by a second whenever somebody looks at it, so that nothing in a test depends on time.
public final class Looks: Sendable {
  private let count = Mutex(0)

  public init() {}

  public var made: Int { count.withLock { $0 } }

  /// A limit that lets pass so many looks at the clock, after that with which the time begins.
  public func limit(after looks: Int) -> TimeLimit {
    TimeLimit(.seconds(looks) + .milliseconds(500)) {
      .seconds(
        self.count.withLock { count in
          count += 1
          return count - 1
        })
    }
  }
}

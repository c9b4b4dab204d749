/// A time in seconds, as options and settings state it.
public struct Seconds: Hashable, Sendable {
  public let duration: Duration

  /// A millisecond and about eleven days: what is shorter or longer is a slip.
  private static let allowed = 0.001...1_000_000

  /// What a time must be, in words.
  public static let form = "a number of seconds from 0.001 to 1000000, such as 30 or 0.5"

  /// Nil for what is no time that something can take.
  public init?(_ seconds: Double) {
    guard Self.allowed.contains(seconds) else { return nil }
    // To the microsecond, so that what is said of it is what was written.
    duration = .microseconds(Int64((seconds * 1_000_000).rounded()))
  }

  /// Reads digits, with a point among them or without.
  public init?(_ text: String) {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }), let seconds = Double(text) else {
      return nil
    }
    self.init(seconds)
  }
}

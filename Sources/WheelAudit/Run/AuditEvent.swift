public import WheelTags

/// What happens while a run goes through wheels.
public enum AuditEvent<Conclusion: Sendable>: Sendable {
  /// So many more bytes may have to be inflated: a wheel is open, or is read again.
  case awaiting(WheelName, bytes: UInt64)
  /// So many more of these bytes are done with; objects among them were inflated so many times.
  case read(WheelName, bytes: UInt64, passes: [(object: String, count: Int)])
  /// A wheel is done with, and so are all before it.
  case concluded(Conclusion)
}

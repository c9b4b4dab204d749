public import WheelTags

/// What a run gets when it asks for the next wheel to audit.
public enum NextWheel: Sendable {
  case wheel(WheelName)
  /// There may be more, and none is known yet.
  case later
  /// There are no more.
  case none
}

public import WheelTags

/// A platform tag that a wheel is judged by, and whether it is kept.
public struct Claim: Hashable, Sendable {
  public let tag: PlatformTag
  /// True for a tag of the file name, false for one that the user asked about.
  public let isOwn: Bool
  /// True when nothing is known that breaks it.
  ///
  /// That it holds cannot be proved (PEP 600).
  public let isSatisfied: Bool
}

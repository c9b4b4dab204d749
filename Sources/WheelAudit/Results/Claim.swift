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

  /// True when all that breaks it are warnings which the user wants to break claims.
  public let isHeldToWarnings: Bool

  init(tag: PlatformTag, isOwn: Bool, isSatisfied: Bool, isHeldToWarnings: Bool = false) {
    self.tag = tag
    self.isOwn = isOwn
    self.isSatisfied = isSatisfied
    self.isHeldToWarnings = isHeldToWarnings
  }

  /// False for a tag of a system that is not Linux: of that nothing is said but so.
  public var isJudged: Bool { !tag.isForOtherSystem }

  /// What came of it, in a few words: `kept`, `broken`.
  public var outcome: String {
    guard isJudged else { return "not judged" }
    return isSatisfied ? "kept" : isHeldToWarnings ? "kept, with warnings that are not allowed" : "broken"
  }

  /// What the tag promises of the libc, in words: `glibc 2.17 or newer`; nil for a tag that promises none.
  public var promise: String? {
    guard case .libc(let libc, let version) = tag.promise else { return nil }
    return "\(libc) \(version) or newer"
  }
}

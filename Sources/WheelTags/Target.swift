/// What a wheel is to be judged by besides its own tags: a tag, or a profile on whatever architecture the wheel is for.
public enum Target: Hashable, Sendable {
  case tag(PlatformTag)
  /// A profile by its name, `manylinux_2_28`, `manylinux2014` or `musllinux_1_2`, or plain `linux`.
  case profile(name: String)

  /// Reads a target; nil for what is neither.
  public init?(_ text: String) {
    let tag = PlatformTag(text)
    if tag.promise != .other {
      self = .tag(tag)
    } else if Self.tag(text, on: .x86_64).promise != .other {
      self = .profile(name: text)
    } else {
      return nil
    }
  }

  /// The tag to judge a wheel for an architecture by.
  public func tag(on architecture: Architecture) -> PlatformTag {
    switch self {
    case .tag(let tag): tag
    case .profile(let name): Self.tag(name, on: architecture)
    }
  }

  private static func tag(_ profile: String, on architecture: Architecture) -> PlatformTag {
    PlatformTag("\(profile)_\(architecture)")
  }

  /// What targets look like, for those who wrote something else.
  public static let examples = "manylinux_2_28, manylinux2014_x86_64 or musllinux_1_2_aarch64"
}

extension Target: CustomStringConvertible {
  /// The target as it was written.
  public var description: String {
    switch self {
    case .tag(let tag): tag.spelling
    case .profile(let name): name
    }
  }
}

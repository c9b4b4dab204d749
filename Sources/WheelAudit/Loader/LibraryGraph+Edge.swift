extension LibraryGraph {
  /// Where a needed library comes from.
  public enum Resolution: Hashable, Sendable {
    /// The systems behind the platform tag provide it.
    case platform
    /// The loader finds the object at this position in the wheel.
    case bundled(Int)
    /// The object at this position would do, but the loader does not look where it lies.
    case unreachable(Int)
    /// Neither the wheel nor the platform has it.
    case external
    /// Nor has any: what lies where the loader looks is for another architecture, and it passes over that. The position
    /// is one among the objects followed by the foreign ones.
    case mismatched(Int)
    /// The search ends at a file that the loader cannot load, whatever lies behind it.
    case notLoadable(Obstacle)
    /// The user said that it is provided otherwise.
    case excluded(Exclusion)

    /// The position of the object in the wheel, if it is one of the wheel's.
    public var object: Int? {
      switch self {
      case .bundled(let index), .unreachable(let index): index
      case .platform, .external, .mismatched, .notLoadable, .excluded: nil
      }
    }
  }

  /// A file under the name of a library, at which the search for it ends.
  public struct Obstacle: Hashable, Sendable {
    /// The member's name in the archive.
    public let path: String
    /// What it is instead of a library, in words: `a linker script`.
    public let kind: String
  }

  /// One library that an object asks the loader for: DT_NEEDED, and for glibc DT_FILTER and what it finds of
  /// DT_AUXILIARY.
  public struct Edge: Hashable, Sendable {
    public let library: String
    /// The worst that it comes to in any process, on processors of any level.
    public let resolution: Resolution
    /// The kinds of processes in which it comes to that.
    public let uses: Uses
    /// What processors of higher levels load in its place, the lowest level first.
    public let alternates: [Alternate]
  }

  /// A copy of a library below `glibc-hwcaps`, for processors of one level and better ones.
  public struct Alternate: Hashable, Sendable {
    /// The name of the level: `x86-64-v3`.
    public let level: String
    /// The position of the copy among the objects of the wheel.
    public let object: Int
  }

  /// How objects come to be loaded.
  public struct Uses: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// As an extension module, or with one: by dlopen, into the process of an interpreter.
    public static let imported = Uses(rawValue: 1)
    /// As a program, or with one: into a process in which nothing is loaded before.
    public static let started = Uses(rawValue: 2)
    /// As a library that nothing in the wheel loads, or with one: whoever wants it opens it, as ctypes does.
    public static let opened = Uses(rawValue: 4)
  }
}

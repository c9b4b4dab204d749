import WheelAudit

/// Something that loaders, kernels, shells and interpreters print where an object is not loaded, or a program not
/// started.
///
/// The tables of messages are extensions of this type, by who prints them; each names the rows of `docs/loader.md` that
/// tell of it.
struct LoaderMessage: Sendable {
  enum Speaker: String, Sendable {
    case glibc = "the loader of glibc"
    case musl = "the loader of musl"
    case system = "the kernel, and the shell or the program that asked it"
    case python = "Python's importer"
  }

  /// What a message may be about.
  enum Cause: Hashable, Sendable {
    case rule(Rule)
    /// Of the rule `not-loadable`.
    case demand(LoadingDemand)
    /// What no audit sees, in a sentence.
    case unseen(String)

    /// The rule that speaks of it; nil where none does.
    var rule: Rule? {
      switch self {
      case .rule(let rule): rule
      case .demand: .notLoadable
      case .unseen: nil
      }
    }
  }

  let speaker: Speaker
  let pattern: MessagePattern
  /// Which rows of `docs/loader.md` tell of it.
  let rows: [String]
  let causes: [Cause]

  init(_ speaker: Speaker, _ pattern: String, _ rows: String, _ causes: [Cause]) {
    self.speaker = speaker
    self.pattern = MessagePattern(pattern)
    self.rows = rows.split(separator: " ").map(String.init)
    self.causes = causes
  }

  /// Every message, those that say more before those that say less.
  static let all = musl + glibc + python + system
}

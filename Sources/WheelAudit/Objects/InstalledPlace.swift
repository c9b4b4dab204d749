/// Where an installer puts a member of a wheel (binary distribution format, "Installing a wheel").
///
/// Libraries are searched for from here, not from the member's place in the archive.
public struct InstalledPlace: Hashable, Sendable {
  /// The folders that an installer fills; none is at a known place relative to another.
  public enum Root: String, Hashable, Sendable {
    /// `site-packages`.
    case packages
    case scripts
    case headers
    case data
  }

  public let root: Root
  /// Below the root, without slashes at its ends; empty for the root itself.
  public let folder: String
  public let name: String
  /// True for what the archive keeps under `X.data/purelib`.
  public let isPurelib: Bool

  /// The place of a member by its name in the archive.
  public init(member: String) {
    var parts = member.split(separator: "/").map(String.init).filter { $0 != "." }
    var root = Root.packages
    var isPurelib = false
    if parts.count > 2, parts[0].hasSuffix(".data") {
      switch parts[1] {
      case "purelib", "platlib":
        isPurelib = parts[1] == "purelib"
        parts.removeFirst(2)
      case "scripts", "headers", "data":
        root = Root(rawValue: parts[1]) ?? .packages
        parts.removeFirst(2)
      default: break
      }
    }
    self.root = root
    self.name = parts.popLast() ?? ""
    self.folder = parts.joined(separator: "/")
    self.isPurelib = isPurelib
  }

  /// The folder that an entry of a run path names for an object installed here, below the same root.
  ///
  /// Nil for everything whose place a wheel cannot know: absolute folders, the working directory (which an empty or
  /// relative entry stands for), and what lies above the root.
  func folder(ofRunPathEntry entry: some StringProtocol) -> String? {
    guard let rest = Self.afterOrigin(entry) else { return nil }
    // What is glued to the name of the root is a folder beside it.
    if folder.isEmpty, let next = rest.first, next != "/" { return nil }
    return Self.normalized(folder + rest)
  }

  /// What follows the token that stands for the object's own folder.
  ///
  /// Without braces it needs a slash or the end behind it: glibc before 2.28 leaves it alone otherwise, and later ones
  /// do in front of a letter or digit, since `$ORIGINAL` is another word.
  private static func afterOrigin(_ entry: some StringProtocol) -> String? {
    if entry.hasPrefix("${ORIGIN}") { return String(entry.dropFirst("${ORIGIN}".count)) }
    guard entry.hasPrefix("$ORIGIN") else { return nil }
    let rest = entry.dropFirst("$ORIGIN".count)
    return rest.isEmpty || rest.hasPrefix("/") ? String(rest) : nil
  }

  private static func normalized(_ path: some StringProtocol) -> String? {
    var parts: [Substring] = []
    for part in String(path).split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}

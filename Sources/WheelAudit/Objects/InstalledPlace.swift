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
}

/// Where an installer puts a member of a wheel (binary distribution format, "Installing a wheel").
///
/// Libraries are searched for from here, not from the member's place in the archive.
public struct InstalledPlace: Hashable, Sendable {
  /// The folders that an installer fills; none is at a known place relative to another.
  public enum Root: String, Hashable, Sendable {
    /// `site-packages`, which lies somewhere below the prefix.
    case packages
    /// The prefix of the environment: what is data lies right below it, scripts in its `bin`.
    case prefix
    case headers
  }

  public let root: Root
  /// Below the root, without slashes at its ends; empty for the root itself.
  public let folder: String
  public let name: String
  /// True for what the archive keeps under `X.data/purelib`.
  public let isPurelib: Bool

  /// The place of a member by its name in the archive.
  ///
  /// A name that installers refuse has none, and stands for itself: `PlaceCheck` refuses the wheel.
  public init(member: String) {
    do throws(MisplacedMember.Problem) {
      self = try InstalledPlace(checking: member)
    } catch {
      (root, folder, name, isPurelib) = (.packages, "", member, false)
    }
  }

  /// The place of a member, where all installers put it at the same one.
  init(checking member: String) throws(MisplacedMember.Problem) {
    let first = member.utf8.firstIndex(of: UInt8(ascii: "/")).map { member[..<$0] } ?? member[...]
    guard member.utf8.first != UInt8(ascii: "/"), var parts = Self.normalized(member) else { throw .outside }
    // pip looks for `X.data` at the beginning of the name as it stands, uv of what it comes to.
    let isData = first.utf8.hasSuffix(".data")
    guard isData == (parts.first?.utf8.hasSuffix(".data") ?? false), !isData || parts.first == first else {
      throw .ambiguousFolder
    }
    var (root, isPurelib) = (Root.packages, false)
    if isData {
      guard parts.count > 2 else { throw .noScheme }
      let scheme = parts[1]
      parts.removeFirst(2)
      switch scheme {
      case "platlib": break
      case "purelib": isPurelib = true
      case "scripts": (root, parts) = (.prefix, ["bin"] + parts)
      case "data": root = .prefix
      case "headers": root = .headers
      default: throw .noScheme
      }
    }
    guard let name = parts.popLast() else { throw .folder }
    (self.root, self.name, self.isPurelib) = (root, String(name), isPurelib)
    folder = parts.joined(separator: "/")
  }

  /// The parts of a path from a root; nil when it leaves that.
  ///
  /// By bytes, as the system reads a path: a combining mark behind a slash would hide that from a look at characters.
  private static func normalized(_ path: String) -> [Substring]? {
    var parts: [Substring] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")).map({ Substring($0) }) where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts
  }
}

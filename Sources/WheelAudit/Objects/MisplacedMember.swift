/// A member that installers refuse, or of which it depends on the installer where it comes to lie or what is left of it.
public struct MisplacedMember: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Problem: Error, Hashable, Sendable {
    /// A name that leaves the folder it is installed into, if only on its way: pip refuses most, uv leaves them out.
    case outside
    /// A name that is that of a folder, for a file.
    case folder
    /// The folder `X.data` spelled in another way than as the beginning of the name, or of another wheel: pip and uv
    /// differ in whether they take it for that.
    case ambiguousFolder
    /// Something in `X.data` that belongs to none of the folders for which there is a rule.
    case noScheme
    case samePlace(as: String)
    /// It lies in a folder that is a file.
    case insideFile(String)
  }

  /// The member's name in the archive.
  public let member: String
  public let problem: Problem

  public var description: String { "cannot tell where the member '\(member)' is installed: \(problem)" }
}

extension MisplacedMember.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outside: "its name leads out of the folder that wheels are installed into, and installers refuse it"
    case .folder: "its name is that of a folder, and it has contents"
    case .ambiguousFolder: "installers differ in whether they take its first folder for the wheel's own .data folder"
    case .noScheme: "it lies in a .data folder outside of platlib, purelib, scripts, data and headers"
    case .samePlace(let other):
      "'\(other)' comes to lie at the same place, and installers differ in which one they keep"
    case .insideFile(let other): "it takes for a folder what '\(other)' makes a file, and installers refuse that"
    }
  }
}

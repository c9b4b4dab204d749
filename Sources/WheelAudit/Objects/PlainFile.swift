/// A member of a wheel that is not ELF and that a loader may come across: it is called like a library, or lies where a
/// library would.
public struct PlainFile: Hashable, Sendable {
  /// What its first bytes say of it.
  public enum Kind: String, Hashable, Sendable {
    case empty = "empty"
    case machO = "a Mach-O file"
    case windows = "a Windows file"
    case linkerScript = "a linker script"
    case largeFilePointer = "a pointer of Git LFS"
    case staticLibrary = "an archive of objects"
    /// A symbolic link that was stored as the text of its target.
    case link = "a symbolic link stored as text"
    case other = "not ELF"
  }

  /// The member's name in the archive.
  public let path: String
  public let place: InstalledPlace
  public let kind: Kind

  init(path: String, kind: Kind) {
    self.path = path
    self.place = InstalledPlace(member: path)
    self.kind = kind
  }
}

import Glibc

/// A member of a wheel that is not ELF and that a loader may come across, since it is called like a library.
public struct PlainFile: Hashable, Sendable {
  /// What its first bytes say of it.
  public enum Kind: String, Hashable, Sendable {
    case empty = "empty"
    case machO = "a Mach-O file"
    case windows = "a Windows file"
    case linkerScript = "a linker script"
    case largeFilePointer = "a pointer of Git LFS"
    case staticLibrary = "an archive of objects"
    /// A symbolic link that was stored as the text of its target; installers write that text.
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

  /// Whether a member is called like a library: `libz.so`, `libz.so.1`, `mod.abi3.so`.
  static func isLibraryName(_ name: ArraySlice<UInt8>) -> Bool {
    let (dot, suffix) = (UInt8(ascii: "."), ".so".utf8)
    let file = name.lastIndex(of: UInt8(ascii: "/")).map { name[($0 + 1)...] } ?? name
    return file.indices.contains { place in
      guard file[place] == dot, file[place...].starts(with: suffix) else { return false }
      let end = place + suffix.count
      return end == file.endIndex || file[end] == dot
    }
  }
}

extension PlainFile.Kind {
  /// How many bytes of a file tell what it is: linker scripts begin with a comment.
  static let tellingSize = 1024

  /// What a file is that is not ELF.
  ///
  /// - Parameters:
  ///   - beginning: its first bytes, as many as there are or `tellingSize`.
  ///   - size: all its bytes.
  ///   - mode: what the archive keeps of it (`st_mode`).
  init(beginning: [UInt8], size: UInt64, mode: UInt16?) {
    func begins(_ magic: some Sequence<UInt8>) -> Bool { beginning.starts(with: magic) }
    self =
      if beginning.isEmpty {
        .empty
      } else if Self.machOMagics.contains(where: { begins($0) }) {
        .machO
      } else if begins("MZ".utf8) {
        .windows
      } else if Self.isArchive(beginning) {
        .staticLibrary
      } else if begins("version https://git-lfs".utf8) {
        .largeFilePointer
      } else if Self.isLinkerScript(beginning) {
        .linkerScript
      } else if Self.isLink(mode) || beginning.count == size && Self.isPath(beginning) {
        .link
      } else {
        .other
      }
  }

  /// Whether a file is an archive of objects, which only a linker reads (ar(5), `ARMAG`).
  static func isArchive(_ beginning: [UInt8]) -> Bool { beginning.starts(with: "!<arch>\n".utf8) }

  /// `MH_MAGIC`, `MH_MAGIC_64`, `FAT_MAGIC` and `FAT_MAGIC_64` in either byte order (mach-o/loader.h, mach-o/fat.h).
  private static let machOMagics: [[UInt8]] = [
    [0xfe, 0xed, 0xfa, 0xce], [0xfe, 0xed, 0xfa, 0xcf], [0xca, 0xfe, 0xba, 0xbe], [0xca, 0xfe, 0xba, 0xbf],
  ].flatMap { [$0, $0.reversed()] }

  /// Text with a command that names files to link (ld, "Commands Dealing with Files").
  private static func isLinkerScript(_ text: [UInt8]) -> Bool {
    guard !text.contains(0) else { return false }
    let text = String(decoding: text, as: UTF8.self)
    return text.firstIndex(ofBytes: "/* GNU ld script") != nil
      || ["INPUT", "GROUP"].contains { command in
        text.firstIndex(ofBytes: command).map { start in
          text[start...].utf8.dropFirst(command.utf8.count).first { !isBlank($0) } == UInt8(ascii: "(")
        } ?? false
      }
  }

  private static func isLink(_ mode: UInt16?) -> Bool { mode.map { UInt32($0) & S_IFMT == S_IFLNK } ?? false }

  /// Whether a text is nothing but a path, or the name of a library.
  private static func isPath(_ text: [UInt8]) -> Bool {
    let path = text.last == UInt8(ascii: "\n") ? text.dropLast() : text[...]
    return path.allSatisfy { $0 > 0x20 && $0 != 0x7f } && String(validating: path, as: UTF8.self) != nil
      && (path.contains(UInt8(ascii: "/")) || PlainFile.isLibraryName(path))
  }

  private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d].contains(byte) }
}

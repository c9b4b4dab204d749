import BuildProfiles
import ELFReading
import WheelTags

/// musl's search (ldso/dynlink.c, `load_library`): itself; a library already loaded under that name; DT_RUNPATH or else
/// DT_RPATH of the object and of those that loaded it; then the system's folders, which stand for the profile.
struct MuslSearch: LoaderSearch {
  private let platform: Platform

  init(_ platform: Platform) {
    self.platform = platform
  }

  var levels: [String] { [] }

  /// Files are compared instead, and the names under which a search found them.
  var comparesSonames: Bool { false }

  func required(by file: ELFObject) -> [String] { file.needed }

  func optional(for file: ELFObject) -> [String] { [] }

  /// The names of its own parts, however they go on, and the path in PT_INTERP.
  func usesWithOwn(_ name: String) -> LibraryGraph.Uses {
    let isPart = Self.parts.contains { name.utf8.starts(with: "lib\($0).".utf8) }
    let isPath = name.hasPrefix("/lib/") && platform.isLoader(String(name.dropFirst("/lib/".count)))
    return isPart || isPath ? [.imported, .started, .opened] : []
  }

  private static let parts = ["c", "pthread", "rt", "m", "dl", "util", "xnet"]

  /// A name with a slash is opened as it stands, from the working directory or the system's root; NAME_MAX is 255.
  func kind(of name: String) -> LoaderNameKind {
    name.isEmpty || name.utf8.count > 255 || name.utf8.contains(UInt8(ascii: "/")) ? .nowhere : .file
  }

  /// A run path with any `$` that does not begin a token for the object's folder is dropped as a whole (`fixup_rpath`).
  func isUsable(runPath: Substring.UTF8View) -> Bool {
    runPath.indices.allSatisfy {
      runPath[$0] != UInt8(ascii: "$") || DynamicToken.origin.length(at: runPath[$0...]) != nil
    }
  }

  func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\n") }

  /// Empty entries are skipped.
  ///
  /// A token ends where its letters do: `$ORIGINAL` is the object's folder and `AL`.
  func folder(_ path: Substring, seenFrom place: InstalledPlace) -> String? {
    let rest = DynamicToken.origin.rest(of: path) { _ in true }
    guard let rest, !rest.utf8.contains(UInt8(ascii: "$")) else { return nil }
    return place.folder(fromOwn: rest)
  }

  func passesOn(_ file: ELFObject) -> Bool { true }

  func inheritsNothing(_ file: ELFObject) -> Bool { false }

  /// A libc by whatever name: `load_library` tells it by these two symbols.
  func isTakenForItself(_ file: ELFObject) -> Bool {
    file.definitions.contains("stdin") && file.definitions.contains("__libc_start_main")
  }

  /// The first file of the name is taken whatever it is; what is not for this machine ends in an error (`path_open`,
  /// `map_library`).
  func stops(at other: WheelObject, lookingFor own: WheelObject) -> Bool { true }
}

import Glibc

/// Looks for wheels in a folder and below it.
///
/// Links to folders are not followed, so that the search ends; folders whose names begin with a dot are passed over, as
/// those of environments and version control.
struct FolderSearch {
  let recurses: Bool
  /// The wheels of each folder by name, before those of the folders in it.
  private(set) var wheels: [String] = []
  /// Folders that could not be searched.
  private(set) var failures: [WheelFinder.Failure] = []
  private var entries = 0

  /// How many names are looked at below one folder: more than PyPI has wheels.
  ///
  /// Paths have a limit of their own.
  private static let largest = 10_000_000

  init(recurses: Bool) {
    self.recurses = recurses
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  mutating func search(_ folder: String) {
    // The last one is next: an explicit stack, since folders can lie deep.
    var open = [folder]
    while let path = open.popLast() {
      guard let (names, folders) = contents(path) else { return }
      let prefix = path.hasSuffix("/") ? path : path + "/"
      wheels += names.sorted().map { prefix + $0 }
      open += folders.sorted().reversed().map { prefix + $0 }
    }
  }

  /// The wheels and the folders in a folder; nil when there were too many names to go on.
  private mutating func contents(_ path: String) -> (wheels: [String], folders: [String])? {
    guard let folder = opendir(path) else {
      let reason = "cannot read the folder: \(String(cString: strerror(errno)))"
      failures.append(WheelFinder.Failure(path: path, reason: reason))
      return ([], [])
    }
    defer { closedir(folder) }
    var (wheels, folders): ([String], [String]) = ([], [])
    while let entry = readdir(folder) {
      entries += 1
      guard entries <= Self.largest else {
        failures.append(WheelFinder.Failure(path: path, reason: "there are more than \(Self.largest) names up to here"))
        return nil
      }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".whl") {
        wheels.append(name)
      } else if recurses, !name.hasPrefix("."), Self.isFolder(Int32(entry.pointee.d_type), name, in: folder) {
        folders.append(name)
      }
    }
    return (wheels, folders)
  }

  /// True for a folder that is no link; not every file system says in its lists what an entry is.
  private static func isFolder(_ type: Int32, _ name: String, in folder: OpaquePointer) -> Bool {
    guard type == Int32(DT_UNKNOWN) else { return type == Int32(DT_DIR) }
    var status = stat()
    return fstatat(dirfd(folder), name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

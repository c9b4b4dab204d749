import Glibc

/// Looks for wheels in a folder and below it, one folder after the other.
///
/// Links to folders are not followed, so that every folder is met once, and folders whose names begin with a dot are passed
/// over, as those of environments and version control.
struct FolderSearch {
  let recurses: Bool
  private let top: String
  /// Folders to be searched, the next one last: an explicit stack, since folders can lie deep.
  private var open: [String]
  /// The folder whose wheels are handed out, and those that are left of it, the next one last.
  private var prefix = ""
  private var names: [String] = []
  private var failures: [WheelFinder.Failure] = []
  private var entries = 0
  private var hasFoundAny = false

  /// What is next.
  enum Entry {
    case wheel(String)
    case failure(WheelFinder.Failure)
  }

  /// How many names are looked at below one folder: more than PyPI has wheels.
  ///
  /// Paths have a limit of their own.
  private static let largest = 10_000_000

  init(_ folder: String, recurses: Bool) {
    self.recurses = recurses
    top = folder
    open = [folder]
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// How many wheels are left; nil while folders are to be searched.
  var left: Int? { open.isEmpty ? names.count : nil }

  /// The next wheel, or a folder that could not be searched; nil at the end.
  ///
  /// The wheels of a folder come by name, before those of the folders in it.
  mutating func next() -> Entry? {
    while true {
      if let failure = failures.popLast() {
        hasFoundAny = true
        return .failure(failure)
      }
      if let name = names.popLast() {
        hasFoundAny = true
        return .wheel(prefix + name)
      }
      guard let path = open.popLast() else { break }
      guard let (wheels, folders) = contents(path) else { continue }
      prefix = path.hasSuffix("/") ? path : path + "/"
      names = wheels.sorted(by: >)
      open += folders.sorted(by: >).map { prefix + $0 }
    }
    guard !hasFoundAny else { return nil }
    hasFoundAny = true
    return .failure(WheelFinder.Failure(path: top, reason: "there is no wheel (*.whl) in this folder"))
  }

  /// The wheels and the folders in a folder; nil where it cannot be read, or there were too many names to go on.
  private mutating func contents(_ path: String) -> (wheels: [String], folders: [String])? {
    guard let folder = opendir(path) else {
      let reason = "cannot read the folder: \(String(cString: strerror(errno)))"
      failures.append(WheelFinder.Failure(path: path, reason: reason))
      return nil
    }
    defer { closedir(folder) }
    var (wheels, folders): ([String], [String]) = ([], [])
    while let entry = readdir(folder) {
      entries += 1
      guard entries <= Self.largest else {
        failures.append(WheelFinder.Failure(path: path, reason: "there are more than \(Self.largest) names up to here"))
        open = []
        return nil
      }
      // An entry ends with its name, wherever the field of 256 bytes would.
      guard let field = entry.pointer(to: \.d_name) else { continue }
      let name = String(cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
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

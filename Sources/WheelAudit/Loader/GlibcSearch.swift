import BuildProfiles
import ELFReading
import WheelTags

/// glibc's search (ld.so(8); elf/dl-load.c, elf/dl-deps.c): a library already loaded under that name or soname; else
/// DT_RPATH of the object and of those that loaded it, unless it has DT_RUNPATH; then its DT_RUNPATH; then the system's
/// folders, which stand for the profile.
struct GlibcSearch: LoaderSearch {
  private let platform: Platform

  init(_ platform: Platform) {
    self.platform = platform
  }

  /// `_dl_hwcaps_subdirs` of sysdeps/x86_64, powerpc/powerpc64/le and s390/s390-64, up to glibc 2.43.
  ///
  /// Others (`tls`, `haswell`, `x86_64` …) were looked into before 2.37 only.
  var levels: [String] {
    switch platform.architecture {
    case .x86_64: ["x86-64-v2", "x86-64-v3", "x86-64-v4"]
    case .ppc64le: ["power9", "power10"]
    case .s390x: ["z13", "z14", "z15", "z16", "z17"]
    default: []
    }
  }

  var comparesSonames: Bool { true }

  /// A filter must have what it filters, as if it needed it (`_dl_map_object_deps`).
  func required(by file: ELFObject) -> [String] { file.needed + file.filters }

  func optional(for file: ELFObject) -> [String] { file.auxiliaries }

  /// The loader is part of every process, and the empty name is the program's own (`_dl_name_match_p`).
  ///
  /// An interpreter needs libc and libm, and before glibc 2.34 had them in libc also libdl and libpthread.
  func usesWithOwn(_ name: String) -> LibraryGraph.Uses {
    if name.isEmpty || isLoader(name) { return [.imported, .started, .opened] }
    return Self.interpreters.contains(name) ? [.imported, .opened] : []
  }

  /// What the process of an interpreter has loaded before it imports anything.
  static let interpreters: Set = ["libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0"]

  /// The loader is loaded under its soname and under the path in PT_INTERP, which the ABIs put into one of two folders.
  private func isLoader(_ name: String) -> Bool {
    let folders = ["/lib/", "/lib64/"]
    return platform.isLoader(folders.first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) } ?? name)
  }

  /// A name with a slash is a path, once its tokens are replaced: `$ORIGIN` by one that has slashes.
  func kind(of name: String) -> LoaderNameKind {
    let slash = name.utf8.lastIndex(of: UInt8(ascii: "/"))
    let last = slash.map { name[name.index(after: $0)...] } ?? name[...]
    if DynamicToken.library.isIn(name[...]) || DynamicToken.platform.isIn(name[...]) { return .nowhere }
    if DynamicToken.origin.isIn(last) { return .nowhere }
    return slash == nil ? .file : .path
  }

  func isUsable(runPath: Substring.UTF8View) -> Bool { true }

  func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") }

  /// What an entry with `$LIB` or `$PLATFORM` leads to is the system's to say.
  ///
  /// An empty entry is the working directory, and a relative one lies below it. Any other `$` is a letter like others.
  func folder(_ path: Substring, seenFrom place: InstalledPlace) -> String? {
    guard !DynamicToken.library.isIn(path), !DynamicToken.platform.isIn(path) else { return nil }
    return DynamicToken.origin.rest(of: path) { next in
      // Before 2.28 the token needs a slash or the end behind it; later `$ORIGINAL` is still another word.
      next == nil || next == UInt8(ascii: "/")
    }.flatMap { place.folder(fromOwn: $0) }
  }

  /// DT_RUNPATH holds for the object alone, and makes its DT_RPATH void (elf/get-dynamic-info.h).
  func passesOn(_ file: ELFObject) -> Bool { file.runpath == nil }

  func inheritsNothing(_ file: ELFObject) -> Bool { file.runpath != nil }

  func isTakenForItself(_ file: ELFObject) -> Bool { false }

  /// Files of another class or machine are passed over, in this order of questions (`open_verify`); the other byte order
  /// is an error, and so is a file of another type. (Debian's builds ask for the machine before the byte order.)
  func stops(at other: WheelObject, lookingFor own: WheelObject) -> Bool {
    let (identity, host) = (other.file.identity, own.file.identity)
    guard identity.fileClass == host.fileClass else { return false }
    return identity.byteOrder != host.byteOrder || (other.architecture == own.architecture && !identity.isLoadable)
  }
}

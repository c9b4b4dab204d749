import ELFReading
import WheelTags

extension Libc {
  /// The libc that a file is tied to, by the loader it asks for, else by the libraries it needs.
  ///
  /// The name `libc.so.6` alone is no tie, since musl answers to it too; but what was linked with glibc asks for versions.
  ///
  /// - Parameters:
  ///   - file: what it says of itself.
  ///   - isModule: true for what an import opens, in which linkers may have put a path to a loader that nobody asks for.
  init?(of file: ELFObject, isModule: Bool = false) {
    if !isModule, let named = file.interpreter.flatMap({ Libc(interpreter: $0) }) {
      self = named
      return
    }
    let asksForVersions = file.versionNeeds.contains { $0.version.hasPrefix("GLIBC_") }
    for soname in file.needed {
      if (soname == "libc.so.6" && asksForVersions) || soname.hasPrefix("ld-linux") || soname.hasPrefix("ld64.so.") {
        self = .glibc
        return
      }
      if soname == "libc.so" || soname.hasPrefix("libc.musl-") || soname.hasPrefix("ld-musl-") {
        self = .musl
        return
      }
    }
    return nil
  }

  /// The libc whose loader has such a name, wherever it lies; nil for what linkers put there by themselves.
  private init?(interpreter path: String) {
    let name = path.split(separator: "/").last ?? ""
    if name.hasPrefix("ld-musl-") {
      self = .musl
    } else if ["ld-linux", "ld64.so.", "ld-lsb", "ld-2."].contains(where: name.hasPrefix) {
      self = .glibc
    } else {
      return nil
    }
  }
}

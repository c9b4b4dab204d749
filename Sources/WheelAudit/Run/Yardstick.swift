import BuildProfiles
import WheelTags

/// What the objects of a wheel are compared with: a platform and the symbols of its libc.
struct Yardstick: Sendable {
  let platform: Platform
  let muslSymbols: MuslSymbolTable?
  let glibcExports: GlibcExports?
}

extension Yardstick {
  /// Takes it from the facts, which read each table once.
  init(_ facts: Facts, _ libc: Libc, _ architecture: Architecture) throws(UnreadableWheel.Cause) {
    do throws(TableError) {
      platform = try facts.platform(libc, architecture)
      muslSymbols = libc == .musl ? try facts.muslSymbols(architecture) : nil
      glibcExports = libc == .glibc ? try facts.glibcExports(architecture) : nil
    } catch {
      throw .table(error)
    }
  }
}

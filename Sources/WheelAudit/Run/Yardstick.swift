import BuildProfiles
import Synchronization
import WheelTags

/// What the objects of a wheel are compared with: a platform and the symbols of its libc.
struct Yardstick: Sendable {
  let platform: Platform
  let muslSymbols: MuslSymbolTable?
  let glibcExports: GlibcExports?
}

/// The platforms that the wheels of a run are compared with, each made once.
final class Yardsticks: Sendable {
  private let facts: Facts
  private let made = Mutex<[Key: Yardstick]>([:])

  private struct Key: Hashable {
    let libc: Libc
    let architecture: Architecture
  }

  init(_ facts: Facts) {
    self.facts = facts
  }

  func yardstick(_ libc: Libc, _ architecture: Architecture) throws(UnreadableWheel.Cause) -> Yardstick {
    let key = Key(libc: libc, architecture: architecture)
    do throws(TableError) {
      return try made.withLock { (made) throws(TableError) in
        if let known = made[key] { return known }
        let platform = try facts.platform(libc, architecture)
        let muslSymbols = libc == .musl ? try facts.muslSymbols(architecture) : nil
        let compared = Yardstick(
          platform: platform, muslSymbols: muslSymbols,
          glibcExports: libc == .glibc ? try facts.glibcExports(architecture) : nil)
        made[key] = compared
        return compared
      }
    } catch {
      throw .table(error)
    }
  }
}

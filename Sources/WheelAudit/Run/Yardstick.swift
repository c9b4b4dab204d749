import BuildProfiles
import ELFReading
import Synchronization
import WheelTags

/// What the objects of a wheel are compared with: a platform and, where the libc is musl, its symbols.
struct Yardstick: Sendable {
  let platform: Platform
  let muslSymbols: MuslSymbolTable?
  /// The symbols that some rule asks about.
  let interest: SymbolInterest

  func isFor(_ subject: Subject) -> Bool {
    platform.libc == subject.libc && platform.architecture == subject.architecture
  }
}

/// The platforms that the wheels of a run are compared with, each made once.
final class Yardsticks: Sendable {
  /// Says which symbols some rule asks about; the run knows the rules.
  typealias Interest = @Sendable (Platform, MuslSymbolTable?) -> SymbolInterest

  private let facts: Facts
  private let interest: Interest
  private let made = Mutex<[Key: Yardstick]>([:])

  private struct Key: Hashable {
    let libc: Libc
    let architecture: Architecture
  }

  init(_ facts: Facts, interest: @escaping Interest) {
    self.facts = facts
    self.interest = interest
  }

  func yardstick(_ libc: Libc, _ architecture: Architecture) throws(UnreadableWheel.Cause) -> Yardstick {
    let key = Key(libc: libc, architecture: architecture)
    do throws(TableError) {
      return try made.withLock { (made) throws(TableError) in
        if let known = made[key] { return known }
        let platform = try facts.platform(libc, architecture)
        let muslSymbols = libc == .musl ? try facts.muslSymbols(architecture) : nil
        let compared = Yardstick(
          platform: platform, muslSymbols: muslSymbols, interest: interest(platform, muslSymbols))
        made[key] = compared
        return compared
      }
    } catch {
      throw .table(error)
    }
  }

  /// The platform that tags lead one to expect.
  func yardstick(expectedBy tags: [PlatformTag]) throws(UnreadableWheel.Cause) -> Yardstick {
    let musl = tags.first { $0.libc == .musl }
    let tag = musl ?? tags.first { $0.architecture != nil }
    return try yardstick(musl == nil ? .glibc : .musl, tag?.architecture ?? .x86_64)
  }
}

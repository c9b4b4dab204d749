import BuildProfiles
import ELFReading
import Synchronization
import WheelTags

/// What the objects of a wheel are compared with: a platform and, where the libc is musl, its symbols.
struct ComparedPlatform: Sendable {
  let platform: any Platform
  let muslSymbols: MuslSymbolTable?
  /// The symbols that some rule asks about.
  let interest: SymbolInterest

  fileprivate init(_ libc: Libc, _ architecture: Architecture, _ table: ProfileTable) {
    switch libc {
    case .glibc:
      platform = table.platform(architecture)
      muslSymbols = nil
    case .musl:
      platform = MuslPlatform(architecture, table)
      muslSymbols = MuslSymbolTable(architecture)
    }
    interest = RequirementFinder.interest(on: platform, muslSymbols: muslSymbols)
  }

  func isFor(_ subject: Subject) -> Bool {
    platform.libc == subject.libc && platform.architecture == subject.architecture
  }

}

/// The platforms that the wheels of a run are compared with, each made once.
final class ComparedPlatforms: Sendable {
  private let table: ProfileTable
  private let made = Mutex<[Key: ComparedPlatform]>([:])

  private struct Key: Hashable {
    let libc: Libc
    let architecture: Architecture
  }

  init(_ table: ProfileTable) {
    self.table = table
  }

  func platform(_ libc: Libc, _ architecture: Architecture) -> ComparedPlatform {
    let key = Key(libc: libc, architecture: architecture)
    return made.withLock { made in
      if let known = made[key] { return known }
      let platform = ComparedPlatform(libc, architecture, table)
      made[key] = platform
      return platform
    }
  }

  /// The platform that tags lead one to expect.
  func platform(expectedBy tags: [PlatformTag]) -> ComparedPlatform {
    let musl = tags.first { $0.libc == .musl }
    let tag = musl ?? tags.first { $0.architecture != nil }
    return platform(musl == nil ? .glibc : .musl, tag?.architecture ?? .x86_64)
  }
}

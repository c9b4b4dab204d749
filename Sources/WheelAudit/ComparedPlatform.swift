import BuildProfiles
import ELFReading
import WheelTags

/// What the objects of a wheel are compared with: a platform and, where the libc is musl, its symbols.
struct ComparedPlatform: Sendable {
  let platform: any Platform
  let muslSymbols: MuslSymbolTable?

  init(_ libc: Libc, _ architecture: Architecture, _ table: ProfileTable) {
    switch libc {
    case .glibc:
      platform = table.platform(architecture)
      muslSymbols = nil
    case .musl:
      platform = MuslPlatform(architecture, table)
      muslSymbols = MuslSymbolTable(architecture)
    }
  }

  /// The platform that tags lead one to expect.
  init(expectedBy tags: [PlatformTag], _ table: ProfileTable) {
    let musl = tags.first { $0.libc == .musl }
    let tag = musl ?? tags.first { $0.architecture != nil }
    self.init(musl == nil ? .glibc : .musl, tag?.architecture ?? .x86_64, table)
  }

  func isFor(_ subject: Subject) -> Bool {
    platform.libc == subject.libc && platform.architecture == subject.architecture
  }

  /// The symbols that some rule asks about.
  var interest: SymbolInterest { RequirementFinder.interest(on: platform, muslSymbols: muslSymbols) }
}

import BuildProfiles
import ELFReading
import WheelTags

extension Judgement {
  /// Each requirement that breaks a promise, for each object and symbol that brings it in.
  func addRequirementFindings(_ retagging: Retagging, to found: inout FindingList) throws(UnreadableWheel.Cause) {
    // Most wheels need no help, and so no table of it.
    guard requirements.contains(where: { requirement in promises.contains { requirement.breaks($0.version) } }) else {
      for requirement in requirements { try addWithinSeries(requirement, to: &found) }
      return
    }
    let table = try UnreadableWheel.Cause.tabled { () throws(TableError) in try facts.remedies }
    let libraries = try LibraryAdvice(self)
    for requirement in requirements {
      for promise in promises where requirement.breaks(promise.version) {
        let remedies = Remedies(table, libraries, self, promise.version, retagging)
        for demand in requirement.demands {
          try add(requirement, demand, breaking: promise, remedies, to: &found)
        }
      }
      try addWithinSeries(requirement, to: &found)
    }
  }

  private func add(
    _ requirement: Requirement, _ demand: Requirement.Demand,
    breaking promise: (tag: PlatformTag, version: LibcVersion), _ remedies: Remedies, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    for symbol in demand.symbolsOrNone {
      let remedy = remedies.remedy(for: requirement, symbol: symbol, object: demand.object)
      try found.add(
        Finding(
          requirement.rule, .error, message(requirement, symbol: symbol, promise), help: remedy.clause,
          paste: remedy.paste, orElse: remedies.alternative(to: requirement),
          object: demand.object, library: requirement.library, symbol: symbol, version: requirement.version,
          tag: promise.tag))
    }
  }

  private func message(
    _ requirement: Requirement, symbol: String?, _ promise: (tag: PlatformTag, version: LibcVersion)
  ) -> String {
    let subject = requirement.subject(symbol: symbol)
    let reason = requirement.reason.map { ": \($0)" } ?? ""
    guard let floor = requirement.floor.version else {
      return "no \(platform.libc.tagPrefix) tag promises \(subject)\(reason)"
    }
    let isAbove = requirement.floor.isAbove(promise.version)
    let lack = isAbove ? "needs \(platform.libc) \(floor) or newer, which \(promise.tag) does not promise" : nil
    let refusal = requirement.ceiling.map {
      "is refused by \(platform.libc) \($0) and newer, which \(promise.tag) promises too"
    }
    // What is refused of an object for how it is made is no thing that it needs.
    let mark = requirement.kind == .loading ? ":" : ""
    return "\(subject)\(mark) \([lack, refusal].compactMap { $0 }.joined(separator: ", and "))\(reason)"
  }

  /// What came after the first release of its series: a tag cannot say so (PEP 656).
  private func addWithinSeries(_ requirement: Requirement, to found: inout FindingList) throws(UnreadableWheel.Cause) {
    guard let muslSymbols, let release = requirement.release, muslSymbols.cameWithinSeries(release) else { return }
    for promise in promises where promise.version == release.series {
      for demand in requirement.demands {
        for symbol in demand.symbolsOrNone {
          let subject = requirement.subject(symbol: symbol)
          try found.add(
            Finding(
              requirement.rule, .warning,
              "\(subject) came with musl \(release): an older musl \(release.series) lacks it, though \(promise.tag) promises it",
              help: Remedies.withinSeries(requirement), object: demand.object, library: requirement.library,
              symbol: symbol, version: requirement.version, tag: promise.tag))
        }
      }
    }
  }
}

extension Requirement.Demand {
  /// The symbols asked for; where it is asked for as a whole, none stands for it.
  fileprivate var symbolsOrNone: some Sequence<String?> {
    let isWhole = symbols.isEmpty
    return (0..<max(symbols.count, 1)).lazy.map { isWhole ? nil : symbols[$0] }
  }
}

extension Requirement {
  /// The rule that speaks of a requirement that breaks a claim.
  public var rule: Rule {
    switch kind {
    case .library: floor == .noProfile ? .externalLibrary : .platformLibrary
    case .symbolVersion: .symbolVersion
    case .symbol: floor == .noProfile ? .glibcSymbol : .muslSymbol
    case .restrictedSymbol: .restrictedSymbol
    case .instructionSet: .instructionSet
    case .pythonABI: library == nil ? .pythonABI : .libpython
    case .relativeRelocations: .relativeRelocations
    case .executableStack: .executableStack
    case .loading: .notLoadable
    case .unreachableLibrary: .unreachableLibrary
    case .interpreter: .interpreter
    case .unversionedSymbol: .unversionedSymbol
    }
  }

  /// The libc release that something came with, where it is known to the patch: of libraries the series is known.
  var release: LibcVersion? {
    switch kind {
    case .symbol: version.flatMap { LibcVersion($0) }
    case .relativeRelocations, .loading: floor.version
    case .library, .symbolVersion, .restrictedSymbol, .instructionSet, .pythonABI, .executableStack,
      .unreachableLibrary,
      .interpreter, .unversionedSymbol:
      nil
    }
  }

  /// What is needed, in words: `pthread_create@GLIBC_2.34 of libc.so.6`.
  func subject(symbol: String?) -> String {
    switch kind {
    case .library, .unreachableLibrary: return library ?? ""
    case .interpreter: return "the loader \(library ?? "")"
    case .symbolVersion:
      let name = symbol.map { "\($0)@\(version ?? "")" } ?? version ?? ""
      return "\(name) of \(library ?? "")"
    case .symbol, .restrictedSymbol, .unversionedSymbol: return "\(symbol ?? "") of \(library ?? "")"
    case .instructionSet: return version ?? ""
    case .pythonABI: return symbol ?? library ?? ""
    case .relativeRelocations: return "DT_RELR"
    case .executableStack: return "an executable stack"
    case .loading: return version ?? ""
    }
  }
}

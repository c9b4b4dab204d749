import BuildProfiles
import WheelTags

extension Judgement {
  /// Each requirement above a promise, for each object and symbol that brings it in.
  func requirementFindings() throws(TableError) -> [Finding] {
    var findings: [Finding] = []
    for requirement in requirements {
      for promise in promises where requirement.isAbove(promise.version) {
        // Most wheels need no help, and so no table of it.
        let remedies = Remedies(try facts.remedies, self, promise.version)
        for demand in requirement.demands { findings += breaking(requirement, demand, promise.tag, remedies) }
      }
      findings += withinSeriesFindings(requirement)
    }
    return findings
  }

  private func breaking(
    _ requirement: Requirement, _ demand: Requirement.Demand, _ tag: PlatformTag, _ remedies: Remedies
  ) -> [Finding] {
    let symbols: [String?] = demand.symbols.isEmpty ? [nil] : demand.symbols
    return symbols.map { symbol in
      Finding(
        requirement.rule, .error, message(requirement, symbol: symbol, tag),
        help: remedies.remedy(for: requirement, symbol: symbol), orElse: remedies.alternative(to: requirement),
        object: demand.object, library: requirement.library, symbol: symbol, version: requirement.version, tag: tag)
    }
  }

  private func message(_ requirement: Requirement, symbol: String?, _ tag: PlatformTag) -> String {
    let subject = requirement.subject(symbol: symbol)
    let reason = requirement.reason.map { ": \($0)" } ?? ""
    switch requirement.floor {
    case .libc(let version):
      return "\(subject) needs \(platform.libc) \(version) or newer, which \(tag) does not promise\(reason)"
    case .noProfile:
      return "no \(platform.libc.tagPrefix) tag promises \(subject)\(reason)"
    }
  }

  /// What came after the first release of its series: a tag cannot say so (PEP 656).
  private func withinSeriesFindings(_ requirement: Requirement) -> [Finding] {
    guard let muslSymbols, let release = requirement.release, muslSymbols.cameWithinSeries(release) else { return [] }
    let relying = promises.filter { $0.version == release.series }
    return relying.flatMap { promise in
      requirement.demands.flatMap { demand in
        let symbols: [String?] = demand.symbols.isEmpty ? [nil] : demand.symbols
        return symbols.map { symbol in
          let subject = requirement.subject(symbol: symbol)
          return Finding(
            requirement.rule, .warning,
            "\(subject) came with musl \(release): an older musl \(release.series) lacks it, though \(promise.tag) promises it",
            help: Remedies.withinSeries(requirement), object: demand.object, library: requirement.library,
            symbol: symbol,
            version: requirement.version, tag: promise.tag)
        }
      }
    }
  }
}

extension Requirement {
  /// The rule that a requirement above a claim breaks.
  public var rule: Rule {
    switch kind {
    case .library: floor == .noProfile ? .externalLibrary : .platformLibrary
    case .symbolVersion: .symbolVersion
    case .symbol: floor == .noProfile ? .glibcSymbol : .muslSymbol
    case .restrictedSymbol: .restrictedSymbol
    case .instructionSet: .instructionSet
    case .pythonABI: library == nil ? .pythonABI : .libpython
    case .relativeRelocations: .relativeRelocations
    }
  }

  /// The libc release that something came with, where it is known to the patch: of libraries the series is known.
  fileprivate var release: LibcVersion? {
    switch kind {
    case .symbol: version.flatMap { LibcVersion($0) }
    case .relativeRelocations: floor.version
    case .library, .symbolVersion, .restrictedSymbol, .instructionSet, .pythonABI: nil
    }
  }

  /// What is needed, in words: `pthread_create@GLIBC_2.34 of libc.so.6`.
  func subject(symbol: String?) -> String {
    switch kind {
    case .library: return library ?? ""
    case .symbolVersion:
      let name = symbol.map { "\($0)@\(version ?? "")" } ?? version ?? ""
      return "\(name) of \(library ?? "")"
    case .symbol, .restrictedSymbol: return "\(symbol ?? "") of \(library ?? "")"
    case .instructionSet: return version ?? ""
    case .pythonABI: return symbol ?? library ?? ""
    case .relativeRelocations: return "DT_RELR"
    }
  }
}

import ELFReading

extension Judgement {
  /// What objects need that nothing has.
  ///
  /// Something may have loaded it before for all to see (RTLD_GLOBAL), so that it breaks no claim; what nothing in the
  /// wheel loads may be meant for a process that has it.
  func addUndefinedSymbols(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for undefined in undefinedSymbols {
      guard let first = undefined.names.first else { continue }
      let object = subject.judged[undefined.object]
      let isLoaded = !graph.uses[undefined.object].isDisjoint(with: [.imported, .started])
      let definer = undefined.definer.map { subject.judged[$0].path }
      try found.add(
        Finding(
          .undefinedSymbol, isLoaded ? .warning : .note,
          sentence(first, more: undefined.names.dropFirst(), isOne: undefined.names.count == 1)
            + (definer.map { "; the wheel's \($0) has it, and would have to be loaded before for all to see" } ?? ""),
          help: RuleDefinition.undefinedSymbol.advice.clause, object: object.path, symbol: first))
    }
  }

  /// Names some, and counts the others.
  private func sentence(_ first: String, more: SymbolNames.SubSequence, isOne: Bool) -> String {
    let named = more.prefix(Self.namedSymbols - 1)
    let others = more.count - named.count
    let rest = others == 0 ? "" : " and \(others) other\(others == 1 ? "" : "s")"
    let subject = ([first] + named).joined(separator: ", ") + rest
    return "\(subject) \(isOne ? "is" : "are") looked for in vain: nothing that is loaded with the object has "
      + (isOne ? "it" : "them")
  }

  /// How many a finding names; nobody reads a list of hundreds.
  private static let namedSymbols = 3
}

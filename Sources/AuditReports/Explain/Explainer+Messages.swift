public import BuildProfiles
import WheelAudit
import WheelTags

extension Explainer {
  /// What is known of the messages of loaders in a text: a line of an error, a traceback, a log.
  ///
  /// - Parameter text: any text, of which each line is looked at by itself; the last million bytes of it.
  /// - Returns: for each message its rule, the names in it and what can be done, in the order of the text, each once;
  ///   nil where no line is a message.
  /// - Throws: `TableError` where a table of facts is damaged.
  public func explanation(ofMessagesIn text: String) throws(TableError) -> String? {
    var seen: Set<[String]> = []
    var explained: [[String]] = []
    var others = 0
    for line in text.utf8.suffix(Self.longestText).split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      guard let said = SaidMessage(String(decoding: line, as: UTF8.self)), seen.insert(said.lines).inserted else {
        continue
      }
      if explained.count < Self.mostMessages { explained.append(try lines(on: said)) } else { others += 1 }
    }
    guard !explained.isEmpty else { return nil }
    if others > 0 { explained.append(["\(others) more messages are left out."]) }
    return self.text(Array(explained.joined(separator: [""])))
  }

  private static let longestText = 1 << 20
  private static let mostMessages = 20

  /// A message, the names in it, what it is about and what can be done.
  private func lines(on said: SaidMessage) throws(TableError) -> [String] {
    let causes = try causes(of: said)
    var lines = said.lines
    if causes.count > 1 { lines += ["", "  It is one of these:"] }
    for cause in causes {
      lines += [""]
      switch cause {
      case .rule(let rule):
        let definition = rule.definition
        lines += columns(
          [
            ["rule", "\(rule.rawValue): \(definition.title)"], ["what", definition.what], ["why", definition.why],
            ["what to do", definition.remedy], ["page", rule.url],
          ], indent: 2)
      case .demand(let demand):
        lines += columns(
          [
            ["rule", "\(Rule.notLoadable.rawValue): \(demand.rawValue)"], ["what", demand.meaning],
            ["what to do", demand.remedy], ["page", Rule.notLoadable.url],
          ], indent: 2)
      case .unseen(let words): lines += columns([["what", words], ["rule", "none: no file shows it"]], indent: 2)
      }
    }
    let rows = said.message.rows
    let page = "\(Documentation.base)loader.md#\((rows.first ?? "").lowercased())"
    lines += ["", "  more: \(page) (\(rows.joined(separator: ", ")))"]
    return try lines + known(of: said)
  }

  /// What the names in a message leave of its causes.
  func causes(of said: SaidMessage) throws(TableError) -> [LoaderMessage.Cause] {
    let all = said.message.causes
    if let symbol = said.names[.symbol], all.contains(.rule(.undefinedSymbol)) { return try causes(of: symbol, all) }
    guard let library = said.library else { return all }
    let isPlatforms = profiles.libraries[library] != nil || profiles.isLoader(library)
    if all.contains(.rule(.externalLibrary)) {
      if PythonABI.isLibpython(library) { return [.rule(.libpython)] }
      return isPlatforms ? [.rule(.platformLibrary), .rule(.unreachableLibrary)] : all
    }
    guard all == [.rule(.symbolVersion), .rule(.missingVersion)] else { return all }
    return [isPlatforms ? .rule(.symbolVersion) : .rule(.missingVersion)]
  }

  /// Why a symbol may be missing, by who has it.
  private func causes(
    of symbol: String, _ all: [LoaderMessage.Cause]
  ) throws(TableError) -> [LoaderMessage.Cause] {
    if PythonABI.isInterpreters(symbol) { return [.rule(.pythonABI)] }
    let own: LoaderMessage.Cause? =
      if all.contains(.rule(.muslSymbol)) {
        switch try facts.muslSymbols(.x86_64).origin(of: symbol) {
        case .musl: .rule(.muslSymbol)
        case .onlyGlibc: .rule(.glibcSymbol)
        case nil: nil
        }
      } else {
        try facts.glibcSymbols.exports(of: symbol).isEmpty ? nil : .rule(.unversionedSymbol)
      }
    let others = all.filter { ![.rule(.muslSymbol), .rule(.glibcSymbol), .rule(.unversionedSymbol)].contains($0) }
    return own.map { [$0] } ?? others
  }

  /// What is known of the version, the symbol and the library of a message.
  private func known(of said: SaidMessage) throws(TableError) -> [String] {
    var found: [String]?
    if let symbol = said.names[.symbol] {
      let name = said.names[.version].map { "\(symbol)@\($0)" } ?? symbol
      found = try self.symbol(name)
      if found == nil { found = try mangled(name) }
      if found == nil { found = try versioned(name) }
    } else if let version = said.names[.version] {
      found = self.version(version)
    } else if let library = said.library, said.message.causes.contains(.rule(.externalLibrary)),
      !PythonABI.isLibpython(library)
    {
      found = try self.library(library)
    }
    return found.map { [""] + $0 } ?? []
  }
}

/// A line that is like a message, with the names in it.
struct SaidMessage {
  let message: LoaderMessage
  let names: [MessagePattern.Hole: String]

  /// Nil for a line that is like none.
  init?(_ text: String) {
    let line = MessageLine(text)
    for message in LoaderMessage.all {
      guard let names = message.pattern.names(in: line) else { continue }
      self.message = message
      self.names = names
      return
    }
    return nil
  }

  /// The soname in the message: the last part of the path.
  var library: String? { names[.library].map { String($0.split(separator: "/").last ?? "") } }

  /// The message with the names in it.
  var lines: [String] {
    let shown = MessagePattern.Hole.allCases.compactMap { hole in
      names[hole].map { [hole.rawValue, printable($0)] }
    }
    return [printable(message.pattern.filled(with: names)), ""]
      + columns([["said by", message.speaker.rawValue]] + shown, indent: 2)
  }
}

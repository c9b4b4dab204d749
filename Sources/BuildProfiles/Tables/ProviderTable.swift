/// Who has libraries that no build profile has.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/providers.txt`.
public struct ProviderTable: Sendable {
  /// Somebody who has libraries.
  public struct Provider: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// The system or a driver of it: a copy in a wheel does not fit another machine.
      case system
      /// A package that a wheel can depend on.
      case package
      /// The C library of another kind of system.
      case libc
    }

    public let kind: Kind
    /// What it is called in a sentence: `the NVIDIA driver`, `nvidia-cublas`.
    public let name: String
    /// What the names of its libraries are like; a star stands at the end only.
    public let patterns: [String]
  }

  private var providers: [Provider] = []

  init(_ text: TableText) throws(TableError) {
    for record in text.records {
      let words = record.words()
      guard words.first == "provider" else { throw record.unknown("provider") }
      guard words.count == 4, let kind = Provider.Kind(rawValue: String(words[1])) else {
        let kinds = Provider.Kind.allCases.map(\.rawValue).joined(separator: "|")
        throw record.malformed("provider \(kinds) NAME PATTERN,…")
      }
      for pattern in words[3].items where pattern.utf8.dropLast().contains(UInt8(ascii: "*")) {
        throw record.error("'\(pattern)' has a * before its end")
      }
      providers.append(
        Provider(
          kind: kind, name: words[2].parts(separatedBy: "_").joined(separator: " "),
          patterns: words[3].items.map(String.init)))
    }
  }

  /// Who has a library, and the pattern under which; nil where that is not known.
  public func provider(of library: String) -> (provider: Provider, pattern: String)? {
    for provider in providers {
      if let pattern = provider.patterns.first(where: { Self.matches(library, $0) }) { return (provider, pattern) }
    }
    return nil
  }

  /// A wheel may need twenty thousand libraries, so this is no search.
  private static func matches(_ library: String, _ pattern: String) -> Bool {
    let beginning = pattern.utf8.last == UInt8(ascii: "*") ? pattern.utf8.dropLast() : pattern.utf8[...]
    return library.utf8.starts(with: beginning)
      && (beginning.count < pattern.utf8.count || library.utf8.count == beginning.count)
  }
}

import Glibc
public import WheelTags

/// What can be done about symbol versions that are newer than a claim.
///
/// The text behind it says what its lines mean: `Data/remedies.txt`.
public struct RemedyTable: Sendable {
  private struct Entry {
    let applies: Case
    let versions: [String]
    let symbols: [String]
    let text: String
    /// True where it ends with the line that binds the symbol to an older version.
    let isBinding: Bool
  }

  /// What can be done about a symbol.
  public struct Remedy: Hashable, Sendable {
    /// A clause without an end mark, which may be the same for many symbols.
    public let clause: String
    /// The line of C that does what the end of the clause says for this symbol (as, `.symver`); nil where none does.
    public let line: String?
  }

  /// Which symbols a remedy is for, by whether the platform exports them at an older version too.
  private enum Case: Substring {
    case older, new, any
  }

  private struct Image {
    let libc: Libc
    let version: LibcVersion
    let name: Substring
    let architectures: [Architecture]
  }

  private let remedies: [Entry]
  private let images: [Image]
  private let symbols: GlibcSymbolTable

  init(_ text: TableText, _ symbols: GlibcSymbolTable) throws(TableError) {
    var (remedies, images): ([Entry], [Image]) = ([], [])
    for record in text.records {
      switch record.words(atMost: 2).first {
      case "remedy": remedies.append(try Self.remedy(record))
      case "image": images.append(try Self.image(record))
      default: throw record.unknown("image", "remedy")
      }
    }
    self.remedies = remedies
    self.images = images
    self.symbols = symbols
  }

  private static func remedy(_ record: TableRecord) throws(TableError) -> Entry {
    let words = record.words(atMost: 5)
    guard words.count == 5, let applies = Case(rawValue: words[1]) else {
      throw record.malformed("remedy older|new|any VERSION,… SYMBOL,… TEXT")
    }
    let opened = words[4].utf8.split(separator: UInt8(ascii: "{"), omittingEmptySubsequences: false).dropFirst()
    guard opened.allSatisfy({ rest in placeholders.contains { rest.starts(with: $0.utf8.dropFirst()) } }) else {
      throw record.error("its text has a placeholder that is none of \(placeholders.joined(separator: ", "))")
    }
    let isBinding = words[4].hasSuffix(" \(binding)")
    return Entry(
      applies: applies, versions: words[2].items.map(String.init), symbols: words[3].items.map(String.init),
      text: String(isBinding ? words[4].dropLast(binding.count + 1) : words[4]), isBinding: isBinding)
  }

  private static func image(_ record: TableRecord) throws(TableError) -> Image {
    let words = record.words()
    guard words.count == 5, let libc = Libc(rawValue: String(words[1])) else {
      throw record.malformed("image glibc|musl VERSION NAME ARCH,…")
    }
    return Image(
      libc: libc, version: try record.version(words[2]), name: words[3],
      architectures: try record.architectures(words[4]))
  }

  private static let binding = "{symver}"
  private static let placeholders = ["{old}", "{image}", "{zig}", binding]

  /// The newest image in which nothing is newer than a version of a libc.
  public func image(_ libc: Libc, upTo version: LibcVersion, _ architecture: Architecture) -> String? {
    let fitting = images.last { image in
      image.libc == libc && image.version <= version && image.architectures.contains(architecture)
    }
    return fitting.map { "the \($0.name)_\(architecture) image" }
  }

  /// What to do about a symbol that is needed at a version.
  ///
  /// - Parameters:
  ///   - symbol: nil for a version that is needed for no symbol.
  ///   - version: with its namespace, `GLIBC_2.34`.
  ///   - claim: the glibc that the wheel promises to do with.
  ///   - architecture: of the wheel.
  /// - Returns: nil where nothing is known.
  public func remedy(
    for symbol: String?, at version: String, claim: LibcVersion, on architecture: Architecture
  ) -> Remedy? {
    let number = version.split(separator: "_").last.map(String.init) ?? version
    let older = symbol.flatMap { symbol in
      symbols.versions(of: symbol, besides: number, on: architecture).last { $0 <= claim }
    }
    let remedy = remedies.first { remedy in
      (remedy.applies == .any || (remedy.applies == .older) == (older != nil))
        && remedy.versions.contains { fnmatch($0, version, 0) == 0 }
        && remedy.symbols.contains { $0 == "-" ? symbol == nil : fnmatch($0, symbol ?? "", 0) == 0 }
    }
    let image = image(.glibc, upTo: claim, architecture) ?? "an image with glibc \(claim) or older"
    let values = [
      "{old}": older?.description ?? "", "{image}": image,
      "{zig}": "\(architecture.zigTarget).\(claim)",
    ]
    return remedy.map { remedy in
      let line = symbol.flatMap { symbol in
        older.flatMap { remedy.isBinding ? "__asm__(\".symver \(symbol),\(symbol)@GLIBC_\($0)\");" : nil }
      }
      return Remedy(
        clause: values.reduce(remedy.text) { text, value in text.replacing(value.key, with: value.value) }, line: line)
    }
  }
}

extension Architecture {
  /// What `zig cc` calls it with glibc.
  fileprivate var zigTarget: String {
    switch self {
    case .i686: "x86-linux-gnu"
    case .armv7l: "arm-linux-gnueabihf"
    case .ppc64le: "powerpc64le-linux-gnu"
    default: "\(rawValue)-linux-gnu"
    }
  }
}

import Glibc
public import WheelTags

/// What can be done about symbol versions that are newer than a claim.
///
/// The text behind it says what its lines mean: `Data/remedies.txt`.
public struct RemedyTable: Sendable {
  private struct Remedy {
    let applies: Substring
    let versions: [String]
    let symbols: [String]
    let text: String
  }

  private struct Image {
    let libc: Substring
    let version: LibcVersion
    let name: Substring
    let architectures: [Substring]
  }

  private let remedies: [Remedy]
  private let images: [Image]
  private let symbols = GlibcSymbolTable()

  public init() {
    let records = TableText(RemediesText.text).records
    remedies = records.compactMap { record in
      let words = record.words(atMost: 5)
      guard words.count == 5, words[0] == "remedy" else { return nil }
      func list(_ word: Substring) -> [String] { word.items.map(String.init) }
      return Remedy(applies: words[1], versions: list(words[2]), symbols: list(words[3]), text: String(words[4]))
    }
    images = records.compactMap { record in
      let words = record.words()
      guard words.count == 5, words[0] == "image", let version = LibcVersion(words[2]) else { return nil }
      return Image(libc: words[1], version: version, name: words[3], architectures: words[4].items)
    }
  }

  /// The newest image in which nothing is newer than a version of a libc.
  public func image(_ libc: Libc, upTo version: LibcVersion, _ architecture: Architecture) -> String? {
    let fitting = images.last { image in
      image.libc == libc.rawValue && image.version <= version
        && image.architectures.contains { $0 == architecture.rawValue }
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
  /// - Returns: a clause without an end mark; nil where nothing is known.
  public func remedy(
    for symbol: String?, at version: String, claim: LibcVersion, on architecture: Architecture
  ) -> String? {
    let number = version.split(separator: "_").last.map(String.init) ?? version
    let older = symbol.flatMap { symbol in
      symbols.versions(of: symbol, besides: number, on: architecture).last { $0 <= claim }
    }
    let remedy = remedies.first { remedy in
      (remedy.applies == "any" || (remedy.applies == "older") == (older != nil))
        && remedy.versions.contains { fnmatch($0, version, 0) == 0 }
        && remedy.symbols.contains { $0 == "-" ? symbol == nil : fnmatch($0, symbol ?? "", 0) == 0 }
    }
    let image = image(.glibc, upTo: claim, architecture) ?? "an image with glibc \(claim) or older"
    let values = [
      "{old}": older?.description ?? "", "{image}": image,
      "{zig}": "\(architecture.zigTarget).\(claim)",
    ]
    return remedy.map { remedy in
      values.reduce(remedy.text) { text, value in text.replacing(value.key, with: value.value) }
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

/// A release of a C library: `2.17`, `2.3.4`, `1.2`.
///
/// Platform tags carry major and minor only (PEP 600); symbol versions of old glibc releases also have a patch number.
public struct LibcVersion: Hashable, Sendable {
  public let major: Int
  public let minor: Int
  public let patch: Int

  public init(_ major: Int, _ minor: Int, patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads `major.minor` or `major.minor.patch`; nil when `text` is anything else.
  public init?(_ text: some StringProtocol) {
    var rest: Substring.UTF8View? = Substring(text).utf8
    /// The number up to the next dot, or to the end.
    func number() -> Int? {
      guard let text = rest else { return nil }
      let dot = text.firstIndex(of: UInt8(ascii: "."))
      rest = dot.map { text[text.index(after: $0)...] }
      return decimal(dot.map { text[..<$0] } ?? text)
    }
    guard let major = number(), let minor = number(), let patch = rest == nil ? 0 : number(), rest == nil else {
      return nil
    }
    self.init(major, minor, patch: patch)
  }

  /// Major and minor number: all that a platform tag can say of a release.
  public var series: LibcVersion { LibcVersion(major, minor) }

  /// The version as a platform tag writes it, `2_17`; the patch number, if any, is not part of a tag.
  public var tagForm: String { "\(major)_\(minor)" }
}

extension LibcVersion: Comparable {
  public static func < (left: LibcVersion, right: LibcVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

extension LibcVersion: CustomStringConvertible {
  public var description: String {
    let series = String(major) + "." + String(minor)
    return patch == 0 ? series : series + "." + String(patch)
  }
}

/// Reads a plain decimal number of at most six digits: no sign, no leading zero, no overflow.
func decimal(_ digits: some Collection<UInt8>) -> Int? {
  guard (1...6).contains(digits.count) else { return nil }
  var value = 0
  for byte in digits {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
    value = value * 10 + Int(byte - UInt8(ascii: "0"))
  }
  if digits.count > 1, digits.first == UInt8(ascii: "0") { return nil }
  return value
}

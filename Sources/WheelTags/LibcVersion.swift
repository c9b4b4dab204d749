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
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else { return nil }
    var numbers: [Int] = []
    for part in parts {
      guard let number = decimal(part) else { return nil }
      numbers.append(number)
    }
    self.init(numbers[0], numbers[1], patch: numbers.count == 3 ? numbers[2] : 0)
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
    patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)"
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

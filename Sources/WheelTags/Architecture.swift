/// A processor architecture as platform tags name it: the part of `manylinux_2_17_x86_64` behind the version.
///
/// An open set: a tag may name an architecture that no profile knows (`armv6l`), and that is data, not an error.
public struct Architecture: RawRepresentable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  // swift-format-ignore: AlwaysUseLowerCamelCase
  public static let x86_64 = Architecture(rawValue: "x86_64")
  public static let i686 = Architecture(rawValue: "i686")
  public static let aarch64 = Architecture(rawValue: "aarch64")
  public static let armv7l = Architecture(rawValue: "armv7l")
  public static let armv6l = Architecture(rawValue: "armv6l")
  public static let ppc64 = Architecture(rawValue: "ppc64")
  public static let ppc64le = Architecture(rawValue: "ppc64le")
  public static let s390x = Architecture(rawValue: "s390x")
  public static let riscv64 = Architecture(rawValue: "riscv64")
  public static let loongarch64 = Architecture(rawValue: "loongarch64")
}

extension Architecture {
  /// The architecture as ELF headers tell it: they do not tell code for ARMv6 from code for ARMv7.
  public var inHeaders: Architecture { self == .armv6l ? .armv7l : self }
}

extension Architecture: CustomStringConvertible {
  public var description: String { rawValue }
}

extension Architecture: Comparable {
  public static func < (left: Architecture, right: Architecture) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The two C libraries of Linux that platform tags distinguish: glibc (PEP 600) and musl (PEP 656).
public enum Libc: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  case glibc
  case musl

  public var description: String { rawValue }

  /// The word that opens a platform tag for this libc.
  public var tagPrefix: String {
    switch self {
    case .glibc: "manylinux"
    case .musl: "musllinux"
    }
  }
}

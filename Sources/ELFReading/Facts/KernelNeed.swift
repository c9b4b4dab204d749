/// The kernel that an object asks for in its note NT_GNU_ABI_TAG (LSB Core, "ABI note tag"); glibc looked at it before 2.36.
public struct KernelNeed: Hashable, Sendable {
  /// The operating system: 0 for Linux.
  public var system: UInt32
  /// The oldest version that will do.
  public var version: [UInt32]

  public init(system: UInt32, version: [UInt32]) {
    self.system = system
    self.version = version
  }
}

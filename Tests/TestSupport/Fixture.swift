public import Foundation

/// The committed small files under `Fixtures/`; its README says what each is.
public enum Fixture {
  /// The top folder of the project.
  public static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  public static let folder = project.appending(path: "Fixtures")

  /// The bytes of `Fixtures/objects/ARCHITECTURE/NAME`.
  public static func object(_ name: String, _ architecture: String = "x86_64") throws -> [UInt8] {
    try [UInt8](Data(contentsOf: folder.appending(path: "objects/\(architecture)/\(name)")))
  }

  /// The path of a fixture wheel that begins with these words: `overclaim`.
  public static func wheel(_ beginning: String) throws -> String {
    let wheels = folder.appending(path: "wheels")
    let names = try FileManager.default.contentsOfDirectory(atPath: wheels.path).sorted()
    guard let name = names.first(where: { $0.hasPrefix(beginning) }) else { throw MissingFixture(beginning: beginning) }
    return wheels.appending(path: name).path
  }

  /// The architectures with a set of objects of their own.
  public static let architectures = [
    "aarch64", "armv7l", "i686", "loongarch64", "ppc64", "ppc64le", "riscv64", "s390x", "x86_64",
  ]
}

/// No fixture wheel has a name that begins so.
public struct MissingFixture: Error {
  public let beginning: String
}

import Foundation

extension Fixture {
  /// The names of the fixture objects of an architecture, those in folders below it left out.
  public static func objects(_ architecture: String = "x86_64") throws -> [String] {
    let folder = folder.appending(path: "objects/\(architecture)")
    let keys: Set<URLResourceKey> = [.isRegularFileKey]
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: Array(keys))
    return try files.filter { try $0.resourceValues(forKeys: keys).isRegularFile == true }.map(\.lastPathComponent)
      .sorted()
  }

  /// The paths of all fixture wheels, by name.
  public static func wheels() throws -> [String] {
    let folder = folder.appending(path: "wheels")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      folder.appending(path: $0).path
    }
  }
}

import Foundation

extension Fixture {
  /// The paths of all ELF files below `Fixtures/objects`: `x86_64/bundled/libstdc++.so.6`.
  public static func everyObject() throws -> [String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.appending(path: "objects").path).sorted()
    return try paths.filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder.appending(path: "objects/\(path)").path, isDirectory: &isFolder)
      return try !isFolder.boolValue && object(at: path).starts(with: [0x7f, 0x45, 0x4c, 0x46])
    }
  }

  /// The bytes of `Fixtures/objects/PATH`.
  public static func object(at path: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: folder.appending(path: "objects/\(path)")))
  }
}

import AuditSettings
import TestSupport

/// The two files that settings can stand in.
enum TOMLFile: String, CaseIterable {
  case own = "truewheel.toml"
  case project = "pyproject.toml"

  /// The tables that the settings lie in, as errors spell them.
  var place: String { self == .own ? "" : "tool.truewheel." }

  /// Writes top-level keys and tables, each table under its name: `wheels."*"`.
  ///
  /// - Returns: the path of the file.
  func write(_ keys: String, tables: [(name: String, keys: String)] = [], to folder: TemporaryFolder) throws -> String {
    let prefix = self == .own ? "" : "[project]\nname = \"demo\"\nversion = \"1.0\"\n\n[tool.truewheel]\n"
    let sections = tables.map { "[\(place)\($0.name)]\n\($0.keys)\n" }.joined()
    return try folder.write(Array("\(prefix)\(keys)\n\(sections)".utf8), to: rawValue)
  }

  /// The settings that such a file gives.
  func settings(_ keys: String, tables: [(name: String, keys: String)] = []) throws -> Settings {
    let folder = try TemporaryFolder()
    return try SettingsFile(path: try write(keys, tables: tables, to: folder)).settings
  }

  /// What is said of such a file, without its path; nil when nothing is wrong with it.
  func complaint(_ keys: String, tables: [(name: String, keys: String)] = []) throws -> SettingsError? {
    let folder = try TemporaryFolder()
    let path = try write(keys, tables: tables, to: folder)
    do throws(SettingsError) {
      _ = try SettingsFile(path: path)
      return nil
    } catch {
      return error
    }
  }
}

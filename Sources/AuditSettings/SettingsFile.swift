import FoundationEssentials
import Glibc
import TOMLKit

/// A settings file: where it is, and what it says.
///
/// `truewheel.toml` holds the settings themselves, `pyproject.toml` holds them as `[tool.truewheel]`.
public struct SettingsFile: Sendable {
  public let path: String
  public let settings: Settings

  static let ownName = "truewheel.toml"
  static let projectName = "pyproject.toml"
  /// The time that the parser takes can grow with the square of this.
  static let largest = 256 << 10

  /// Reads a settings file; one that is called otherwise than `pyproject.toml` holds the settings themselves.
  ///
  /// - Throws: `SettingsError`, also when a `pyproject.toml` has no `[tool.truewheel]`.
  public init(path: String) throws(SettingsError) {
    guard let file = try SettingsFile(path, isProject: path.split(separator: "/").last ?? "" == Self.projectName) else {
      throw SettingsError(path, nil, "it has no table [tool.truewheel]")
    }
    self = file
  }

  /// The nearest settings file of a folder or of those that it lies in.
  ///
  /// - Parameter folder: an absolute path.
  /// - Returns: nil when there is none.
  /// - Throws: `SettingsError` when the first that is found is wrong.
  public static func nearest(to folder: String) throws(SettingsError) -> SettingsFile? {
    var folders = folder.split(separator: "/")[...]
    while true {
      let place = "/" + folders.map { $0 + "/" }.joined()
      for name in [ownName, projectName] where access(place + name, F_OK) == 0 {
        if let file = try SettingsFile(place + name, isProject: name == projectName) { return file }
      }
      guard !folders.isEmpty else { return nil }
      folders = folders.dropLast()
    }
  }

  private init?(_ path: String, isProject: Bool) throws(SettingsError) {
    self.path = path
    let document = try Self.document(path)
    guard isProject else {
      self.settings = try SettingsTable(document, path, []).settings(isSection: false)
      return
    }
    guard let own = document["tool"]?.table?["truewheel"] else { return nil }
    guard let table = own.table else { throw SettingsError(path, "tool.truewheel", "this must be a table") }
    self.settings = try SettingsTable(table, path, ["tool", "truewheel"]).settings(isSection: false)
  }

  private static func document(_ path: String) throws(SettingsError) -> TOMLTable {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
      throw SettingsError(path, nil, "there is no such file")
    } catch {
      throw SettingsError(path, nil, "it cannot be read")
    }
    guard data.count <= Self.largest else {
      throw SettingsError(path, nil, "it is larger than \(Self.largest >> 10) KB, which settings never need")
    }
    guard let text = String(validating: data, as: UTF8.self) else { throw SettingsError(path, nil, "it is not UTF-8") }
    if let (line, problem) = TOMLCheck.problem(in: text) { throw SettingsError(path, "line \(line)", problem) }
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw SettingsError(path, "line \(error.source.begin.line)", error.description)
    } catch {
      throw SettingsError(path, nil, "it is no TOML: \(error)")
    }
  }

  /// A path that the settings name, which is relative to the folder of the file.
  public func path(_ relative: String) -> String {
    guard !relative.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return relative }
    return path[...slash] + relative
  }
}

/// What is wrong with a settings file, and where in it.
public struct SettingsError: Error, Sendable, CustomStringConvertible {
  public let path: String
  /// A key with its tables, or a line; nil for the whole file.
  public let place: String?
  public let problem: String

  init(_ path: String, _ place: String?, _ problem: String) {
    self.path = path
    self.place = place
    self.problem = problem
  }

  public var description: String { "\(path): \(place.map { "\($0): " } ?? "")\(problem)" }
}

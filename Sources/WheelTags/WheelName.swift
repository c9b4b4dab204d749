/// What a wheel is called: made once, where a path comes in, and carried to the report.
public struct WheelName: Hashable, Sendable {
  /// The path as it was given.
  public let path: String
  /// The last component of the path.
  public let file: String
  /// The file name taken apart, or why it is not that of a wheel.
  public let parsed: Result<WheelFilename, WheelFilenameError>

  public init(path: String) {
    self.path = path
    file = path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? path
    do throws(WheelFilenameError) {
      parsed = .success(try WheelFilename(file))
    } catch {
      parsed = .failure(error)
    }
  }

  /// The file name taken apart; nil where it is not that of a wheel.
  public var filename: WheelFilename? { try? parsed.get() }
}

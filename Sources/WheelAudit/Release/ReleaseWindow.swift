public import WheelTags

/// Puts the wheels of a run together into releases, and keeps a bounded part of them.
///
/// A release is compared when the run ends, or when so much of others has come since its first wheel that it has to make
/// room: wheels of a release that come after that count as another one. Those that lie together in a folder, or stand
/// together in a list, are together.
public struct ReleaseWindow: Sendable {
  private struct Key: Hashable {
    let package: String
    let version: String

    init(_ filename: WheelFilename) {
      package = ProjectName(filename.distribution).inFileNames
      version = filename.version
    }
  }

  private struct Entry {
    var builds: [Release.Build] = []
    var weight = 0
    /// False when one of its wheels is known to be missing.
    var isWhole = true
  }

  private let options: Auditor.Options
  private let limit: Int
  /// The releases that are open, and their keys in the order of their first wheels.
  private var entries: [Key: Entry] = [:]
  private var order: [Key] = []
  /// How many of the keys are gone.
  private var closed = 0
  private var weight = 0

  /// Names of objects and libraries that are kept: those of some thousand small wheels, in a few megabytes.
  public static let smallLimit = 20_000

  /// - Parameters:
  ///   - options: what the user asked for.
  ///   - limit: how many names of objects and libraries to keep.
  public init(_ options: Auditor.Options, limit: Int) {
    self.options = options
    self.limit = limit
  }

  /// Takes a wheel.
  ///
  /// - Returns: the releases that made room for it.
  public mutating func take(_ report: WheelReport) -> [Release] {
    guard let build = Release.Build(report) else { return [] }
    return change(Key(build.filename), build.weight) { $0.builds.append(build) }
  }

  /// Takes a wheel that the run passes over, so that its release is not whole and is not compared.
  ///
  /// - Returns: the releases that made room for it.
  public mutating func passOver(_ name: WheelName) -> [Release] {
    guard let filename = name.filename else { return [] }
    return change(Key(filename), 1) { $0.isWhole = false }
  }

  /// The releases that are still open, in the order of their first wheels.
  public mutating func end() -> [Release] { close(downTo: 0) }

  private mutating func change(_ key: Key, _ more: Int, _ body: (inout Entry) -> Void) -> [Release] {
    if entries[key] == nil { order.append(key) }
    body(&entries[key, default: Entry()])
    entries[key]?.weight += more
    weight += more
    return weight > limit ? close(downTo: limit) : []
  }

  private mutating func close(downTo limit: Int) -> [Release] {
    var releases: [Release] = []
    while weight > limit, closed < order.count {
      let key = order[closed]
      closed += 1
      guard let entry = entries.removeValue(forKey: key) else { continue }
      weight -= entry.weight
      guard let first = entry.builds.first else { continue }
      releases.append(Release(key.package, first, entry.builds, options, isWhole: entry.isWhole))
    }
    // What is gone is dropped now and then, and not each time.
    if closed > order.count / 2 {
      order.removeFirst(closed)
      closed = 0
    }
    return releases
  }
}

import AuditReports
import Glibc

/// A list of paths that is read as a run goes on: a file, or what another program writes into a pipe.
///
/// A path is a line, or what stands between NULs. Nothing is kept of a path that has been handed out.
final class NameList {
  /// What is next in a list.
  enum Entry {
    case path(String)
    /// Something that stands for no path; the list goes on behind it.
    case failure(WheelFinder.Failure)
    /// Whoever writes the list has not written the next path yet.
    case later
    case none
  }

  /// The name for standard input.
  static let standardInput = "-"
  /// Bytes in a path, more than the system takes (PATH_MAX is 4096).
  private static let longest = 64 << 10

  private let name: String
  private let end: UInt8
  /// Nil until the list is opened, and when it is over.
  private var descriptor: Int32?
  private var hasBegun = false
  /// False while there was nothing in it, nor said of it.
  private var hasAny = false
  /// What was read and not handed out begins here.
  private var bytes: [UInt8] = []
  private var start = 0
  /// Where the search for the end of the next path goes on.
  private var searched = 0
  private var number = 0
  /// In a path that is too long.
  private var isSkipping = false

  /// - Parameters:
  ///   - file: the path of the list, or `-` for standard input.
  ///   - isNullSeparated: whether NULs part the paths, and not ends of lines.
  init(file: String, isNullSeparated: Bool) {
    name = file
    end = isNullSeparated ? 0 : UInt8(ascii: "\n")
  }

  deinit { close() }

  /// The next path; with `mayWait` it waits for one rather than to say `later`.
  func next(mayWait: Bool) -> Entry {
    if let failure = begin() { return .failure(failure) }
    while true {
      if let entry = entryAtHand() {
        hasAny = true
        return entry
      }
      guard let descriptor else {
        if hasAny { return .none }
        hasAny = true
        return .failure(WheelFinder.Failure(path: called, reason: "there is no path in this list"))
      }
      guard mayWait || Self.hasInput(descriptor, timeout: 0) else { return .later }
      if let failure = read(descriptor) { return .failure(failure) }
    }
  }

  private func begin() -> WheelFinder.Failure? {
    guard !hasBegun else { return nil }
    hasBegun = true
    let opened = name == Self.standardInput ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { return unreadable() }
    descriptor = opened
    return nil
  }

  private func close() {
    if let descriptor, descriptor != STDIN_FILENO { _ = Glibc.close(descriptor) }
    descriptor = nil
  }

  private func unreadable() -> WheelFinder.Failure {
    let failure = WheelFinder.Failure(
      path: called, reason: "cannot read the list: \(String(cString: strerror(errno)))")
    hasAny = true
    close()
    return failure
  }

  private var called: String { name == Self.standardInput ? "standard input" : name }

  /// Takes what there is to read, at least one byte, or the end of the list.
  private func read(_ descriptor: Int32) -> WheelFinder.Failure? {
    bytes.removeFirst(start)
    (searched, start) = (searched - start, 0)
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count > 0 {
        bytes += piece[..<count]
        return nil
      }
      if count == 0 {
        close()
        return nil
      }
      switch errno {
      case EINTR: continue
      // Who started the program may have set this.
      case EAGAIN: _ = Self.hasInput(descriptor, timeout: -1)
      default: return unreadable()
      }
    }
  }

  private static func hasInput(_ descriptor: Int32, timeout: Int32) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, timeout) != 0
  }

  // MARK: Entries

  /// The next entry of what has been read; nil when more is to be read for it.
  private func entryAtHand() -> Entry? {
    while let place = bytes[searched...].firstIndex(of: end) ?? placeOfLastEnd {
      let part = bytes[start..<place]
      start = min(place + 1, bytes.count)
      searched = start
      number += 1
      if isSkipping {
        isSkipping = false
        continue
      }
      if let entry = entry(part) { return entry }
    }
    searched = bytes.count
    guard isSkipping || searched - start > Self.longest else { return nil }
    start = searched
    guard !isSkipping else { return nil }
    isSkipping = true
    return .failure(failure(number + 1, "is longer than a path can be\(end == 0 ? "" : Self.hint)"))
  }

  private static let hint = "; a list with NULs between paths is read with --null"

  /// The last path need not have an end of its own.
  private var placeOfLastEnd: Int? { descriptor == nil && start < bytes.count ? bytes.count : nil }

  /// What a line or part stands for; nil for an empty one.
  private func entry(_ part: ArraySlice<UInt8>) -> Entry? {
    // An end of a line may be that of Windows.
    let path = end != 0 && part.last == UInt8(ascii: "\r") ? part.dropLast() : part
    if path.isEmpty { return nil }
    if path.count > Self.longest { return .failure(failure(number, "is longer than a path can be")) }
    if path.contains(0) { return .failure(failure(number, "has a NUL in it\(Self.hint)")) }
    return .path(String(decoding: path, as: UTF8.self))
  }

  private func failure(_ number: Int, _ problem: String) -> WheelFinder.Failure {
    WheelFinder.Failure(path: called, reason: "\(end == 0 ? "path" : "line") \(number) \(problem)")
  }
}

import AuditReports
import Glibc

/// Turns arguments and lists into paths of wheels, one after the other, as a run asks for them: a folder stands for the
/// wheels in it and below it.
struct WheelFinder {
  /// Something that stands for no wheel, and why.
  struct Failure: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(printable(path)): \(reason)" }
  }

  /// What is next.
  enum Found {
    /// A wheel: those of arguments first, in their order, then those of the lists.
    case wheel(String)
    case failure(Failure)
    /// Something that was passed over, in a sentence.
    case remark(String)
    /// Whoever writes a list has not written the next path yet.
    case later
    case none
  }

  /// What lies beside wheels: `dist/*` brings it along.
  private struct Other {
    let path: String
    let kind: OtherArtifact

    var failure: Found { .failure(Failure(path: path, reason: "it is \(kind.words), and no wheel")) }
    var remark: Found { .remark("\(printable(path)): skipped: it is \(kind.words), and no wheel") }
  }

  /// Whether folders in folders are searched.
  private let recurses: Bool
  /// What is to be gone through, the next one last.
  private var arguments: [String]
  private var lists: [NameList]
  private var folder: FolderSearch?
  /// What was met before any wheel was, and is none.
  private var others: [Other] = []
  /// Found and not handed out, the next one last.
  private var ready: [Found] = []
  private var count = 0
  private var hasFolders: Bool

  /// So many others wait for a first wheel.
  private static let mostOthers = 1000

  init(_ arguments: [String], lists: [NameList], recurses: Bool) {
    self.recurses = recurses
    self.arguments = arguments.reversed()
    self.lists = lists.reversed()
    hasFolders = arguments.contains(where: FolderSearch.isFolder)
  }

  /// How many wheels there are in all; nil while that is not known.
  var total: Int? {
    guard lists.isEmpty else { return nil }
    guard hasFolders else { return count + arguments.count { $0.hasSuffix(".whl") } }
    guard arguments.isEmpty else { return nil }
    return folder.map { folder in folder.left.map { count + $0 } } ?? count
  }

  /// True where there are two wheels or more; what is found out for that comes next as it would have.
  mutating func hasSeveral() -> Bool {
    var seen: [Found] = []
    var wheels = 0
    while wheels < 2 {
      let found = next(mayWait: true)
      if case .none = found { break }
      if case .wheel = found { wheels += 1 }
      seen.append(found)
    }
    ready = seen.reversed() + ready
    return wheels > 1
  }

  /// What is next; with `mayWait` it waits for that rather than to say `later`.
  mutating func next(mayWait: Bool) -> Found {
    while true {
      if let found = ready.popLast() { return found }
      if let entry = folder?.next() {
        switch entry {
        case .wheel(let path): take(path)
        case .failure(let failure): return .failure(failure)
        }
        continue
      }
      folder = nil
      if let argument = arguments.popLast() {
        look(at: argument)
        continue
      }
      switch lists.last?.next(mayWait: mayWait) {
      case .path(let path): look(at: path)
      case .failure(let failure): return .failure(failure)
      case .later: return .later
      case .some(.none): lists.removeLast()
      case nil:
        if others.isEmpty { return .none }
        // Alone they are what someone wants to have audited.
        ready = others.reversed().map(\.failure)
        others = []
      }
    }
  }

  /// Finds out what a path stands for.
  private mutating func look(at path: String) {
    if FolderSearch.isFolder(path) {
      folder = FolderSearch(path, recurses: recurses)
    } else if path.hasSuffix(".whl") {
      // What is called like a wheel gets a report of its own.
      take(path)
    } else if access(path, F_OK) != 0 {
      ready.append(.failure(Failure(path: path, reason: String(cString: strerror(errno)))))
    } else if let kind = OtherArtifact(path: path) {
      skip(Other(path: path, kind: kind))
    } else {
      take(path)
    }
  }

  private mutating func take(_ path: String) {
    count += 1
    ready = [.wheel(path)] + others.reversed().map(\.remark)
    others = []
  }

  private mutating func skip(_ other: Other) {
    if count > 0 {
      ready.append(other.remark)
    } else if others.count < Self.mostOthers {
      others.append(other)
    } else {
      ready.append(other.failure)
    }
  }
}

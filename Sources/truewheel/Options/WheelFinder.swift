import AuditReports
import Glibc

/// Turns the arguments of a command into paths of wheels: a folder stands for the wheels in it and below it.
struct WheelFinder {
  /// Whether folders in folders are searched.
  let recurses: Bool

  /// An argument that stands for no wheel, and why.
  struct Failure: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(printable(path)): \(reason)" }
  }

  /// What arguments stand for.
  struct Found {
    /// The wheels in the order of the arguments; those of a folder by name, and before those of the folders in it.
    var paths: [String] = []
    var failures: [Failure] = []
    /// What was passed over, a sentence each.
    var remarks: [String] = []
  }

  func wheels(_ arguments: [String]) -> Found {
    var found = Found()
    var others: [(path: String, kind: OtherArtifact)] = []
    for argument in arguments {
      if FolderSearch.isFolder(argument) {
        add(argument, to: &found)
      } else if argument.hasSuffix(".whl") {
        // What is called like a wheel gets a report of its own.
        found.paths.append(argument)
      } else if access(argument, F_OK) != 0 {
        found.failures.append(Failure(path: argument, reason: String(cString: strerror(errno))))
      } else if let kind = OtherArtifact(path: argument) {
        others.append((argument, kind))
      } else {
        found.paths.append(argument)
      }
    }
    // Beside wheels they are what dist/* brings along; alone they are what someone wants to have audited.
    let isBeside = !found.paths.isEmpty
    for other in others where !isBeside {
      found.failures.append(Failure(path: other.path, reason: "it is \(other.kind.words), and no wheel"))
    }
    found.remarks =
      isBeside ? others.map { "\(printable($0.path)): skipped: it is \($0.kind.words), and no wheel" } : []
    return found
  }

  private func add(_ folder: String, to found: inout Found) {
    var search = FolderSearch(recurses: recurses)
    search.search(folder)
    found.failures += search.failures
    if search.wheels.isEmpty, search.failures.isEmpty {
      found.failures.append(Failure(path: folder, reason: "there is no wheel (*.whl) in this folder"))
    }
    found.paths += search.wheels
  }
}

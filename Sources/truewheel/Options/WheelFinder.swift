import AuditReports
import Glibc

/// Turns the arguments of a command into paths of wheels: a folder stands for the wheels in it.
enum WheelFinder {
  /// An argument that stands for no wheel, and why.
  struct Failure: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(printable(path)): \(reason)" }
  }

  /// - Returns: the wheels in the order of the arguments, those of a folder by name; and what stands for none.
  static func wheels(_ arguments: [String]) -> (paths: [String], failures: [Failure]) {
    var paths: [String] = []
    var failures: [Failure] = []
    for argument in arguments {
      guard isFolder(argument) else {
        // What is called like a wheel gets a report of its own.
        if argument.hasSuffix(".whl") || access(argument, F_OK) == 0 {
          paths.append(argument)
        } else {
          failures.append(Failure(path: argument, reason: String(cString: strerror(errno))))
        }
        continue
      }
      guard let names = contents(argument) else {
        failures.append(Failure(path: argument, reason: "cannot read the folder: \(String(cString: strerror(errno)))"))
        continue
      }
      let wheels = names.filter { $0.hasSuffix(".whl") }.sorted()
      if wheels.isEmpty {
        failures.append(Failure(path: argument, reason: "there is no wheel (*.whl) in this folder"))
      }
      let prefix = argument.hasSuffix("/") ? argument : argument + "/"
      paths += wheels.map { prefix + $0 }
    }
    return (paths, failures)
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func contents(_ path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.append(name)
    }
    return names
  }
}

import Glibc

/// Why a folder is not used as a cache.
public struct CacheRefusal: Error, Hashable, Sendable {
  public enum Problem: Hashable, Sendable {
    case notAFolder
    case othersOwn
    case othersMayWrite
    case system(Int32)
  }

  public let path: String
  public let problem: Problem

  init(_ path: String, _ problem: Problem) {
    (self.path, self.problem) = (path, problem)
  }
}

extension CacheRefusal: CustomStringConvertible {
  /// One sentence without the path, for a place where that is printed before it.
  public var description: String {
    switch problem {
    case .notAFolder: "it is not a folder, or a link to one; name the folder itself"
    case .othersOwn: "the folder is another user's, who could put false facts there; name one of your own"
    case .othersMayWrite: "other users may write to the folder, and could put false facts there; 'chmod go-w' it"
    case .system(let number): "the folder cannot be had: \(String(cString: strerror(number)))"
    }
  }
}

public import ELFReading
import Glibc
import Synchronization
import WheelArchive

/// Facts of objects that runs before this one have read, in a folder.
///
/// An entry stands under the SHA-256 of the compressed bytes of its member, their sizes, checksum and method, and of the
/// version of the reader. Nothing else bears on the facts: the tables of profiles do not, and of limits the entry says
/// what it took. What is damaged is not there.
public final class ObjectCache: ObjectStore {
  /// What the definitions of all its objects are hashed with.
  public let seed: NameSeed
  private let folder: CacheFolder
  private let secret: CacheSecret
  private let limit: Int
  /// What is part of every name, so that another version of the program finds none of these.
  private let version: [UInt8]
  /// What kept something from being written; nothing more is written then.
  private let failureNumber = Mutex<Int32?>(nil)

  private static let secretName = "secret"
  /// A larger entry is not believed: an object's names are bounded, and so are its definitions.
  private static let largestEntry = 256 << 20

  /// Opens a cache, which is made where there is none.
  ///
  /// - Parameters:
  ///   - path: of the folder.
  ///   - limit: bytes that it may take on the disk, give or take a few percent.
  ///   - version: of the program.
  /// - Throws: `CacheRefusal` where others could have put something there. What cannot be written is no error: see
  ///   ``failure``.
  public init(path: String, limit: Int, version: String) throws(CacheRefusal) {
    folder = try CacheFolder(path: path)
    self.limit = limit
    let prefixes = PythonModule.initializers.map(\.prefix).joined(separator: " ")
    self.version = Array("\(version) \(ELFObject.factsVersion) \(prefixes)".utf8)
    var found = folder.contents(of: Self.secretName, atMost: CacheSecret.size).flatMap { CacheSecret($0) }
    var number: Int32?
    if found == nil {
      number = folder.writeFirst(CacheSecret().bytes, to: Self.secretName)
      found = folder.contents(of: Self.secretName, atMost: CacheSecret.size).flatMap { CacheSecret($0) }
    }
    if found == nil, number == nil {
      // What stands there is damaged.
      let new = CacheSecret()
      number = folder.write(new.bytes, to: Self.secretName)
      found = new
    }
    let secret = found ?? CacheSecret()
    (self.secret, seed) = (secret, secret.seed)
    failureNumber.withLock { $0 = number }
  }

  /// What kept something from being written, in words; nil where nothing did.
  public var failure: String? {
    failureNumber.withLock { $0 }.map { String(cString: strerror($0)) }
  }

  func find(_ bytes: inout CompressedBytes) -> KnownObject? {
    guard let name = name(of: &bytes), let entry = folder.contents(of: name, atMost: Self.largestEntry) else {
      return nil
    }
    return KnownObject(entry: entry, name, secret)
  }

  func keep(_ object: KnownObject, of bytes: inout CompressedBytes) {
    guard failureNumber.withLock({ $0 }) == nil, let name = name(of: &bytes),
      let entry = object.entry(under: name, secret), entry.count <= limit / 4
    else { return }
    if let number = folder.write(entry, to: name) { return failureNumber.withLock { $0 = number } }
    // To go through the folder takes a while, so it is done once for so many bytes, whichever process writes them.
    if Int.random(in: 0...(limit / 64)) <= entry.count { folder.trim(to: limit, where: Self.isName) }
  }

  /// The name of an entry; nil where the bytes cannot be read, which whoever inflates them will say.
  private func name(of bytes: inout CompressedBytes) -> String? {
    guard let digest = try? bytes.digest() else { return nil }
    var hash = SHA256()
    for part in [version, digest] { part.withUnsafeBytes { hash.update($0) } }
    return hexadecimal(hash.finish())
  }

  private static func isName(_ name: String) -> Bool {
    name.utf8.count == 64 && name.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}

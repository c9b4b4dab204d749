import ELFReading
import WheelArchive

/// What a run knows of objects before it reads them: those that it has read itself, and those of a cache.
///
/// A member is looked for here once its first bytes say that it is ELF. Whatever headers say of it has been checked for
/// the member itself by then, or is asked here to be the same: sizes, checksum, method.
struct KnownObjects: Sendable {
  /// In the order in which they are asked.
  private let stores: [any ObjectStore]
  /// How objects are to be read, for those of all stores to be comparable.
  let interest: SymbolInterest

  init(cache: ObjectCache? = nil) {
    self.init([SharedObjects()] + (cache.map { [$0] } ?? []), seed: cache?.seed ?? .ofProcess)
  }

  init(_ stores: [any ObjectStore], seed: NameSeed = .ofProcess) {
    self.stores = stores
    interest = PythonModule.interest(seed: seed)
  }

  /// What the first store that knows the object says of it; those before it take note.
  func find(_ bytes: inout CompressedBytes) -> KnownObject? {
    for (position, store) in stores.enumerated() {
      guard let object = store.find(&bytes) else { continue }
      for store in stores[..<position] { store.keep(object, of: &bytes) }
      return object
    }
    return nil
  }

  func keep(_ object: KnownObject, of bytes: inout CompressedBytes) {
    for store in stores { store.keep(object, of: &bytes) }
  }
}

import Synchronization
import WheelArchive

@testable import WheelAudit

/// A store that counts what is found in another, and what is kept, which is what has been inflated.
final class CountingStore: ObjectStore {
  private let store: any ObjectStore
  private let counts = Mutex((found: 0, kept: 0))

  init(_ store: any ObjectStore) {
    self.store = store
  }

  var found: Int { counts.withLock { $0.found } }
  var kept: Int { counts.withLock { $0.kept } }

  func find(_ bytes: inout CompressedBytes) -> KnownObject? {
    let object = store.find(&bytes)
    if object != nil { counts.withLock { $0.found += 1 } }
    return object
  }

  func keep(_ object: KnownObject, of bytes: inout CompressedBytes) {
    counts.withLock { $0.kept += 1 }
    store.keep(object, of: &bytes)
  }
}

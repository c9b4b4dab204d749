import ELFReading
import Synchronization
import WheelArchive

/// The objects that one run has read last: builds of a release share libraries, and what is equal is equal compressed.
///
/// Nothing is taken for equal by a checksum, which can be forged: the compressed bytes are compared with those of the
/// first file, which is opened again for that. Where two threads read the same bytes at the same time, both inflate
/// them.
final class SharedObjects: ObjectStore {
  private let state: Mutex<Generations>

  /// - Parameter limit: about how many bytes the objects may take that are kept; twice that at most.
  init(limit: Int = 8 << 20) {
    state = Mutex(Generations(limit: limit))
  }

  /// An object and where it was read.
  private struct Shared: Sendable {
    let object: KnownObject
    let place: CompressedBytes.Place
  }

  /// What was used last, and what before that: when the first has become large it takes the place of the second, which
  /// is forgotten.
  private struct Generations {
    var recent: [CompressedBytes.Traits: Shared] = [:]
    var before: [CompressedBytes.Traits: Shared] = [:]
    var weight = 0

    /// About how many bytes each of the two may take.
    let limit: Int

    init(limit: Int) {
      self.limit = limit
    }

    mutating func insert(_ shared: Shared, _ traits: CompressedBytes.Traits) {
      let own = shared.object.weight
      guard own <= limit else { return }
      if weight + own > limit { (before, recent, weight) = (recent, [:], 0) }
      if let last = recent.updateValue(shared, forKey: traits) { weight -= last.object.weight }
      weight += own
    }

    mutating func use(_ traits: CompressedBytes.Traits) -> Shared? {
      if let shared = recent[traits] { return shared }
      guard let shared = before.removeValue(forKey: traits) else { return nil }
      insert(shared, traits)
      return shared
    }
  }

  func find(_ bytes: inout CompressedBytes) -> KnownObject? {
    guard let shared = state.withLock({ $0.use(bytes.traits) }) else { return nil }
    return bytes.areEqual(to: shared.place) ? shared.object : nil
  }

  func keep(_ object: KnownObject, of bytes: inout CompressedBytes) {
    state.withLock { $0.insert(Shared(object: object, place: bytes.place), bytes.traits) }
  }
}

extension KnownObject {
  /// About how many bytes it takes in memory: each symbol that was looked at may be a definition of two numbers.
  fileprivate var weight: Int {
    let reading = work.reading
    return 4096 + 16 * reading.names + 32 * reading.facts + 2 * reading.factBytes
  }
}

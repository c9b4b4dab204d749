import Synchronization

/// Values that are made when they are first asked for, and kept.
final class Kept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let made = Mutex<[Key: Value]>([:])
  private let make: @Sendable (Key) throws(TableError) -> Value

  init(_ make: @escaping @Sendable (Key) throws(TableError) -> Value) {
    self.make = make
  }

  func value(_ key: Key) throws(TableError) -> Value {
    try made.withLock { (made) throws(TableError) in
      if let value = made[key] { return value }
      let value = try make(key)
      made[key] = value
      return value
    }
  }
}

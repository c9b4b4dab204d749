import Synchronization

/// The symbols that an object offers to others, as far as a loader finds them: a set to ask, not a list to read.
///
/// A library of a program may define hundreds of thousands, so it keeps hashes of 64 bits.
public struct DefinedSymbols: Sendable {
  /// What the hashes are made with; all objects of a wheel have the same.
  public let seed: NameSeed
  var hashes: [UInt64] = []
  private var ordered = Ordered()

  public init(seed: NameSeed = .ofProcess) {
    self.seed = seed
  }

  public var isEmpty: Bool { hashes.isEmpty }

  /// Takes in a definition.
  ///
  /// - Parameters:
  ///   - name: of the symbol.
  ///   - version: the version it is defined at; nil for a symbol without one.
  ///   - isHidden: true for one that only a reference with this version finds.
  ///   - isForGlibcAlone: true for what only glibc gives to references without a version: see ``contains(_:forGlibc:)``.
  mutating func insert(
    _ name: UnsafeBufferPointer<UInt8>, version: UnsafeBufferPointer<UInt8>?, isHidden: Bool = false,
    isForGlibcAlone: Bool = false
  ) {
    if !isKnownUniquelyReferenced(&ordered) { ordered = Ordered() }
    let hash = seed.hash(UnsafeRawBufferPointer(name))
    if isForGlibcAlone {
      hashes.append(Self.hash(hash, at: Self.glibcAlone))
    } else if !isHidden {
      hashes.append(hash)
    }
    if let version {
      hashes.append(Self.hash(hash, at: seed.hash(UnsafeRawBufferPointer(version))))
    } else if !isHidden {
      // Whatever version is asked for: a definition without one answers.
      hashes.append(Self.hash(hash, at: Self.anyVersion))
    }
  }

  /// Takes in a definition.
  public mutating func insert(_ name: String, version: String? = nil) {
    var (name, version) = (name, version)
    name.withUTF8 { name in
      if version == nil {
        insert(name, version: nil)
      } else {
        version?.withUTF8 { insert(name, version: $0) }
      }
    }
  }

  /// A name of a symbol or of a version as it is looked up: made once, to ask many objects for it.
  public struct Key: Hashable, Sendable {
    fileprivate let hash: UInt64

    /// - Parameters:
    ///   - name: of the symbol or of the version.
    ///   - seed: that of the definitions that are asked.
    public init(_ name: String, _ seed: NameSeed) {
      var name = name
      hash = name.withUTF8 { seed.hash(UnsafeRawBufferPointer($0)) }
    }

    init(utf8 name: UnsafeRawBufferPointer, _ seed: NameSeed) {
      hash = seed.hash(name)
    }
  }

  /// True when a reference to a symbol without a version finds it here, whatever the loader.
  public func contains(_ name: String) -> Bool { contains(Key(name, seed)) }

  /// True when a reference to a symbol without a version finds it here.
  ///
  /// - Parameters:
  ///   - name: of the symbol.
  ///   - forGlibc: true for glibc's look-up, which takes definitions that are not the default, if their version is the
  ///     first that the library defines (`check_match` in its `elf/dl-lookup.c`); musl's does not (`gnu_lookup` in its
  ///     `ldso/dynlink.c`).
  /// - Returns: true for a definition that is the default, or has no version, or is found for that.
  public func contains(_ name: Key, forGlibc: Bool = false) -> Bool {
    has(name.hash) || (forGlibc && has(Self.hash(name.hash, at: Self.glibcAlone)))
  }

  /// True when a reference to a symbol at a version finds it here: at that version, or without one.
  public func contains(_ name: String, version: String) -> Bool {
    contains(Key(name, seed), version: Key(version, seed))
  }

  /// True when a reference to a symbol at a version finds it here: at that version, or without one.
  public func contains(_ name: Key, version: Key) -> Bool {
    has(Self.hash(name.hash, at: Self.anyVersion)) || has(Self.hash(name.hash, at: version.hash))
  }

  private func has(_ hash: UInt64) -> Bool {
    !hashes.isEmpty && ordered.hashes(from: hashes).hasInOrder(hash)
  }

  /// The hash of a name at a version, from the hashes of both: names are long, and need not be gone through twice.
  private static func hash(_ name: UInt64, at version: UInt64) -> UInt64 {
    // The finishing step of MurmurHash3: any bit of the sum changes half of the bits.
    var hash = name &+ (version << 1 | 1)
    hash = (hash ^ hash >> 33) &* 0xff51_afd7_ed55_8ccd
    hash = (hash ^ hash >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return hash ^ hash >> 33
  }

  /// What stands for every version.
  private static let anyVersion: UInt64 = 0
  /// What stands for no version, where only glibc finds a definition.
  private static let glibcAlone: UInt64 = 1

  /// The hashes in order, put so when somebody asks for the first time: of most objects nobody ever does.
  private final class Ordered: Sendable {
    private let state = Mutex<[UInt64]?>(nil)

    func hashes(from hashes: [UInt64]) -> [UInt64] {
      state.withLock { state in
        if let known = state, known.count == hashes.count { return known }
        let ordered = hashes.sorted()
        state = ordered
        return ordered
      }
    }
  }
}

extension DefinedSymbols: Hashable {
  public static func == (left: DefinedSymbols, right: DefinedSymbols) -> Bool {
    left.hashes == right.hashes && (left.seed == right.seed || left.hashes.isEmpty)
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(hashes.count) }
}

extension DefinedSymbols: ExpressibleByArrayLiteral {
  /// Symbols without versions.
  public init(arrayLiteral names: String...) {
    self.init()
    for name in names { insert(name) }
  }
}

extension [UInt64] {
  /// True when a number is among these, which are in order.
  fileprivate func hasInOrder(_ number: UInt64) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}

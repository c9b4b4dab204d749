import ELFReading

/// The blocks of thread-local variables that must lie at a fixed place of each thread, since code takes them to: those of
/// the objects that define the variables, whoever uses them (`CHECK_STATIC_TLS` in glibc's `elf/dynamic-link.h`).
struct StaticStorage {
  private let objects: [WheelObject]
  /// For each object with such code the objects whose blocks it needs there.
  private let fixed: [Int: Set<Int>]

  init(
    _ objects: [WheelObject], _ names: inout BundledNames, _ budget: inout WorkBudget
  ) throws(OverBudget) {
    self.objects = objects
    var fixed: [Int: Set<Int>] = [:]
    for index in objects.indices where objects[index].file.relocations.usesInitialExec {
      let relocations = objects[index].file.relocations
      var owners: Set<Int> = relocations.fixesOwnBlock ? [index] : []
      for symbol in relocations.initialExecSymbols {
        guard let owner = try names.owner(of: symbol, with: index, &budget) else { continue }
        owners.insert(owner)
      }
      fixed[index] = owners
    }
    self.fixed = fixed
  }

  /// True where nothing is.
  var isEmpty: Bool { fixed.isEmpty }

  /// The objects whose blocks an object's own code takes to lie at a fixed place, in order.
  func owners(for object: Int) -> [Int] { (fixed[object] ?? []).sorted() }

  /// What must be found for an object and those that come with it; nil where nothing must.
  func need(of object: Int, with reached: Set<Int>) -> StaticStorageNeed? {
    let owners = reached.union([object]).reduce(into: Set<Int>()) { $0.formUnion(fixed[$1] ?? []) }
    guard !owners.isEmpty else { return nil }
    var need = StaticStorageNeed()
    for owner in owners { need.add(objects[owner].file.threadLocalStorage?.room ?? 0) }
    return need
  }
}

/// Bytes of thread-local variables that must lie at a fixed place of each thread, of all that is opened together.
struct StaticStorageNeed: Hashable, Sendable {
  /// In all; the largest number where that would be larger.
  private(set) var bytes: UInt64 = 0
  /// Those of one object.
  private(set) var largest: UInt64 = 0

  mutating func add(_ block: UInt64) {
    let (sum, overflow) = bytes.addingReportingOverflow(block)
    (bytes, largest) = (overflow ? .max : sum, max(largest, block))
  }
}

extension ThreadLocalStorage {
  /// Bytes that it takes, with what lies before it up to an aligned place.
  var room: UInt64 {
    let (sum, overflow) = size.addingReportingOverflow(excess)
    return overflow ? .max : sum
  }
}

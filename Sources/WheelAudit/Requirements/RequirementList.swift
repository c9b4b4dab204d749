import BuildProfiles
import ELFReading
import WheelTags

/// Something that one object asks of the platform.
struct FoundRequirement {
  /// What makes it the same as what another object asks for.
  struct Key: Hashable {
    let kind: Requirement.Kind
    let library: String?
    let version: String?
    let range: LibcRange
    let reason: String?

    /// Range and reason follow from the rest but for a few.
    func hash(into hasher: inout Hasher) {
      hasher.combine(kind)
      hasher.combine(library)
      hasher.combine(version)
    }
  }

  let key: Key
  let symbols: SymbolNames

  /// What is refused by some libc, and asks for nothing else, has the lowest floor of the platform.
  init(
    _ kind: Requirement.Kind, library: String? = nil, version: String? = nil, floor: Floor,
    ceiling: LibcVersion? = nil, reason: String? = nil, symbols: SymbolNames = SymbolNames()
  ) {
    key = Key(
      kind: kind, library: library, version: version, range: LibcRange(from: floor, upTo: ceiling), reason: reason)
    self.symbols = symbols
  }

  init(
    _ kind: Requirement.Kind, library: String? = nil, version: String? = nil, floor: Floor,
    ceiling: LibcVersion? = nil, reason: String? = nil, symbols: [String]
  ) {
    self.init(
      kind, library: library, version: version, floor: floor, ceiling: ceiling, reason: reason,
      symbols: SymbolNames(symbols))
  }
}

/// Requirements on their way together: those that ask for the same thing become one, with all who ask for it.
struct RequirementList {
  private var keys: [FoundRequirement.Key] = []
  private var positions: [FoundRequirement.Key: Int] = [:]
  /// Who asks for each, with the symbols as they come.
  private var demands: [[(object: String, symbols: SymbolNames)]] = []

  /// Takes what an object asks for; what it asks for twice is one demand.
  mutating func add(_ found: [FoundRequirement], of object: String) {
    for found in found {
      let position = positions[found.key] ?? keys.count
      if position == keys.count {
        positions[found.key] = position
        keys.append(found.key)
        demands.append([])
      }
      if let last = demands[position].indices.last, demands[position][last].object == object {
        demands[position][last].symbols.append(contentsOf: found.symbols)
      } else {
        demands[position].append((object, found.symbols))
      }
    }
  }

  /// The most demanding first; then by kind, library and version, so that the order does not depend on the archive's.
  var sorted: [Requirement] {
    let requirements = zip(keys, demands).map { key, demands in
      Requirement(
        key.kind, library: key.library, version: key.version, range: key.range, reason: key.reason,
        demands: demands.map { Requirement.Demand(object: $0.object, names: $0.symbols) })
    }
    return requirements.sorted { left, right in
      if left.range != right.range { return left.range > right.range }
      if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
      if left.library != right.library { return left.library ?? "" < right.library ?? "" }
      if left.version != right.version { return left.version ?? "" < right.version ?? "" }
      return left.reason ?? "" < right.reason ?? ""
    }
  }
}

public import BuildProfiles
import ELFReading

/// What a wheel asks of one library, or of the system itself, over all of its objects: a row of a report.
public struct SystemDemand: Sendable {
  /// What is asked, the most demanding first; of one library and one kind, or of no library and one thing.
  public private(set) var requirements: [Requirement]
  /// The libcs that provide all of it.
  public private(set) var range: LibcRange

  fileprivate init(_ requirement: Requirement) {
    requirements = [requirement]
    range = requirement.range
  }

  fileprivate mutating func add(_ requirement: Requirement) {
    requirements.append(requirement)
    range = range.narrowed(by: requirement.range)
  }

  fileprivate struct Key: Hashable {
    let library: String?
    let version: String?
    let isWhole: Bool
    let reason: String?
  }

  /// The soname of the library; nil for what is asked of the system itself.
  public var library: String? { requirements.first?.library }

  /// The paths of the objects that ask for it, each once, sorted.
  public var objects: [String] { Set(requirements.lazy.flatMap(\.demands).map(\.object)).sorted() }

  /// How many symbols are asked for; each counts once for each version.
  public var symbolCount: Int { requirements.reduce(0) { $0 + $1.symbols.count } }
}

extension Collection<Requirement> {
  /// What is asked of each library, the most demanding first.
  public var byLibrary: [SystemDemand] {
    var demands: [SystemDemand] = []
    var places: [SystemDemand.Key: Int] = [:]
    for requirement in self {
      let isOfLibrary = requirement.library != nil
      let key = SystemDemand.Key(
        library: requirement.library, version: isOfLibrary ? nil : requirement.version ?? requirement.kind.rawValue,
        isWhole: requirement.symbols.isEmpty && requirement.version == nil, reason: requirement.reason)
      if let place = places[key] {
        demands[place].add(requirement)
      } else {
        places[key] = demands.count
        demands.append(SystemDemand(requirement))
      }
    }
    return demands
  }
}

extension [SystemDemand] {
  /// Of what is equally demanding, that first which most objects ask for.
  public var mostNeededFirst: [SystemDemand] {
    enumerated().map { (place: $0.offset, demand: $0.element, objects: $0.element.objects.count) }.sorted {
      left, right in
      if left.demand.range != right.demand.range { return left.demand.range > right.demand.range }
      return left.objects != right.objects ? left.objects > right.objects : left.place < right.place
    }.map(\.demand)
  }
}

import BuildProfiles
import ELFReading
import WheelTags

/// Who provides what inside a wheel: for every object, where each library it needs comes from.
public struct LibraryGraph: Sendable {
  /// Where a needed library comes from.
  public enum Resolution: Hashable, Sendable {
    /// The systems behind the platform tag provide it.
    case platform
    /// The loader finds the object at this position in the wheel.
    case bundled(Int)
    /// The object at this position would do, but the loader does not look where it lies.
    case unreachable(Int)
    /// Neither the wheel nor the platform has it.
    case external
    /// Nor has any: what lies where the loader looks is for another architecture, and it passes over that. The position
    /// is one among the objects followed by the foreign ones.
    case mismatched(Int)
    /// The user said that it is provided otherwise.
    case excluded(Exclusion)
  }

  /// One DT_NEEDED entry.
  public struct Edge: Hashable, Sendable {
    public let library: String
    public var resolution: Resolution
  }

  /// For each object of the wheel its needed libraries, in the order of the file.
  public let edges: [[Edge]]

  /// For each object those of the wheel that its edges lead to, each once.
  private let targets: [[Int]]

  /// - Parameters:
  ///   - objects: the objects of the wheel that are judged together, all for one architecture.
  ///   - foreign: the others, which the loader may come across.
  ///   - files: what is not ELF, which the loader may come across too.
  ///   - platform: what the systems provide.
  ///   - exclusions: libraries that the user says are provided otherwise.
  ///   - budget: what following them may cost.
  /// - Throws: `OverBudget`.
  init(
    _ objects: [WheelObject], foreign: [WheelObject] = [], files: [PlainFile] = [], on platform: Platform,
    excluding exclusions: [Exclusion], _ budget: inout WorkBudget
  ) throws(OverBudget) {
    var loads = try LoaderSimulation(objects, foreign: foreign, platform, exclusions, &budget)
    // A process starts from an executable or imports an extension module; what no such start loads is taken to be
    // opened by itself.
    for index in objects.indices where objects[index].isPythonExtension || objects[index].isExecutable {
      try loads.run(from: index, &budget)
    }
    for index in objects.indices where !loads.hasLoaded(index) {
      try loads.run(from: index, &budget)
    }
    self.init(edges: loads.edges)
  }

  init(edges: [[Edge]]) {
    self.edges = edges
    targets = edges.map { edges in
      var seen: Set<Int> = []
      return edges.compactMap(\.resolution.object).filter { seen.insert($0).inserted }
    }
  }

  /// Every object of the wheel that comes with an object: what it needs, and what that needs, itself left out.
  func reached(from object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> Set<Int> {
    var seen: Set<Int> = [object]
    var queue = [object]
    while let next = queue.popLast() {
      try budget.draw(steps: 1 + targets[next].count)
      for target in targets[next] where seen.insert(target).inserted { queue.append(target) }
    }
    seen.remove(object)
    return seen
  }
}

extension LibraryGraph.Resolution {
  /// The position of the object in the wheel, if it is one of the wheel's.
  public var object: Int? {
    switch self {
    case .bundled(let index), .unreachable(let index): index
    case .platform, .external, .mismatched, .excluded: nil
    }
  }
}

public import BuildProfiles
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

  /// Refused, since the loads to follow are more than any real wheel has.
  public struct TooLarge: Error, Sendable, CustomStringConvertible {
    public let limit: Int
    public var description: String {
      "cannot follow the libraries of its objects: more than \(limit) loads, which no real wheel has"
    }
  }

  /// For each object of the wheel its needed libraries, in the order of the file.
  public let edges: [[Edge]]

  /// - Parameters:
  ///   - objects: the objects of the wheel that are judged together, all for one architecture.
  ///   - foreign: the others, which the loader may come across.
  ///   - platform: what the systems provide.
  ///   - exclusions: libraries that the user says are provided otherwise.
  /// - Throws: `TooLarge`.
  public init(
    _ objects: [WheelObject], foreign: [WheelObject] = [], on platform: Platform,
    excluding exclusions: [Exclusion]
  ) throws(TooLarge) {
    var loads = LoaderSimulation(objects + foreign, platform, exclusions)
    // A process starts from an executable or imports an extension module; what no such start loads is taken to be
    // opened by itself.
    for index in objects.indices where objects[index].isPythonExtension || objects[index].isExecutable {
      try loads.run(from: index)
    }
    for index in objects.indices where !loads.hasLoaded(index) {
      try loads.run(from: index)
    }
    self.edges = Array(loads.edges.prefix(objects.count))
  }

  /// The edge of an object to a library by the name it is needed under.
  public func edge(of object: Int, to library: String) -> Edge? {
    edges[object].first { $0.library == library }
  }

  /// Every object of the wheel that comes with an object: what it needs, and what that needs, itself left out.
  public func reached(from object: Int) -> [Int] {
    var seen: Set<Int> = [object]
    var queue = [object]
    var next = 0
    while next < queue.count {
      for edge in edges[queue[next]] {
        guard let target = edge.resolution.object, seen.insert(target).inserted else { continue }
        queue.append(target)
      }
      next += 1
    }
    return Array(queue.dropFirst())
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

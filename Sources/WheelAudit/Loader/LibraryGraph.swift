import BuildProfiles
import ELFReading
import WheelTags

/// Who provides what inside a wheel: for every object, where each library it needs comes from.
public struct LibraryGraph: Sendable {
  /// For each object of the wheel its needed libraries, in the order of the file.
  public let edges: [[Edge]]
  /// How each object comes to be loaded.
  public let uses: [Uses]
  /// The level of the least processors that load each object: `x86-64-v3`; nil for what all load.
  public let levels: [String?]

  /// Every library that some object asks the loader for.
  private let requested: Set<String>
  /// For each object those of the wheel that its edges lead to, each once.
  private let targets: [[Int]]
  /// For each object those that need it.
  private let needers: [[Int]]

  /// - Parameters:
  ///   - objects: the objects of the wheel that are judged together, all for one architecture.
  ///   - foreign: those for other architectures, which the loader may come across.
  ///   - unloadable: relocatable files and such, which it may come across too.
  ///   - files: what is not ELF, likewise.
  ///   - platform: what the systems provide.
  ///   - exclusions: libraries that the user says are provided otherwise.
  ///   - budget: what following them may cost.
  /// - Throws: `OverBudget`.
  init(
    _ objects: [WheelObject], foreign: [WheelObject] = [], unloadable: [WheelObject] = [], files: [PlainFile] = [],
    on platform: Platform, excluding exclusions: [Exclusion], _ budget: inout WorkBudget
  ) throws(OverBudget) {
    let items = LoaderItems(judged: objects, foreign: foreign, unloadable: unloadable, files: files)
    switch platform.libc {
    case .glibc: try self.init(items, GlibcSearch(platform), platform, exclusions, &budget)
    case .musl: try self.init(items, MuslSearch(platform), platform, exclusions, &budget)
    }
  }

  private init(
    _ items: LoaderItems, _ search: some LoaderSearch, _ platform: Platform, _ exclusions: [Exclusion],
    _ budget: inout WorkBudget
  ) throws(OverBudget) {
    var loads = LoaderSimulation(try LoaderView(items, search, platform, exclusions, &budget))
    let objects = items.judged
    // Processors without any level come first: what is for better ones only is what these do not load.
    for level in loads.levels {
      for index in objects.indices where objects[index].isModule {
        try loads.run(from: index, as: .imported, on: level, &budget)
      }
      for index in objects.indices where objects[index].isProgram {
        try loads.run(from: index, as: .started, on: level, &budget)
      }
    }
    // What no such start loads is taken to be opened by itself; copies for better processors are, if nothing else
    // opens them.
    for isCopy in [false, true] {
      for index in objects.indices where !loads.hasLoaded(index) && loads.isCopy(index) == isCopy {
        for level in loads.levels { try loads.run(from: index, as: .opened, on: level, &budget) }
      }
    }
    self.init(edges: loads.edges, uses: loads.uses, levels: loads.leastLevels)
  }

  init(edges: [[Edge]], uses: [Uses] = [], levels: [String?] = []) {
    self.edges = edges
    self.uses = uses
    self.levels = levels
    requested = Set(edges.lazy.joined().map(\.library))
    let targets = edges.map { edges in
      var seen: Set<Int> = []
      return edges.compactMap(\.resolution.object).filter { seen.insert($0).inserted }
    }
    var needers = Array(repeating: [Int](), count: edges.count)
    for (object, targets) in targets.enumerated() {
      for target in targets where target != object && needers.indices.contains(target) {
        needers[target].append(object)
      }
    }
    (self.targets, self.needers) = (targets, needers)
  }

  /// True for a program, and for what comes with programs and with nothing else: the process starts with it.
  func isOnlyStarted(_ object: Int) -> Bool { object < uses.count && uses[object] == .started }

  /// True for an extension module, and for what comes with one: the process of an interpreter opens it.
  func isImported(_ object: Int) -> Bool { object < uses.count && uses[object].contains(.imported) }

  /// True for a library that nothing in the wheel loads: whoever wants it opens it by itself.
  func isOpenedAlone(_ object: Int) -> Bool {
    object < uses.count && uses[object] == .opened && !isNeeded(object)
  }

  /// True when some object asks the loader for a library.
  func isRequested(_ library: String) -> Bool { requested.contains(library) }

  /// True when another object needs an object.
  func isNeeded(_ object: Int) -> Bool { !needers[object].isEmpty }

  /// Every object of the wheel that comes with an object: what it needs, and what that needs, itself left out.
  func reached(from object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> Set<Int> {
    try closure(of: object, along: targets, &budget)
  }

  /// Every object of the wheel that an object comes with, itself left out, in order.
  func users(of object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> [Int] {
    try closure(of: object, along: needers, &budget).sorted()
  }

  private func closure(
    of object: Int, along ways: [[Int]], _ budget: inout WorkBudget
  ) throws(OverBudget) -> Set<Int> {
    var seen: Set<Int> = [object]
    var queue = [object]
    while let next = queue.popLast() {
      try budget.draw(steps: 1 + ways[next].count)
      for target in ways[next] where seen.insert(target).inserted { queue.append(target) }
    }
    seen.remove(object)
    return seen
  }
}

import WheelAudit

/// The order in which a tree shows objects and libraries: each object with what it needs in one place.
struct Branches {
  /// What is shown below a library.
  enum Further {
    case follows
    /// It needs nothing that is shown, or it is no object of the wheel.
    case nothing
    case elsewhere
    /// It needs something, which lies deeper than is shown.
    case cut
  }

  /// How deep the branches go; what lies deeper is shown by itself, so that no line begins far to the right.
  private static let deepest = 40

  /// How many levels are asked for; nil for all.
  private let depth: Int?
  private let byPath: [String: ObjectReport]
  /// What is shown below each object.
  private let below: [String: [ObjectReport.Needed]]
  private let needed: Set<String>
  /// The depth at which each object was shown with what it needs.
  private var shown: [String: Int] = [:]
  /// The objects that some start leads to, however deep.
  private var reached: Set<String> = []

  /// - Parameters:
  ///   - objects: those of one wheel.
  ///   - depth: how many levels of libraries are shown below an object; nil for all.
  ///   - isShown: false for libraries that are left out.
  init(_ objects: [ObjectReport], depth: Int?, isShown: (ObjectReport.Needed) -> Bool) {
    self.depth = depth
    byPath = Dictionary(objects.map { ($0.path, $0) }) { first, _ in first }
    below = byPath.mapValues { $0.needed.filter(isShown) }
    needed = Set(objects.lazy.flatMap(\.needed).compactMap(\.path))
  }

  /// True for what another object needs, or comes across.
  func isNeeded(_ object: ObjectReport) -> Bool { needed.contains(object.path) }

  /// True for an object that has come up; if not all levels are shown, at one that is not.
  func hasComeUp(_ object: ObjectReport) -> Bool {
    depth == nil ? shown[object.path] != nil : reached.contains(object.path)
  }

  /// Appends the lines below an object; `words` says what is said of a library, by what follows below it.
  mutating func append(
    _ object: ObjectReport, to lines: inout [String], words: (ObjectReport.Needed, Further) -> String
  ) {
    mark(object)
    let limit = min(depth ?? Self.deepest, Self.deepest)
    // An explicit stack: a forged wheel may chain libraries deeper than the call stack reaches.
    var stack = [(needed: below[object.path] ?? [], next: 0, depth: 0)]
    shown[object.path] = 0
    while let (needed, next, depth) = stack.popLast() {
      guard depth < limit, next < needed.count else { continue }
      stack.append((needed, next + 1, depth))
      let edge = needed[next]
      let target = edge.path.flatMap { byPath[$0] }
      let further = target.map { self.further($0, at: depth + 1, limit) } ?? .nothing
      lines.append(String(repeating: " ", count: 4 + 2 * depth) + words(edge, further))
      guard further == .follows, let target else { continue }
      shown[target.path] = depth + 1
      stack.append((below[target.path] ?? [], 0, depth + 1))
    }
  }

  private func further(_ target: ObjectReport, at depth: Int, _ limit: Int) -> Further {
    let isLeaf = below[target.path]?.isEmpty ?? true
    // Where not all levels are shown, less of it was shown at a deeper one.
    if let before = shown[target.path], self.depth == nil || before <= depth {
      return isLeaf ? .nothing : .elsewhere
    }
    guard depth < limit else { return self.depth == nil ? .elsewhere : isLeaf ? .nothing : .cut }
    return .follows
  }

  /// Notes every object that one leads to, each once.
  private mutating func mark(_ object: ObjectReport) {
    guard reached.insert(object.path).inserted else { return }
    var open = [object]
    while let next = open.popLast() {
      for path in next.needed.compactMap(\.path) where reached.insert(path).inserted {
        if let target = byPath[path] { open.append(target) }
      }
    }
  }
}

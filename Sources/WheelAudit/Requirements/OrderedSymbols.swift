import ELFReading
import Synchronization

/// Symbols that are put in order when somebody asks for them first, and then stay so: a wheel asks for hundreds of
/// thousands, and most reports name ten.
final class OrderedSymbols: Sendable {
  private enum State {
    /// As objects have them.
    case found(SymbolNames)
    case parts([OrderedSymbols])
    case ordered(SymbolNames)
  }

  private let state: Mutex<State>

  init(_ found: SymbolNames) {
    state = Mutex(.found(found))
  }

  /// The symbols of all of these together.
  init(joining parts: [OrderedSymbols]) {
    state = Mutex(.parts(parts))
  }

  /// Each once, in the order of their bytes.
  var names: SymbolNames {
    state.withLock { state in
      let names =
        switch state {
        case .ordered(let names): names
        case .found(let names): names.distinct()
        case .parts(let parts): parts.reduce(into: SymbolNames()) { $0.append(contentsOf: $1.names) }.distinct()
        }
      state = .ordered(names)
      return names
    }
  }
}

extension OrderedSymbols: Hashable {
  static func == (left: OrderedSymbols, right: OrderedSymbols) -> Bool { left === right || left.names == right.names }
  func hash(into hasher: inout Hasher) { hasher.combine(names) }
}

import ELFReading
import TestSupport

extension Malformed {
  /// A table that was moved behind everything else, of which only the first byte is left.
  static let cutTails: [Malformed] = [
    cutTail(.stringTable, .stringTable) { try $0.value(of: .stringTableSize) },
    cutTail(.symbolTable, .symbolTable) { try $0.symbolCount * $0.symbolLength },
    cutTail(.symbolVersions, .symbolVersions) { try $0.symbolCount * 2 },
    // No tag states how long the version needs are: they may reach to the end of what is mapped.
    cutTail(.versionNeeds, .versionNeeds) { UInt64($0.bytes.count) - (try $0.place(of: .versionNeeds)) },
    cutTail(.gnuHash, .hashTable) { _ in 16 },
  ]

  private static func cutTail(
    _ tag: ELFPatch.Tag, _ operation: ELFError.Operation, length: @escaping @Sendable (ELFPatch) throws -> UInt64
  ) -> Malformed {
    Malformed(
      "cut off within \(operation.rawValue)", operation, at: { $0.tailStart + (try $0.place(of: tag)) },
      { .outOfBounds(length: try length($0)) }
    ) { object in
      let table = try object.table(tag)
      let start = try object.moveToTail([tag])
      object.cut(at: start + table + 1)
    }
  }
}

/// What reading an object costs, or may cost: all that a file could make large while it stays small itself.
public struct ReadingWork: Hashable, Sendable {
  /// Strings looked up and records of notes passed over, whatever their length.
  public var names: Int
  /// Names kept as facts of the object; one that stands by itself, as a needed library does, counts for several of those
  /// that are kept in lists.
  public var facts: Int
  /// Bytes in these.
  public var factBytes: Int
  /// Bytes of the image that are kept because a table lies in them.
  public var tableBytes: Int

  public init(names: Int = 0, facts: Int = 0, factBytes: Int = 0, tableBytes: Int = 0) {
    self.names = names
    self.facts = facts
    self.factBytes = factBytes
    self.tableBytes = tableBytes
  }

  /// True when a reader with this limit would have come to the end.
  public func isWithin(_ limit: ReadingWork) -> Bool {
    names <= limit.names && facts <= limit.facts && factBytes <= limit.factBytes && tableBytes <= limit.tableBytes
  }
}

/// Counts what the reading of one object costs, and ends it where it costs too much.
///
/// A reference, since all who read a part of the object draw on the same; used by one thread.
final class ReadingMeter {
  private(set) var spent = ReadingWork()
  private let limit: ReadingWork

  init(limit: ReadingWork) {
    self.limit = limit
  }

  /// Notes that a string or a record is looked at.
  func look(_ operation: ELFError.Operation, at offset: UInt64) throws(ImageFault) {
    spent.names += 1
    guard spent.names <= limit.names else {
      throw .malformed(ELFError(operation, at: offset, .overBudget(.names, most: limit.names)))
    }
  }

  /// Notes that a name of so many bytes becomes a fact of the object.
  func keep(
    _ bytes: Int, weighing weight: Int, _ operation: ELFError.Operation, at offset: UInt64
  ) throws(ImageFault) {
    spent.facts += weight
    spent.factBytes += bytes
    guard bytes <= Self.nameLimit else {
      throw .malformed(ELFError(operation, at: offset, .nameTooLong(limit: Self.nameLimit)))
    }
    guard spent.facts <= limit.facts else {
      throw .malformed(ELFError(operation, at: offset, .overBudget(.facts, most: limit.facts)))
    }
    guard spent.factBytes <= limit.factBytes else {
      throw .malformed(ELFError(operation, at: offset, .overBudget(.factBytes, most: limit.factBytes)))
    }
  }

  /// Notes that a range of the file is kept for a table.
  func keepTable(_ bytes: Int, at offset: UInt64) throws(ELFError) {
    spent.tableBytes += bytes
    guard spent.tableBytes <= limit.tableBytes else {
      throw ELFError(.image, at: offset, .overBudget(.tableBytes, most: limit.tableBytes))
    }
  }

  /// Bytes in one name.
  static let nameLimit = 256 << 10
}

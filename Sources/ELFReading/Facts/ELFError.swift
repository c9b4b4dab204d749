/// Why a file that begins like ELF could not be read, and where.
public struct ELFError: Error, Hashable, Sendable {
  /// What was being read.
  public enum Operation: String, Hashable, Sendable {
    case header = "the ELF header"
    case programHeaders = "the program headers"
    case dynamicSegment = "the dynamic segment"
    case interpreter = "the interpreter path"
    case stringTable = "the dynamic string table"
    case hashTable = "the symbol hash table"
    case symbolTable = "the dynamic symbol table"
    case symbolVersions = "the symbol version table"
    case versionNeeds = "the version needs"
    case versionDefinitions = "the version definitions"
    case notes = "the notes"
    case relocations = "the relocations"
    case image = "the file image"
  }

  /// What was wrong with it.
  public enum Problem: Hashable, Sendable {
    /// The file ends, or its mapped part ends, before the bytes that are asked for.
    case outOfBounds(length: UInt64)
    /// An address that no PT_LOAD segment maps from the file.
    case unmappedAddress(UInt64)
    /// What loaders map or clear later changes what is read at an address.
    case overwritten(UInt64)
    /// The identification says one width or byte order, and the rest of the header is in another.
    case contradictory(String)
    /// A field has a value that the specification does not allow.
    case invalid(field: String, value: UInt64)
    /// A list does not end within its bounds.
    case unterminated
    /// A linked list has more entries, or takes more room, than its header allows.
    case tooManyEntries(limit: Int)
    /// What is read of it, parts that overlap as often as they are read, comes to more than `limit` bytes.
    case tooLarge(limit: UInt64)
    /// Reading on would take more of something than its limit, which is `most`.
    case overBudget(ReadingLimit, most: Int)
    /// One name has more bytes than any real file has in one.
    case nameTooLong(limit: Int)
    /// Something that must be there is not.
    case missing(String)
    /// libelf refused, with its own words.
    case refused(String)
    /// The system gave no memory for the image.
    case noMemory(bytes: UInt64)
  }

  public let operation: Operation
  /// The byte of the file at which the thing stands, counted from 0.
  public let offset: UInt64
  public let problem: Problem

  public init(_ operation: Operation, at offset: UInt64, _ problem: Problem) {
    self.operation = operation
    self.offset = offset
    self.problem = problem
  }
}

extension ELFError: CustomStringConvertible {
  public var description: String {
    "cannot read \(operation.rawValue) at byte \(offset): \(problem)"
  }
}

extension ELFError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outOfBounds(let length): "\(length) bytes reach past the end of the file"
    case .unmappedAddress(let address): "address 0x\(String(address, radix: 16)) lies in no loaded part of the file"
    case .overwritten(let address):
      "what lies at address 0x\(String(address, radix: 16)) is mapped over or cleared by another part of the file"
    case .contradictory(let what): "the header is \(what), whatever its identification says"
    case .invalid(let field, let value): "\(field) is 0x\(String(value, radix: 16)), which the format does not allow"
    case .unterminated: "it does not end where it must"
    case .tooManyEntries(let limit): "it has more than \(limit) entries"
    case .tooLarge(let limit): "what it holds comes to more than \(limit) bytes"
    case .overBudget(let limit, let most):
      "there are more than \(most) \(limit.subject), the limit '\(limit.rawValue)'"
    case .nameTooLong(let limit): "there are more than \(limit) bytes in one name"
    case .missing(let what): "\(what) is missing"
    case .refused(let words): "libelf says: \(words)"
    case .noMemory(let bytes): "the system gave no address space for \(bytes) bytes"
    }
  }
}

/// Why an archive, or a member of it, could not be read.
public struct ArchiveError: Error, Hashable, Sendable {
  /// What was being done.
  public enum Operation: String, Hashable, Sendable {
    case open = "open the archive"
    case list = "list the members"
    case readMember = "read the member"
  }

  public enum Problem: Hashable, Sendable {
    case notFound
    case notAFile
    case system(String)
    case empty
    /// The file has been written to.
    case changed
    case notAZip
    /// Another reader can find another directory in the same file.
    case ambiguous
    /// The headers of a member contradict each other: the local one, that in the directory, and their extra fields.
    case contradictoryHeaders
    /// A name with NUL, at which some readers end it and others do not.
    case nulInName
    /// A name that its header says to be UTF-8.
    case notUTF8
    /// Two members of the same name, of which installers keep the one or the other.
    case duplicateNames
    /// An entry of the central directory is none, or not all of it is there.
    case damagedDirectory
    /// Members overlap, or there are bytes between them in which another reader can find more members.
    case notContiguous
    case encrypted
    case unsupportedCompression(UInt16)
    /// Something of the zip format that installers cannot read.
    case unsupportedFeature(String)
    case corruptData
    case truncatedData
    /// Bytes behind the end of compressed data which alone says where the member ends.
    case surplusData
    /// More bytes than the directory declares.
    case longerThanDeclared(declared: UInt64)
    case shorterThanDeclared(declared: UInt64, actual: UInt64)
    case checksumMismatch(declared: UInt32, actual: UInt32)
    case overLimit(ArchiveLimit, value: UInt64, limit: UInt64)
    /// Reading the wheel took longer than it may.
    case outOfTime(TimeLimit.Excess)
  }

  /// The path of the archive as it was given.
  public let archive: String
  /// The member's name, when the problem is with one.
  public let member: String?
  public let operation: Operation
  /// How many bytes of the member had been read; 0 when the problem is not with its data.
  public let offset: UInt64
  public let problem: Problem

  init(_ archive: String, member: String? = nil, _ operation: Operation, at offset: UInt64 = 0, _ problem: Problem) {
    self.archive = archive
    self.member = member
    self.operation = operation
    self.offset = offset
    self.problem = problem
  }
}

extension ArchiveError: CustomStringConvertible {
  /// One sentence without the archive's own name, for a place where that is printed before it.
  public var description: String {
    guard let member else { return "cannot \(operation.rawValue): \(problem)" }
    let place = offset > 0 ? " at byte \(offset)" : ""
    return "cannot \(operation.rawValue) '\(member)'\(place): \(problem)"
  }
}

extension ArchiveError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFound: "there is no such file"
    case .notAFile: "it is not a regular file"
    case .system(let words): words
    case .empty: "the file is empty"
    case .changed: "the file changed while it was read"
    case .notAZip: "it is not a zip archive, or it is cut off before the end of its directory"
    case .ambiguous: "its end can be read in more than one way, so that installers may find other members in it"
    case .contradictoryHeaders: "its headers contradict each other, and installers differ in which they read"
    case .nulInName: "its name contains NUL, and installers differ in what they make of that"
    case .duplicateNames: "another member has the same name, and installers differ in which one they keep"
    case .notUTF8: "its name is not the UTF-8 that its header says it is"
    case .damagedDirectory: "the zip archive is damaged or forged: an entry of its directory is not whole"
    case .notContiguous: "its members overlap or have gaps between them, so that installers may find others in it"
    case .encrypted: "it is encrypted; wheels may not be"
    case .unsupportedCompression(let method):
      "compression method \(method) is not supported; wheels use 0 (stored) or 8 (deflate)"
    case .unsupportedFeature(let what): "it needs \(what), which installers cannot read"
    case .corruptData: "the compressed data is corrupt"
    case .truncatedData: "the compressed data ends too early"
    case .surplusData: "its compressed data ends before it should, and installers may find other members behind that"
    case .longerThanDeclared(let declared): "it inflates to more than the \(declared) bytes that the directory declares"
    case .shorterThanDeclared(let declared, let actual):
      "it inflates to \(actual) bytes, but the directory declares \(declared)"
    case .checksumMismatch(let declared, let actual):
      "its CRC-32 is \(String(actual, radix: 16)), but the directory declares \(String(declared, radix: 16))"
    case .overLimit(let limit, let value, let most):
      "\(limit.subject) is \(value), over the limit '\(limit.rawValue)' of \(most)"
    case .outOfTime(let excess): excess.description
    }
  }
}

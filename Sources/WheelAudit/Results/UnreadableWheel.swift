public import BuildProfiles
public import ELFReading
public import WheelArchive
public import WheelTags

/// A member that begins like ELF and cannot be read.
public struct MalformedObject: Error, Hashable, Sendable, CustomStringConvertible {
  public let member: String
  public let error: ELFError

  public var description: String { "cannot read the ELF object '\(member)': \(error)" }
}

/// A wheel that could not be audited, and why.
public struct UnreadableWheel: Error, Sendable, CustomStringConvertible {
  public enum Cause: Error {
    case name(WheelFilenameError)
    case archive(ArchiveError)
    case place(MisplacedMember)
    case object(MalformedObject)
    case budget(OverBudget)
    /// A table by which it is judged is damaged.
    case table(TableError)

    /// Asks for a table; one that is damaged makes every wheel unreadable.
    static func tabled<Table>(_ table: () throws(TableError) -> Table) throws(Cause) -> Table {
      do throws(TableError) {
        return try table()
      } catch {
        throw .table(error)
      }
    }
  }

  public let name: WheelName
  public let cause: Cause

  init(name: WheelName, _ cause: Cause) {
    self.name = name
    self.cause = cause
  }

  /// The member that the problem is with, if it is with one.
  public var member: String? {
    switch cause {
    case .archive(let error): error.member
    case .place(let error): .some(error.member)
    case .object(let error): .some(error.member)
    case .name, .budget, .table: nil
    }
  }

  /// A sentence without the wheel's name.
  public var description: String {
    switch cause {
    case .name(let error): "this is no wheel: \(error)"
    case .archive(let error): error.description
    case .place(let error): error.description
    case .object(let error): error.description
    case .budget(let error): error.description
    case .table(let error): "nothing can be judged: \(error)"
    }
  }
}

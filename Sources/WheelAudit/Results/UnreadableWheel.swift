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

  /// What lets such a wheel be audited, in a clause, where it is over a limit that the user can set.
  public var remedy: String? {
    if case .budget(.time) = cause { return "if it may take longer, give each wheel more seconds with --timeout" }
    return limit.map { "if it may take more, raise the limit: --limit \($0)=VALUE" }
  }

  /// The word of the limit that it is over; nil for another problem.
  private var limit: String? {
    switch cause {
    case .archive(let error):
      if case .overLimit(let limit, _, _) = error.problem { limit.rawValue } else { nil }
    case .object(let error):
      if case .overBudget(let limit, _) = error.error.problem { limit.rawValue } else { nil }
    case .budget(.work(let limit, _)): limit.rawValue
    case .budget(.time), .name, .place, .table: nil
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

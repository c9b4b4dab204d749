import ELFReading

/// An object as it was read, without anything of the member that it was read from: path and mode are each member's own.
struct KnownObject: Sendable {
  let file: ELFObject
  /// What reading it took, which whoever shares the facts is charged with too: what a wheel takes of its budget must not
  /// depend on what was read before it.
  let work: MemberWork
}

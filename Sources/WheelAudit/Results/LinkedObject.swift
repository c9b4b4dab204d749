import ELFReading
public import WheelTags

/// One object with where its libraries are found, and with what its file says of how it is linked.
public struct LinkedObject: Sendable {
  public let report: ObjectReport
  /// PT_INTERP: the loader that a program asks for.
  public let interpreter: String?
  /// The libc that it is tied to; nil for none.
  public let libc: Libc?
  /// Nil when no platform tag names the machine.
  public let architecture: Architecture?
  /// DT_NEEDED, in the order of the file, each once.
  public let needed: [String]
  /// DT_RPATH as written.
  public let rpath: String?
  /// DT_RUNPATH as written.
  public let runpath: String?
  /// `e_machine`.
  public let machine: UInt16
  /// `EI_OSABI`.
  public let system: UInt8
  /// `EI_CLASS`: the width of addresses, 32 or 64.
  public let bits: Int
  public let isLittleEndian: Bool
  /// The x86-64 micro-architecture level that it is marked with, 2 to 4; nil for the baseline and elsewhere.
  public let level: Int?

  init(_ object: WheelObject, report: ObjectReport) {
    let (file, identity) = (object.file, object.file.identity)
    self.report = report
    interpreter = file.interpreter
    (libc, architecture) = (object.libc, object.architecture)
    (needed, rpath, runpath) = (file.needed, file.rpath, file.runpath)
    (machine, system) = (identity.machine.rawValue, identity.system)
    bits = identity.fileClass == .bits64 ? 64 : 32
    isLittleEndian = identity.byteOrder == .little
    let sets = file.neededInstructionSets
    level = sets.contains(.v4) ? 4 : sets.contains(.v3) ? 3 : sets.contains(.v2) ? 2 : nil
  }
}

import WheelAudit

/// What glibc's loader says where it opens and maps a file, and of versions (`elf/dl-load.c`, `elf/dl-version.c`).
extension LoaderMessage {
  static let glibc = versions + symbols + files + segments + assertions + relocations + processors

  private static func says(_ pattern: String, _ rows: String, _ causes: Cause...) -> LoaderMessage {
    LoaderMessage(.glibc, pattern, rows, causes)
  }

  private static let versions = [
    says("weak version {version} not found| (required by {object})", "V2", .rule(.weakVersion)),
    says(
      "{library}: version {version} not found| (required by {object})", "V1 V4 V5 V7 V9 X1", .rule(.symbolVersion),
      .rule(.missingVersion)),
    says(
      "{library}: no version information available| (required by {object})", "V3",
      .unseen("Only a warning: the library has no versions, and what is needed of it is found by its name.")),
    says("DT_RELR without GLIBC_ABI_DT_RELR dependency", "V6", .rule(.relativeRelocations)),
    says("unsupported version {version} of Verneed record", "V8", .rule(.unreadable)),
    says("unsupported version {version} of Verdef record", "V8", .rule(.unreadable)),
  ]

  private static let symbols = [
    says("{object}: undefined symbol: {symbol}, version {version}", "R2", .rule(.symbolVersion)),
    says(
      "{object}: symbol {symbol}, version {version} not defined in file {library} with link time reference", "R2",
      .rule(.symbolVersion)),
    says(
      "{object}: undefined symbol: {symbol}", "R1 R3 C3", .rule(.unversionedSymbol),
      .rule(.undefinedSymbol)),
  ]

  private static let files = [
    says(
      "object {library} cannot be loaded as audit interface", "G22",
      .unseen("The program starts all the same, without what was to look on.")),
    says(
      "{library}: cannot open shared object file", "G4 G12 G13 G14 G15 G16 G17 G18 G19 G20 G21 C6",
      .rule(.externalLibrary), .rule(.unreachableLibrary)),
    says("{library}: wrong ELF class", "G3 X2", .rule(.foreignArchitecture)),
    says("{library}: ELF file data encoding not", "G5", .rule(.externalLibrary)),
    says("{library}: ELF file version ident does not match", "G6", .demand(.identification)),
    says("{library}: ELF file version does not match", "G6", .demand(.identification)),
    says("{library}: ELF file OS ABI invalid", "G7 R6 R7", .demand(.identification)),
    says("{library}: ELF file ABI version invalid", "G8", .demand(.identification)),
    says("{library}: nonzero padding in e_ident", "G9", .demand(.identification)),
    says("{library}: only ET_DYN and ET_EXEC can be loaded", "G10", .rule(.notLoadable)),
    says("{library}: ELF file's phentsize not the expected size", "G11", .rule(.unreadable)),
    says("{library}: invalid ELF header", "G2", .rule(.notLoadable)),
    says("{library}: file too short", "G1 G2", .rule(.unreadable), .rule(.notLoadable)),
    says("{library}: cannot read file data", "G1", .rule(.unreadable)),
    says("empty dynamic string token substitution", "G19", .rule(.externalLibrary)),
    says("kernel too old", "G13", .demand(.kernel)),
  ]

  private static let segments = [
    says("{library}: object file has no loadable segments", "D1", .demand(.contents)),
    says("{library}: object file has no dynamic section", "D2", .demand(.contents)),
    says("{library}: cannot dynamically load executable", "D3", .demand(.program)),
    says("{library}: cannot dynamically load position-independent executable", "D4", .demand(.program)),
    says("{library}: shared object cannot be dlopen()ed", "D5", .demand(.openingForbidden)),
    says("{library}: ELF load command alignment not page-aligned", "D6 D9", .demand(.segmentAlignment)),
    says("{library}: ELF load command address/offset not properly aligned", "D7 D8", .demand(.segmentAlignment)),
    says("{library}: ELF load command address/offset not page-aligned", "D8 D9 D10", .demand(.segmentAlignment)),
    says(
      "{library}: failed to map segment from shared object", "D10 D12", .demand(.segmentOrder),
      .rule(.writableCode), .unseen(refusedMapping)),
    says("{library}: cannot map zero-fill pages", "D12", .rule(.writableCode), .unseen(refusedMapping)),
    says("{library}: cannot change memory protections", "D12", .rule(.writableCode), .unseen(refusedMapping)),
    says("{library}: cannot enable executable stack as shared object requires", "D13 D14", .rule(.executableStack)),
    says("executable stack is not allowed", "K11", .rule(.executableStack)),
    says("{library}: cannot apply additional memory protection after relocation", "D15", .demand(.segmentProtection)),
    says("{library}: cannot make segment writable for relocation", "D16", .rule(.textRelocations)),
    says("{library}: cannot restore segment prot after reloc", "D16", .rule(.textRelocations)),
  ]

  private static let refusedMapping =
    "The system refuses to map it: the folder is mounted noexec, SELinux or a sandbox forbids it, or memory is used up."
}

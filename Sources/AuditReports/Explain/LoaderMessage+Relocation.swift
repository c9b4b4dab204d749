import WheelAudit

/// What glibc's loader says where it relocates, and of processors (`elf/dl-reloc.c`, `elf/get-dynamic-info.h`,
/// `sysdeps/*/dl-machine.h`, `sysdeps/x86/dl-prop.h`).
extension LoaderMessage {
  private static func says(_ pattern: String, _ rows: String, _ causes: Cause...) -> LoaderMessage {
    LoaderMessage(.glibc, pattern, rows, causes)
  }

  /// These end the process.
  static let assertions = [
    says("Assertion needed != NULL", "A4", .demand(.unansweredVersions)),
    says("info[DT_PLTREL]", "A1", .demand(.dynamicSegment)),
    says("info[DT_RELAENT]", "A2", .demand(.dynamicSegment)),
    says("info[DT_RELENT]", "A2", .demand(.dynamicSegment)),
    says("info[DT_RELRENT]", "A3", .demand(.dynamicSegment)),
    says("Assertion version->filename == NULL", "V3", .demand(.unversionedLibrary)),
    says("Assertion map->l_searchlist.r_list[0] == map", "G20", .demand(.filters)),
    says("Inconsistency detected by ld.so", "A1 A2 A3 A4", .demand(.dynamicSegment), .demand(.unansweredVersions)),
  ]

  static let relocations = [
    says("{library}: cannot allocate memory in static TLS block", "R9", .demand(.staticTLS)),
    says("{library}: cannot load any more object with static TLS", "R10", .demand(.staticTLS)),
    says("{object}: unexpected reloc type {type}", "R4 R5 R8", .demand(.relocationType)),
    says("{object}: unexpected PLT reloc type {type}", "R4 R5 R8", .demand(.relocationType)),
    says("{object}: Symbol {symbol} causes overflow in", "R11", .demand(.relocationType)),
    says("Relink {object} with {library} for IFUNC symbol {symbol}", "R12", .unseen(unlinked)),
    says("unsatisfiable circular dependency", "R12", .unseen(unlinked)),
    says(
      "{object}: Symbol {symbol} has different size in shared object", "R14",
      .unseen("A program has a copy of a variable whose size a library has changed: link the program anew.")),
    says(
      "copy relocation against non-copyable protected symbol", "R14",
      .unseen("A program takes a copy of a variable that its library keeps for itself: compile the program with -fPIC.")
    ),
    says(
      "error due to GNU_PROPERTY_1_NEEDED_INDIRECT_EXTERN_ACCESS", "R14",
      .unseen("A library does not allow copies of its variables: compile the program with -fPIC.")),
  ]

  private static let unlinked =
    "The object uses a function of a library that it is not linked with, before that is ready: link it with that."

  static let processors = [
    says("CPU ISA level is lower than required", "P1", .rule(.instructionSet)),
    says(
      "rebuild shared object with", "P2",
      .unseen("A user has turned control-flow protection (CET) on, which few systems do: compile with -fcf-protection.")
    ),
    says(
      "failed to turn on BTI protection", "P3",
      .unseen("A sandbox forbids what the kernel allows, or a user asks for objects that all have the protection.")),
    says("not GCS compatible", "P4", .unseen("A user asks for objects that all have guarded control stacks.")),
  ]
}

import WheelAudit

/// What musl's loader says (`ldso/dynlink.c`).
extension LoaderMessage {
  static let musl = [
    says(
      "Error loading shared library {library}: No such file or directory| (needed by {object})", "M1 M4 M5",
      .rule(.externalLibrary), .rule(.unreachableLibrary)),
    says(
      "Error loading shared library {library}: Exec format error| (needed by {object})", "M2 M3",
      .rule(.externalLibrary), .demand(.contents)),
    says(
      "Error loading shared library {library}: Resource busy| (needed by {object})", "M18", .demand(.program)),
    says("Error loading shared library : Invalid argument| (needed by {object})", "M7", .rule(.externalLibrary)),
    says(
      "Error loading shared library {library}: No error information| (needed by {object})", "M7",
      .rule(.externalLibrary)),
    says(
      "Error loading shared library {library}: Invalid argument| (needed by {object})", "D10", .demand(.segmentOrder)),
    says("{object}: Not a valid dynamic program", "D10 M2", .demand(.segmentOrder), .demand(.contents)),
    says(
      "Error loading shared library {library}:| (needed by {object})", "M6",
      .unseen("The system refuses to open the file, or to map it: its error says why.")),
    says(
      "Error relocating {object}: {symbol}: initial-exec TLS resolves to dynamic definition in {library}", "M15",
      .demand(.initialExecTLS)),
    says(
      "Error relocating {object}: unsupported relocation type {type}", "M3 M12 M14", .demand(.relocationType),
      .demand(.indirectFunctions)),
    says("Error relocating {object}: RELRO protection failed", "D15", .demand(.segmentProtection)),
    says(
      "Error relocating {object}: {symbol}: symbol not found", "M10 M11 M19 C3", .rule(.muslSymbol),
      .rule(.glibcSymbol), .rule(.undefinedSymbol), .demand(.indirectFunctions)),
  ]

  private static func says(_ pattern: String, _ rows: String, _ causes: Cause...) -> LoaderMessage {
    LoaderMessage(.musl, pattern, rows, causes)
  }
}

/// What CPython says of a module (`Lib/importlib/_bootstrap.py`, `Python/importdl.c`).
extension LoaderMessage {
  static let python = [
    LoaderMessage(
      .python, "dynamic module does not define module export function| ({symbol})", "C2 R15",
      [.rule(.pythonABI), .demand(.symbolHash)]),
    LoaderMessage(
      .python, "dynamic module does not define init function| ({symbol})", "C2 R15",
      [.rule(.pythonABI), .demand(.symbolHash)]),
    LoaderMessage(.python, "incompatible ABI version", "C5", [.unseen(otherABI)]),
    LoaderMessage(.python, "incompatible future stable ABI version", "C5", [.unseen(otherABI)]),
    LoaderMessage(.python, "incompatible with free-threaded CPython", "C4 C5", [.rule(.pythonABI), .unseen(otherABI)]),
    LoaderMessage(.python, "only compatible with free-threaded CPython", "C5", [.unseen(otherABI)]),
    LoaderMessage(.python, "No module named {module}", "C1 C4", [.rule(.pythonABI)]),
  ]

  private static let otherABI =
    "The module says itself, as it is imported, for which Pythons it was built (PyABIInfo): install a wheel for yours."
}

/// What kernels answer to one that starts a program (`fs/binfmt_elf.c`), in the words of libcs and shells.
extension LoaderMessage {
  static let system = [
    LoaderMessage(.system, "{object}: cannot execute: required file not found", "K4 K6 X1", [.rule(.interpreter)]),
    LoaderMessage(.system, "bad ELF interpreter", "K4 K6 X1", [.rule(.interpreter)]),
    LoaderMessage(.system, "bad interpreter: No such file or directory", "K4 K6 X1", [.rule(.interpreter)]),
    LoaderMessage(.system, "Accessing a corrupted shared library", "K5", [.rule(.interpreter)]),
    LoaderMessage(
      .system, "{object}: Exec format error", "K1 K2 K3",
      [.rule(.foreignArchitecture), .demand(.programHeaders), .rule(.interpreter)]),
    LoaderMessage(.system, "{object}: cannot execute binary file", "K1 K2 K3", [.rule(.foreignArchitecture)]),
    LoaderMessage(.system, "{object}: Permission denied", "K10", [.demand(.program)]),
    LoaderMessage(
      .system, "Bus error", "D11", [.rule(.unreadable)]),
    LoaderMessage(
      .system, "Segmentation fault", "K7 K8 K9 D17 A2 A5 M13 M16 M17",
      [
        .demand(.programHeaders), .demand(.segmentAlignment), .demand(.program), .demand(.dynamicSegment),
        .demand(.symbolHash), .demand(.textRelocations), .rule(.relativeRelocations),
        .rule(.unreadable),
      ]),
    LoaderMessage(.system, "{object}: No such file or directory", "K4 K6 X1", [.rule(.interpreter)]),
  ]
}

import BuildProfiles
import ELFReading
import WheelTags

/// Traces of a Python build that platform tags do not promise (PEP 513).
public enum PythonABI {
  /// Symbols of Pythons built with fpectl (PEP 513, "fpectl builds").
  static let floatingPointControl = ["PyFPE_jbuf", "PyFPE_counter", "PyFPE_dummy"]
  /// Symbols of Python 2 with narrow Unicode strings ("UCS-2 vs UCS-4 builds").
  static let narrowUnicode: StaticString = "PyUnicodeUCS2_"

  /// How the names of the interpreter's own begin (C API, "API Stability").
  static let beginnings: [StaticString] = ["Py", "_Py"]

  /// True for a symbol that by its name is the interpreter's.
  public static func isInterpreters(_ symbol: String) -> Bool {
    symbol.hasPrefix("Py") || symbol.hasPrefix("_Py")
  }

  /// `libpython3.9.so.1.0`, `libpython3.so`, `libpython3.7m.so.1.0`.
  public static func isLibpython(_ soname: String) -> Bool {
    soname.hasPrefix("libpython") && soname.contains(".so")
      && soname.dropFirst("libpython".count).first.map { $0.isNumber } == true
  }
}

extension RequirementFinder {
  func pythonABI(of object: Int) -> [FoundRequirement] {
    let undefined = objects[object].file.undefinedSymbols
    var requirements: [FoundRequirement] = []
    let control = undefined.beginning(withOneOf: ["PyFPE_"]).filter(PythonABI.floatingPointControl.contains)
    if !control.isEmpty {
      requirements.append(
        FoundRequirement(
          .pythonABI, version: "fpectl", floor: .noProfile, reason: "only a Python built with fpectl has it (PEP 513)",
          symbols: control))
    }
    let isForPython2 =
      objects[object].pythonMajor == 2 || (filename.isForPython2Only && objects[object].isPythonExtension)
    let narrow = Array(undefined.beginning(withOneOf: [PythonABI.narrowUnicode]))
    if isForPython2, !filename.isForNarrowPython2Only, !narrow.isEmpty {
      requirements.append(
        FoundRequirement(
          .pythonABI, version: "ucs2", floor: .noProfile,
          reason: "only a Python 2 with narrow Unicode strings has it, and no ABI tag says so (PEP 513)",
          symbols: narrow))
    }
    return requirements
  }
}

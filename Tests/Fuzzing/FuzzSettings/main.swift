import AuditSettings
import BuildProfiles
import FuzzDriver
import Glibc
import WheelAudit
import WheelTags

/// Reads the input as a settings file and as a baseline, and applies it to the audits of the fixture wheels.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzSettings(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let file = Inputs.file else { return -1 }
  file.fill(UnsafeRawBufferPointer(start: start, count: count))
  for path in file.paths {
    if let settings = (try? SettingsFile(path: path))?.settings {
      var stale = StaleSettings(settings)
      for report in Inputs.reports { stale.take(report) }
      _ = stale.sentences
      let options = settings.auditorOptions
      for report in Inputs.reports { _ = options.options(forWheel: report.file) }
    }
  }
  if let path = file.paths.first, let baseline = try? Baseline(path: path) {
    _ = try? baseline.text()
    var use = BaselineUse(baseline)
    for report in Inputs.reports { use.take(report) }
    _ = use.gone.map(\.description)
    for report in Inputs.reports {
      for finding in report.findings { _ = baseline.known.has(finding, in: report) }
    }
  }
  return 0
}

private enum Inputs {
  /// The name decides where the settings stand in the file.
  static let file = InputFile(names: ["truewheel.toml", "pyproject.toml"])

  /// Run from the top folder of the project; elsewhere there is nothing that settings could be applied to.
  static let reports: [WheelReport] = {
    guard let folder = opendir("Fixtures/wheels") else { return [] }
    defer { closedir(folder) }
    var wheels: [WheelName] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(".whl") { wheels.append(WheelName(path: "Fixtures/wheels/\(name)")) }
    }
    return Auditor(Facts()).audit(wheels, jobs: 1)
  }()
}

fuzz(fuzzSettings)

import AuditReports
import BuildProfiles
import FuzzDriver
import FuzzMutation
import WheelArchive
import WheelAudit
import WheelTags

/// Audits the input as a wheel and renders every report of it, which goes through every stage of the program.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzArchive(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let file = Inputs.file else { return -1 }
  file.fill(UnsafeRawBufferPointer(start: start, count: count))
  let path = file.paths[count % file.paths.count]
  let name = WheelName(path: path)
  for report in Inputs.auditor.audit([name], jobs: 1) { render(report) }
  if case .success(let objects) = Inputs.auditor.objects(name) {
    _ = TreeReport(TextStyle(isColored: true, detail: .full)).render(path, objects)
  }
  return 0
}

private func render(_ wheel: WheelReport) {
  let report = AuditReport(toolVersion: "0", wheels: [wheel])
  for detail in [TextStyle.Detail.problems, .everything] {
    _ = TextReport(TextStyle(isColored: detail == .everything, detail: detail, width: 80)).render(report)
  }
  _ = ConciseReport().render(report)
  _ = try? JSONReport().render(report)
  _ = try? JSONLinesReport(AuditBasis(toolVersion: "0", options: Auditor.Options(), known: nil)).render(report)
  _ = try? SARIFReport().render(report)
  _ = JUnitReport().render(report)
  _ = GitHubReport().render(report)
  _ = try? GitLabReport().render(report)
  _ = MarkdownReport().render(report)
  _ = HTMLReport().render(report)
  _ = try? AuditwheelReport().render(wheel)
}

/// Changes members, names and headers of a wheel rather than any bytes.
@_cdecl("LLVMFuzzerCustomMutator")
func mutateWheel(_ start: UnsafeMutablePointer<UInt8>?, _ count: Int, _ limit: Int, _ seed: CUnsignedInt) -> Int {
  mutate_wheel(start, count, limit, seed)
}

private enum Inputs {
  /// What a wheel promises decides what is asked of it: its size picks one of several names.
  static let file = InputFile(
    names: [
      "manylinux_2_17_x86_64", "musllinux_1_2_x86_64", "manylinux_2_17_aarch64.manylinux2014_aarch64", "any",
      "manylinux_2_28_s390x", "manylinux1_i686.manylinux_2_5_i686.linux_i686", "musllinux_1_1_armv7l",
    ].map { "demo-1.0-cp39-abi3-\($0).whl" } + ["demo-1.0-cp27-cp27m-manylinux_2_17_x86_64.whl"])

  /// Limits that keep one run short: what lies beyond them is refused, and refusing is tested too.
  static let auditor: Auditor = {
    var options = Auditor.Options()
    options.limits = ArchiveLimits(memberCount: 100_000, memberSize: 64 << 20, totalSize: 64 << 20)
    return Auditor(Facts(), options: options)
  }()
}

fuzz(fuzzArchive)

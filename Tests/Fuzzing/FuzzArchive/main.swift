import AuditReports
import BuildProfiles
import FuzzDriver
import Glibc
import WheelArchive
import WheelAudit

/// Audits the input as a wheel and renders its reports, which goes through every stage of the program.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzArchive(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let file = InputFile.shared else { return -1 }
  let auditor = Limited.auditor
  file.fill(UnsafeRawBufferPointer(start: start, count: count))
  let report = AuditReport(toolVersion: "0", wheels: [auditor.audit(path: file.path)])
  _ = TextReport(TextStyle(isColored: false, detail: .everything)).render(report)
  _ = try? JSONReport().render(report)
  _ = try? SARIFReport().render(report)
  _ = try? GitLabReport().render(report)
  _ = JUnitReport().render(report)
  _ = GitHubReport().render(report)
  _ = MarkdownReport().render(report)
  _ = HTMLReport().render(report)
  return 0
}

/// Limits that keep one run short: what lies beyond them is refused, and refusing is tested too.
private enum Limited {
  static let auditor: Auditor = {
    var options = Auditor.Options()
    options.limits = ArchiveLimits(memberCount: 1000, memberSize: 16 << 20, totalSize: 64 << 20)
    return Auditor(Facts(), options: options)
  }()
}

/// A file in memory under the name of a wheel.
private struct InputFile {
  static let shared = InputFile()

  let path: String
  private let descriptor: CInt

  private init?() {
    let folder = "/dev/shm/truewheel-fuzz-\(getpid())"
    guard mkdir(folder, 0o700) == 0 else { return nil }
    path = folder + "/demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
  }

  func fill(_ bytes: UnsafeRawBufferPointer) {
    guard ftruncate(descriptor, 0) == 0 else { return }
    _ = pwrite(descriptor, bytes.baseAddress, bytes.count, 0)
  }
}

fuzz(fuzzArchive)

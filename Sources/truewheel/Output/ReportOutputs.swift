import AuditReports
import WheelAudit

/// All that a run writes its reports to: some as it goes on, the others at its end.
///
/// What cannot be written is said at once, and keeps no other report from being written.
struct ReportOutputs {
  /// A report, and where it goes: to standard output where no file is named.
  struct Target {
    let format: ReportFormat
    let file: String?
    var start = OutputFile.Start.replace
  }

  private struct Stream {
    let format: ReportFormat
    var report: any StreamedReport
    let file: OutputFile
    /// True when nothing more can be written.
    var isOver = false
  }

  private var streams: [Stream] = []
  private var wholes: [(target: Target, render: (AuditReport) throws -> String)] = []
  /// What the run is to end with; nil as long as all could be written.
  private(set) var failure: (any Error)?

  /// Opens the files that are written to as the run goes on.
  init(_ targets: [Target], _ rendering: (Target) -> ReportFormat.Rendering) {
    for target in targets {
      switch rendering(target) {
      case .whole(let render): wholes.append((target, render))
      case .streamed(let report):
        do throws(OutputError) {
          let file = try OutputFile(target.file, target.start)
          streams.append(Stream(format: target.format, report: report, file: file))
        } catch {
          Output.complain(error.description)
          failure = ExitStatus.unreadable
        }
      }
    }
  }

  /// True where reports are needed to the end of the run.
  var needsAll: Bool { !wholes.isEmpty }

  /// True where something that is written as the run goes on tells of releases.
  var showsReleases: Bool { streams.contains { $0.format != .jsonl } }

  /// True when nothing of what is still to come could be written anywhere.
  var isOver: Bool { wholes.isEmpty && streams.allSatisfy(\.isOver) }

  mutating func take(_ wheel: WheelReport) { write { report in try report.take(wheel) } }

  mutating func take(_ release: Release) { write { report in try report.take(release) } }

  /// Writes what is left to be written.
  ///
  /// - Parameter report: all of the run, where it is needed.
  mutating func end(_ report: AuditReport?) {
    write { report in try report.end() }
    guard let report else { return }
    for (target, render) in wholes {
      do {
        let isAppended = if case .append = target.start { true } else { false }
        try Output.write(
          render(report), to: target.file, appending: isAppended, isForPrograms: target.format.isForPrograms)
      } catch {
        failure = failure ?? error
      }
    }
  }

  private mutating func write(_ text: (inout any StreamedReport) throws -> String) {
    for index in streams.indices where !streams[index].isOver {
      do {
        let text = try text(&streams[index].report)
        try streams[index].file.write(streams[index].format.isForPrograms ? text : withoutCommands(text))
        streams[index].isOver = streams[index].file.isGone
      } catch {
        Output.complain("\(error)")
        streams[index].isOver = true
        failure = failure ?? ExitStatus.unreadable
      }
    }
  }
}

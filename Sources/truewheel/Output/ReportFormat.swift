import ArgumentParser
import AuditReports
import WheelAudit

/// The forms of a report; the one place where they are told apart.
enum ReportFormat: String, ArgumentWord {
  case text
  case concise
  case json
  case jsonl
  case sarif
  case junit
  case github
  case gitlab
  case markdown
  case html
  case auditwheel

  /// True for forms that programs read, each of which has its own way to write what a log's reader would take for a command
  /// (`github` is made of such commands).
  var isForPrograms: Bool {
    switch self {
    case .text, .concise, .markdown: false
    case .json, .jsonl, .sarif, .junit, .github, .gitlab, .html, .auditwheel: true
    }
  }

  /// How the form is written.
  enum Rendering {
    case streamed(any StreamedReport)
    case whole((AuditReport) throws -> String)
  }

  func rendering(_ basis: () -> AuditBasis, _ style: TextStyle) -> Rendering {
    switch self {
    case .concise: .streamed(ConciseReport())
    case .jsonl: .streamed(JSONLinesReport(basis()))
    case .github: .streamed(GitHubReport())
    case .text: .whole(TextReport(style).render)
    case .json: .whole(JSONReport().render)
    case .sarif: .whole(SARIFReport().render)
    case .junit: .whole(JUnitReport().render)
    case .gitlab: .whole(GitLabReport().render)
    case .markdown: .whole(MarkdownReport().render)
    case .html: .whole(HTMLReport().render)
    case .auditwheel: .whole { report in try report.wheels.map { try AuditwheelReport().render($0) }.joined() }
    }
  }
}

/// A file that a report goes to: `FILE`, or `FORMAT=FILE`.
struct ReportOutput {
  /// The form of the report; nil for that of `--format`.
  let format: ReportFormat?
  let file: String

  init(_ argument: String) throws {
    guard let equals = argument.firstIndex(of: "="), !argument[..<equals].contains("/") else {
      (format, file) = (nil, argument)
      try requireFile()
      return
    }
    let (name, file) = (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
    guard let format = ReportFormat(rawValue: name) else {
      let formats = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "'\(printable(name))' is no format of a report: the formats are \(formats). A file of that name is ./\(printable(argument))."
      )
    }
    (self.format, self.file) = (format, file)
    try requireFile()
  }

  private func requireFile() throws {
    if file.isEmpty { throw ValidationError("--output needs the name of a file.") }
  }
}

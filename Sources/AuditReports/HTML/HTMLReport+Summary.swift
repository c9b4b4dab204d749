import WheelAudit
import WheelTags

extension HTMLReport {
  /// A table of the wheels where there are several, to sort and to filter, and what only releases show.
  func summary(_ wheels: [HTMLWheel], _ report: AuditReport) -> [Markup] {
    guard wheels.count > 1 else { return [] }
    return [
      """
      <section id="wheels" aria-labelledby="wheels-title">
      <h2 id="wheels-title">The wheels</h2>
      <div class="filter" data-table="wheels-table" hidden>
      <label for="wheels-table-status">Show</label>
      <select id="wheels-table-status" autocomplete="off">
      \(statuses(report))</select>
      <label for="wheels-table-filter">Filter by name or tag</label>
      <input type="search" id="wheels-table-filter" autocomplete="off" spellcheck="false">
      <output for="wheels-table-filter wheels-table-status" aria-live="polite">\(counted(wheels.count, "wheel"))</output>
      </div>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="wheels-title">
      <table id="wheels-table" class="cards" data-sortable data-noun="wheel">
      <thead><tr><th scope="col">Wheel</th><th scope="col">Verdict</th><th scope="col">Minimal tag</th>\
      <th scope="col">Floor</th><th scope="col">Errors</th><th scope="col">Warnings</th></tr></thead>
      <tbody>
      \(wheels.map(row))</tbody>
      </table>
      </div>
      \(report.releases.filter { !$0.findings.isEmpty }.map(together))</section>
      """
    ]
  }

  private func statuses(_ report: AuditReport) -> [Markup] {
    let all: Markup = "<option value=\"\">all \(report.wheels.count)</option>\n"
    return [all]
      + WheelReport.Status.worstFirst.filter { report.count($0) > 0 }.map { status in
        "<option value=\"\(status.rawValue)\">\(report.tally([status]))</option>\n"
      }
  }

  private func row(_ wheel: HTMLWheel) -> Markup {
    let audit = wheel.report.audit
    let tag = audit?.minimalTag.map { tag -> Markup in "<code>\(Markup.name(tag.spelling))</code>" }
    return """
      <tr data-status="\(wheel.report.status.rawValue)"><th scope="row"><a href="#\(wheel.id)">\
      \(Markup.name(wheel.report.file))</a></th><td>\(wheel.badge)</td><td>\(tag ?? "")</td>\
      <td>\(audit.map { $0.neededLibc ?? "no libc" } ?? "")</td>\(count(wheel, .error))\(count(wheel, .warning))</tr>

      """
  }

  /// How many findings there are; a cell without a number where there are none.
  private func count(_ wheel: HTMLWheel, _ severity: Finding.Severity) -> Markup {
    let count = wheel.count(severity)
    return count == 0 ? "<td data-key=\"0\"></td>" : "<td>\(count)</td>"
  }

  /// What only the wheels of a release together show.
  private func together(_ release: Release) -> Markup {
    let items = release.findings.map { finding -> Markup in
      """
      <li><span class="badge \(finding.severity.style)">\(finding.severity.mark) \(finding.severity.rawValue)</span> \
      <a href="#rule-\(finding.rule.rawValue)">\(finding.rule.rawValue)</a>: \(finding.message)</li>

      """
    }
    return """
      <h3>\(release.name) \(release.version)</h3>
      <ul>
      \(items)</ul>

      """
  }
}

import ArgumentParser
import AuditReports
import AuditSettings
import BuildProfiles
import Glibc
import WheelArchive
import WheelAudit

extension AuditOptions {
  /// The settings of the file, if there is one, and those of the arguments on top.
  func settings() throws(SettingsError) -> (settings: Settings, file: SettingsFile?) {
    let file: SettingsFile? =
      if isolated {
        nil
      } else if let config {
        try SettingsFile(path: config)
      } else {
        try SettingsFile.nearest(to: Self.workingFolder)
      }
    var settings = file?.settings ?? Settings()
    settings.targets += target.joined()
    if !select.isEmpty { settings.selectedRules = Array(select.joined()) }
    settings.extendedRules += extendSelect.joined()
    if let strict { settings.isStrict = strict }
    settings.limits += limit.joined()
    settings.timeout = timeout ?? settings.timeout
    return (settings, file)
  }

  /// What the auditor is to do: the settings, and what only arguments can say without a reason.
  func auditorOptions(_ settings: Settings) -> Auditor.Options {
    var options = settings.auditorOptions
    options.exclusions += exclude.joined()
    options.ignoredRules.formUnion(ignore.joined())
    options.date = date ?? Today.date
    options.timeout = settings.timeout.map { TimeLimit($0.duration, clock: Today.elapsed) }
    return options
  }

  /// The cache that was asked for.
  ///
  /// Settings cannot ask for one: a file that lies around must not have the program write.
  func objectCache() throws -> ObjectCache? {
    guard let cache else { return nil }
    do throws(CacheRefusal) {
      return try ObjectCache(path: cache, limit: (cacheSize ?? 1024) << 20, version: Truewheel.toolVersion)
    } catch {
      Output.complain("\(printable(cache)): \(error)")
      throw ExitCode.validationFailure
    }
  }

  /// How many members to read at a time: as many as there are cores that this process may use, if it was not said.
  var jobCount: Int {
    jobs ?? max(1, min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1024))
  }

  private static var workingFolder: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}

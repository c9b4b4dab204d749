public import BuildProfiles
import Glibc
public import WheelArchive
public import WheelTags

extension Auditor {
  /// What the user asks for beyond the wheels' own claims.
  public struct Options: Sendable {
    /// What to judge by besides the tags of the file name.
    public var targets: [Target] = []
    public var exclusions: [Exclusion] = []
    public var ignoredRules: Set<Rule> = []
    /// Rules of groups that count here, though not for everybody.
    public var extraRules: Set<Rule> = []
    /// Warnings count as errors.
    public var isStrict = false
    public var limits = ArchiveLimits()
    public var work = WorkLimits()
    /// How long one wheel may take; nil for as long as it takes.
    public var timeout: TimeLimit?
    /// The day for which to say where wheels run; nil when that is not asked.
    public var date: CalendarDate?
    /// Whether reports are to say the SHA-256 of files, for which all of each is read.
    public var hashesFiles = false
    /// What is asked for of some wheels beyond that.
    public var sections: [Section] = []

    public init() {}

    /// More that is asked for of the wheels whose file names match a pattern.
    public struct Section: Sendable {
      /// A shell pattern: `numpy-*-musllinux_*`.
      public let pattern: String
      public let options: Options

      public init(pattern: String, options: Options) {
        self.pattern = pattern
        self.options = options
      }

      public func matches(wheel file: String) -> Bool { fnmatch(pattern, file, 0) == 0 }
    }

    /// What is asked for of one wheel, by its file name.
    public func options(forWheel file: String) -> Options {
      sections.filter { $0.matches(wheel: file) }.reduce(into: self) { options, section in
        options.targets += section.options.targets
        options.exclusions += section.options.exclusions
        options.ignoredRules.formUnion(section.options.ignoredRules)
        options.extraRules.formUnion(section.options.extraRules)
        options.isStrict = options.isStrict || section.options.isStrict
      }
    }

    /// True for a rule of a group for which something is to be spent, so that it can find anything.
    func asks(for rule: Rule) -> Bool { extraRules.contains(rule) && !ignoredRules.contains(rule) }

    /// What is left when ignored rules are taken out and, where asked for, warnings are raised; and which were taken out.
    func filtered(_ findings: [Finding]) -> ([Finding], ignored: [Rule]) {
      let left = findings.filter { !ignoredRules.contains($0.rule) }
      let ignored = Set(findings.map(\.rule)).intersection(ignoredRules)
      return (isStrict ? left.map { $0.raised } : left, ignored.sorted { $0.rawValue < $1.rawValue })
    }
  }
}

import AuditSettings
import Testing
import WheelAudit
import WheelTags

@Suite struct SettingsKeyTests {
  @Test(arguments: TOMLFile.allCases) func `a file without keys asks for nothing`(file: TOMLFile) throws {
    let settings = try file.settings("")
    #expect(settings.targets.isEmpty && settings.exclusions.isEmpty && settings.ignoredRules.isEmpty)
    #expect(settings.selectedRules == nil && settings.isStrict == nil && settings.threshold == nil)
    #expect(settings.baseline == nil && settings.sections.isEmpty)
    #expect(settings.limits.isEmpty && settings.timeout == nil)
    let (options, defaults) = (settings.auditorOptions, Auditor.Options())
    #expect(options.targets == defaults.targets && options.ignoredRules == defaults.ignoredRules)
    #expect(options.isStrict == defaults.isStrict && options.sections.isEmpty)
  }

  @Test(arguments: TOMLFile.allCases) func `every key is read`(file: TOMLFile) throws {
    let settings = try file.settings(
      """
      target = ["manylinux_2_28", "musllinux_1_2_aarch64"]
      exclude = [
        { library = "libcuda.so.*", reason = "comes with the driver" },
        { library = "libnvidia-ml.so.1", reason = "so does this" },
      ]
      ignore = [{ rule = "tag-mismatch", reason = "an old build tool" }]
      select = ["symbol-version", "external-library"]
      strict = true
      fail-on = "warning"
      baseline = "ci/baseline.json"
      timeout = 0.5
      limits = { member-size = "1GiB", findings = 5000 }
      """)
    #expect(settings.targets.map(\.description) == ["manylinux_2_28", "musllinux_1_2_aarch64"])
    #expect(settings.exclusions.map(\.pattern) == ["libcuda.so.*", "libnvidia-ml.so.1"])
    #expect(settings.exclusions.map(\.reason) == ["comes with the driver", "so does this"])
    #expect(settings.ignoredRules.map(\.rule) == [.tagMismatch])
    #expect(settings.ignoredRules.map(\.reason) == ["an old build tool"])
    #expect(settings.selectedRules == [.symbolVersion, .externalLibrary])
    #expect(settings.isStrict == true && settings.threshold == .warning)
    #expect(settings.baseline == "ci/baseline.json" && settings.timeout?.duration == .milliseconds(500))
    let options = settings.auditorOptions
    #expect(options.limits.memberSize == 1 << 30 && options.work.findings == 5000)
    #expect(settings.limits.count == 2 && options.work.names == Auditor.Options().work.names)
  }

  @Test(arguments: TOMLFile.allCases) func `tables of arrays can be written in their long form`(file: TOMLFile) throws {
    // [[exclude]] has brackets of its own around the name of a table.
    let tables = [
      ("exclude", "library = \"liba.so\"\nreason = \"one\""), ("ignore", "rule = \"pure-tag\"\nreason = \"x\""),
    ]
    let text = tables.map { "[[\(file.place)\($0.0)]]\n\($0.1)\n" }.joined()
    let settings = try file.settings(text)
    #expect(settings.exclusions.map(\.pattern) == ["liba.so"])
    #expect(settings.ignoredRules.map(\.rule) == [.pureTag])
  }

  @Test(arguments: TOMLFile.allCases) func `one string stands for an array of one`(file: TOMLFile) throws {
    let settings = try file.settings("target = \"manylinux1\"\nselect = \"pure-tag\"")
    #expect(settings.targets == [.profile(name: "manylinux1")] && settings.selectedRules == [.pureTag])
  }

  @Test(arguments: Threshold.allCases) func `every threshold has a name`(threshold: Threshold) throws {
    #expect(try TOMLFile.own.settings("fail-on = \"\(threshold.rawValue)\"").threshold == threshold)
  }

  @Test(arguments: Rule.allCases) func `every rule can be ignored and selected`(rule: Rule) throws {
    let settings = try TOMLFile.own.settings(
      "select = [\"\(rule.rawValue)\"]\nignore = [{ rule = \"\(rule.rawValue)\", reason = \"x\" }]")
    #expect(settings.selectedRules == [rule] && settings.ignoredRules.map(\.rule) == [rule])
  }

  // MARK: In the auditor's terms

  @Test func `what is not selected is ignored, but for wheels that cannot be read`() throws {
    let options = try TOMLFile.own.settings("select = [\"pure-tag\"]").auditorOptions
    #expect(options.ignoredRules == Set(Rule.allCases).subtracting([.pureTag, .unreadable]))
  }

  @Test(
    arguments: [
      ("extend-select = [\"pypi\"]", RuleGroup.pypi.rules, []),
      ("extend-select = \"pypi-name\"\nselect = \"pure-tag\"", [.pypiName], [Rule.pypiTag, .symbolVersion]),
      ("select = [\"pypi\"]", RuleGroup.pypi.rules, [.symbolVersion, .recordMissing]),
      ("extend-select = [\"pure-tag\"]", [], []),
    ] as [(String, [Rule], [Rule])])
  func `a group counts where it is asked for, and beside what is selected`(text: String, extra: [Rule], ignored: [Rule])
    throws
  {
    let options = try TOMLFile.own.settings(text).auditorOptions
    #expect(options.extraRules == Set(extra))
    #expect(options.ignoredRules.isSuperset(of: ignored) && options.ignoredRules.isDisjoint(with: extra))
  }

  @Test func `a section adds a group to its wheels`() throws {
    let options = try TOMLFile.own.settings("[wheels.\"a-*\"]\nextend-select = \"pypi\"").auditorOptions
    #expect(options.options(forWheel: "a-1.0-py3-none-any.whl").extraRules == Set(RuleGroup.pypi.rules))
    #expect(options.options(forWheel: "b-1.0-py3-none-any.whl").extraRules.isEmpty)
  }

  @Test func `selected and ignored at once is ignored`() throws {
    let options = try TOMLFile.own.settings(
      "select = [\"pure-tag\"]\nignore = [{ rule = \"pure-tag\", reason = \"x\" }]"
    ).auditorOptions
    #expect(options.ignoredRules.contains(.pureTag))
  }

  @Test(arguments: TOMLFile.allCases) func `a section is for the wheels whose names match`(file: TOMLFile) throws {
    let settings = try file.settings(
      "target = [\"manylinux_2_28\"]",
      tables: [
        (
          "wheels.\"numpy-1.*\"",
          """
          target = ["manylinux1"]
          exclude = [{ library = "libblas.so.3", reason = "the distribution has it" }]
          ignore = [{ rule = "pure-tag", reason = "x" }]
          strict = true
          """
        ),
        ("wheels.\"*-musllinux_*\"", "select = [\"musl-symbol\"]"),
      ])
    #expect(settings.sections.map(\.pattern).sorted() == ["*-musllinux_*", "numpy-1.*"])
    let options = settings.auditorOptions
    let numpy = options.options(forWheel: "numpy-1.26-cp39-cp39-manylinux_2_17_x86_64.whl")
    #expect(numpy.targets == [.profile(name: "manylinux_2_28"), .profile(name: "manylinux1")])
    #expect(numpy.exclusions.map(\.pattern) == ["libblas.so.3"])
    #expect(numpy.ignoredRules == [.pureTag] && numpy.isStrict)
    let musl = options.options(forWheel: "demo-1.0-cp39-abi3-musllinux_1_2_x86_64.whl")
    #expect(!musl.ignoredRules.contains(.muslSymbol) && musl.ignoredRules.contains(.symbolVersion) && !musl.isStrict)
    let both = options.options(forWheel: "numpy-1.26-cp39-cp39-musllinux_1_2_x86_64.whl")
    #expect(both.isStrict && both.ignoredRules.contains(.symbolVersion) && both.targets.count == 2)
    let other = options.options(forWheel: "numpy-2.0-cp39-cp39-manylinux_2_17_x86_64.whl")
    #expect(other.targets == [.profile(name: "manylinux_2_28")] && other.exclusions.isEmpty)
    #expect(other.ignoredRules.isEmpty && !other.isStrict)
  }
}

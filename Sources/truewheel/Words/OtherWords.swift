/// Words that other tools have for what this one does, by what it calls that: what someone means who writes them.
enum OtherWords {
  /// What to write in place of a word that is none here.
  enum Answer: Equatable {
    /// These words, the first of which takes over the value.
    case say([String])
    /// Neither it nor its value, if it has one; a sentence says why.
    case leaveOut(String, hasValue: Bool = false)
  }

  /// The subcommand that a word means.
  static func subcommand(_ word: String) -> String? {
    switch word.lowercased() {
    case "audit", "verify", "validate", "lint", "test", "scan", "gate", "run": "check"
    case "info", "inspect", "view", "display", "report", "print", "list", "analyze", "analyse": "show"
    case "ldd", "deps", "dependencies", "graph", "libs", "libraries", "needed", "objects": "tree"
    case "why", "describe", "what", "rule", "rules", "doc", "docs", "man", "symbol": "explain"
    case "policy", "policies", "profile", "platforms", "tags", "plats", "targets": "profiles"
    default: nil
    }
  }

  /// What an option, with its dashes and without a value, means for a subcommand.
  static func option(_ name: String, of subcommand: String) -> Answer? {
    switch subcommand {
    case "check", "show": audit(name, of: subcommand)
    case "tree": tree(name)
    case "lddtree" where name == "--ldpaths": .leaveOut(ldpaths, hasValue: true)
    default: nil
    }
  }

  private static func tree(_ name: String) -> Answer? {
    switch name {
    case "--max-depth", "--level", "--levels", "-d", "-L": .say(["--depth"])
    case "--json": .say(["--format", "json"])
    case "--all", "-a", "--full": .say(["--verbose"])
    case "--no-color", "--no-colour": .say(["--color", "never"])
    case "--ldpaths": .leaveOut(ldpaths, hasValue: true)
    default: nil
    }
  }

  private static func audit(_ name: String, of subcommand: String) -> Answer? {
    switch name {
    case "--plat", "--platform", "--policy", "--tag", "--profile", "--manylinux", "--platform-tag", "--plat-tag":
      .say(["--target"])
    case "--allow", "--whitelist", "--allowlist", "--allow-list", "--white-list", "--skip", "--skip-lib",
      "--skip-library",
      "--exclude-lib", "--exclude-library", "--allow-lib", "--allow-library", "--lib-whitelist":
      .say(["--exclude"])
    case "--out", "--outfile", "--out-file", "--output-file", "--report", "--report-file", "--file": .say(["--output"])
    case "--json" where subcommand == "check": .say(["--format", "json"])
    case "--sarif", "--jsonl", "--junit", "--github", "--gitlab", "--markdown", "--html", "--concise", "--text":
      .say(["--format", String(name.dropFirst(2))])
    case "--output-format", "--report-format": .say(["--format"])
    case "--disable", "--ignore-rule", "--skip-rule", "--suppress", "--extend-ignore", "--disable-rule":
      .say(["--ignore"])
    case "--disable-isa-ext-check": .say(["--ignore", "instruction-set"])
    case "--enable", "--only", "--rule", "--rules", "--select-rule": .say(["--select"])
    case "--pedantic", "--werror", "--warnings-as-errors", "--warn-error", "--error-on-warning": .say(["--strict"])
    case "--settings", "--config-file", "--rcfile", "--settings-file": .say(["--config"])
    case "--no-config", "--no-settings", "--ignore-config": .say(["--isolated"])
    case "--parallel", "--workers", "--threads", "--processes", "--num-jobs": .say(["--jobs"])
    case "--silent": .say(["--quiet"])
    case "--fail-level", "--severity", "--level", "--min-severity", "--fail-severity": .say(["--fail-on"])
    case "--no-fail", "--warn-only", "--no-exit-code", "--soft-fail": .say(["--exit-zero"])
    case "--no-color", "--no-colour": .say(["--color", "never"])
    case "--colour": .say(["--color"])
    case "--stats": .say(["--statistics"])
    case "--step-summary", "--job-summary": .say(["--summary"])
    case "--no-recursive", "--non-recursive": .say(["--no-recurse"])
    case "--recursive", "--recurse", "-r", "-R": .leaveOut("folders are searched below anyway")
    case "--allow-pure-python-wheel": .leaveOut("a pure wheel is skipped, and that is no failure")
    case "--ldpaths": .leaveOut(ldpaths, hasValue: true)
    default: nil
    }
  }

  private static let ldpaths = "no library of the machine is looked at"
}

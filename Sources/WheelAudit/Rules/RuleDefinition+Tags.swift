/// What tags say of themselves, of each other, and of the wheel as a whole.
extension RuleDefinition {
  static let implausibleTag = RuleDefinition(
    .error, "tag that cannot be true",
    summary: "a tag that cannot be true of any system",
    what: "The tag names a libc that does not exist, or a legacy alias on an architecture that never had it.",
    why: "No installer will ever choose the wheel, or it promises what nobody can keep.",
    advice: "use {its minimal tag}",
    source: "PEP 600, \"Legacy manylinux tags\"; PEP 513, PEP 571, PEP 599",
    since: "0.1.0")

  static let pureTag = RuleDefinition(
    .error, "compiled code under 'any'",
    summary: "compiled code in a wheel that says it runs everywhere",
    what: "The wheel says that it runs everywhere, and has compiled objects in it.",
    why: "Installers give it to every system and processor.",
    advice: "build the wheel as a platform wheel, and tag it with its minimal tag",
    source: "PEP 425, \"Platform Tag\"; PEP 427, \"File name convention\"",
    since: "0.1.0")

  static let purelibObject = RuleDefinition(
    .warning, "compiled code in purelib",
    summary: "compiled code in the folder for pure Python",
    what: "A compiled object is installed into the folder for pure Python.",
    why: "The wheel runs, but that folder may be shared between architectures; repair tools and some distributions "
      + "refuse such wheels.",
    advice: "build the wheel as a platform wheel (Root-Is-Purelib: false)",
    source: "PEP 427, \"File contents\"; PEP 513",
    since: "0.1.0")

  static let tagMismatch = RuleDefinition(
    .warning, "file name and WHEEL disagree",
    summary: "file name and WHEEL disagree about the tags",
    what: "The tags in the file name are not those that the WHEEL file states.",
    why: "Installers read one and index tools the other, so the wheel was renamed rather than retagged.",
    advice: "retag the wheel with 'wheel tags', which keeps both the same",
    source: "PEP 427, \"File contents\"",
    since: "0.1.0")

  static let tagImprovable = RuleDefinition(
    .note, "the wheel could carry an older tag",
    summary: "a tag that is newer than what the wheel needs",
    what: "All that the wheel needs is there on older systems than the tag promises.",
    why: "Users of those systems build from source, or get an older release.",
    advice: "tag the wheel {with its minimal tag}, so that older systems install it too",
    source: "PEP 600, \"Core definition\"",
    since: "0.1.0")

  static let linuxTag = RuleDefinition(
    .note, "plain linux tag",
    summary: "a tag that names the processor and nothing else",
    what: "The tag names the processor architecture and nothing else.",
    why: "It says nothing about the systems the wheel needs, and PyPI does not accept it.",
    advice: "repair the wheel, and tag it with its minimal tag",
    source: "PEP 513, \"Rationale\"",
    since: "0.1.0")

  static let unjudgedTag = RuleDefinition(
    .note, "tag of another system",
    summary: "a tag of macOS, Windows or another system, beside those of Linux",
    what: "A platform tag of the wheel is not one of Linux.",
    why: "What the objects ask of that system is not known here, so the tag is not judged.",
    advice: "build a wheel for each system",
    source: "packaging.tags, \"platform_tags\"",
    since: "0.1.0")
}

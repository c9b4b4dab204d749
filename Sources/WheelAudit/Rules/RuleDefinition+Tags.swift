/// What tags say of themselves, of each other, and of the wheel as a whole.
extension RuleDefinition {
  static let implausibleTag = RuleDefinition(
    .error, "tag that cannot be true",
    summary: "a tag that cannot be true of any system",
    what: "The tag names a libc that does not exist, or a legacy alias on an architecture that never had it.",
    why: "No installer will ever choose the wheel, or it promises what nobody can keep.",
    advice: .minimalTag,
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
    advice: "build the wheel as a platform wheel, with Root-Is-Purelib: false",
    source: "PEP 427, \"File contents\"; PEP 513",
    since: "0.1.0")

  static let tagMismatch = RuleDefinition(
    .warning, "file name and WHEEL disagree",
    summary: "file name and WHEEL disagree about the tags",
    what: "The tags in the file name are not those that the WHEEL file states.",
    why: "Installers read one and index tools the other, so the wheel was renamed rather than retagged.",
    advice: """
      take it apart with 'wheel unpack', state the tags in WHEEL, and put it together with 'wheel pack', which names it \
      after them
      """,
    source: "PEP 427, \"File contents\"",
    since: "0.1.0")

  static let tagImprovable = RuleDefinition(
    .note, "the wheel could carry an older tag",
    summary: "a tag that keeps the wheel from supported releases of distributions on which it runs",
    what:
      "All that the wheel needs is there on releases of distributions that are supported and that the tag leaves out.",
    why: "Their users build from source, or get an older release.",
    advice: .minimalTag,
    source: "PEP 600, \"Core definition\"",
    since: "0.1.0")

  static let linuxTag = RuleDefinition(
    .warning, "plain linux tag",
    summary: "a tag that names the processor and nothing else, which PyPI does not accept",
    what: "The tag names the processor architecture and nothing else.",
    why: "It says nothing about the systems the wheel needs, and PyPI does not accept it.",
    advice: "put what the wheel needs into it, as auditwheel repair does, and tag it with its minimal tag",
    source: "PEP 513, \"Rationale\"; PyPI, warehouse/forklift/legacy.py (2026)",
    since: "0.1.0")

  static let refusedTag = RuleDefinition(
    .warning, "tag that PyPI does not accept",
    summary: "a tag of Linux that PyPI does not accept",
    what: "The tag is one of Linux, and none of those that PyPI accepts.",
    why: "The upload fails, for all files of the release that come after it too.",
    advice: "publish the wheel on an index of your own, or leave it out of the upload",
    source: "PyPI, warehouse/forklift/legacy.py (2026)",
    since: "0.1.0")

  static let unjudgedTag = RuleDefinition(
    .note, "tag of another system",
    summary: "a tag of macOS, Windows or another system, beside those of Linux",
    what: "A platform tag of the wheel is not one of Linux.",
    why: "What the objects ask of that system is not known here, so the tag is not judged.",
    advice: "build a wheel for each system",
    source: "packaging.tags, \"platform_tags\"",
    since: "0.1.0")

  static let variantMetadata = RuleDefinition(
    .error, "variant that says nothing of itself",
    summary: "a name with the label of a variant (PEP 825, a draft), and no variant.json that says what that is",
    what: """
      The file name ends with the label of a variant, and variant.json in .dist-info, which says what a system must have \
      for it, is not there, lacks the label, or is not as the draft says.
      """,
    why: """
      An installer cannot know whether the wheel fits, so none takes it; and what the label seems to promise counts for \
      nothing here.
      """,
    advice: "build the wheel with a tool that writes variant.json, with the label of the file name in it",
    source: "PEP 825 (draft of 2026), \"Variant label\" and \"Variant metadata\"",
    since: "0.2.0")

  static let variant = RuleDefinition(
    .note, "variant of a draft",
    summary: "a wheel that is a variant (PEP 825, a draft), and for which systems",
    what: "The wheel is for some of the systems that its tags name: for those that have what its variant.json says.",
    why: """
      Where that is x86_64 :: level :: v3, or another level, its objects may have the instructions of that level; other \
      properties are shown and not judged. It is a draft: PyPI refuses such names, and no released installer takes them.
      """,
    advice: "publish a wheel without a label beside it, for the installers of today",
    source: "PEP 825 (draft of 2026), \"Variant label\" and \"Variant properties\"",
    since: "0.2.0")
}

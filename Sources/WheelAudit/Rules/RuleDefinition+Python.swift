/// What extension modules need of the Python that loads them.
extension RuleDefinition {
  static let pythonABI = RuleDefinition(
    .error, "build of Python that the tag does not promise",
    summary: "a build of Python that the tag does not promise",
    what:
      "The extension module needs a symbol that only Pythons with unusual build options have, or one that the stable ABI "
      + "of its abi3 or abi3t tag has not, or has since a later Python. Or no interpreter of the tags, or not every one, "
      + "looks for a file of its name: cpython-38 in a wheel for cp39 or for abi3, linux-gnu in one for musl, abi3 in one "
      + "for abi3t. Or it is for abi3t and defined by a PyModuleDef, which builds without a lock have in another shape.",
    why:
      "In every other Python the import fails with an undefined symbol, or the module is not found, or it crashes. What "
      + "only the name of a file promises, a symbol that the stable ABI took in later and that all Pythons before are known "
      + "to export, and a file with another for the same module beside it are warnings: they load.",
    advice: """
      build with a Python that was configured as the platform tag presumes, as those in \
      {the image of the promised profile} are
      """,
    source: "PEP 513, \"UCS-2 vs UCS-4 builds\" and \"fpectl builds vs. no fpectl builds\"; PEP 384; PEP 793; PEP 803; "
      + "importlib.machinery, EXTENSION_SUFFIXES",
    since: "0.1.0")

  static let libpython = RuleDefinition(
    .error, "dependency on libpython",
    summary: "a dependency on the shared library of Python (PEP 513)",
    what: "An object needs the shared library of Python.",
    why: "A Python need not have one: most interpreters are linked statically, and the import fails there.",
    advice: "do not link the extension module with -lpython: the interpreter that loads it has what it needs",
    source: "PEP 513, \"The manylinux1 policy\"",
    since: "0.1.0")
}

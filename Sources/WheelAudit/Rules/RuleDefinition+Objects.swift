/// What single objects are, apart from the libraries and symbols that they need.
extension RuleDefinition {
  static let instructionSet = RuleDefinition(
    .error, "instructions beyond the baseline",
    summary: "instructions beyond the baseline of the architecture",
    what: "A note in the object says that it needs a newer generation of processors than the tag promises.",
    why: "The loader of glibc 2.33 and later refuses it on other processors; an older one lets it crash.",
    advice: "build without -march options above the baseline, or choose the code at run time",
    source: "x86-64 psABI, \"Micro-Architecture Levels\" and \"Program Property\"",
    since: "0.1.0")

  static let relativeRelocations = RuleDefinition(
    .error, "packed relative relocations",
    summary: "packed relative relocations (DT_RELR), which older loaders do not know",
    what: "The object has DT_RELR relocations, which loaders know only since glibc 2.36 and musl 1.2.4.",
    why: "An older loader refuses the object or, where it does not need the version GLIBC_ABI_DT_RELR, leaves it "
      + "unrelocated and lets it crash; and a newer glibc refuses what needs versions of libc and not that one.",
    advice: "link with -Wl,-z,nopack-relative-relocs", orElse: .minimalTag,
    source: "System V gABI, \"Dynamic Section\" (DT_RELR); glibc, _dl_check_map_versions",
    since: "0.1.0")

  static let executableStack = RuleDefinition(
    .error, "executable stack",
    summary: "an object that newer systems refuse to load",
    what: "The object asks for a stack whose contents can be executed.",
    why: "glibc 2.41 and later refuse to load it; everywhere else it takes a protection from the whole process.",
    advice: "link with -z noexecstack, and give assembly sources a .note.GNU-stack section",
    source: "glibc 2.41 release notes; PT_GNU_STACK (LSB Core, \"Program Header\")",
    since: "0.1.0")

  static let notLoadable = RuleDefinition(
    .error, "object that a loader refuses",
    summary: "an object that a loader refuses for how it is made",
    what:
      "The object is made in a way that the loader of the promised libc refuses, in all or in some of its releases: "
      + "its thread-local storage, its segments, its relocations, or that it is a program. Or a file that is called "
      + "like an extension module or a library is none.",
    why: "The import fails, or the process ends, though every library and symbol that the object needs is there.",
    advice: "build it as a shared library for the libc of the tag", orElse: .minimalTag,
    source: "glibc, elf/dl-load.c and elf/dl-reloc.c; musl, ldso/dynlink.c",
    since: "0.1.0")

  static let interpreter = RuleDefinition(
    .error, "program for another system's loader",
    summary: "a program whose loader (PT_INTERP) lies where no promised system has one",
    what: "A program names a loader at a path that is not the standard one of the libc and the architecture.",
    why: "The kernel takes the path as it stands; where nothing lies there, the program does not start.",
    advice: "build it in an ordinary system, or set the standard path with patchelf --set-interpreter",
    source: "Linux, fs/binfmt_elf.c; glibc, shlib-versions; musl, LDSO_PATHNAME",
    since: "0.1.0")

  static let textRelocations = RuleDefinition(
    .warning, "relocations in code",
    summary: "an object whose code is changed when it is loaded, which hardened systems refuse",
    what: "The object has relocations in what is mapped for reading only (DT_TEXTREL).",
    why:
      "The loader has to make code writable for them. SELinux and hardened kernels refuse that: \"cannot make segment "
      + "writable for relocation\"; and no two processes share the memory.",
    advice: "compile all of it with -fPIC, assembly sources too",
    source: "System V gABI, \"Dynamic Section\" (DT_TEXTREL); glibc, _dl_relocate_object",
    since: "0.1.0")

  static let writableCode = RuleDefinition(
    .note, "segment that can be written to and executed",
    summary: "an object with a segment that can be written to and executed",
    what: "A loadable segment of the object has the flags W and X.",
    why: "Whoever can write there can run code; systems with rules against that refuse to map it.",
    advice: "link without -N (--omagic) and without a linker script that puts code and data into one segment",
    source: "System V gABI, \"Program Header\" (p_flags)",
    since: "0.1.0")

  static let unsafeRunPath = RuleDefinition(
    .warning, "run path to the working directory",
    summary: "an object whose run path leads to whatever folder a process works in",
    what: "DT_RUNPATH or DT_RPATH of the object has an empty entry or one that is not absolute.",
    why:
      "The loader takes it from the folder that the process works in, and loads what lies there: code of whoever may "
      + "write into that folder.",
    advice: "name folders by $ORIGIN (patchelf --set-rpath)",
    source: "ld.so(8), \"Rpath token expansion\"; glibc, fillin_rpath; musl, path_open",
    since: "0.1.0")

  static let mixedLibc = RuleDefinition(
    .error, "object for the other libc",
    summary: "an object for another libc than the tag names",
    what: "An object is tied to glibc and a tag promises musl, or the other way round.",
    why: "One process has one libc, so the object cannot be loaded where the tag promises that it can.",
    advice: "build a wheel for each libc",
    source: "PEP 600 and PEP 656, \"Specification\"",
    since: "0.1.0")

  static let foreignArchitecture = RuleDefinition(
    .error, "object for another architecture",
    summary: "an object for another processor than the tag names",
    what: "An object is for another processor architecture than the tag names.",
    why: "The loader cannot load it. Packages do carry foreign objects as data, so only an extension module, or a "
      + "wheel without any right object, is an error.",
    advice: "build it for the architecture of the tag, or leave it out",
    source: "PEP 425, \"Platform Tag\"",
    since: "0.1.0")

  static let unjudgedObject = RuleDefinition(
    .note, "file that nothing loads",
    summary: "what nothing loads: an object for a linker, debugging information, code for a graphics processor",
    what: "A file is an object or an archive of objects for a linker, has debugging information and no code, or is "
      + "code for a graphics processor or for another system.",
    why: "No loader of a promised system opens it, so it asks nothing of one and is not judged.",
    advice: "leave it out if it got into the wheel by accident",
    source: "System V gABI, \"ELF Header\" (e_type)",
    since: "0.1.0")
}

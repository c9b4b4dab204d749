/// What an object is, or has, that loaders refuse for itself, whatever it needs of libraries.
///
/// The raw value is how it is called in reports.
public enum LoadingDemand: String, Sendable, CaseIterable {
  case initialExecTLS = "initial-exec TLS"
  case staticTLS = "static TLS"
  case segmentAlignment = "the alignment of its segments"
  case segmentOrder = "the order of its segments"
  case segmentProtection = "the protection of its segments"
  case programHeaders = "its program headers"
  case contents = "its lack of contents"
  case dynamicSegment = "its dynamic segment"
  case kernel = "the kernel that it asks for"
  case relocationType = "its relocations"
  case program = "being a program"
  case identification = "its identification"
  case openingForbidden = "a flag against being opened"
  case symbolHash = "its lack of a symbol hash table"
  case indirectFunctions = "its indirect functions"
  case textRelocations = "its relocations in code"
  case unversionedLibrary = "versions of a library that has none"
  case filters = "what it filters"
  case uniqueSymbols = "its unique symbols"
  case unansweredVersions = "versions of a library that nothing loads"

  /// What can be done: a clause without an end mark.
  public var remedy: String {
    switch self {
    case .initialExecTLS, .staticTLS:
      "compile with -ftls-model=global-dynamic (Rust: -Z tls-model=global-dynamic), or without thread-local variables"
    case .segmentAlignment: "link it anew, and do not change it with patchelf 0.18 or strip it afterwards"
    case .segmentOrder: "link it anew: a tool that changed it has put its segments out of order"
    case .segmentProtection:
      "link it anew, or with -z norelro: a tool that changed it has moved what PT_GNU_RELRO protects"
    case .programHeaders: "link it anew: a tool that changed it has damaged its program headers"
    case .contents: "build it as a shared library: what is there has nothing that a loader could load"
    case .dynamicSegment: "link it anew: a tool that changed it has damaged its dynamic segment"
    case .kernel: "take the note away (strip --remove-section=.note.ABI-tag), if it does without a newer kernel"
    case .relocationType: "build without indirect functions (ifunc), and all of it with -fPIC"
    case .program: "link it with -shared, and without -pie"
    case .identification: "link it anew for Linux: a tool has written into its header"
    case .openingForbidden: "link it without -z nodlopen"
    case .symbolHash: "link it with --hash-style=gnu or --hash-style=both"
    case .indirectFunctions: "build without indirect functions (ifunc, target_clones)"
    case .textRelocations: "compile all of it with -fPIC, assembly sources too"
    case .unversionedLibrary: "link it with the library that is in the wheel, or put in the one that it was linked with"
    case .filters: "link it without --filter and --auxiliary"
    case .uniqueSymbols: "compile with -fno-gnu-unique"
    case .unansweredVersions: "link it anew: a tool has taken the library away and left its versions"
    }
  }
}

extension LoadingDemand {
  /// What is the case, and who refuses it: one sentence or two, without the case of a wheel.
  public var meaning: String {
    switch self {
    case .initialExecTLS:
      "The object's code takes thread-local variables to lie at a fixed distance from the thread pointer (initial-exec). "
        + "musl has no room for those of what a running process opens, as every import does."
    case .staticTLS:
      "The object's code takes thread-local variables to lie at a fixed distance from the thread pointer (initial-exec). "
        + "glibc keeps 1664 bytes for those of all that a running process opens: \"cannot allocate memory in static TLS "
        + "block\"."
    case .segmentAlignment:
      "A loadable segment's place in the file and in memory differ by what pages or its own alignment do not allow: kernels "
        + "with larger pages, or glibc before 2.35, refuse to map it."
    case .segmentOrder:
      "Loadable segments do not stand in the order of their addresses, as glibc takes them to, or lie further apart than "
        + "a process has room."
    case .segmentProtection:
      "What is to be made read-only after relocation (PT_GNU_RELRO) lies where nothing of the object is mapped: \"cannot "
        + "apply additional memory protection after relocation\"."
    case .programHeaders:
      "The program headers are none, too many, or say what the kernel maps for no program: \"Exec format error\", or the "
        + "process ends as it begins."
    case .contents: "The file has no loadable segment or no dynamic segment, so that there is nothing to load."
    case .dynamicSegment:
      "The dynamic segment states a size or a kind of relocations that is none: glibc's loader ends the process "
        + "(\"Inconsistency detected by ld.so\")."
    case .kernel:
      "A note of the object (NT_GNU_ABI_TAG) asks for another system than Linux or for a newer kernel than some have: "
        + "glibc before 2.36 passes the object over and says that it does not exist."
    case .relocationType:
      "The object has relocations of a type that the loader does not know, or knows since a later release only."
    case .program:
      "A file that is imported or loaded is a program: glibc opens no executable (ET_EXEC), and since 2.30 no "
        + "position-independent one either (DF_1_PIE)."
    case .identification:
      "The first bytes of the ELF header (e_ident) state a version or a system that glibc does not take."
    case .openingForbidden: "The object is marked as one that must not be opened (DF_1_NOOPEN)."
    case .symbolHash:
      "The object has neither DT_HASH nor DT_GNU_HASH, so that a loader finds no symbol in it, not even its own."
    case .indirectFunctions:
      "A function of the object is chosen when it is loaded (STT_GNU_IFUNC). musl does not know such functions, and glibc "
        + "knows them since 2.11."
    case .textRelocations:
      "The object has relocations in what is mapped for reading only. musl makes that writable where it maps it itself, "
        + "which it does not with programs, and where DT_TEXTREL says so, not DF_TEXTREL alone: otherwise the process ends "
        + "with a signal."
    case .unversionedLibrary:
      "Versions are asked of a library of the wheel that has no table of versions (DT_VERSYM) and has the symbols: glibc "
        + "before 2.41 ends the process by an assertion."
    case .filters:
      "The object stands in for another library (DT_FILTER, DT_AUXILIARY), and glibc before 2.32 ends the process when it "
        + "opens such a one."
    case .uniqueSymbols:
      "The object has symbols of which a process has one (STB_GNU_UNIQUE), which glibc knows since 2.11."
    case .unansweredVersions:
      "Versions of a library are recorded as needed, and nothing loads the library: glibc's loader ends the process by an "
        + "assertion."
    }
  }

  /// Words by which people look for it, in small letters.
  public var keywords: [String] {
    switch self {
    case .initialExecTLS: ["tls", "initial-exec", "thread-local storage", "thread_local"]
    case .staticTLS: ["tls", "static tls block", "thread-local storage", "thread_local"]
    case .segmentAlignment: ["alignment", "max-page-size", "page size", "p_align"]
    case .segmentOrder: ["segments", "pt_load"]
    case .segmentProtection: ["relro", "pt_gnu_relro"]
    case .programHeaders: ["program headers", "e_phnum", "phdr"]
    case .contents: ["pt_dynamic", "no dynamic section", "no loadable segments"]
    case .dynamicSegment: ["dt_pltrel", "dt_relaent", "dt_relent", "dt_relrent", "dynamic section"]
    case .kernel: ["nt_gnu_abi_tag", ".note.abi-tag", "abi-tag", "kernel too old"]
    case .relocationType: ["relocation", "relocations"]
    case .program: ["df_1_pie", "pie", "et_exec"]
    case .identification: ["e_ident", "osabi", "ei_osabi"]
    case .openingForbidden: ["df_1_noopen", "nodlopen"]
    case .symbolHash: ["hash", "dt_hash", "dt_gnu_hash"]
    case .indirectFunctions: ["ifunc", "stt_gnu_ifunc", "indirect functions"]
    case .textRelocations: ["textrel", "dt_textrel", "df_textrel", "text relocations"]
    case .unversionedLibrary: ["dt_versym", "check_match"]
    case .filters: ["dt_filter", "dt_auxiliary", "filter"]
    case .uniqueSymbols: ["stb_gnu_unique", "gnu-unique"]
    case .unansweredVersions: ["verneed", "dt_verneed"]
    }
  }
}

/// The style of a page, for narrow and wide, light and dark, and paper.
enum HTMLStyle {
  /// What the page allows as style: the SHA-256 of the sheet, as a content security policy names it.
  ///
  /// When it changes, `HTMLReportTests` says what it must be.
  static let hash = "sha256-+uXUtmSao7zSGWjO5DThzfg56h/d77B/U7BTD1LVXpQ="

  static let source: StaticString = #"""

    :root {
      color-scheme: light dark;
      --page: #fff; --panel: #f5f7f9; --text: #1b1f24; --faint: #525b66; --line: #cfd6dd; --control: #737d88;
      --link: #0a58ba; --good: #0b5c2b; --good-back: #d9f2df; --bad: #9b1c12; --bad-back: #ffdfdb;
      --doubt: #6b4a00; --doubt-back: #fff0c4; --claim: #dbe7fb;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --page: #12161b; --panel: #1a2027; --text: #e6e9ed; --faint: #a3adb8; --line: #363f49; --control: #87919d;
        --link: #82bcff; --good: #86e0a2; --good-back: #12351f; --bad: #ffb3ab; --bad-back: #4c1a1a;
        --doubt: #f2cf75; --doubt-back: #3d2f08; --claim: #1d3357;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 0 1rem 2rem; max-width: 96rem; background: var(--page); color: var(--text);
      font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
    }
    h1 { font-size: 1.25rem; margin: 1rem 0 .25rem; }
    h2 { font-size: 1.35rem; line-height: 1.3; margin: 1.5rem 0 .5rem; }
    h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
    p { margin: .5rem 0; max-width: 90ch; }
    a { color: var(--link); }
    code { font: .92em/1.4 ui-monospace, monospace; unicode-bidi: isolate; }
    small, .folder, footer { color: var(--faint); }
    small { font-size: .85em; }
    ul { margin: 0; padding-left: 1.2rem; }
    summary { cursor: pointer; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    main:focus { outline: none; }
    .skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--page); }
    .skip:focus { left: 1rem; top: .5rem; z-index: 9; }
    section { scroll-margin-top: 1rem; }
    footer { margin-top: 2rem; border-top: 1px solid var(--line); font-size: .9rem; }

    .badge {
      display: inline-block; padding: 0 .5em; border: 1px solid; border-radius: .3em; font-size: .9em;
      background: var(--panel); color: var(--faint); white-space: nowrap;
    }
    .good { color: var(--good); background: var(--good-back); }
    .bad { color: var(--bad); background: var(--bad-back); }
    .doubtful { color: var(--doubt); background: var(--doubt-back); }
    .verdict .badge { font-size: 1.25rem; font-weight: 600; padding: .1em .6em; white-space: normal; }
    .facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem 1rem; margin: 1rem 0; }
    .facts dt { color: var(--faint); }
    .facts dd { margin: 0; max-width: 90ch; }
    .tag { font-weight: 700; }
    .wheel { border-top: 1px solid var(--line); }
    .wheel > summary { padding: .6rem 0; }
    .wheel > summary h2 { display: inline; font-size: 1.15rem; }

    .scroll { overflow: auto; max-width: 100%; border: 1px solid var(--line); border-radius: .4rem; }
    .tall { max-height: min(85vh, 60rem); }
    table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .92rem; overflow-wrap: normal; }
    th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
    tbody tr:last-child > * { border-bottom: 0; }
    thead th { position: sticky; top: 0; z-index: 2; background: var(--panel); white-space: nowrap; }
    tbody th { font-weight: 400; overflow-wrap: anywhere; min-width: 11rem; }
    th button { all: unset; cursor: pointer; font-weight: 600; }
    th button:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    th button::after { content: " ↕"; color: var(--faint); }
    th[aria-sort=ascending] button::after { content: " ▲"; color: inherit; }
    th[aria-sort=descending] button::after { content: " ▼"; color: inherit; }
    td:empty::before { content: "–"; color: var(--faint); }
    #wheels-table td:nth-child(4) { white-space: nowrap; }
    .requirements td { min-width: 6rem; }
    .requirements td:nth-child(2) { white-space: nowrap; }
    .requirements td:nth-last-child(-n+2) { min-width: 16rem; overflow-wrap: anywhere; }
    .requirements small { display: block; }
    .objects td, .objects th { min-width: 16rem; overflow-wrap: anywhere; }
    .names { list-style: none; padding: 0; }
    .lines { display: block; white-space: pre-wrap; overflow-wrap: anywhere; }
    summary + .lines { padding-left: 1.1rem; }
    .releases { columns: 22rem; list-style: none; padding: 0; margin: .5rem 0; }
    .hint { display: none; color: var(--faint); font-size: .9rem; }
    .filter, .explore { display: flex; flex-wrap: wrap; gap: .3rem .75rem; align-items: center; margin: .5rem 0; }
    .filter[hidden], tr[hidden], section[hidden] { display: none; }
    .filter input, .filter select, .explore input, .explore button {
      font: inherit; min-width: 0; padding: .3rem .6rem; color: inherit;
      background: var(--page); border: 1px solid var(--control); border-radius: .3rem;
    }
    .filter input, .explore input { flex: 1 1 12rem; max-width: 26rem; }
    .explore button { cursor: pointer; background: var(--panel); }
    .explore output { flex-basis: 100%; color: var(--faint); }

    .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .5rem 0; list-style: none; }
    .matrix { width: auto; min-width: min(100%, 60rem); }
    .matrix thead th:first-child, .matrix tbody th { position: sticky; left: 0; background: var(--page); z-index: 1; }
    .matrix thead th:first-child { background: var(--panel); z-index: 3; }
    .matrix tbody th { width: 100%; border-right: 1px solid var(--line); }
    .matrix .p, .matrix td { text-align: center; vertical-align: middle; }
    .matrix .version, .matrix .claimed { display: block; }
    .matrix .claimed { font-size: .8em; font-weight: 400; }
    .matrix thead .claim { background: var(--claim); }
    .matrix td.claim { border-left: 2px solid var(--link); border-right: 2px solid var(--link); }
    .matrix .p, .matrix td { padding: .25rem .4rem; }
    .matrix td:not(.number) { min-width: 2.3rem; }
    .matrix .number { white-space: nowrap; }
    .cell { display: inline-block; min-width: 1.8rem; text-align: center; border-radius: .2rem; }
    .floor { background: var(--good); color: var(--page); }
    .runs { background: var(--good-back); color: var(--good); }
    .lacks { color: var(--faint); }
    .breaks { background: var(--bad-back); color: var(--bad); font-weight: 700; }

    .findings { list-style: none; padding: 0; }
    .finding { border-left: 4px solid var(--control); padding: .1rem 0 .1rem .8rem; margin: .75rem 0; }
    .finding.error { border-color: var(--bad); }
    .finding.warning { border-color: var(--doubt); }
    .finding p { margin: .15rem 0; }
    .messages { padding-left: 1.2rem; }
    .where { color: var(--faint); }
    .help { font-weight: 600; }
    .paste { padding: .3rem .6rem; margin: .3rem 0; background: var(--panel); border-radius: .3rem; max-width: 90ch; }
    .rule { border-bottom: 1px solid var(--line); padding: .4rem 0; max-width: 60rem; }
    .rule dt { color: var(--faint); margin-top: .4rem; }
    .rule dd { margin: 0; }

    @media (max-width: 40rem) {
      .badge { white-space: normal; }
      .facts { grid-template-columns: 1fr; gap: 0; }
      .facts dd { margin-bottom: .5rem; }
      .matrix tbody th, .matrix thead th:first-child { position: static; }
      .matrix thead th:first-child { position: sticky; left: auto; }
      .matrix tbody th { min-width: 10rem; }
      .matrix td:not(.number) { min-width: 2rem; }
      .hint { display: block; }
      .tall { max-height: 75vh; }
      .cards thead, .objects thead, .cards td:empty, .objects td:empty { display: none; }
      .cards, .objects, .cards :is(tbody, tr, th, td), .objects :is(tbody, tr, th, td) {
        display: block; width: auto; min-width: 0 !important;
      }
      .cards tr[hidden] { display: none; }
      .cards tr, .objects tr { padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
      .cards :is(th, td), .objects :is(th, td) { border: 0; padding: .1rem 0; }
      .cards td { position: relative; padding-left: 6.5rem; }
      .cards td::before { position: absolute; left: 0; color: var(--faint); }
      #wheels-table td:nth-child(2)::before { content: "Verdict"; }
      #wheels-table td:nth-child(3)::before { content: "Minimal tag"; }
      #wheels-table td:nth-child(4)::before { content: "Floor"; }
      #wheels-table td:nth-child(5)::before { content: "Errors"; }
      #wheels-table td:nth-child(6)::before { content: "Warnings"; }
      .requirements td:nth-child(1)::before { content: "Floor"; }
      .requirements td:nth-child(2)::before { content: "Kind"; }
      .requirements td:nth-child(3)::before { content: "Library"; }
      .requirements td:nth-child(4)::before { content: "Version"; }
      .requirements td:nth-child(5)::before { content: "Symbols"; }
      .requirements td:nth-child(6)::before { content: "Objects"; }
      .objects td { padding-left: 1rem; }
    }
    @media print {
      body { max-width: none; padding: 0; font-size: 10pt; }
      table { font-size: 7.5pt; }
      th, td { padding: 1pt 2pt; }
      .matrix td, .matrix .p { padding: 1pt; }
      tbody th, td, .matrix, .objects :is(th, td), .requirements td:nth-last-child(-n+2), .matrix td:not(.number) {
        min-width: 0; overflow-wrap: anywhere;
      }
      .matrix tbody th, .requirements td:nth-last-child(1), .objects th { min-width: 8rem; }
      .requirements td:nth-child(-n+4) { min-width: 4.4rem; white-space: normal; }
      .matrix .p { font-size: 6pt; }
      td .names li { display: inline; margin-right: 1em; }
      .badge { white-space: normal; }
      .skip, .filter, .explore, .hint, th button::after { display: none; }
      .scroll, .tall, .picture { overflow: visible; max-height: none; border: 0; }
      thead th, .matrix tbody th, .matrix thead th:first-child { position: static; }
      .graph { max-width: 100%; height: auto; }
      details::details-content { content-visibility: visible; block-size: auto; }
      tr, .finding { break-inside: avoid; }
      a { color: inherit; }
    }

    """#
}

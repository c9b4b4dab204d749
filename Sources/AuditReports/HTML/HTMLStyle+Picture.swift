extension HTMLStyle {
  /// The style of the pictures of objects and libraries.
  static let picture: StaticString = #"""

    @media screen { .picture { max-height: 90vh; } }
    .graph { display: block; }
    .edge { fill: none; stroke: var(--control); stroke-width: 1.4; }
    .platform.edge { stroke-opacity: .55; }
    .bundled.edge { stroke: var(--good); }
    .unreachable.edge { stroke: var(--doubt); stroke-width: 2; stroke-dasharray: 9 4; }
    .mismatched.edge, .notLoadable.edge { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 9 4; }
    .external.edge { stroke: var(--bad); stroke-width: 1.6; stroke-dasharray: 3 3; }
    .excluded.edge { stroke-dasharray: 1 5; stroke-linecap: round; stroke-width: 2; }
    .node rect { fill: var(--page); stroke: var(--control); stroke-width: 1.2; }
    .graph text { fill: var(--text); font: 12px ui-monospace, monospace; }
    .graph .note { fill: var(--faint); }
    .graph .head { font: 600 13px system-ui, sans-serif; }
    .node.extension rect { fill: var(--claim); stroke: var(--link); }
    .node.object rect { fill: var(--good-back); stroke: var(--good); }
    .node.platform rect { fill: var(--panel); }
    .node.flawed rect { fill: var(--bad-back); stroke: var(--bad); stroke-width: 2; }
    .node.unreachable rect { fill: var(--doubt-back); stroke: var(--doubt); stroke-width: 2; stroke-dasharray: 9 4; }
    .node.mismatched rect,
    .node.notLoadable rect { fill: var(--bad-back); stroke: var(--bad); stroke-width: 2; stroke-dasharray: 9 4; }
    .node.external rect { fill: var(--bad-back); stroke: var(--bad); stroke-width: 2; stroke-dasharray: 3 3; }
    .node.excluded rect { stroke-dasharray: 1 5; stroke-linecap: round; stroke-width: 2; }
    .node[role=button] { cursor: pointer; }
    .node.start rect { stroke-width: 3; stroke-dasharray: none; }
    .node:focus-visible rect { stroke: var(--link); stroke-width: 3; stroke-dasharray: none; }
    .marked .edge:not(.near) { stroke-opacity: .12; }
    .marked .node:not(.near) { opacity: .4; }
    .marked .edge.near { stroke-opacity: 1; stroke-width: 2.6; }

    """#
}

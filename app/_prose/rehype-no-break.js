/** What stays on one line: a number with its unit, both sides of a sign, and a noun with its number. */
const bonds = [
  [/(\d) (?=(?:%|ms|µs|s|min|h|B|KB|MB|GB|bytes|px)(?![\p{L}\d]))/gu, '$1\u00a0'],
  [/ ([=+<>≥≤×−]) /g, '\u00a0$1\u00a0'],
  [
    /\b((?:[Ff]igure|[Rr]ule|[Rr]ead|[Ww]rite|[Vv]ersion|[Ss]eed|[Tt]erm|[Ii]ndex|[Cc]hapters?|[Ss]ections?|LSN|epoch)) (?=\d)/g,
    '$1\u00a0',
  ],
];

/** Elements whose spaces are their own. */
const verbatim = new Set(['code', 'pre']);

/**
 * A rehype plugin: no line of a guide begins with the unit of the number before it, or with a sign in the middle of a formula. It changes
 * spaces of text to such that do not break; run it last, so that anchors are made from the words as written.
 */
export default function rehypeNoBreak() {
  return bind;
}

/**
 * A text with spaces that do not break where a line should not.
 * @param {string} text
 * @returns {string}
 */
export function unbroken(text) {
  return bonds.reduce((kept, [space, bond]) => kept.replace(space, bond), text);
}

function bind(node) {
  if (verbatim.has(node.tagName)) return;
  if (node.type === 'text') node.value = unbroken(node.value);
  for (const child of node.children ?? []) bind(child);
}

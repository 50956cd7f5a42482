import { sectionHeadings } from './section-headings.js';

/**
 * A rehype plugin, run after rehype-slug: gives every MDX file an export `contents`, the list of its sections in order,
 * as `{ id, title }`. A section is a `##` heading or a component of section-headings.js at the top level of the file.
 */
export default function rehypeContents() {
  return (tree) => {
    const contents = tree.children.map(sectionOf).filter((section) => section !== undefined);
    requireUniqueIds(contents);
    tree.children.unshift(exportOf(contents));
  };
}

function sectionOf(node) {
  if (node.type === 'element' && node.tagName === 'h2') return { id: node.properties.id, title: textOf(node) };
  if (node.type !== 'mdxJsxFlowElement') return undefined;
  const heading = sectionHeadings[node.name];
  if (heading === undefined) return undefined;
  return { id: attributeOf(node, 'id') ?? heading.id, title: attributeOf(node, 'title') ?? heading.title };
}

function attributeOf(node, name) {
  const value = node.attributes.find((attribute) => attribute.name === name)?.value;
  if (value === undefined || typeof value === 'string') return value;
  throw new Error(`<${node.name} ${name}={…}>: write the ${name} as a plain string, so that the contents can list it.`);
}

function textOf(node) {
  return node.value ?? node.children?.map(textOf).join('') ?? '';
}

function requireUniqueIds(contents) {
  const seen = new Set();
  for (const { id, title } of contents) {
    if (seen.has(id)) throw new Error(`Two sections have the id "${id}". Give the one titled "${title}" another id.`);
    seen.add(id);
  }
}

/** `export const contents = […]` as the syntax tree that MDX expects; no parser is needed for plain strings. */
function exportOf(contents) {
  const literal = (value) => ({ type: 'Literal', value });
  const property = ([key, value]) => ({
    type: 'Property',
    kind: 'init',
    method: false,
    shorthand: false,
    computed: false,
    key: { type: 'Identifier', name: key },
    value: literal(value),
  });
  const elements = contents.map((section) => ({
    type: 'ObjectExpression',
    properties: Object.entries(section).map(property),
  }));
  const declaration = {
    type: 'VariableDeclaration',
    kind: 'const',
    declarations: [
      {
        type: 'VariableDeclarator',
        id: { type: 'Identifier', name: 'contents' },
        init: { type: 'ArrayExpression', elements },
      },
    ],
  };
  const body = [{ type: 'ExportNamedDeclaration', declaration, specifiers: [], source: null, attributes: [] }];
  return {
    type: 'mdxjsEsm',
    value: '',
    data: { estree: { type: 'Program', sourceType: 'module', body, comments: [] } },
  };
}

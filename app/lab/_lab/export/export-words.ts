import type { ExportName } from '../../../../simulations/index.ts';

/** A format in the menu. */
export interface ExportWords {
  readonly title: string;
  /** The tools that open it. */
  readonly opens: string;
}

/** Every format, data first, then pictures. Kept beside the menu so that the page does not load the writers for their titles. */
export const exportWords: Readonly<Record<ExportName, ExportWords>> = {
  shiviz: { title: 'ShiViz log', opens: 'ShiViz: paste it with the expression in its first line' },
  chrome: { title: 'Chrome trace', opens: 'Perfetto (ui.perfetto.dev), chrome://tracing' },
  edn: { title: 'Jepsen history, EDN', opens: 'Jepsen, Knossos, Elle' },
  jsonl: { title: 'History, JSON lines', opens: 'faultline check, jq' },
  itf: { title: 'Informal Trace Format', opens: 'ITF Trace Viewer in VS Code, Apalache, Quint' },
  mermaid: { title: 'Sequence diagram, Mermaid', opens: 'Mermaid, Markdown on GitHub and GitLab' },
  svg: { title: 'Space-time diagram, SVG', opens: 'any browser, Inkscape, a document' },
  frame: { title: 'Topology at this moment, SVG', opens: 'any browser, Inkscape, a document' },
};

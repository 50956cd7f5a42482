import type { Run } from '../run/execute.ts';
import { exportChromeTrace } from './chrome-trace.ts';
import { exportEdn } from './edn.ts';
import { exportFrameSvg, type FrameSvgOptions } from './frame-svg.ts';
import { exportItf } from './itf.ts';
import { exportJsonLines } from './jsonl.ts';
import { exportMermaid } from './mermaid.ts';
import { exportShiViz } from './shiviz.ts';
import { exportSvg, type SvgOptions } from './svg.ts';

/** A form in which a run leaves Faultline. */
export interface ExportFormat {
  /** For a menu: what it is and what reads it. */
  readonly title: string;
  /** How files of it are named. */
  readonly extension: string;
  readonly mediaType: string;
  /** A picture is drawn of a few hundred milliseconds; data may hold the whole run. */
  readonly picture: boolean;
  /** Throws `ExportRefusal` for a range, moment or key that the run does not have, and for more than the format can hold. */
  write(run: Run, options: SvgOptions & FrameSvgOptions): string;
}

/** Every export by its name on the command line. */
export const exportFormats = {
  shiviz: format('ShiViz log', 'log', 'text/plain', exportShiViz),
  chrome: format('Chrome trace (Perfetto)', 'trace.json', 'application/json', exportChromeTrace),
  mermaid: format('Mermaid sequence diagram', 'mmd', 'text/vnd.mermaid', exportMermaid, true),
  edn: format('Jepsen history (EDN)', 'edn', 'application/edn', exportEdn),
  jsonl: format('History (JSON lines)', 'jsonl', 'application/jsonl', exportJsonLines),
  itf: format('Informal Trace Format (Apalache, Quint)', 'itf.json', 'application/json', exportItf),
  svg: format('Space-time diagram (SVG)', 'svg', 'image/svg+xml', exportSvg, true),
  frame: format('Topology at one moment (SVG)', 'frame.svg', 'image/svg+xml', exportFrameSvg, true),
} as const satisfies Readonly<Record<string, ExportFormat>>;

export type ExportName = keyof typeof exportFormats;

function format(
  title: string,
  extension: string,
  mediaType: string,
  write: ExportFormat['write'],
  picture = false,
): ExportFormat {
  return { title, extension, mediaType, picture, write };
}

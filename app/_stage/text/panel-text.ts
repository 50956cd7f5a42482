import type { LogLane, Panel } from '../../../simulations/index.ts';

/** A panel in sentences, a line for each host. */
export function panelText(panel: Panel): readonly string[] {
  if (panel.kind === 'log-matrix') {
    const chosen = panel.committed === 0 ? 'Nothing is committed.' : `Committed up to ${panel.committed}.`;
    return [`${panel.title}.`, chosen, ...panel.lanes.map((lane) => laneText(lane, panel.epochWord))];
  }
  return [
    `${panel.title}.`,
    ...panel.rows.map(({ name, cells }) => {
      const held = cells.map(({ text, marked }, at) => `${panel.columns[at]} ${text}${marked ? ' (changed)' : ''}`);
      return `${name}: ${held.join(', ')}.`;
    }),
  ];
}

function laneText({ host, leads, firstIndex, cells, cursors }: LogLane, epochWord: string): string {
  const parts: string[] = [];
  if (firstIndex > 1) parts.push(`a snapshot up to ${firstIndex - 1}`);
  let epoch: number | undefined;
  for (const [at, cell] of cells.entries()) {
    if (cell === null) {
      parts.push(`${firstIndex + at} empty`);
      continue;
    }
    const state = [cell.durable ? '' : 'not on disk', cell.doomed ? 'will be overwritten' : ''].filter(Boolean);
    const from = cell.epoch === epoch ? '' : `${epochWord} ${cell.epoch}: `;
    epoch = cell.epoch;
    parts.push(`${from}${firstIndex + at} ${cell.label}${state.length > 0 ? ` (${state.join(', ')})` : ''}`);
  }
  if (parts.length === 0) parts.push('an empty log');
  const known = cursors.map(({ label, index }) => `${label} ${index}`);
  const end = known.length > 0 ? `; ${known.join(', ')}` : '';
  return `${host}${leads ? ', which leads,' : ''} has ${parts.join(', ')}${end}.`;
}

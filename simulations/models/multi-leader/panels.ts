import type { WorldView } from '../../kernel/view.ts';
import type { Focus } from '../model.ts';
import type { Sheet } from '../scene.ts';
import { rightsHeld } from './change.ts';
import { shownOf } from './datum.ts';
import { markOf, wordsOf } from './focus.ts';
import { configIn, diskOf, regionsOf } from './history.ts';
import type { Config, Held } from './messages.ts';
import { elementsOf } from './or-set.ts';
import { itemsOf } from './story.ts';

type Row = Sheet['rows'][number];

/** What each region has on disk under the key in focus, side by side; cells that differ from the first region's are marked. */
export function storesSheet(world: WorldView, focus: Focus): Sheet {
  const config = configIn(world);
  const held = regionsOf(world).map(({ disk }) => diskOf(disk).store[focus.key]);
  const rows =
    config.data === 'cart'
      ? cartRows(held, focus)
      : config.data === 'counter'
        ? counterRows(held, config)
        : registerRows(held, focus);
  return { kind: 'sheet', title: `Stores side by side: ${focus.key}`, columns: config.regions, rows };
}

function row(name: string, texts: readonly string[]): Row {
  return { name, cells: texts.map((text) => ({ text, marked: text !== texts[0] })) };
}

function cartRows(held: readonly (Held | undefined)[], focus: Focus): readonly Row[] {
  const items = [...new Set(held.flatMap(itemsOf))].sort();
  const rows = items.map((item) =>
    row(
      item,
      held.map((one) => (itemsOf(one).includes(item) ? dotsOf(one, item) : '–')),
    ),
  );
  return [newestRow(held, focus), ...rows];
}

/** How an item is held: by the dots of its adds where there are any. */
function dotsOf(held: Held | undefined, item: string): string {
  if (held?.datum.kind !== 'or-set' || !elementsOf(held.datum.set).includes(item)) return 'in';
  return held.datum.set.elements[item]!.map(({ name, count }) => `${name} ${count}`).join(', ');
}

/** The version of each region, with the texture of its age. */
function newestRow(held: readonly (Held | undefined)[], focus: Focus): Row {
  const marks = held.map((one) => markOf(one, focus));
  const cells = marks.map((mark) => ({
    text: mark?.label ?? 'nothing',
    ...(mark !== undefined && { rank: mark.rank }),
    marked: mark?.label !== marks[0]?.label,
  }));
  return { name: 'version', cells };
}

function registerRows(held: readonly (Held | undefined)[], focus: Focus): readonly Row[] {
  return [
    newestRow(held, focus),
    row(
      'value',
      held.map((one) => markOf(one, focus)?.value ?? 'nothing'),
    ),
  ];
}

function counterRows(held: readonly (Held | undefined)[], config: Config): readonly Row[] {
  const rows = [
    row(
      'value',
      held.map((one) => wordsOf(shownOf(one?.datum, false) ?? 0)),
    ),
  ];
  const counters = held.map((one) =>
    one?.datum.kind === 'pn-counter'
      ? one.datum.counter
      : one?.datum.kind === 'escrow'
        ? one.datum.escrow.counter
        : undefined,
  );
  if (!config.resolve.startsWith('lww')) {
    for (const name of config.regions) {
      rows.push(
        row(
          `${name} counted`,
          counters.map((one) => `${(one?.increments[name] ?? 0) - (one?.decrements[name] ?? 0)}`),
        ),
      );
    }
  }
  if (config.resolve === 'escrow') {
    for (const name of config.regions) {
      rows.push(
        row(
          `rights of ${name}`,
          held.map((one) => `${rightsHeld(one?.datum, name, config)}`),
        ),
      );
    }
  }
  return rows;
}

/** Who has how many writes of whom on disk; what is behind the writer's own count is marked. */
export function vectorsSheet(world: WorldView): Sheet {
  const { regions } = configIn(world);
  const vectors = regionsOf(world).map(({ disk }) => diskOf(disk).vector);
  const rows = regions.map((name, at): Row => {
    const cells = regions.map((origin, place) => {
      const count = vectors[at]![origin] ?? 0;
      return { text: `${count}`, marked: count < (vectors[place]![origin] ?? 0) };
    });
    return { name: `${name} has`, cells };
  });
  return { kind: 'sheet', title: 'Version vectors', columns: regions.map((name) => `of ${name}`), rows };
}

/** A sheet in words: "apples: eu in, us –." */
export function sheetWords({ title, columns, rows }: Sheet): string {
  const lines = rows.map(
    ({ name, cells }) => `${name}: ${cells.map(({ text }, at) => `${columns[at]} ${text}`).join('; ')}.`,
  );
  return `${title}. ${lines.join(' ')}`;
}

import { faultBands } from './fault-bands.ts';
import { type DiagramFrame, faultRow } from './frame.ts';
import { headsY } from './lanes.ts';
import { element, path, words } from './markup.ts';
import { tenth } from './path.ts';
import { wordPx } from './strata-paths.ts';
import { timeAxis } from './time-axis.ts';

/** The time axis with its grid, the heads of the lanes, and the faults as bands under the axis. */
export function timeLayer(frame: DiagramFrame): string {
  const { fromUs, untilUs, left, right, axisY, lanes } = frame;
  const { unit, ticks } = timeAxis(fromUs, untilUs, right - left);
  let [grid, marks, labels] = ['', '', ''];
  for (const { us, major, label } of ticks) {
    const x = tenth(frame.x(us));
    grid += `M${x} ${axisY}V${tenth(lanes.bottom)}`;
    marks += `M${x} ${axisY}v${major ? -7 : -4}`;
    if (major && x + 3 + wordPx(label) <= right + 6) labels += words('axis-word', x + 3, axisY - 5, label);
  }
  const axis = path('grid', grid) + path('axis', `${marks}M${left} ${axisY}H${tenth(right)}`);
  return axis + labels + words('axis-word', left - 6, axisY - 5, unit, 'end') + heads(frame) + faultRows(frame);
}

function heads(frame: DiagramFrame): string {
  const { lanes } = frame;
  const ys = headsY(lanes, frame, frame.x);
  return lanes.lanes
    .map(({ id, shape }, position) => {
      const y = tenth(ys[position]!);
      const mark =
        shape === 'client'
          ? element('rect', { class: 'client', x: 8, y: y - 5, width: 10, height: 10 })
          : element('circle', { class: 'replica', cx: 13, cy: y, r: 5.5 });
      return mark + words('lane-word', 24, y + 4, id);
    })
    .join('');
}

type Band = ReturnType<typeof faultBands>['bands'][number];

function faultRows(frame: DiagramFrame): string {
  const { bands, rows } = faultBands(frame.run);
  if (bands.length === 0) return '';
  const y = frame.axisY + 9;
  const drawn = bands
    .filter((band) => band.fromUs < frame.untilUs && band.untilUs > frame.fromUs)
    .map((band) => {
      const later = bands.filter(({ row, fromUs }) => row === band.row && fromUs >= band.untilUs);
      const room = Math.min(frame.right, ...later.map(({ fromUs }) => frame.x(fromUs)));
      return faultBand(frame, { band, y: y + band.row * faultRow(rows), room });
    });
  const title = words('axis-word', frame.left - 6, y + 3.5, 'faults', 'end');
  return title + element('g', { 'clip-path': 'url(#field)' }, ...drawn);
}

/** A band with its title inside it where it fits, else behind it up to where the next band begins. */
function faultBand(frame: DiagramFrame, { band, y, room }: { band: Band; y: number; room: number }): string {
  const [from, until] = [tenth(frame.x(band.fromUs)), tenth(frame.x(band.untilUs))];
  const inside = Math.max(from, frame.left) + 8;
  const width = wordPx(band.title);
  const fits = Math.min(until, frame.right) - inside > width + 8;
  const x = fits ? inside : until + 8;
  const look = band.kind === 'plain' ? 'fault' : `fault fault-${band.kind}`;
  const line = path(look, `M${from} ${y}H${until}`);
  const caps = path(
    band.kind === 'cut' ? 'fault fault-cut' : 'fault',
    `M${from} ${y - 4}v8${band.open ? '' : `M${until} ${y - 4}v8`}`,
  );
  const ground = fits ? element('rect', { class: 'sheet', x: x - 3, y: y - 6, width: width + 6, height: 12 }) : '';
  return line + caps + ground + (x + width <= room ? words('word cased', x, y + 3.5, band.title) : '');
}

import { exportFormats, lanesUnder, type Scenario, seamPath, verticalPath } from '../../../simulations/index.ts';
import { violationIn, violationsOf } from '../../_static/evidence.ts';
import { sentence } from '../../_static/format.ts';
import type { PinnedRun } from '../../_static/pinned.ts';
import { ends } from '../_scenario/names.ts';
import { pictureWindow } from '../_scenario/picture-window.ts';
import { CARD_SIZE } from './card-size.ts';
import { outlined } from './outlined.ts';
import type { Setter, Setting } from './outlines.ts';

const MARGIN = 48;
const INNER = CARD_SIZE.width - 2 * MARGIN;
/** The light theme of app/tokens.css: a card carries its own colours. */
const INK = {
  sheet: '#ffffff',
  ink: '#12181b',
  ink2: '#3c474c',
  ink3: '#58656a',
  violated: '#b33000',
  holds: '#006a5a',
};

const NAME: Setting = { voice: 'ui', sizePx: 24, weight: 620 };
const ID: Setting = { voice: 'data', sizePx: 16, weight: 400 };
const FINDING: Setting = { voice: 'prose', sizePx: 27, weight: 500 };
/** A long title is set smaller, in steps of two px, down to this. */
const TITLE_PX = { max: 46, min: 30 };

/** Where the rows stand, in px from the top. */
const ROW = { name: 46, rule: 62, title: 122, pictureFrom: 144, pictureTo: 536, violated: 572, holds: 610 };

/** What the card of a scenario shows. */
export interface CardContent {
  readonly scenario: Scenario;
  /** Every variant on the pinned seed. */
  readonly runs: readonly PinnedRun[];
}

/** A scenario as a picture for whoever follows a link: the name, the run that refutes the claim, the finding and the fix. SVG, 1200 by 630. */
export function scenarioCard({ scenario, runs }: CardContent, setter: Setter): string {
  const { broken, fixed } = ends(scenario);
  const pinned = runs.find(({ variant }) => variant.id === broken.id) ?? runs[0]!;
  const repaired = runs.find(({ variant }) => variant.id === fixed.id);
  const { drawn, finding } = picture(scenario, pinned, setter);
  const holds = repaired !== undefined && violationsOf(repaired).length === 0;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_SIZE.width}" height="${CARD_SIZE.height}" viewBox="0 0 ${CARD_SIZE.width} ${CARD_SIZE.height}">`,
    `<rect width="${CARD_SIZE.width}" height="${CARD_SIZE.height}" fill="${INK.sheet}"/>`,
    head(scenario, setter),
    title(scenario.title, setter),
    drawn,
    finding === undefined ? '' : verdict('violated', finding, setter),
    holds ? verdict('holds', repair(scenario, setter), setter) : '',
    '</svg>',
  ].join('\n');
}

/** The mark and the name over a rule that is torn under the name's joint. */
function head({ id }: Scenario, setter: Setter): string {
  const mark = `<path transform="translate(${MARGIN} ${ROW.name - 24}) scale(1.15)" fill="${INK.ink}" d="M1 3.5H14.6L13.6 6.5H1ZM1 10.5H12.3L11.3 13.5H1ZM1 17.5H10L9 20.5H1ZM17 7H25V10H16ZM14.7 14H25V17H13.7ZM12.4 21H25V24H11.4Z"/>`;
  const x = MARGIN + 42;
  const standing = setter.outline('Fault', NAME, x, ROW.name - 2);
  const joint = x + standing.widthPx;
  const dropped = setter.outline('line', NAME, joint, ROW.name + 4);
  const tear = seamPath({ length: 6, throwPx: 0, seed: 1, stepMin: 1.1, stepMax: 1.5, amplitude: 2.2 }).standing;
  const rule = `M0 ${ROW.rule}H${joint}${verticalPath(tear, joint, ROW.rule).replace('M', 'L')}H${CARD_SIZE.width}`;
  const address = setter.outline(`scenarios/${id}`, ID);
  return [
    mark,
    curves(standing.d + dropped.d, INK.ink),
    curves(setter.outline(`scenarios/${id}`, ID, CARD_SIZE.width - MARGIN - address.widthPx, ROW.name).d, INK.ink3),
    `<path d="${rule}" fill="none" stroke="${INK.ink}" stroke-width="1.5" stroke-linejoin="bevel"/>`,
  ].join('\n');
}

function title(text: string, setter: Setter): string {
  let setting: Setting = { voice: 'ui', sizePx: TITLE_PX.max, weight: 600 };
  while (setting.sizePx > TITLE_PX.min && setter.outline(text, setting).widthPx > INNER)
    setting = { ...setting, sizePx: setting.sizePx - 2 };
  return curves(fitted(text, setting, setter, { x: MARGIN, y: ROW.title }), INK.ink);
}

/** Where the axis of an exported picture stands, and the room under its lanes; its own title and legend are cut off. */
const EXPORTED = { axisY: 58, above: 30, below: 12 };
/** Drawn this wide at least, an exported picture is enlarged as far as there is room. */
const DRAWN_MIN = 700;

function picture(scenario: Scenario, pinned: PinnedRun, setter: Setter) {
  const { run, focus } = pinned;
  const bottom = Math.ceil(lanesUnder(run, 'lab', EXPORTED.axisY).bottom + EXPORTED.below);
  const height = bottom - EXPORTED.above;
  const room = ROW.pictureTo - ROW.pictureFrom;
  const width = Math.max(DRAWN_MIN, Math.round((INNER * height) / room));
  const scale = INNER / width;
  const window = pictureWindow(scenario, [pinned]).at(width * 0.92);
  const [fromUs, toUs] = [Math.round(window.fromUs), Math.round(window.toUs)];
  const svg = outlined(exportFormats.svg.write(run, { fromUs, toUs, key: focus.key, width }), setter);
  const inner = svg.replace(
    /^<svg[^>]*>/,
    `<svg x="${MARGIN}" y="${ROW.pictureFrom + Math.max(0, (room - height * scale) / 2)}" width="${INNER}" height="${height * scale}" viewBox="0 ${EXPORTED.above} ${width} ${height}">`,
  );
  return {
    drawn: inner,
    finding: violationIn(pinned, { fromUs, toUs })?.sentence ?? violationsOf(pinned)[0]?.sentence,
  };
}

/** Sheared disc or whole disc, and the sentence. */
function verdict(status: 'violated' | 'holds', text: string, setter: Setter): string {
  const y = ROW[status];
  const shape =
    status === 'violated'
      ? '<path d="M10.31 3.93A6 6 0 0 1 6.21 15.21ZM9.79 .79A6 6 0 0 0 5.69 12.07Z"/>'
      : '<circle cx="8" cy="8" r="6"/>';
  const mark = `<g transform="translate(${MARGIN} ${y - 22}) scale(1.65)" fill="${INK[status]}">${shape}</g>`;
  return mark + curves(fitted(text, FINDING, setter, { x: MARGIN + 40, y }), INK.ink);
}

/** The fix, and what it costs when there is room to say so. */
function repair(scenario: Scenario, setter: Setter): string {
  const fix = `Holds: ${ends(scenario).fixed.title}.`;
  const both = `${fix} ${sentence(scenario.cost.text)}`;
  return setter.outline(both, FINDING).widthPx <= INNER - 40 ? both : fix;
}

/** A line from a point to the right margin, cut after a whole word where it would be longer. */
function fitted(text: string, setting: Setting, setter: Setter, { x, y }: { x: number; y: number }): string {
  const room = CARD_SIZE.width - MARGIN - x;
  let shown = text;
  while (setter.outline(shown, setting).widthPx > room) {
    const words = shown.replace(/ …$/, '').split(' ');
    if (words.length < 2) break;
    shown = `${words.slice(0, -1).join(' ')} …`;
  }
  return setter.outline(shown, setting, x, y).d;
}

function curves(d: string, fill: string): string {
  return `<path d="${d}" fill="${fill}"/>`;
}

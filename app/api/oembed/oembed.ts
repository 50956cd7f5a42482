import { type LinkState, loadScenarioData, modelById, type Scenario } from '../../../simulations/index.ts';
import { loadScenarios } from '../../_content/scenarios.ts';
import { embedAddress, pinnedLab, readEmbedAddress } from '../../_embed/embed-address.ts';
import { EMBED_SIZE, iframeSnippet } from '../../_embed/snippets.ts';
import { CARD_SIZE } from '../../scenarios/_card/card-size.ts';
import { ends } from '../../scenarios/_scenario/names.ts';

/** What a consumer asks, as it stands in the query. */
export interface OembedQuestion {
  readonly url: string | null;
  readonly format: string | null;
  readonly maxwidth: string | null;
  readonly maxheight: string | null;
}

/** An answer: 200 with the rich content, or why there is none. */
export interface OembedAnswer {
  readonly status: 200 | 400 | 404 | 501;
  readonly body: Readonly<Record<string, string | number>>;
}

/** Answers may be kept for a day: a link always shows the same run. */
const CACHE_AGE_S = 86_400;

/**
 * Answers by the oEmbed specification 1.0 (oembed.com): scenarios, labs and embedded runs of the hosts given are rich content; anything else
 * is 404, another format than JSON 501, a question without an address or with a bad bound 400.
 */
export function oembed(question: OembedQuestion, hosts: readonly string[]): OembedAnswer {
  const { format, url: asked } = question;
  if (format !== null && format !== 'json')
    return refusal(501, `format=${format} is not supported; format=json is, and is the default.`);
  if (asked === null) return refusal(400, 'url is missing: the address of a scenario, a lab or an embedded run.');
  const bounds = { width: readBound(question.maxwidth), height: readBound(question.maxheight) };
  if (bounds.width === 'bad' || bounds.height === 'bad')
    return refusal(400, 'maxwidth and maxheight are whole numbers of px, from 1.');
  const url = URL.canParse(asked) ? new URL(asked) : undefined;
  const content = url !== undefined && hosts.includes(url.host) ? contentOf(url) : undefined;
  if (url === undefined || content === undefined)
    return refusal(404, `There is nothing to embed at ${asked}; /scenarios/<id>, /lab/<model> and /embed/<model> are.`);
  return { status: 200, body: richOf(content, url.origin, { width: bounds.width, height: bounds.height }) };
}

function refusal(status: 400 | 404 | 501, error: string): OembedAnswer {
  return { status, body: { error } };
}

function readBound(text: string | null): number | undefined | 'bad' {
  if (text === null) return undefined;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 'bad';
}

interface Content {
  readonly title: string;
  /** Of the embedded run, without the origin. */
  readonly address: string;
  readonly scenario: Scenario | undefined;
}

function contentOf(url: URL): Content | undefined {
  const [, section, name = ''] = url.pathname.split('/');
  if (section === 'scenarios') return ofScenario(name);
  if (section === 'lab' || section === 'embed') return ofRun(url);
  return undefined;
}

function ofScenario(id: string): Content | undefined {
  const scenario = loadScenarios().find((candidate) => candidate.id === id);
  if (scenario === undefined) return undefined;
  const address = embedAddress(pinnedLab(scenario, ends(scenario).broken.id));
  return { title: scenario.title, address, scenario };
}

function ofRun(url: URL): Content | undefined {
  const read = readEmbedAddress(url.pathname + url.search + url.hash);
  if (!read.ok) return undefined;
  const { link, lab, show, theme } = read;
  const model = modelById(link.model);
  const scenario = scenarioIn(link);
  if (model === undefined || (link.scenario !== undefined && scenario === undefined)) return undefined;
  const variant = scenario?.variants.find(({ id }) => id === link.variant);
  if (link.variant !== undefined && variant === undefined) return undefined;
  const title = `${scenario?.title ?? model.title}${variant === undefined ? '' : `: ${variant.title}`}`;
  const shipped = link.file === undefined && scenario?.model === model.id ? scenario : undefined;
  return { title, address: embedAddress(lab, { show, theme }), scenario: shipped };
}

/** The scenario of a link: the one that it carries, or the shipped one that it names for this model. */
function scenarioIn({ file, scenario: id, model }: LinkState): Scenario | undefined {
  if (file === undefined) return loadScenarios().find((candidate) => candidate.id === id && candidate.model === model);
  const loaded = loadScenarioData(file);
  return loaded.ok ? loaded.scenario : undefined;
}

interface Bounds {
  readonly width: number | undefined;
  readonly height: number | undefined;
}

function richOf({ title, address, scenario }: Content, origin: string, bounds: Bounds): OembedAnswer['body'] {
  const width = Math.min(EMBED_SIZE.width, bounds.width ?? EMBED_SIZE.width);
  const height = Math.min(EMBED_SIZE.height, bounds.height ?? EMBED_SIZE.height);
  // A thumbnail must keep to the same bounds, and a card comes in one size.
  const fits = CARD_SIZE.width <= (bounds.width ?? Infinity) && CARD_SIZE.height <= (bounds.height ?? Infinity);
  return {
    version: '1.0',
    type: 'rich',
    title,
    provider_name: 'Faultline',
    provider_url: origin,
    cache_age: CACHE_AGE_S,
    html: iframeSnippet({ src: origin + address, title, width, height }),
    width,
    height,
    ...(scenario !== undefined &&
      fits && {
        thumbnail_url: `${origin}/scenarios/${scenario.id}/picture.png`,
        thumbnail_width: CARD_SIZE.width,
        thumbnail_height: CARD_SIZE.height,
      }),
  };
}

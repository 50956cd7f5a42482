import { formatLink, type LinkState, type Problem, parseLink, type Scenario } from '../../simulations/index.ts';

/** What an embedded run shows: the space-time diagram, the stage, or two runs in step. */
export const shows = ['space-time', 'stage', 'pair'] as const;
export type Show = (typeof shows)[number];

/** Colours of an embedded run; `auto` follows the device. */
export const embedThemes = ['auto', 'light', 'dark'] as const;
export type EmbedTheme = (typeof embedThemes)[number];

/** How an embedded run looks. */
export interface EmbedLook {
  /** Default `space-time`. */
  readonly show?: Show;
  /** Default `auto`. */
  readonly theme?: EmbedTheme;
}

/** The address of an embedded run, read. */
export type EmbedAddress =
  | {
      readonly ok: true;
      readonly link: LinkState;
      readonly show: Show;
      readonly theme: EmbedTheme;
      /** The same run and the same look in the lab. */
      readonly lab: string;
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly lab: string | undefined };

/** The address that embeds what an address of the lab shows: the same query and packed part, and how it looks. Defaults are left out. */
export function embedAddress(lab: string, { show = 'space-time', theme = 'auto' }: EmbedLook = {}): string {
  const url = new URL(lab, 'http://localhost');
  url.pathname = url.pathname.replace(/^\/lab\//, '/embed/');
  if (show !== 'space-time') url.searchParams.set('show', show);
  if (theme !== 'auto') url.searchParams.set('theme', theme);
  return url.pathname + url.search + url.hash;
}

/** Reads the address of an embedded run, with or without its origin. Every problem is named; nothing is guessed. */
export function readEmbedAddress(address: string): EmbedAddress {
  const problems: Problem[] = [];
  const url = new URL(address, 'http://localhost');
  const show = readOne(url, 'show', shows, problems) ?? 'space-time';
  const theme = readOne(url, 'theme', embedThemes, problems) ?? 'auto';
  url.pathname = url.pathname.replace(/^\/embed\//, '/lab/');
  const lab = url.pathname + url.search + url.hash;
  const parsed = parseLink(lab);
  if (!parsed.ok) return { ok: false, problems: [...problems, ...parsed.problems], lab: undefined };
  if (problems.length > 0) return { ok: false, problems, lab };
  return { ok: true, link: parsed.state, show, theme, lab };
}

/** The lab with a variant of a scenario as it is, on the pinned seed, and beside it another variant. Default: none. */
export function pinnedLab({ id, model, seed }: Scenario, variant: string, beside?: string): string {
  const view = beside === undefined ? {} : { compare: { kind: 'variant', variant: beside } as const };
  return formatLink({ model, scenario: id, variant, seed, set: {}, view });
}

/** Takes a word of a list out of the query. */
function readOne<T extends string>(url: URL, field: string, allowed: readonly T[], problems: Problem[]): T | undefined {
  const found = url.searchParams.get(field);
  if (found === null) return undefined;
  url.searchParams.delete(field);
  const known = allowed.find((word) => word === found);
  if (known === undefined)
    problems.push({
      field,
      found: `"${found}"`,
      allowed: allowed.join(', '),
      fix: `Write one of these, or leave it out: ${allowed[0]} is the default.`,
    });
  return known;
}

import type { Model } from '../../../../simulations/index.ts';

/** A statechart as the inspector lists it. */
export interface ChartSummary {
  readonly states: readonly { readonly path: string; readonly final: boolean }[];
  /** From each state: the events that may lead to another one. */
  readonly ways: ReadonlyMap<string, readonly { readonly event: string; readonly target: string }[]>;
}

/** The states and ways of a role's chart, read from its dispatch table. Undefined for a role that has none. */
export function summaryOf(model: Model, role: string): ChartSummary | undefined {
  const table = model.charts[role]?.table;
  if (table === undefined) return undefined;
  const leaves = [...table.leaves.values()];
  const states = leaves.map(({ path, final }) => ({ path, final }));
  const ways = leaves.map((leaf) => {
    const out = [...leaf.on].flatMap(([event, candidates]) =>
      candidates.map(({ target }) => ({ event, target: target.path })),
    );
    const always = leaf.always.map(({ target }) => ({ event: 'at once, when it can', target: target.path }));
    const elsewhere = [...out, ...always].filter(({ target }) => target !== leaf.path);
    return [leaf.path, unique(elsewhere)] as const;
  });
  return { states, ways: new Map(ways) };
}

function unique(ways: readonly { readonly event: string; readonly target: string }[]) {
  const seen = new Map(ways.map((way) => [`${way.event} ${way.target}`, way]));
  return [...seen.values()];
}

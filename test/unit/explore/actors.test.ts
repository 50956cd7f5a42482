import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLinearizable } from '../../../simulations/checkers/linearizability.ts';
import { registerSpec } from '../../../simulations/checkers/specs.ts';
import { exploreSystem } from '../../../simulations/search/explore/explore.ts';
import { type Actor, actorSystem } from '../../../simulations/search/specs/actors/actor-system.ts';
import type { NetworkKind } from '../../../simulations/search/specs/actors/network.ts';
import {
  emptyHistory,
  invoked,
  isLinearizable,
  returned,
} from '../../../simulations/search/specs/actors/register-history.ts';
import { history, type Sketch } from '../checkers/history-builder.ts';

function systemOf<S, M>(actors: readonly Actor<S, M>[], network: NetworkKind, lossy = false) {
  return actorSystem<S, M, null>({
    actors,
    network,
    lossy,
    history: { initial: null, sent: () => null, received: () => null },
    properties: [],
    nameOf: String,
    describeMessage: (message) => JSON.stringify(message),
    describeActor: (state) => JSON.stringify(state),
  });
}

function sender<S>(messages: readonly string[], state: S): Actor<S, string> {
  return { start: () => ({ state, sends: messages.map((message) => ({ to: 1, message })) }), receive: () => undefined };
}

describe('a network of actors', () => {
  test.each([
    ['duplicating', 2],
    ['non-duplicating', 2],
    ['ordered', 3],
  ] as const)(
    '%s: a client sends two messages, one of which is ignored: %i states, as in Stateright',
    (network, distinct) => {
      const server: Actor<boolean, string> = {
        start: () => ({ state: false, sends: [] }),
        receive: (state, _from, message) =>
          message === 'interesting' && !state ? { state: true, sends: [] } : undefined,
      };
      const client = sender(['boring', 'interesting'], false);
      expect(exploreSystem(systemOf([client, server], network)).distinct).toBe(distinct);
    },
  );

  const counter: Actor<string, string> = {
    start: () => ({ state: '', sends: [] }),
    receive: (state, _from, message) => (state.length < 3 ? { state: state + message, sends: [] } : undefined),
  };
  const received = (network: NetworkKind, lossy: boolean, messages: readonly string[]) => {
    const system = systemOf([sender(messages, ''), counter], network, lossy);
    const seen = new Set<string>();
    const recorded = { ...system, describeState: () => '' };
    exploreSystem({
      ...recorded,
      properties: [{ kind: 'always', id: 'seen', title: '', holds: ({ actors }) => seen.add(actors[1]!).size > 0 }],
    });
    return [...seen].sort();
  };

  test('ordered keeps the order; non-duplicating does not, and delivers each copy once', () => {
    expect(received('ordered', false, ['2', '1'])).toEqual(['', '2', '21']);
    expect(received('non-duplicating', false, ['2', '1'])).toEqual(['', '1', '12', '2', '21']);
    expect(received('non-duplicating', false, ['1', '1'])).toEqual(['', '1', '11']);
  });

  test('duplicating delivers again, lossy loses, and a loss on an ordered network is one of the oldest message', () => {
    expect(received('duplicating', false, ['1', '1'])).toEqual(['', '1', '11', '111']);
    expect(received('ordered', true, ['2', '1'])).toEqual(['', '1', '2', '21']);
  });

  test('a message to nobody stays where it is', () => {
    const lonely: Actor<string, string> = {
      start: () => ({ state: '', sends: [{ to: 9, message: 'hello' }] }),
      receive: () => undefined,
    };
    expect(exploreSystem(systemOf([lonely], 'duplicating')).distinct).toBe(1);
  });
});

test('the history of a register agrees with the general checker on random histories', () => {
  const step = fc.record({
    client: fc.nat(2),
    write: fc.boolean(),
    value: fc.constantFrom('a', 'b'),
    reads: fc.constantFrom('a', 'b', null),
  });
  let violations = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let kept = emptyHistory(3);
      const open = new Map<number, { sketch: Sketch; at: number }>();
      const sketches: Sketch[] = [];
      steps.forEach(({ client, write, value, reads }, at) => {
        const pending = open.get(client);
        if (pending === undefined) {
          const sketch: Sketch = {
            f: write ? 'write' : 'read',
            at: [at, at],
            client: String(client),
            value: write ? value : null,
          };
          kept = invoked(kept, client, write ? { f: 'write', value } : { f: 'read' });
          open.set(client, { sketch, at });
          return;
        }
        const isRead = pending.sketch.f === 'read';
        kept = returned(kept, client, isRead ? reads : null);
        sketches.push({ ...pending.sketch, at: [pending.at, at], ...(isRead && { value: reads }) });
        open.delete(client);
      });
      for (const { sketch } of open.values()) sketches.push({ ...sketch, outcome: 'info' });
      if (sketches.length === 0) return;
      const { status } = checkLinearizable(history(...sketches), registerSpec());
      if (status === 'violated') violations += 1;
      expect(isLinearizable(kept)).toBe(status !== 'violated');
    }),
    { numRuns: 2000, seed: 3 },
  );
  expect(violations).toBeGreaterThan(100);
});

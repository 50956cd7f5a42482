import { describe, expect, test } from 'vitest';
import { explore } from '../../../simulations/search/explore/explore.ts';
import { specById, specs } from '../../../simulations/search/specs/registry.ts';
import { resolveSpec } from '../../../simulations/search/specs/resolve.ts';

type Set = Readonly<Record<string, string | number | boolean>>;

function property(spec: string, set: Set, id: string, options: { statesMax?: number; depthMax?: number } = {}) {
  const resolved = resolveSpec({ spec, set });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return explore(resolved.spec, resolved.knobs, options).properties[id]!;
}
const actions = (result: ReturnType<typeof property>) => result.path?.map(({ action }) => action);

describe('shortest paths', () => {
  test('two-phase commit: a manager that commits alone is found in 3 steps (n=3)', () => {
    const result = property('two-phase-commit', { commitsAlone: true }, 'consistent');
    expect(result).toMatchObject({ status: 'violated', expected: 'ok' });
    expect(actions(result)).toEqual([
      'manager 1 prepares',
      'manager 1 commits without having been told',
      'manager 2 aborts of its own accord',
    ]);
    expect(result.path!.at(-1)!.state).toBe(
      'managers committed, aborted, working; coordinator undecided, heard from nobody',
    );
  });

  test('two-phase commit: a coordinator that stops blocks managers that have prepared (n=2)', () => {
    const result = property('two-phase-commit', { coordinatorMayStop: true, resourceManagers: 2 }, 'decided');
    expect(result).toMatchObject({ status: 'violated', expected: 'violated', loopsTo: null });
    expect(actions(result)).toHaveLength(3);
    expect(actions(result)).toContain('the coordinator stops for good');
    expect(result.path!.at(-1)!.state).toContain('prepared');
  });

  test('two-phase commit: every manager decides as long as the coordinator goes on', () => {
    expect(property('two-phase-commit', {}, 'decided').status).toBe('ok');
  });

  test('ping-pong, lossy: losing the first ping ends the game, as Stateright found', () => {
    const result = property('ping-pong', { countMax: 5 }, 'must-reach-max');
    expect(result.status).toBe('violated');
    expect(actions(result)).toEqual(['ping 0 from the first to the second is lost']);
  });

  test('ping-pong, each message once and none lost: every run reaches the maximum, after 9 steps at the earliest', () => {
    const set = { network: 'non-duplicating', lossy: false };
    expect(property('ping-pong', set, 'must-reach-max').status).toBe('ok');
    const reached = property('ping-pong', set, 'can-reach-max');
    expect(reached.path).toHaveLength(9);
    expect(reached.path!.at(-1)!.state).toMatch(/^the first: 4; the second: 5;/);
  });

  test('increment: both threads read before either writes', () => {
    const result = property('increment', {}, 'none-lost');
    expect(result).toMatchObject({ status: 'violated', expected: 'violated' });
    expect(actions(result)).toEqual(['thread 1 reads 0', 'thread 2 reads 0', 'thread 1 writes 1', 'thread 2 writes 1']);
  });

  test('increment with a lock: no increment is lost (3 threads)', () => {
    expect(property('increment', { lock: true, threads: 3 }, 'none-lost')).toMatchObject({
      status: 'ok',
      expected: 'ok',
    });
  });

  test('single-copy register with 2 servers: the client misses its own write, in the 4 steps that Stateright found', () => {
    const result = property('single-copy-register', { servers: 2 }, 'linearizable');
    expect(result).toMatchObject({ status: 'violated', expected: 'violated' });
    expect(actions(result)).toEqual([
      'put A from client A to server 0 is delivered',
      'put acknowledged from server 0 to client A is delivered',
      'get from client A to server 1 is delivered',
      'answer nothing from server 1 to client A is delivered',
    ]);
  });

  test.each([
    ['single-copy-register', 3],
    ['linearizable-register', 11],
    ['paxos-register', 8],
  ])('%s: a value is read after %i steps at the earliest, as in Stateright', (spec, steps) => {
    expect(property(spec, {}, 'value-chosen').path).toHaveLength(steps);
  });

  test('Paxos with clients: the path that Stateright found to a chosen value is a path here too', () => {
    const system = specById('paxos-register')!.system({
      servers: 3,
      clients: 2,
      network: 'non-duplicating',
      ignoresPromises: false,
    });
    let state = system.init()[0];
    for (const wanted of [
      'put B from client B to server 1',
      'prepare ballot 1.1 from server 1 to server 0',
      'prepared ballot 1.1 (last accepted nothing) from server 0 to server 1',
      'accept B in ballot 1.1 from server 1 to server 2',
      'accepted ballot 1.1 from server 2 to server 1',
      'put acknowledged from server 1 to client B',
      'decided B in ballot 1.1 from server 1 to server 2',
      'get from client B to server 2',
    ]) {
      const taken = system
        .actions(state)
        .filter((one) => system.describeAction(one, state) === `${wanted} is delivered`);
      expect([wanted, taken.length]).toEqual([wanted, 1]);
      state = system.next(state, taken[0]);
    }
    expect(system.properties.find(({ id }) => id === 'value-chosen')!.holds(state)).toBe(true);
  });

  test('Paxos: proposals that ignore votes choose two values', () => {
    expect(property('paxos', { ignoresVotes: true }, 'agreement')).toMatchObject({
      status: 'violated',
      expected: 'ok',
    });
    expect(property('paxos', {}, 'agreement').status).toBe('ok');
  });

  test('Paxos with clients: leaders that ignore promises decide two values, and clients can tell', () => {
    const set = { ignoresPromises: true };
    expect(property('paxos-register', set, 'agreement')).toMatchObject({ status: 'violated' });
    expect(property('paxos-register', set, 'agreement').path).toHaveLength(10);
    expect(property('paxos-register', set, 'linearizable').path).toHaveLength(17);
  });
});

describe('bounds', () => {
  test('a bound on states leaves what it did not decide unknown, and keeps what it found', () => {
    const set = { resourceManagers: 5, commitsAlone: true };
    const bounds = { statesMax: 500 };
    expect(property('two-phase-commit', set, 'consistent', bounds).status).toBe('violated');
    const undecided = property('two-phase-commit', set, 'decided', bounds);
    expect(undecided).toMatchObject({ status: 'unknown', path: null });
    expect(undecided.sentence).toContain('500 states');
  });

  test('a bound equal to the size of the graph leaves nothing unknown (n=3: 288 states, depth 11)', () => {
    const whole = { statesMax: 288, depthMax: 11 };
    for (const id of ['consistent', 'commit-agreement', 'decided'])
      expect(property('two-phase-commit', {}, id, whole).status).toBe('ok');
    for (const bounds of [{ statesMax: 287 }, { depthMax: 10 }])
      expect(property('two-phase-commit', {}, 'consistent', bounds).status).toBe('unknown');
  });
});

describe('every specification with its default knobs', () => {
  test.each(specs.map((spec) => [spec.id, spec] as const))('%s: ends as its source expects', (_id, spec) => {
    const resolved = resolveSpec({ spec: spec.id });
    if (!resolved.ok) throw new Error('defaults are valid');
    const { properties, stopped } = explore(spec, resolved.knobs);
    expect(stopped).toBeNull();
    for (const [id, { status, expected }] of Object.entries(properties)) expect([id, status]).toEqual([id, expected]);
    const kinds = Object.values(properties).map(({ kind }) => kind);
    expect(kinds).toContain('sometimes');
    expect(new Set(Object.keys(properties)).size).toBe(kinds.length);
  });
});

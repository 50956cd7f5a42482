import { describe, expect, test } from 'vitest';
import type { Effect } from '../../../simulations/kernel/behavior.ts';
import type { Fault } from '../../../simulations/kernel/faults.ts';
import type { WorldView } from '../../../simulations/kernel/view.ts';
import { behavior, runWorld } from '../../helpers/worlds.ts';

const send = (to: string, type = 'ping', fields = {}): Effect => ({ type: 'send', to, message: { type, ...fields } });
const silent = behavior('silent', () => ({}));

/** Sends `count` messages to b, one each `everyUs`. */
function ticker(count: number, everyUs: number, to = 'b', type = 'ping') {
  return behavior('ticker', ({ durable, volatile }, event) => {
    if (event.type === 'process.started') return { effects: [{ type: 'timer.set', name: 'tick', delayUs: everyUs }] };
    if (event.type !== 'timer.tick') return {};
    const sent = (volatile.sent ?? 0) + 1;
    const again: Effect[] = sent < count ? [{ type: 'timer.set', name: 'tick', delayUs: everyUs }] : [];
    return { state: { durable, volatile: { sent } }, effects: [send(to, type, { n: sent }), ...again] };
  });
}
const fault = (action: Fault['action'], atUs: number, forUs?: number): Fault => ({
  id: `${action.do}-1`,
  action,
  when: { atUs },
  ...(forUs !== undefined && { forUs }),
});
const delivered = (run: ReturnType<typeof runWorld>) =>
  run.steps.filter((step) => step.kind === 'deliver').map((step) => [step.atUs, step.message?.n ?? step.message?.type]);
const lost = (run: ReturnType<typeof runWorld>) =>
  run.steps.filter((step) => step.kind === 'lost').map((step) => [step.message?.n, step.lostTo]);

describe('network', () => {
  test('a message arrives after the link latency and names the step that sent it', () => {
    const run = runWorld({ behaviors: [ticker(1, 100), silent], hosts: { a: 'ticker', b: 'silent' } });
    expect(delivered(run)).toEqual([[1100, 1]]);
    const step = run.steps.find((one) => one.kind === 'deliver')!;
    expect(run.steps[step.cause]).toMatchObject({ kind: 'timer', process: 'a', atUs: 100 });
  });

  test('a cut loses what is sent and what arrives while it lasts; before and after, messages pass', () => {
    const cut = fault({ do: 'cut', sides: [['a'], ['b']], oneWay: false }, 2500, 3000);
    const run = runWorld({ behaviors: [ticker(8, 1000), silent], hosts: { a: 'ticker', b: 'silent' }, faults: [cut] });
    expect(delivered(run).map(([, n]) => n)).toEqual([1, 6, 7, 8]);
    expect(lost(run)).toEqual([
      [2, 'cut'],
      [3, 'cut'],
      [4, 'cut'],
      [5, 'cut'],
    ]);
  });

  test('a one-way cut loses only messages from its first side', () => {
    const echo = behavior('echo', (_state, event, { from }) =>
      event.type === 'ping' ? { effects: [send(from, 'pong')] } : {},
    );
    const oneWay = (sides: string[][]) =>
      runWorld({
        behaviors: [ticker(1, 100), echo],
        hosts: { a: 'ticker', b: 'echo' },
        faults: [fault({ do: 'cut', sides, oneWay: true }, 0)],
      });
    expect(delivered(oneWay([['a'], ['b']]))).toEqual([]);
    expect(delivered(oneWay([['b'], ['a']]))).toEqual([[1100, 1]]);
  });

  test('loss, duplication and slow links act at their ratios (n=4,000)', () => {
    const run = (link: object) =>
      runWorld({
        behaviors: [ticker(4000, 100), silent],
        hosts: { a: 'ticker', b: 'silent' },
        link,
        durationUs: 2_000_000,
      });
    const losses = lost(run({ lossRatio: 0.2 })).length / 4000;
    expect(Math.abs(losses - 0.2)).toBeLessThan(0.025);
    const copies = delivered(run({ duplicateRatio: 0.1 })).length / 4000;
    expect(Math.abs(copies - 1.1)).toBeLessThan(0.02);
    const extra = { kind: 'constant', us: 18_000 } as const;
    const slow = runWorld({
      behaviors: [ticker(2, 1000), silent],
      hosts: { a: 'ticker', b: 'silent' },
      faults: [fault({ do: 'slow', from: 'a', to: 'b', extra }, 1500)],
    });
    expect(delivered(slow)).toEqual([
      [2000, 1],
      [21_000, 2],
    ]);
    expect(slow.steps.filter((step) => step.kind === 'deliver').map((step) => step.heldUs)).toEqual([0, 18_000]);
  });

  test('reordering lets later messages overtake, a fifo link does not', () => {
    const order = (fifo: boolean) => {
      const reorderBy = { kind: 'uniform', minUs: 0, maxUs: 5000 } as const;
      const run = runWorld({
        behaviors: [ticker(100, 500), silent],
        hosts: { a: 'ticker', b: 'silent' },
        link: { reorderRatio: 0.5, reorderBy, fifo },
      });
      return delivered(run).map(([, n]) => n as number);
    };
    const sorted = Array.from({ length: 100 }, (_, at) => at + 1);
    expect(order(false)).not.toEqual(sorted);
    expect([...order(false)].sort((a, b) => a - b)).toEqual(sorted);
    expect(order(true)).toEqual(sorted);
  });

  test('messages of another type, and on another link, leave the luck of a link as it was', () => {
    const chatty = behavior('ticker', (state, event) => {
      output.effects = [];
      const step = ticker(50, 1000).react(
        { state: 'on', context: state, done: false },
        event,
        { self: 'a', host: 'a', from: '', clockUs: 0 },
        output,
      );
      const all = output.effects;
      return {
        state: step.context as never,
        effects: event.type === 'timer.tick' ? [send('b', 'chatter'), send('c'), ...all] : all,
      };
    });
    const output: { effects: readonly Effect[] } = { effects: [] };
    const latency = { kind: 'exponential', meanUs: 3000 } as const;
    const hosts = { a: 'ticker', b: 'silent', c: 'silent' };
    const pings = (run: ReturnType<typeof runWorld>) =>
      run.steps
        .filter((step) => step.message?.type === 'ping' && step.host === 'b')
        .map((step) => [step.atUs, step.message?.n]);
    const quiet = runWorld({ behaviors: [ticker(50, 1000), silent], hosts, link: { latency, lossRatio: 0.1 } });
    const loud = runWorld({ behaviors: [chatty, silent], hosts, link: { latency, lossRatio: 0.1 } });
    expect(pings(loud)).toEqual(pings(quiet));
    expect(loud.digest).not.toBe(quiet.digest);
  });
});

describe('disk', () => {
  const writer = behavior('writer', ({ durable }, event) => {
    if (event.type === 'process.started') return { effects: [{ type: 'timer.set', name: 'write', delayUs: 1000 }] };
    if (event.type !== 'timer.write') return {};
    const n = (durable.n ?? 0) + 1;
    return {
      state: { durable: { n }, volatile: { n } },
      effects: [
        { type: 'disk.persist', token: n },
        { type: 'timer.set', name: 'write', delayUs: 1000 },
      ],
    };
  });
  const state = (run: ReturnType<typeof runWorld>) => run.final.states[0]!;

  test('a crash loses the volatile state and what was not yet on disk (crash at 3.2 ms, disk takes 0.5 ms)', () => {
    const crash = fault({ do: 'crash', target: 'a' }, 3200, 1000);
    const run = runWorld({ behaviors: [writer], hosts: { a: 'writer' }, faults: [crash], durationUs: 10_000 });
    expect(state(run).disk).toEqual({ n: 2 });
    expect(state(run).snapshot.context).toEqual({ durable: { n: 2 }, volatile: {} });
    expect(run.steps.map((step) => step.kind).slice(-4)).toEqual(['fault.begin', 'crashed', 'fault.end', 'restarted']);
  });

  test('writes reach the disk in order and each is what the process held when it asked', () => {
    const run = runWorld({ behaviors: [writer], hosts: { a: 'writer' }, diskUs: 2500, durationUs: 5600 });
    expect(run.steps.filter((step) => step.kind === 'persisted').map((step) => [step.atUs, step.token])).toEqual([
      [3500, 1],
      [4500, 2],
      [5500, 3],
    ]);
    expect(state(run).disk).toEqual({ n: 3 });
  });

  test('restore puts back the disk of an earlier time, or an empty one', () => {
    const disk = (backupAtUs: number) => {
      const restore = fault({ do: 'restore', target: 'a', backupAtUs }, 8200, 100);
      return state(runWorld({ behaviors: [writer], hosts: { a: 'writer' }, faults: [restore], durationUs: 9000 })).disk;
    };
    expect(disk(3600)).toEqual({ n: 3 });
    expect(disk(0)).toEqual({});
  });

  test('restore reaches a host that is down already', () => {
    const faults = [
      fault({ do: 'crash', target: 'a' }, 5200, 2000),
      fault({ do: 'restore', target: 'a', backupAtUs: 2600 }, 6000, 100),
    ];
    const run = runWorld({ behaviors: [writer], hosts: { a: 'writer' }, faults, durationUs: 7100 });
    expect(state(run).disk).toEqual({ n: 2 });
  });

  test('what reached the disk during a pause stays there when the host goes on', () => {
    const pause = fault({ do: 'pause', target: 'a' }, 2100, 3000);
    const run = runWorld({
      behaviors: [writer],
      hosts: { a: 'writer' },
      diskUs: 1500,
      faults: [pause],
      durationUs: 5101,
    });
    const disks = run.steps
      .filter((step) => step.kind === 'persisted')
      .map((step) => run.timeline.worldAt(step.index + 1).process('a')!.disk);
    expect(disks).toEqual([{ n: 2 }, { n: 2 }]);
  });
});

describe('process faults', () => {
  test('a pause delays messages and timers to its end, in order', () => {
    const pause = fault({ do: 'pause', target: 'b' }, 1500, 3000);
    const run = runWorld({
      behaviors: [ticker(5, 1000), silent],
      hosts: { a: 'ticker', b: 'silent' },
      faults: [pause],
    });
    expect(delivered(run)).toEqual([
      [4500, 1],
      [4500, 2],
      [4500, 3],
      [5000, 4],
      [6000, 5],
    ]);
  });

  test('a message to a host that is down is lost, and says so', () => {
    const crash = fault({ do: 'crash', target: 'b' }, 1500, 1000);
    const run = runWorld({
      behaviors: [ticker(3, 1000), silent],
      hosts: { a: 'ticker', b: 'silent' },
      faults: [crash],
    });
    expect(lost(run)).toEqual([[1, 'down']]);
    expect(delivered(run).map(([, n]) => n)).toEqual([2, 3]);
  });

  test('a clock fault shifts what the process reads and stretches its timers by its drift', () => {
    const clocks: number[] = [];
    const reader = behavior('reader', (_state, event, { clockUs }) => {
      clocks.push(clockUs);
      return event.type === 'process.started' || clocks.length < 4
        ? { effects: [{ type: 'timer.set', name: 'read', delayUs: 100_000 }] }
        : {};
    });
    const clock = fault({ do: 'clock', target: 'a', offsetUs: -200_000, driftPpm: 100_000 }, 50_000);
    const run = runWorld({ behaviors: [reader], hosts: { a: 'reader' }, faults: [clock] });
    expect(run.steps.filter((step) => step.kind === 'timer').map((step) => step.atUs)).toEqual([
      100_000, 190_909, 281_818,
    ]);
    expect(clocks).toEqual([0, -95_000, 4_999, 104_999]);
  });

  test('a fault waits for its predicate and aims at the role that holds then', () => {
    const run = runWorld({
      behaviors: [ticker(5, 1000), silent],
      hosts: { a: 'ticker', b: 'silent' },
      faults: [
        {
          id: 'late',
          action: { do: 'crash', target: 'listener' },
          when: { predicate: 'third', afterUs: 200 },
          forUs: 900,
        },
      ],
      predicates: { third: (_world, step) => step.message?.n === 3 },
      targets: { listener: () => ['b'] },
    });
    expect(run.steps.find((step) => step.kind === 'crashed')).toMatchObject({ atUs: 4200, host: 'b' });
    expect(lost(run)).toEqual([[4, 'down']]);
  });

  test('processes started by an effect end with their final state or with a crash', () => {
    const child = behavior('child', (_state, event) => ({ done: event.type === 'finish' }));
    const parent = behavior('parent', (_state, event) =>
      event.type === 'process.started'
        ? {
            effects: [
              { type: 'process.start', role: 'child', name: 'one', input: null },
              { type: 'process.start', role: 'child', name: 'two', input: null },
              { type: 'send', to: 'a/one', message: { type: 'finish' } },
            ],
          }
        : {},
    );
    const run = runWorld({
      behaviors: [parent, child],
      hosts: { a: 'parent' },
      faults: [fault({ do: 'crash', target: 'a' }, 5000)],
    });
    expect(run.timeline.worldAt(4).processes.map((process) => process.id)).toEqual(['a', 'a/two']);
    expect(run.final.states.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('runs', () => {
  const busy = {
    behaviors: [ticker(4000, 50), silent],
    hosts: { a: 'ticker', b: 'silent' },
    link: { latency: { kind: 'exponential', meanUs: 2000 }, lossRatio: 0.05, duplicateRatio: 0.05 },
  } as const;

  test('a run that would never end is stopped at the bound on events, and says so', () => {
    const loop = behavior('loop', (_state, _event, { self }) => ({ effects: [send(self)] }));
    const run = runWorld({ behaviors: [loop], hosts: { a: 'loop' }, eventsMax: 5000 });
    expect(run.stopped).toBe('events');
    expect(run.world.step).toBe(5000);
    expect(run.world.nowUs).toBe(0);
  });

  test('the same seed gives the same digest; another seed another', () => {
    expect(runWorld({ ...busy, seed: 17 }).digest).toBe(runWorld({ ...busy, seed: 17 }).digest);
    expect(runWorld({ ...busy, seed: 17 }).digest).not.toBe(runWorld({ ...busy, seed: 18 }).digest);
  });

  test('the timeline gives the world after any step, in any order of asking (8,000 steps)', () => {
    const run = runWorld(busy);
    const moments = [0, 1, 1023, 1024, 1025, 5000, 3, run.timeline.length, 2048, 7777, 7776];
    const look = (steps: number) => {
      const world = run.timeline.worldAt(steps);
      return JSON.stringify([
        world.step,
        world.nowUs,
        world.processes.map((process) => process.snapshot.context),
        world.inFlight,
      ]);
    };
    const first = moments.map(look);
    expect(moments.map((_, at) => look(moments[moments.length - 1 - at]!)).reverse()).toEqual(first);
    expect(JSON.parse(first[7]!)[2]).toEqual(run.final.states.map(({ snapshot }) => snapshot.context));
  });

  test('a replay of steps 1,000 to 2,100 looks at each step with the world as it left it', () => {
    const run = runWorld(busy);
    const contexts = (world: WorldView) => JSON.stringify(world.processes.map(({ snapshot }) => snapshot.context));
    const seen: [number, string][] = [];
    run.timeline.replay(1000, 2100, (world, step) => seen.push([step, contexts(world)]));
    expect(seen.map(([step]) => step)).toEqual(Array.from({ length: 1100 }, (_, at) => 1000 + at));
    for (const [step, found] of seen.filter((_, at) => at % 97 === 0))
      expect(contexts(run.timeline.worldAt(step + 1))).toBe(found);
    expect(() => run.timeline.replay(5, 4, () => {})).toThrow(/no such stretch/);
  });

  test('looking at a run leaves what it recorded as it was', () => {
    const writer = behavior('writer', (_state, event) =>
      event.type === 'process.started'
        ? {
            effects: [
              { type: 'client.invoke', operation: 1, f: 'write', key: 'x', input: 1 },
              { type: 'note', name: 'begun', data: 1 },
            ],
          }
        : {},
    );
    const run = runWorld({ behaviors: [writer], hosts: { a: 'writer' } });
    const before = JSON.stringify([run.recorder.operations.operations, run.recorder.notes, run.recorder.messages]);
    run.timeline.worldAt(1);
    run.timeline.step(0);
    expect(JSON.stringify([run.recorder.operations.operations, run.recorder.notes, run.recorder.messages])).toBe(
      before,
    );
  });

  test('a step found by replay equals the step as it was made', () => {
    const run = runWorld(busy);
    for (const index of [0, 1500, 4321, run.timeline.length - 1])
      expect(run.timeline.step(index)).toEqual(run.steps[index]);
  });
});

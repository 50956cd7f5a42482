import { formatLink, type ScenarioData } from '../../simulations/index.ts';
import { longLink } from '../helpers/long-run.ts';

/** More than 200,000 events, as `faultline bench` measures the engine's seeks. */
export const LONG_LINK = longLink(295);

/** Nine nodes (seven replicas, two clients) with some 200 messages under way at any time. */
export function crowdLink(): string {
  const file: ScenarioData = {
    id: 'crowd',
    title: 'A crowded wire',
    model: 'quorum',
    claim: 'The lab draws many messages at once.',
    finding: 'It is measured, not claimed.',
    // Clients give up long before an answer comes, so that they keep sending.
    knobs: {
      replicas: 7,
      readQuorum: 4,
      writeQuorum: 4,
      latencyMin: '700 ms',
      latencyMax: '900 ms',
      requestTimeout: '50 ms',
    },
    workload: { clients: 2, keys: ['x', 'y', 'z'], operations: 4000, thinkMin: '0 ms', thinkMax: '10 ms' },
    faults: [],
    duration: '10 s',
    seed: 1,
    decisions: [],
    variants: [{ id: 'only', title: 'As it is', part: 'broken', set: {}, expect: {} }],
    witness: 'stale-read',
    cost: { text: 'None.', metrics: [] },
  };
  return formatLink({ model: 'quorum', scenario: file.id as string, file, set: {}, view: {} });
}

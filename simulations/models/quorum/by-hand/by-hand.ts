import { antiEntropy } from './anti-entropy.ts';
import { client } from './client.ts';
import { coordinator } from './coordinator.ts';
import { replica } from './replica.ts';

/**
 * The quorum protocol without statecharts, as somebody would write it who cares for speed alone: one switch a role, state changed in
 * place. It exists to be measured against: its runs are those of the charts, event for event, as long as nothing fails and knobs
 * are the defaults. Since its state changes in place, its runs cannot be kept for seeking or judged by checks.
 */
export const quorumByHand = { client, replica, coordinator, antiEntropy } as const;

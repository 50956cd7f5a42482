import { choiceKnob, integerKnob } from '../../models/knob.ts';

/** The knobs that all specifications with clients of a register share. */
export function registerKnobs(options: { servers: number; serversMax: number }) {
  return {
    servers: integerKnob({
      label: 'Servers',
      explain: 'How many servers there are.',
      group: 'size',
      min: 1,
      max: options.serversMax,
      default: options.servers,
    }),
    clients: integerKnob({
      label: 'Clients',
      explain: 'How many clients write once and then read once.',
      group: 'size',
      min: 1,
      max: 3,
      default: 2,
    }),
    network: choiceKnob({
      label: 'Network',
      explain: 'How messages travel.',
      group: 'network',
      options: [
        { value: 'non-duplicating', label: 'Not duplicating', explain: 'In any order, each once.' },
        { value: 'ordered', label: 'Ordered', explain: 'In the order in which they were sent, each once.' },
      ],
      default: 'non-duplicating',
    }),
  };
}

import { type Knob, ratioKnob } from './knob.ts';

/** How often the network loses a message, 0 to 0.5, default 0. `what`: the messages that it may hit. */
export function lossKnob(what = 'messages'): Knob<number> {
  return ratioKnob({
    label: 'Message loss',
    max: 0.5,
    default: 0,
    explain: `The share of ${what} that never arrive.`,
    group: 'network',
  });
}

/** How often the network delivers a message twice, 0 to 0.5, default 0. `what`: the messages that it may hit. */
export function duplicateKnob(what = 'messages'): Knob<number> {
  return ratioKnob({
    label: 'Duplicated messages',
    max: 0.5,
    default: 0,
    explain: `The share of ${what} that arrive twice.`,
    group: 'network',
  });
}

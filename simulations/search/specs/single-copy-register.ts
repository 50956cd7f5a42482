import type { KnobValues } from '../../models/knob.ts';
import { defineSpec } from '../explore/spec.ts';
import type { Actor } from './actors/actor-system.ts';
import type { RegisterValue } from './actors/register-history.ts';
import { type RegisterMessage, registerSystem } from './actors/register-system.ts';
import { registerKnobs } from './register-knobs.ts';

/*
 * A register on one server: it stores what it is sent and answers with what it stores, and so is linearizable, for nothing is simpler to agree on
 * than a single copy. Put a second such server beside it, without a word between them, and a client that writes to one and reads from the
 * other finds its own write missing.
 *
 * After Stateright, examples/single-copy-register.rs.
 */

const knobs = registerKnobs({ servers: 1, serversMax: 3 });

const server: Actor<RegisterValue, RegisterMessage<never>> = {
  start: () => ({ state: null, sends: [] }),
  receive(state, from, message) {
    if (message.type === 'put')
      return { state: message.value, sends: [{ to: from, message: { type: 'put-ok', request: message.request } }] };
    if (message.type === 'get')
      return { state, sends: [{ to: from, message: { type: 'get-ok', request: message.request, value: state } }] };
    return undefined;
  },
};

export const singleCopyRegister = defineSpec({
  id: 'single-copy-register',
  title: 'Single-copy register',
  summary: 'One copy is linearizable; two copies that do not speak to each other are not.',
  source: 'Stateright, examples/single-copy-register.rs.',
  knobs,
  constraints: () => [],
  system: ({ servers, clients, network }: KnobValues<typeof knobs>) =>
    registerSystem<RegisterValue, never>({
      servers: Array.from({ length: servers }, () => server),
      clients,
      network,
      describeInternal: () => '',
      describeServer: (value) => value ?? 'nothing',
    }),
  expectsViolated: ({ servers }) => (servers > 1 ? ['linearizable'] : []),
});

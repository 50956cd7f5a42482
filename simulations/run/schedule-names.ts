import type { Schedule } from '../kernel/schedule.ts';
import { describeValue, nearest } from '../scenario/problems.ts';
import type { Problem } from '../scenario/scenario.ts';

/** What is wrong with a schedule: hosts that do not exist, pins that say two things of one choice. */
export function checkSchedule(schedule: Schedule | undefined, { hosts }: { hosts: readonly string[] }): Problem[] {
  if (schedule === undefined) return [];
  const { messages = [], timers = [], disks = [] } = schedule;
  const problems: Problem[] = [];
  const known = (field: string, host: string) => {
    if (hosts.includes(host)) return;
    const meant = nearest(host, hosts);
    const fix = meant === undefined ? 'Name one of these.' : `Did you mean ${meant}?`;
    problems.push({ field, found: describeValue(host), allowed: hosts.join(', '), fix });
  };
  messages.forEach(({ from, to }, index) => {
    known(`schedule.messages[${index}].from`, from);
    known(`schedule.messages[${index}].to`, to);
  });
  disks.forEach(({ host }, index) => {
    known(`schedule.disks[${index}].host`, host);
  });
  // A process may be started later on, so that only its host can be checked: the part before the slash.
  timers.forEach(({ process }, index) => {
    if (process.includes('/')) known(`schedule.timers[${index}].process`, process.slice(0, process.indexOf('/')));
  });
  const once = (kind: string, names: readonly string[]) => {
    const seen = new Set<string>();
    names.forEach((name, index) => {
      if (seen.has(name)) {
        problems.push({
          field: `schedule.${kind}[${index}]`,
          found: `${name} again`,
          allowed: 'one pin for each choice',
          fix: 'Remove one of the two.',
        });
      }
      seen.add(name);
    });
  };
  once(
    'messages',
    messages.map(({ from, to, type, nth }) => `${type} ${nth} from ${from} to ${to}`),
  );
  once(
    'timers',
    timers.map(({ process, timer, nth }) => `${timer} ${nth} of ${process}`),
  );
  once(
    'disks',
    disks.map(({ host, nth }) => `write ${nth} of ${host}`),
  );
  return problems;
}

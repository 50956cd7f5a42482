import { z } from 'zod';
import type { Schedule } from '../kernel/schedule.ts';
import { durationField } from './duration.ts';

/** A schedule has at most this many pins of each kind. */
const PINS_MAX = 2_000;

const name = z.string().min(1).max(64);
const nth = z.number().int().min(1).max(10_000_000).meta({ description: 'Which one, counted from 1.' });

const messagePin = z.strictObject({
  from: name.meta({ description: 'The sending host.' }),
  to: name.meta({ description: 'The receiving host.' }),
  type: name.meta({ description: 'The type of the message.' }),
  nth,
  delay: durationField.meta({ description: 'Time on the wire; for a lost message the time until it is lost.' }),
  lost: z.boolean().optional().meta({ description: 'Whether it is lost. Default false.' }),
  duplicateDelay: durationField
    .optional()
    .meta({ description: 'When a second copy arrives. Left out: there is none.' }),
});

/** The field `schedule` of a scenario file: choices that chance would make, made by hand. */
export const scheduleField = z
  .strictObject({
    message: durationField.optional().meta({
      description: 'Every message that is not listed takes this long, and none is lost or doubled by chance.',
    }),
    disk: durationField.optional().meta({ description: 'Every disk write that is not listed takes this long.' }),
    messages: z.array(messagePin).max(PINS_MAX).optional(),
    timers: z
      .array(z.strictObject({ process: name, timer: name, nth, delay: durationField }))
      .max(PINS_MAX)
      .optional(),
    disks: z
      .array(z.strictObject({ host: name, nth, delay: durationField }))
      .max(PINS_MAX)
      .optional(),
  })
  .meta({ description: 'Choices taken from chance: how long single messages, timers and disk writes take.' });

type ScheduleFile = z.output<typeof scheduleField>;

/** A schedule of a file in the engine's form. */
export function toSchedule({ message, disk, messages, timers, disks }: ScheduleFile): Schedule {
  return {
    ...(message !== undefined && { messageUs: message }),
    ...(disk !== undefined && { diskUs: disk }),
    ...(messages !== undefined && {
      messages: messages.map(({ delay, lost, duplicateDelay, ...channel }) => ({
        ...channel,
        delayUs: delay,
        ...(lost !== undefined && { lost }),
        ...(duplicateDelay !== undefined && { duplicateDelayUs: duplicateDelay }),
      })),
    }),
    ...(timers !== undefined && { timers: timers.map(({ delay, ...timer }) => ({ ...timer, delayUs: delay })) }),
    ...(disks !== undefined && { disks: disks.map(({ delay, ...write }) => ({ ...write, delayUs: delay })) }),
  };
}

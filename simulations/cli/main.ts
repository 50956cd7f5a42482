import { Command, InvalidArgumentError, Option } from 'commander';
import { engineVersion, exportFormats, scenarioJsonSchema } from '../index.ts';
import { benchCommand } from './bench.ts';
import { checkCommand } from './check.ts';
import { exploreCommand } from './explore.ts';
import { exportCommand } from './export.ts';
import { listCommand } from './list.ts';
import { CliError, EXIT } from './output.ts';
import { replayCommand, runCommand } from './run.ts';
import { verifyCommand } from './verify.ts';

const EXIT_HELP = `
Exit status: 0 as expected, 1 a property violated or an expectation not met, 2 bad input, 3 unknown.
A scenario's expectations hold on its pinned seed with its own knobs and faults; any other run is as expected when nothing is violated.`;

function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`found ${JSON.stringify(text)}; allowed: a whole number from ${min} to ${max}.`);
  };
}

function setting(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at <= 0)
    throw new InvalidArgumentError(`found ${JSON.stringify(text)}; allowed: knob=value, such as readQuorum=2.`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

const interpreter = () =>
  new Option('--interpreter <form>', 'how charts are run').choices(['compiled', 'xstate']).default('compiled');
const json = () => new Option('--json', 'print one JSON document');

type Finish = (status: number) => void;

function program(finish: Finish): Command {
  const cli = new Command('faultline')
    .description('Break a rule of data systems, see the checker find the damage, fix the one decision, send the run.')
    .version(engineVersion)
    .addHelpText('after', EXIT_HELP)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  addRunCommands(cli, finish);
  addCheckCommands(cli, finish);
  addOutputCommands(cli, finish);
  return cli;
}

/** What runs something and says what happened. */
function addRunCommands(cli: Command, finish: Finish): void {
  cli
    .command('list')
    .description('the models and scenarios that ship with Faultline')
    .addOption(json())
    .action((options) => finish(listCommand(options)));
  cli
    .command('run')
    .description('run a scenario (an id, a file) or a model with its defaults')
    .argument('<scenario>')
    .option('--variant <id>', "one of the scenario's variants (default: the first)")
    .option('--seed <n>', "default: the scenario's pinned seed", wholeNumber(0, 0xffffffff))
    .option('--set <knob=value>', 'change a knob; repeat for more', setting, {})
    .addOption(interpreter())
    .addOption(json())
    .action((scenario, options) => finish(runCommand(scenario, options)));
  cli
    .command('replay')
    .description('run what a link from the lab addresses')
    .argument('<link>')
    .addOption(interpreter())
    .addOption(json())
    .action((link, options) => finish(replayCommand(link, options)));
}

/** What holds histories and scenarios to their claims, and the engine to its figures. */
function addCheckCommands(cli: Command, finish: Finish): void {
  cli
    .command('check')
    .description('check a history from elsewhere (JSON lines; - for standard input) for linearizability')
    .argument('<history>')
    .addOption(
      new Option('--model <model>', 'what the history is about').choices(['register', 'kv']).makeOptionMandatory(),
    )
    .option('--initial <value>', 'the value before any operation, as JSON (default: null, for kv "")')
    .option('--budget <n>', 'configurations to visit before giving up as unknown', wholeNumber(1, 1e9))
    .addOption(json())
    .action((history, options) => finish(checkCommand(history, options)));
  cli
    .command('verify')
    .description(
      'run every variant of scenarios (ids, files; default: all) on many seeds and hold them to their claims',
    )
    .argument('[files...]')
    .option('--seeds <n>', 'seeds 1 to n', wholeNumber(1, 1_000_000), 200)
    .addOption(interpreter())
    .addOption(json())
    .option('--record <folder>', 'write what was measured there, one JSON file a scenario')
    .action((files, options) => finish(verifyCommand(files, options)));
  cli
    .command('bench')
    .description('rates on this machine, one thread')
    .addOption(json())
    .action((options) => finish(benchCommand(options)));
}

/** What hands runs and formats to other tools, and what looks at every state. */
function addOutputCommands(cli: Command, finish: Finish): void {
  cli
    .command('explore')
    .description('visit every state of a small specification, such as two-phase-commit, and judge its properties')
    .argument('<specification>')
    .option('--set <knob=value>', 'change a knob; repeat for more', setting, {})
    .option('--symmetry', 'take states that differ only by the names of interchangeable parts as one')
    .option('--states-max <n>', 'distinct states before giving up as unknown', wholeNumber(1, 100_000_000))
    .option('--depth-max <n>', 'length of a path, in states, before giving up as unknown', wholeNumber(1, 1_000_000))
    .addOption(json())
    .action((specification, options) => finish(exploreCommand(specification, options)));
  cli
    .command('export')
    .description('a run in the form that another tool reads')
    .argument('<scenario>', 'a scenario (an id, a file), a model or a link from the lab')
    .addOption(new Option('--as <format>', 'the form').choices(Object.keys(exportFormats)).makeOptionMandatory())
    .option('--variant <id>', "one of the scenario's variants (default: the first)")
    .option('--seed <n>', "default: the scenario's pinned seed", wholeNumber(0, 0xffffffff))
    .option('--set <knob=value>', 'change a knob; repeat for more', setting, {})
    .option(
      '--from <time>',
      'begin of the range, such as "400 ms" (default: the run\'s; for pictures, the scenario\'s view)',
    )
    .option('--to <time>', 'end of the range')
    .option('--at <time>', 'the moment of a frame')
    .option('--key <key>', 'the key in view; of histories, only its operations')
    .option('--out <file>', 'write there instead of standard output')
    .action((scenario, options) => finish(exportCommand(scenario, options)));
  cli
    .command('schema')
    .description('the JSON Schema of scenario files')
    .action(() => {
      process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
      finish(EXIT.ok);
    });
}

/** Runs the command line and sets the exit status; never throws. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await program((status) => {
      process.exitCode = status;
    }).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CliError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error.status;
      return;
    }
    const { code, exitCode } = error as { code?: string; exitCode?: number };
    if (code?.startsWith('commander.') !== true) throw error;
    process.exitCode = exitCode === 0 ? EXIT.ok : EXIT.badInput;
  }
}

await main(process.argv.slice(2));

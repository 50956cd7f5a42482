import { Command, InvalidArgumentError, Option } from 'commander';
import { engineVersion, exportFormats, scenarioJsonSchema } from '../index.ts';
import { benchCommand } from './bench.ts';
import { checkCommand } from './check.ts';
import { compareCommand } from './compare.ts';
import { explainCommand } from './explain.ts';
import { exploreCommand } from './explore.ts';
import { exportCommand } from './export.ts';
import { listCommand } from './list.ts';
import { mergeCommand } from './merge.ts';
import { CliError, EXIT } from './output.ts';
import { replayCommand, runCommand } from './run.ts';
import { shrinkCommand } from './shrink.ts';
import { sweepCommand } from './sweep.ts';
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

const workers = () =>
  new Option('--workers <n>', 'worker threads (default: as many as this machine runs at once)').argParser(
    wholeNumber(1, 1024),
  );

/** `2/4` */
function shard(text: string): { readonly index: number; readonly of: number } {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  if (index !== undefined && of !== undefined && index >= 1 && index <= of) return { index, of };
  throw new InvalidArgumentError(`found ${JSON.stringify(text)}; allowed: i/n with i from 1 to n, such as 2/4.`);
}

function width(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError(
    `found ${JSON.stringify(text)}; allowed: a share above 0, at most 1, such as 0.01 for one percentage point.`,
  );
}

type Finish = (status: number) => void;

function program(finish: Finish): Command {
  const cli = new Command('faultline')
    .description('Break a rule of data systems, see the checker find the damage, fix the one decision, send the run.')
    .version(engineVersion)
    .addHelpText('after', EXIT_HELP)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  addRunCommands(cli, finish);
  addSweepCommands(cli, finish);
  addViolationCommands(cli, finish);
  addCheckCommands(cli, finish);
  addCompareCommand(cli, finish);
  addExploreCommand(cli, finish);
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

const SWEEP_HELP = `
Exit status: 1 a property is violated in some seed, expected or not; 0 none is; 2 bad input; 3 something could not be judged, or the sweep was
interrupted. A shard exits 0 when its seeds have run, whatever it found: merge judges the whole.
With --out the sweep is kept in that file every few seconds and when it is interrupted; the same command goes on from there.`;

/** What runs many seeds. */
function addSweepCommands(cli: Command, finish: Finish): void {
  cli
    .command('sweep')
    .description('run a scenario (an id, a file) or a model on many seeds: rates with 95 % intervals, seeds, metrics')
    .argument('<scenario>')
    .option('--variant <id>', "one of the scenario's variants (default: every one)")
    .option('--seeds <n>', 'how many', wholeNumber(1, 0xffffffff), 1000)
    .option('--from <seed>', 'the first', wholeNumber(0, 0xffffffff), 1)
    .option('--set <knob=value>', 'change a knob; repeat for more', setting, {})
    .addOption(workers())
    .option('--shard <i/n>', 'run only the i-th of n parts of the seeds; needs --out', shard)
    .option('--out <file>', 'keep the sweep there, to go on with or to merge')
    .option('--stop-after <k>', 'stop when k seeds violate something', wholeNumber(1, 0xffffffff))
    .option('--until-width <w>', "stop when the interval of every property's rate is narrower", width)
    .option('--progress', 'progress on standard error even where it is no terminal')
    .addOption(json())
    .addHelpText('after', SWEEP_HELP)
    .action(async (scenario, options) => finish(await sweepCommand(scenario, options)));
  cli
    .command('merge')
    .description('bring the shards of a sweep together: the result is that of the sweep in one piece')
    .argument('<files...>')
    .option('--out <file>', 'write the whole sweep there')
    .addOption(json())
    .addHelpText(
      'after',
      '\nExit status: as of the sweep in one piece; 2 when the files are not all the shards of one.',
    )
    .action((files, options) => finish(mergeCommand(files, options)));
}

/** What takes a violating run apart. */
function addViolationCommands(cli: Command, finish: Finish): void {
  const violating = (command: Command) =>
    command
      .argument('<scenario>', 'a scenario (an id, a file), a model or a link from the lab')
      .option('--variant <id>', "one of the scenario's variants (default: the first)")
      .option('--seed <n>', "default: the scenario's pinned seed", wholeNumber(0, 0xffffffff))
      .option('--set <knob=value>', 'change a knob; repeat for more', setting, {})
      .option('--property <id>', 'which violation (default: the one that the variant makes its claim about)');
  violating(cli.command('shrink').description('the smallest run that violates the same property, as a scenario'))
    .option('--out <file>', 'write the scenario there, as YAML')
    .option('--runs-max <n>', 'runs to spend (default: 2000)', wholeNumber(1, 1_000_000))
    .addOption(json())
    .action((scenario, options) => finish(shrinkCommand(scenario, options)));
  violating(cli.command('explain').description('the few events of a run on which its violation depends'))
    .addOption(json())
    .action((scenario, options) => finish(explainCommand(scenario, options)));
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
    .addOption(workers())
    .action(async (files, options) => finish(await verifyCommand(files, options)));
  cli
    .command('bench')
    .description('what engine, exploration and sweeps do on this machine, beside the targets; about five minutes')
    .addOption(json())
    .action(async (options) => finish(await benchCommand(options)));
}

/** What puts two runs side by side. */
function addCompareCommand(cli: Command, finish: Finish): void {
  cli
    .command('compare')
    .description('two runs of a scenario, or behind two links: where they part, because of what, and what came of it')
    .argument('<scenario>', 'a scenario (an id, a file), a model or a link from the lab')
    .option('--variant <id>', 'the variant of the first run (default: the first)')
    .option('--with <id>', 'the variant of the second run (default: that of the first)')
    .option('--seed <n>', "default: the scenario's pinned seed", wholeNumber(0, 0xffffffff))
    .option('--with-seed <n>', 'the seed of the second run (default: that of the first)', wholeNumber(0, 0xffffffff))
    .option('--set <knob=value>', 'change a knob of both runs; repeat for more', setting, {})
    .option('--with-set <knob=value>', 'change a knob of the second run; repeat for more', setting, {})
    .option('--with-link <link>', 'the second run, when the first is a link too')
    .addOption(json())
    .addHelpText('after', '\nExit status: 0 compared, whatever came of it; 2 bad input.')
    .action((scenario, options) => finish(compareCommand(scenario, options)));
}

const EXPLORE_HELP = `
A model is explored in its smallest configuration; a scenario lends it the decision of the variant, and with --whole its size and workload.
Messages and disk writes take as long as they like; losses, crashes, duplicates and timers happen at most as often as is said, by default
never. --property stops as soon as that property is broken. Every counterexample is confirmed by a run.`;

/** What looks at every state. */
function addExploreCommand(cli: Command, finish: Finish): void {
  const budget = wholeNumber(0, 255);
  cli
    .command('explore')
    .description('visit every state of a small specification (such as two-phase-commit), a model or a scenario')
    .argument('<name>', 'a specification, a model or a scenario (an id, a file)')
    .option('--set <knob=value>', 'change a knob; repeat for more', setting, {})
    .option('--variant <id>', "one of the scenario's variants (default: the first)")
    .option('--whole', "take the scenario's own knobs and workload, however large")
    .option('--property <id>', 'judge this one alone')
    .option('--losses <n>', 'messages that are lost on the way', budget)
    .option('--crashes <n>', 'crashes of hosts, which may restart', budget)
    .option('--duplicates <n>', 'messages that arrive twice', budget)
    .option('--timers <n>', "timers that fire, the clients' own not counted", budget)
    .option('--symmetry', 'take states that differ only by the names of interchangeable parts as one')
    .option('--states-max <n>', 'distinct states before giving up as unknown', wholeNumber(1, 100_000_000))
    .option('--depth-max <n>', 'length of a path, in states, before giving up as unknown', wholeNumber(1, 1_000_000))
    .option('--out <file>', 'write the first counterexample there, as a scenario')
    .addOption(json())
    .addHelpText('after', EXPLORE_HELP)
    .action((name, options) => finish(exploreCommand(name, options)));
}

/** What hands runs and formats to other tools. */
function addOutputCommands(cli: Command, finish: Finish): void {
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

/** What a shell says of a program whose reader has gone: 128 and the number of SIGPIPE. */
const READER_GONE = 141;

/** Runs the command line and sets the exit status; never throws. */
export async function main(args: readonly string[]): Promise<void> {
  // Whoever pipes into `head` has read enough: nothing went wrong.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(READER_GONE);
  });
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

/** The only public entry of the engine. The site and the command line import from here and from nowhere else below. */
export { historyToJsonLines, parseHistory } from './checkers/history-file.ts';
export { checkLinearizable } from './checkers/linearizability.ts';
export { kvSpec, registerSpec, unsupportedOperation } from './checkers/specs.ts';
export type { Verdict, Witness } from './checkers/verdict.ts';
export { type ExportFormat, type ExportName, exportFormats } from './export/formats.ts';
export { type Ages, agesIn, agesOf, lookOf, type VersionLook } from './export/picture/ages.ts';
export { arrowOf } from './export/picture/arrows.ts';
export { faultBands } from './export/picture/fault-bands.ts';
export { type DiagramFrame, faultRow, fieldOf, lanesUnder } from './export/picture/frame.ts';
export { cutsOf } from './export/picture/lane-order.ts';
export { lanesOf, laneY, type SpaceTimeSize } from './export/picture/lanes.ts';
export { type InkPaths, type MessagePaths, messagePaths } from './export/picture/message-paths.ts';
export { firstAt, messagesIn } from './export/picture/messages.ts';
export { barsIn, type OperationBar, operationName } from './export/picture/operations.ts';
export { packetsAt } from './export/picture/packets.ts';
export { crossPath, glyphPath, line, type Point, tenth } from './export/picture/path.ts';
export { boundaryWords, type Proof, proofOf } from './export/picture/proof.ts';
export { type Parting, partingOf, type RingLayout, ringLayout, STAGE } from './export/picture/ring.ts';
export { flightOf, type RunIndex, runIndex } from './export/picture/run-index.ts';
export { type SeamPaths, seamPaths, seedOf } from './export/picture/seam-paths.ts';
export { basePaths, placeOf, shiftOf, strataLines } from './export/picture/stage-links.ts';
export { type PlacedPackets, placePackets } from './export/picture/stage-packets.ts';
export { stageSeam } from './export/picture/stage-seam.ts';
export { type StrataPaths, strataPaths, wordPx } from './export/picture/strata-paths.ts';
export { timeAxis } from './export/picture/time-axis.ts';
export { type ExportOptions, ExportRefusal } from './export/range.ts';
export { endOf } from './export/spans.ts';
export type { Context, Effect, HostId, Message, ProcessId, Snapshot } from './kernel/behavior.ts';
export type { ActiveFault, Fault, FaultAction, When } from './kernel/faults.ts';
export type { Operation } from './kernel/history.ts';
export { compileLatency, type Latency } from './kernel/latency.ts';
export { Streams } from './kernel/random.ts';
export { type Micros, micros, type Seed, seed } from './kernel/time.ts';
export type { Timeline } from './kernel/timeline.ts';
export type { Trace } from './kernel/trace.ts';
export type { Value } from './kernel/value.ts';
export type { NoteView, Packet, ProcessView, RunRecord, StepKind, StepView, WorldView } from './kernel/view.ts';
export type { Knob, KnobSpec } from './models/knob.ts';
export type { Focus, Metric, Model, NarrateContext, Property } from './models/model.ts';
export { FITS, type Fit, type FitName } from './models/quorum/latencies.ts';
export {
  drawTrials,
  freshShare,
  kStaleness,
  quantile,
  type Trials,
  visibleAfterUs,
  type Wars,
  wars,
} from './models/quorum/pbs.ts';
export { modelById, models } from './models/registry.ts';
export type { MessageMark, Scene, SceneNode, TopologyScene, Version } from './models/scene.ts';
export { measureEngine, type Stopwatch } from './run/bench.ts';
export { type Branch, RunTree, sharedSteps } from './run/branches.ts';
export { carriedBy, fileOf } from './run/carry.ts';
export { execute, type Interpreter, type NamedVerdict, type Run, type RunInput } from './run/execute.ts';
export { loadScenario } from './run/load-scenario.ts';
export { type Mismatch, mismatchesOf, type VariantVerification, verifyScenario } from './run/outcome.ts';
export { progressOf } from './run/progress.ts';
export { type RunReport, reportOf } from './run/report.ts';
export {
  chainOf,
  checkFaults,
  type FaultNames,
  type Resolved,
  type RunRequest,
  readKnobs,
  resolveRun,
} from './run/resolve.ts';
export { type Rate, rateOf } from './run/statistics.ts';
export { engineVersion } from './run/version.ts';
export { formatDuration, parseDuration } from './scenario/duration.ts';
export { faultTitle, latencyTitle } from './scenario/fault-title.ts';
export { scenarioJsonSchema } from './scenario/file-schema.ts';
export { formatLink, type ParsedLink, parseLink } from './scenario/link.ts';
export type { LinkState, LinkView } from './scenario/link-state.ts';
export { parseScenario } from './scenario/parse.ts';
export {
  type Decision,
  describeProblem,
  type Problem,
  type Scenario,
  type ScenarioData,
  type Variant,
} from './scenario/scenario.ts';
export { type Exploration, type ExploreOptions, explore, type PropertyResult } from './search/explore/explore.ts';
export type { PathStep } from './search/explore/replay.ts';
export type { Spec } from './search/explore/spec.ts';
export { specById, specs } from './search/specs/registry.ts';
export { type ExploreRequest, type ResolvedSpec, resolveSpec } from './search/specs/resolve.ts';

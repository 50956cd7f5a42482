/** The only public entry of the engine. The site and the command line import from here and from nowhere else below. */
export { historyToJsonLines, parseHistory } from './checkers/history-file.ts';
export { checkLinearizable } from './checkers/linearizability.ts';
export { kvSpec, registerSpec, unsupportedOperation } from './checkers/specs.ts';
export type { Verdict, Witness } from './checkers/verdict.ts';
export { type ExportFormat, type ExportName, exportFormats } from './export/formats.ts';
export { type Ages, agesIn, agesOf, lookOf, type VersionLook } from './export/picture/ages.ts';
export { arrowOf, isBetweenLanes } from './export/picture/arrows.ts';
export {
  type ClockPaths,
  clockPaths,
  clockSpans,
} from './export/picture/clock-paths.ts';
export { type ConeBounds, coneBounds } from './export/picture/cone-bounds.ts';
export { bucketFor } from './export/picture/density.ts';
export { densityIn } from './export/picture/density-levels.ts';
export type { DensityPaths } from './export/picture/density-paths.ts';
export { faultBands } from './export/picture/fault-bands.ts';
export { type DiagramFrame, faultRow, fieldOf, lanesUnder } from './export/picture/frame.ts';
export { cutsOf } from './export/picture/lane-order.ts';
export { type LaneView, laneGroups, PLAIN_LANES } from './export/picture/lane-view.ts';
export { headsY, lanesOf, laneY, type SpaceTimeSize } from './export/picture/lanes.ts';
export { type InkPaths, type MessagePaths, messagePaths } from './export/picture/message-paths.ts';
export { ARROWS_MAX, firstAt, messagesIn } from './export/picture/messages.ts';
export { type OperationPaths, operationPaths } from './export/picture/operation-paths.ts';
export { barOf, barsIn, type OperationBar, operationName } from './export/picture/operations.ts';
export { packetsAt } from './export/picture/packets.ts';
export { crossPath, glyphPath, line, type Point, tenth } from './export/picture/path.ts';
export { boundaryWords, type Proof, proofOf } from './export/picture/proof.ts';
export { type RingLayout, ringLayout, STAGE } from './export/picture/ring.ts';
export { flightOf, type RunIndex, runIndex } from './export/picture/run-index.ts';
export { horizontalPath, type SeamPoint, seamPath, verticalPath } from './export/picture/seam.ts';
export { type SeamPaths, seamPaths, seedOf } from './export/picture/seam-paths.ts';
export { type SeamWords, SIDES_GAP } from './export/picture/seam-words.ts';
export {
  type Belongings,
  belongingsBoxes,
  clientNameX,
  GAUGE_PITCH,
  placeBelongings,
  remarkGround,
} from './export/picture/stage-belongings.ts';
export { type StageCuts, stageCuts } from './export/picture/stage-cuts.ts';
export { basePaths, strataLines } from './export/picture/stage-links.ts';
export { type PlacedPackets, placePackets } from './export/picture/stage-packets.ts';
export { strataInPieces } from './export/picture/strata.ts';
export { type StrataPaths, strataPaths, wordPx } from './export/picture/strata-paths.ts';
export { placeOf, tearOf } from './export/picture/tear.ts';
export { formatCount, formatMs, formatMsShort, timeAxis } from './export/picture/time-axis.ts';
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
export { loadModel } from './models/load.ts';
export type { Focus, Metric, Model, NarrateContext, Property } from './models/model.ts';
export { operationNoun } from './models/nouns.ts';
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
export type {
  LogCell,
  LogLane,
  LogMatrix,
  MessageMark,
  Panel,
  Scene,
  SceneNode,
  Sheet,
  TopologyScene,
  Version,
} from './models/scene.ts';
export { sweepScenario } from './run/bench/busy-run.ts';
export { derivedFigures, type EnginePart, engineParts, measurePart } from './run/bench/engine.ts';
export { type Figures, isMet, targets } from './run/bench/figures.ts';
export { type Branch, RunTree, sharedSteps } from './run/branches.ts';
export { captionsOf, momentOf, type PlacedCaption } from './run/captions.ts';
export { carriedBy } from './run/carry.ts';
export { type ChallengeGrade, type Demand, gradeChallenge, searchCommand } from './run/challenge.ts';
export { type Comparison, compareInPieces, compareRuns } from './run/compare.ts';
export { changeTitle, differencesOf } from './run/compare-inputs.ts';
export {
  beginRun,
  type Execution,
  execute,
  type Interpreter,
  type NamedVerdict,
  type Run,
  type RunInput,
} from './run/execute.ts';
export { faultsText, readFaults } from './run/faults-text.ts';
export { fileOf } from './run/file-text.ts';
export { loadScenarioData } from './run/load-data.ts';
export { loadScenario } from './run/load-scenario.ts';
export { heldTo } from './run/objectives.ts';
export { type Mismatch, mismatchesOf } from './run/outcome.ts';
export { answerOf, type Guess, isRight, type PredictAnswer } from './run/predict.ts';
export { needsHistory } from './run/predict-check.ts';
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
export { ENDINGS, type EventSeries, type LevelSeries, type PointSeries, type Series, seriesOf } from './run/series.ts';
export {
  bucketsIn,
  bucketUsOf,
  fullestBucket,
  placesIn,
  quantileOf,
  type Spread,
  spreadOf,
} from './run/series-window.ts';
export type { MetricPair, OperationPair, VerdictPair } from './run/side-by-side.ts';
export { type Rate, rateOf } from './run/statistics.ts';
export { type StepTrace, traceStep } from './run/trace-step.ts';
export { TransitionLog } from './run/transition-log.ts';
export { engineVersion } from './run/version.ts';
export type { Anchor } from './scenario/captions-schema.ts';
export type { Challenge } from './scenario/challenge-schema.ts';
export { formatDuration, parseDuration } from './scenario/duration.ts';
export { faultSentence, faultTitle, latencyTitle } from './scenario/fault-title.ts';
export { scenarioJsonSchema } from './scenario/file-schema.ts';
export { formatLink, type ParsedLink, parseLink } from './scenario/link.ts';
export { BRANCHES_MAX } from './scenario/link-branches.ts';
export type { LinkBranch, LinkCompare, LinkState, LinkView } from './scenario/link-state.ts';
export { parseScenario } from './scenario/parse.ts';
export type { Predict } from './scenario/predict-schema.ts';
export {
  type Decision,
  describeProblem,
  type Problem,
  type Scenario,
  type ScenarioData,
  type Variant,
} from './scenario/scenario.ts';
export { type ExplainedEvent, type Explanation, explain } from './search/explain/explain.ts';
export { type Exploration, type ExploreOptions, explore, type PropertyResult } from './search/explore/explore.ts';
export type { PathStep } from './search/explore/replay.ts';
export type { Spec } from './search/explore/spec.ts';
export type { Counterexample } from './search/model-explorer/counterexample.ts';
export { exploreModel, type ModelExploration } from './search/model-explorer/explore-model.ts';
export { type ModelExploreRequest, type ModelPlan, resolveModelPlan } from './search/model-explorer/resolve.ts';
export { type RunSize, type ShrinkReport, shrinkReport } from './search/shrink/report.ts';
export type { ShrinkProgress } from './search/shrink/search.ts';
export type { ShrinkOptions, ShrinkRequest } from './search/shrink/shrink.ts';
export { violationOf } from './search/shrink/violation.ts';
export { specById, specs } from './search/specs/registry.ts';
export { type ExploreRequest, type ResolvedSpec, resolveSpec } from './search/specs/resolve.ts';
export {
  blankFile,
  differenceOf,
  formatSweepFile,
  isComplete,
  jobOf,
  readSweepFile,
  type SweepFile,
  type SweepPlan,
  type VariantState,
  withStates,
} from './search/sweep/file.ts';
export { type Seeds, type StopRule, type SweepJob, seedCount, shardOf } from './search/sweep/job.ts';
export { isFinished, type SweepState } from './search/sweep/ledger.ts';
export { mergeSweeps } from './search/sweep/merge.ts';
export { type RunningSweep, type Spawn, type SweepHandlers, SweepPool } from './search/sweep/pool.ts';
export { prepareJob } from './search/sweep/run-chunk.ts';
export { readSeedRanges, seedRanges } from './search/sweep/seed-ranges.ts';
export { type FromWorker, serveSweep, type ToWorker } from './search/sweep/serve.ts';
export { metricSpread } from './search/sweep/spread.ts';
export {
  type MetricSummary,
  metricSummaries,
  type PropertySummary,
  propertySummaries,
} from './search/sweep/summary.ts';
export type { Tally } from './search/sweep/tally.ts';
export { type VariantVerification, verificationOf } from './search/sweep/verification.ts';
export {
  type ChartDescription,
  type ChartState,
  type ChartTransition,
  describeChart,
} from './statechart/describe.ts';
export type { ChartRound } from './statechart/traced.ts';

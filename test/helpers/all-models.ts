// Tests import parts of the engine by their files, and any of them may make a run by the id of its model.
import '../../simulations/models/registry.ts';

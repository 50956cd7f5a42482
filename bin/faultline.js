#!/usr/bin/env node
// The command line is TypeScript, run as it is: no build step, and what runs is what the repository says.
import { register } from 'tsx/esm/api';

register();
await import('../simulations/cli/main.ts');

#!/usr/bin/env node
import { compiled } from '../simulations/cli/compiled.js';

process.setSourceMapsEnabled(true);
await import(await compiled('cli/main.ts'));

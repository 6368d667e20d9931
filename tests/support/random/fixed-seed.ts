import { configureGlobal } from 'fast-check';

/** The same commit gives the same result each time. `RANDOM_SEED` repeats the run that a wandering seed failed in. */
configureGlobal({ seed: Number(process.env['RANDOM_SEED'] ?? 20_261_130) });

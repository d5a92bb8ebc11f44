import fc from 'fast-check';

/*
 * In CI, property tests try the same random inputs in every run, so a commit that has passed passes again. Elsewhere they
 * try new ones each time, and a failure prints its seed.
 */
if (process.env.CI) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1 });

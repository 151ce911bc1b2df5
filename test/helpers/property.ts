import process from 'node:process';
import fc from 'fast-check';

/**
Sets a fixed seed for fast-check, so that the result of a property depends only on the code. `CONNTOP_TEST_SEED=N` sets another seed; `npm run seeds` uses random
ones.
*/
const {CONNTOP_TEST_SEED: seed = '20261122'} = process.env;
// eslint-disable-next-line unicorn/no-top-level-side-effects -- A test file that imports fast-check from here gets this seed for all its properties.
fc.configureGlobal({seed: Number(seed)});

export {default} from 'fast-check';

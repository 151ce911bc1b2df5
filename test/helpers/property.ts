import process from 'node:process';
import fc from 'fast-check';

/**
fast-check with a seed that stays: a property that holds today holds tomorrow until the code changes. `CONNTOP_TEST_SEED=N` tries other examples;
`npm run seeds` tries random ones.
*/
const {CONNTOP_TEST_SEED: seed = '20261122'} = process.env;
fc.configureGlobal({seed: Number(seed)});

export {default} from 'fast-check';

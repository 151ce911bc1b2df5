import process from 'node:process';
import fc from 'fast-check';

/**
A seed that stays for fast-check: a property that holds today holds tomorrow until the code changes. `CONNTOP_TEST_SEED=N` tries other examples;
`npm run seeds` tries random ones.
*/
const {CONNTOP_TEST_SEED: seed = '20261122'} = process.env;
// eslint-disable-next-line unicorn/no-top-level-side-effects -- All properties of a test file get this seed when it imports fast-check from here.
fc.configureGlobal({seed: Number(seed)});

export {default} from 'fast-check';

import process from 'node:process';
import fc from 'fast-check';

/**
Fast-check with a seed that stays, so that a run of the tests is not a matter of luck: a property that holds today holds tomorrow until the code changes.
`CONNTOP_TEST_SEED=N` tries other examples, and `CONNTOP_TEST_SEED=random` new ones each time: for those who look for what nobody has thought of.
*/
const {CONNTOP_TEST_SEED: wanted = '20261122'} = process.env;
if (wanted !== 'random') {
	fc.configureGlobal({seed: Number(wanted)});
}

export {default} from 'fast-check';

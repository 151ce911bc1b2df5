/**
Runs the property tests with random seeds: `npm run seeds` tries three, `npm run seeds -- 20` twenty. Otherwise the tests have a fixed seed
(`test/helpers/property.ts`), so that a change does not fail for a reason that it did not cause.
*/
import {randomInt} from 'node:crypto';
import fs from 'node:fs';
import process from 'node:process';
import {execa} from 'execa';

const rounds = Number(process.argv[2] ?? 3);
if (!Number.isSafeInteger(rounds) || rounds < 1) {
	throw new Error(`The number of seeds must be a whole number from 1, not ${process.argv[2]}.`);
}

const files = fs.globSync('test/**/*.test.{ts,tsx}').filter(file => fs.readFileSync(file, 'utf8').includes('/property.js\''));
const failed: number[] = [];
for (let round = 1; round <= rounds; round++) {
	const seed = randomInt(2 ** 31);
	process.stdout.write(`Seed ${seed}, ${round} of ${rounds}, ${files.length} files\n`);
	// eslint-disable-next-line no-await-in-loop -- A round uses all processors already.
	const {failed: hasFailed} = await execa('ava', files, {
		preferLocal: true, reject: false, stdio: 'inherit', env: {CONNTOP_TEST_SEED: String(seed)},
	});
	if (hasFailed) {
		failed.push(seed);
	}
}

if (failed.length > 0) {
	process.stdout.write(`Failed with ${failed.join(', ')}. To repeat: CONNTOP_TEST_SEED=${failed[0]} npx ava FILE\n`);
	process.exitCode = 1;
}

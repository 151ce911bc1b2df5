/** Entry point of the bundle of help. */
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import packageJson from '../package.json' with {type: 'json'};
import {write} from './commands/output.js';
import {runCommandLine} from './commands/run-command-line.js';
import {UsageError} from './commands/usage-error.js';
import {readPage} from './help/show-page.js';

/** Columns of a page of help: longer lines are hard to read. */
const widest = 100;

await runCommandLine(packageJson.version, () => ({
	async help(topic) {
		const page = readPage(topic, fileURLToPath(new URL('help', import.meta.url)), Math.min(process.stdout.columns ?? widest, widest));
		if ('problem' in page) {
			throw new UsageError(page.problem);
		}

		await write(page.text, 'prose');
	},
}));

/** Entry point of the commands. Each command loads only what it needs: React only for the live view. */
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import packageJson from '../package.json' with {type: 'json'};
import {write} from './commands/output.js';
import type {Options, Settings} from './commands/options.js';
import {runCommandLine} from './commands/run-command-line.js';
import {isDumb} from './commands/terminal-kind.js';
import {UsageError} from './commands/usage-error.js';

const settingsOf = async (options: Options, filter: readonly string[]): Promise<Settings> => {
	const [{namedProtocols, readOptions}, {lookUpHosts}] = await Promise.all([import('./commands/options.js'), import('./engine/lookups.js')]);
	return readOptions(options, filter, await lookUpHosts(filter.join(' '), undefined, namedProtocols(options)));
};

const formatOf = ({json, csv}: Options): 'json' | 'csv' | 'text' => json ? 'json' : (csv ? 'csv' : 'text');

/** The options without those that name a recording, which is no source of live sockets there. */
const withoutRecording = ({input: _input, at: _at, to: _to, from: _from, ...options}: Options): Options => options;

/** The options without the folder of a recording, which in other commands is an end. */
const withoutFolder = ({to: _to, ...options}: Options): Options => options;

const refuseInput = ({input}: Options): void => {
	if (input !== undefined) {
		throw new UsageError('record records the sockets of this machine and takes no --input');
	}
};

const listAs = async (options: Options, filter: readonly string[]): Promise<void> => {
	const settings = await settingsOf(options, filter);
	const {list} = await import('./commands/list.js');
	await list(settings, formatOf(options));
};

await runCommandLine(packageJson.version, stopListening => ({
	async live(options, filter) {
		if (!process.stdout.isTTY) {
			await listAs(options, filter);
			return;
		}

		const [{live}, {leave}] = await Promise.all([import('./commands/live.js'), import('./commands/leave.js')]);
		// The live view handles the loss of its terminal itself.
		stopListening();
		await leave(await live(isDumb(process.env) ? {...options, screenReader: true} : options, filter, packageJson.version));
	},
	list: listAs,
	async events(options, filter) {
		const settings = await settingsOf(options, filter);
		const {events} = await import('./commands/events.js');
		await events(settings, options.json ? 'json' : 'text');
	},
	async summary(options, filter) {
		const settings = await settingsOf(options, filter);
		const {summary} = await import('./commands/summary.js');
		await summary(settings, options.json ? 'json' : 'text');
	},
	async record(options, filter) {
		refuseInput(options);
		const [settings, {record}, {readKeep, readMaxSize}] = await Promise.all([
			settingsOf({interval: '5', ...withoutRecording(options)}, filter), import('./commands/recordings/record.js'), import('./commands/recordings/record-options.js'),
		]);
		await record({
			...settings, to: options.to, keep: readKeep(options.keep ?? ''), maxSize: readMaxSize(options.maxSize ?? ''), version: packageJson.version,
		});
	},
	async history(options, filter) {
		const [{readHistoryOptions}, {history}, settings] = await Promise.all([
			import('./commands/recordings/record-options.js'), import('./commands/recordings/history.js'), settingsOf(withoutRecording(options), filter),
		]);
		await history(readHistoryOptions(options, settings), formatOf(options));
	},
	async compare(options, filter) {
		const [{readCompareOptions}, {compare}, settings] = await Promise.all([
			import('./commands/recordings/record-options.js'), import('./commands/recordings/compare.js'), settingsOf(withoutRecording(options), filter),
		]);
		await compare(readCompareOptions(options, settings), formatOf(options));
	},
	async serve(options, filter) {
		if (options.printMetrics) {
			const {metricsText} = await import('./commands/serve/print-metrics.js');
			await write(metricsText(), 'prose');
			return;
		}

		const [settings, {serve}, {readServeOptions}, {leave}] = await Promise.all([
			settingsOf({interval: '5', ...withoutFolder(options)}, filter), import('./commands/serve/serve.js'), import('./commands/serve/serve-options.js'), import('./commands/leave.js'),
		]);
		await serve(await readServeOptions(options, settings, packageJson.version));
		// An export that is tried again would keep the program from ending.
		await leave(0);
	},
	async help(topic) {
		const {readPage} = await import('./help/show-page.js');
		const page = readPage(topic, fileURLToPath(new URL('help', import.meta.url)), process.stdout.columns);
		if ('problem' in page) {
			throw new UsageError(page.problem);
		}

		await write(page.text, 'prose');
	},
	async redact(from, to) {
		const {redact} = await import('./commands/recordings/redact.js');
		await redact(from, to);
	},
	async close(options, filter) {
		const settings = await settingsOf(options, filter);
		const {close} = await import('./commands/close.js');
		await close(settings, {format: options.json ? 'json' : 'text', isConfirmed: options.yes === true});
	},
}));

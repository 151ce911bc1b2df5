/** The live view: engine and screen. */
import path from 'node:path';
import process from 'node:process';
import {createLinkedEngine, type LinkedEngine} from '../engine/link.js';
import {settleLater} from '../engine/settle.js';
import {leaveLastWord} from './last-word.js';
import type {Options, Settings} from './options.js';
import {complain} from './output.js';
import {unblockTerminal} from './unblock-terminal.js';

/** Rows of the first window, until the screen says how many it has. */
const firstHeight = 50;

/**
Shows the live view until the person leaves it.

@returns The exit code.
@throws UsageError for wrong options, InputError for a file that cannot be shown.
*/
export const live = async (options: Options, filter: readonly string[]): Promise<number> => {
	if (!process.stdin.isTTY) {
		complain('the live view needs a terminal to read keys from; `conntop list` needs none');
		return 1;
	}

	const engine = createLinkedEngine();
	unblockTerminal();
	try {
		return await show(engine, options, filter);
	} finally {
		engine.stop();
	}
};

const show = async (engine: LinkedEngine, options: Options, filter: readonly string[]): Promise<number> => {
	const [{readOptions}, {queryOf}, {choosePreferences, chooseView, withView}, {builtInViews}, {timingOf}, settingsFile] = await Promise.all([
		import('./options.js'),
		import('./settings-query.js'),
		import('./choices.js'),
		import('../preferences/saved-view.js'),
		import('../preferences/timing.js'),
		import('../preferences/configuration-file.js'),
	]);
	const file = typeof options.config === 'string' ? options.config : settingsFile.defaultPath();
	const configuration = options.config === false ? settingsFile.noConfiguration : await settingsFile.loadConfiguration(file);
	const preferences = choosePreferences({...options, ...(process.env.INK_SCREEN_READER === 'true' && {screenReader: true})}, configuration.preferences);
	const views = new Map([...builtInViews, ...configuration.views]);
	const chosen = withView(options, filter, chooseView(options.view, views), preferences);
	const settings = readOptions(chosen.options, chosen.words);
	await checkInput(settings);
	const columns = settings.columns?.map(field => field.id) ?? [...new Set([...preferences.columns, ...settings.details.map(field => field.id)])];
	const {window, ...initialQuery} = queryOf(settings, columns);
	engine.start({
		choice: settings.choice,
		timing: timingOf(preferences),
		query: {...initialQuery, window: {...window, height: firstHeight}},
	});
	const [{runScreen}, {defaultKeyTable}, {createKeyTable}, {readKeyChanges}] = await Promise.all([
		import('../screen/renderers/run.js'),
		import('../screen/controls/default-key-table.js'),
		import('../screen/keys/key-table.js'),
		import('../screen/keys/key-changes.js'),
	]);
	settleLater(engine.whenQuiet);
	const keys = readKeyChanges(defaultKeyTable, configuration.keys, path.basename(file));
	const {exitCode, message, lines} = await runScreen({
		link: engine,
		initialQuery,
		stdin: process.stdin,
		stdout: process.stdout,
		chosen: {
			isReadOnly: options.readOnly === true,
			preferences,
			keyTable: createKeyTable(defaultKeyTable.controls, keys.changes),
			savedViews: views,
			settingsProblems: [...configuration.problems, ...keys.problems],
		},
		save: async changes => options.config === false ? 'Not saved: there is no settings file (--no-config)' : settingsFile.saveChanges(file, changes),
		leaveLastWord,
		environment: {variables: process.env},
	});
	if (message !== undefined) {
		complain(message, lines);
	}

	return exitCode;
};

/** A wrong file is told before the screen opens, as every wrong option is. */
const checkInput = async ({choice}: Settings): Promise<void> => {
	if (choice.kind !== 'file') {
		return;
	}

	const [{createFileSource}, {SocketTable}] = await Promise.all([import('../sources/file.js'), import('../table/socket-table.js')]);
	createFileSource(new SocketTable(), choice.path).close();
};

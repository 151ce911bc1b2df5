/** The live view: starts the engine and the screen. */
import {openSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import tty from 'node:tty';
import {createLinkedEngine, type LinkedEngine} from '../engine/link.js';
import type {SourceChoice} from '../sampling/open-source.js';
import {tuneAfterStart} from '../engine/tune-after-start.js';
import {leaveLastWord} from './last-word.js';
import type {Options} from './options.js';
import {complain} from './output.js';
import {unblockTerminal} from './unblock-terminal.js';

/** Rows of the first window, until the screen reports its size. */
const firstHeight = 50;

/**
Shows the live view until the user quits.

@param version Of this program.
@returns The exit code.
@throws UsageError for invalid options, InputError for a file that cannot be read.
*/
export const live = async (options: Options, filter: readonly string[], version: string): Promise<number> => {
	const keyboard = openKeyboard(options);
	if (keyboard === undefined) {
		complain('the live view needs a terminal to read keys from; `conntop list` does not');
		return 1;
	}

	const engine = createLinkedEngine();
	unblockTerminal();
	try {
		return await show(engine, keyboard, options, {filter, version});
	} finally {
		await engine.stop();
	}
};

/** Opens the keyboard: standard input, or /dev/tty if sockets are read from standard input; undefined without a terminal. */
const openKeyboard = ({input}: Options): tty.ReadStream | undefined => {
	if (process.stdin.isTTY) {
		return process.stdin;
	}

	try {
		return input === '-' ? new tty.ReadStream(openSync('/dev/tty', 'r')) : undefined;
	} catch {
		return undefined;
	}
};

const show = async (engine: LinkedEngine, keyboard: tty.ReadStream, options: Options, {filter, version}: {readonly filter: readonly string[]; readonly version: string}): Promise<number> => {
	const [{readOptions}, {queryOf}, {choosePreferences, chooseView, withRowsOf, withView}, {builtInViews}, {timingOf}, settingsFile] = await Promise.all([
		import('./options.js'),
		import('./settings-query.js'),
		import('./choices.js'),
		import('../preferences/saved-view.js'),
		import('../preferences/timing.js'),
		import('../preferences/configuration-file.js'),
	]);
	const file = typeof options.config === 'string' ? options.config : settingsFile.defaultPath();
	const configuration = options.config === false ? settingsFile.noConfiguration : await settingsFile.loadConfiguration(file);
	const chosenPreferences = choosePreferences({...options, ...(process.env.INK_SCREEN_READER === 'true' && {screenReader: true})}, configuration.preferences);
	const views = new Map([...builtInViews, ...configuration.views]);
	const view = chooseView(options.view, views);
	const preferences = withRowsOf(chosenPreferences, view, options);
	const chosen = withView(options, filter, view, preferences);
	const settings = readOptions({...chosen.options, connections: preferences.connections}, chosen.words);
	const choice = await withInput(settings.choice);
	const columns = settings.columns?.map(field => field.id) ?? [...new Set([...preferences.columns, ...settings.details.map(field => field.id)])];
	const {window, ...initialQuery} = queryOf(settings, columns);
	engine.start({
		choice,
		version,
		timing: timingOf(preferences),
		query: {...initialQuery, window: {...window, height: firstHeight}},
	});
	const [{runScreen}, {defaultKeyTable}, {createKeyTable}, {readKeyChanges}, filterHistory] = await Promise.all([
		import('../screen/renderers/run.js'),
		import('../screen/controls/default-key-table.js'),
		import('../screen/keys/key-table.js'),
		import('../screen/keys/key-changes.js'),
		import('../preferences/filter-history.js'),
	]);
	// --read-only changes nothing, and --no-config neither reads nor writes files of the user.
	const filtersPlace = preferences.readOnly || options.readOnly === true || options.config === false ? undefined : filterHistory.filterHistoryPlace();
	tuneAfterStart(engine.whenQuiet);
	const keys = readKeyChanges(defaultKeyTable, configuration.keys, path.basename(file));
	const {exitCode, message, lines} = await runScreen({
		link: engine,
		initialQuery,
		stdin: keyboard,
		stdout: process.stdout,
		chosen: {
			isReadOnly: options.readOnly === true,
			preferences,
			filterHistory: filtersPlace === undefined ? [] : filterHistory.readFilterHistory(filtersPlace),
			keyTable: createKeyTable(defaultKeyTable.controls, keys.changes),
			savedViews: views,
			settingsProblems: [...configuration.problems, ...keys.problems],
		},
		save: async changes => options.config === false ? 'Not saved: conntop was started with --no-config' : settingsFile.saveChanges(file, changes),
		...(filtersPlace !== undefined && {keepFilter: async (text: string) => filterHistory.keepFilter(filtersPlace, text)}),
		leaveLastWord,
		environment: {variables: process.env},
	});
	if (message !== undefined) {
		complain(message, lines);
	}

	return exitCode;
};

/** Opens the input file, so that an invalid file is reported before the screen opens, as invalid options are. */
const withInput = async (choice: SourceChoice): Promise<SourceChoice> => {
	if (choice.kind !== 'file') {
		return choice;
	}

	const {openInput} = await import('../sources/input/open-input.js');
	return {...choice, input: await openInput(choice.path)};
};

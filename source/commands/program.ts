/** The commands. Help, errors and dispatch are generated from this description. */
import {Command, CommanderError, Option} from 'commander';
import {topics} from '../help/pages.js';
import {defaultBounds} from '../recording/store/default-bounds.js';
import {defaultPort} from '../metrics/prometheus/listen-address.js';
import type {Options} from './options.js';
import {refuseForeignOptions, refuseSlip} from './hints.js';
import {complain, write} from './output.js';
import {
	consent,
	withGroupedSelection,
	withInterval,
	withNames,
	withPlainOutput,
	withRecording,
	withRows,
	withSelection,
} from './shared-options.js';
import {commandOf} from './ss-options.js';
import {shells} from './shells.js';

type CommandName = 'live' | 'list' | 'events' | 'summary' | 'close' | 'record' | 'history' | 'compare' | 'serve';

/** One function per command, which gets its options and filter words. `prepare` runs before each of them, with the options. */
export type Handlers = Readonly<Record<CommandName, (options: Options, filter: readonly string[]) => Promise<void>>> & {
	/** Copies a recording with pseudonyms. */
	readonly redact: (from: string, to: string) => Promise<void>;
	readonly prepare: (options: Options) => void;
	/** Shows a help page. */
	readonly help: (topic: string) => Promise<void>;
	/** Prints the completion script of a shell or, with words, the candidates for the last word. */
	readonly completion: (shell: string, words: readonly string[]) => Promise<void>;
};

/** The handler of a command. Each bundle has those of its own commands (code/bundle-of.ts). */
const handlerOf = <Name extends keyof Handlers>(handlers: Partial<Handlers>, name: Name): Handlers[Name] => {
	const handler = handlers[name];
	if (handler === undefined) {
		throw new Error(`this bundle does not have the command ${name}`);
	}

	return handler;
};

/** Runs a command, or the command that an option of `ss` means. */
const actionOf = (name: CommandName, handlers: Partial<Handlers>) => async (filter: string[], options: Options): Promise<void> => {
	const meant = commandOf(options, name);
	if (meant !== undefined && meant !== name) {
		complain(`this is conntop ${meant}`);
	}

	await handlerOf(handlers, meant ?? name)(options, filter);
};

/**
Creates the parser of the command line.

@param isNeeded Whether the options of a command are needed, by its name; the default is all.
*/
export const createProgram = (version: string, handlers: Partial<Handlers>, isNeeded: (name: string) => boolean = () => true): Command => {
	const program = new Command('conntop')
		.description('htop for connections: every socket of the machine, live')
		.version(version, '-V, --version')
		.addOption(new Option('-v').hideHelp())
		.on('option:v', () => {
			void write(`${version}\n`, 'prose');
			throw new CommanderError(0, 'commander.version', version);
		})
		.helpOption('-h, --help')
		.helpCommand(false)
		.showSuggestionAfterError()
		.exitOverride()
		.configureHelp({subcommandTerm: command => command.name()})
		.configureOutput({
			writeOut(text) {
				void write(text, 'prose');
			},
			outputError(text) {
				complain(text.trim().replace(/^error: /v, '').replace(/\n\(Did you mean (?<name>.+)\?\)$/v, '; did you mean $<name>?'));
			},
		})
		.hook('preAction', (_, command) => {
			handlers.prepare?.(command.opts<Options>());
		});
	/** The forms of a command line, as shown in the help. */
	const forms: string[] = [];
	/** Adds a command. To describe the options of all commands takes a third of the time that `--help` takes, so that is done only for those that are needed. */
	const add = (name: string, usage: string, description: string, describe: (command: Command) => void): void => {
		const command = program.command(name, name === 'live' ? {isDefault: true, hidden: true} : {}).description(description).usage(usage);
		forms.push(name === 'live' ? usage : `conntop ${name} ${usage}`);
		if (isNeeded(name)) {
			describe(command);
		}
	};

	add('live', '[options] [FILTER…]', '', command => {
		withPlainOutput(withInterval(withRows(command)))
			.addOption(consent())
			.optionsGroup('Live view:')
			.option('--view <NAME>', 'open a view by name; the key V saves one')
			.option('--theme <NAME>', 'auto, dark, light, colour-blind or monochrome')
			.option('--config <FILE>', 'settings file; default: ~/.config/conntop/config.toml')
			.option('--no-config', 'do not read or write a settings file')
			.option('--screen-reader', 'print lines of text instead of drawing a screen')
			.option('--no-mouse', 'do not capture the mouse')
			.option('--read-only', 'disable all actions on sockets and processes')
			.optionsGroup('Plain output:')
			.option('--json', 'print one JSON object per line, if output is not a terminal')
			.addOption(new Option('--csv', 'print comma-separated values, if output is not a terminal').conflicts('json'))
			.action(actionOf('live', handlers));
	});
	add('list', '[options] [FILTER…]', 'print the sockets once and exit', command => {
		withPlainOutput(withRows(command))
			.addOption(consent())
			.option('--json', 'one JSON object per line')
			.addOption(new Option('--csv', 'comma-separated values').conflicts('json'))
			.option('--verbose', 'report on standard error what the kernel filtered, and how many sockets it left out')
			.action(actionOf('list', handlers));
	});
	add('events', '[options] [FILTER…]', 'print a line for each socket that opens, changes state or closes, until interrupted', command => {
		withNames(withInterval(withSelection(command)))
			.optionsGroup('Source:')
			.option('--from <TIME>', 'start, in a recording')
			.option('--to <TIME>', 'end, in a recording')
			.optionsGroup('Plain output:')
			.option('--json', 'one JSON object per line')
			.action(actionOf('events', handlers));
	});
	add('summary', '[options] [FILTER…]', 'count sockets by protocol, family, state and problem, like `ss -s`; --group adds counts by group', command => {
		withGroupedSelection(command)
			.option('--json', 'one JSON object')
			.action(actionOf('summary', handlers));
	});
	add('close', '[options] FILTER…', 'close the matching sockets in the kernel, like `ss -K`; without --yes, only list them', command => {
		withSelection(command)
			.option('--yes', 'close the sockets instead of listing them')
			.option('--json', 'one JSON object per line')
			.action(actionOf('close', handlers));
	});
	add('record', '[options] [FILTER…]', 'record the sockets to a folder, until interrupted; see conntop help recordings', command => {
		withInterval(withSelection(command), 5)
			.optionsGroup('Recording:')
			.option('--to <DIR>', 'folder of the recording; default: ~/.local/state/conntop, for root /var/lib/conntop')
			.option('--keep <TIME>', 'delete what is older', defaultBounds.keep)
			.option('--max-size <SIZE>', 'maximum size of the recording', defaultBounds.maxSize)
			.action(actionOf('record', handlers));
	});
	add('history', '[options] [FILTER…] --at TIME', 'print the connections of a recording at one time or in a time range', command => {
		withRecording(command)
			.option('--at <TIME>', 'connections that existed at this time')
			.option('--from <TIME>', 'start of the time range; default: start of the recording')
			.option('--to <TIME>', 'end of the time range; default: end of the recording')
			.action(actionOf('history', handlers));
	});
	add('compare', '[options] [FILTER…] --at TIME --at TIME', 'print the differences between two times of a recording; exit code 3 if there are any', command => {
		withRecording(command)
			.option('--at <TIME>', 'one of the two times', (moment: string, moments?: readonly string[]) => [...moments ?? [], moment])
			.action(async (filter: string[], {at, ...options}: Omit<Options, 'at'> & {readonly at?: readonly string[]}) => handlerOf(handlers, 'compare')({...options, moments: at ?? []}, filter));
	});
	add('redact', 'IN OUT', 'copy a recording with pseudonyms instead of addresses and names; ports, states, numbers and times stay', command => {
		command
			.argument('<IN>', 'folder or file written by `conntop record`')
			.argument('<OUT>', 'folder for the copy')
			.action(async (from: string, to: string) => handlerOf(handlers, 'redact')(from, to));
	});
	add('serve', '[options] [FILTER…]', 'serve metrics for Prometheus and OpenTelemetry, until interrupted; see conntop help metrics', command => {
		withInterval(withSelection(command), 5)
			.optionsGroup('Metrics:')
			.option('--listen <ADDRESS:PORT>', `where to serve /metrics; default: 127.0.0.1:${defaultPort}, with OTLP nowhere`)
			.option('--otlp <URL>', 'export metrics, and a log record for each closed connection, to this receiver; default: as the OTEL_* variables say')
			.option('--print-metrics', 'print the metrics with their types, units and labels, and exit')
			.optionsGroup('Recording:')
			.option('--record', 'record the sockets to a folder as well, like conntop record')
			.option('--to <DIR>', 'folder of the recording; default: ~/.local/state/conntop, for root /var/lib/conntop')
			.option('--keep <TIME>', 'delete what is older; default: 7d')
			.option('--max-size <SIZE>', 'maximum size of the recording; default: 500M')
			.optionsGroup('Settings:')
			.option('--config <FILE>', 'settings file with names for peers and services; default: ~/.config/conntop/config.toml')
			.option('--no-config', 'do not read a settings file')
			.action(actionOf('serve', handlers));
	});
	add('help', '[TOPIC]', `explain a command, or show a page: ${topics.join(', ')}`, command => {
		command
			.argument('[TOPIC]', 'a command or a page')
			.action(async (topic: string | undefined) => {
				const explained = program.commands.find(each => each.name() === topic && topic !== 'live');
				if (topic === undefined || explained !== undefined) {
					(explained ?? program).outputHelp();
				} else {
					await handlerOf(handlers, 'help')(topic);
				}
			});
	});
	add('completion', 'SHELL [WORDS…]', `print the completion script for a shell: ${shells.join(', ')}`, command => {
		command
			.argument('<SHELL>', shells.join(', '))
			.argument('[WORDS...]', 'what the shell asks about')
			.action(async (shell: string, words: string[]) => handlerOf(handlers, 'completion')(shell, words));
	});
	program.usage(forms.join('\n       '));
	// `conntop --help` is one page: the commands, then the options of the live view.
	program.addHelpText('after', () => {
		const live = program.commands.find(command => command.name() === 'live')?.helpInformation() ?? '';
		return `\n${live.replace(/^Usage:[^\n]*\n\n/v, '').replace(/\nOptions:\n {2}-h, [^\n]*\n/v, '')}`;
	});
	return program;
};

/**
Reads the command line and runs the command.

@throws CommanderError after commander has printed help, the version or an error; `exitCode` is 0 for help and version. UsageError for errors that commander does not check.
*/
export const runProgram = async (commandLine: readonly string[], version: string, handlers: Partial<Handlers>): Promise<void> => {
	// The live view is the default. A command whose name is no argument is not meant.
	const program = createProgram(version, handlers, name => name === 'live' || commandLine.includes(name));
	refuseForeignOptions(commandLine);
	await refuseSlip(commandLine, program.commands.map(command => command.name()));
	await program.parseAsync([...commandLine], {from: 'user'});
};

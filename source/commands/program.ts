/** The command line: options and commands. Help, errors and dispatch come from this one description. */
import {Command, CommanderError, Option} from 'commander';
import type {Options} from './options.js';
import {refuseForeignOptions, refuseSlip} from './hints.js';
import {complain, write} from './output.js';
import {commandOf, withSsOptions} from './ss-options.js';
import {shells} from './shells.js';
import {topics} from '../help/pages.js';

type CommandName = 'live' | 'list' | 'events' | 'summary' | 'close' | 'record' | 'history' | 'compare';

/** What each command does with its options and filter words; `prepare` sees the options of any of them first. */
export type Handlers = Readonly<Record<CommandName, (options: Options, filter: readonly string[]) => Promise<void>>> & {
	readonly prepare: (options: Options) => void;
	/** Shows a page of help that is not about a command. */
	readonly help: (topic: string) => Promise<void>;
	/** Writes the completion script of a shell or, with words, what the last of them can become. */
	readonly completion: (shell: string, words: readonly string[], commands: readonly DescribedCommand[]) => Promise<void>;
};

/** An option as the help shows it. */
export type DescribedOption = {
	/** With hyphens: the letter, if there is one, then the name. */
	readonly names: readonly string[];
	/** As `-N, --net <NAME>`. */
	readonly flags: string;
	readonly takesValue: boolean;
	readonly description: string;
	/** The heading under which the help has it. */
	readonly group: string;
};

/** A command as the help shows it; the live view, which needs no name, is `live`. */
export type DescribedCommand = {readonly name: string; readonly description: string; readonly options: readonly DescribedOption[]};

const describeOption = ({flags, short, long, description, required, helpGroupHeading}: Option): DescribedOption => ({
	names: [short, long].filter(name => name !== undefined), flags, takesValue: required, description, group: helpGroupHeading ?? 'Options:',
});

/** All commands, for those who explain them elsewhere. */
export const describeCommands = (program: Command): readonly DescribedCommand[] => program.commands.map(command => ({
	name: command.name(),
	description: command.description(),
	options: [
		...command.options.filter(({hidden}) => !hidden).map(option => describeOption(option)),
		...(command.name() === 'live' ? program.options.filter(({hidden}) => !hidden).map(option => describeOption(option)) : []),
		{names: ['-h', '--help'], flags: '-h, --help', takesValue: false, description: 'display help for command', group: 'Options:'},
	],
}));

/** Which sockets, and what is shown of them, wherever they come from. */
const withSockets = (command: Command): Command => withSsOptions(command)
	.argument('[FILTER...]', 'words, a port, state established, dst 10/8, rtt > 50ms, …; see conntop help filters')
	.optionsGroup('Which sockets:')
	.option('-t, --tcp', 'TCP sockets')
	.option('-u, --udp', 'UDP sockets')
	.option('-x, --unix', 'UNIX sockets')
	.option('-w, --raw', 'raw sockets')
	.option('-0, --packet', 'packet sockets')
	.option('-M, --mptcp', 'MPTCP sockets')
	.option('-S, --sctp', 'SCTP sockets')
	.option('-d, --dccp', 'DCCP sockets')
	.option('--udplite', 'UDP-Lite sockets')
	.option('--netlink', 'netlink sockets')
	.option('--vsock', 'VSOCK sockets')
	.option('--xdp', 'XDP sockets')
	.option('--tipc', 'TIPC sockets')
	.option('--smc', 'SMC sockets')
	.option('-4, --ipv4', 'IPv4 only')
	.option('-6, --ipv6', 'IPv6 only')
	.option('-l, --listening', 'only sockets that listen, or that are unconnected')
	.option('-a, --all', 'every state (so it is without -l); of -a and -l the last counts')
	.optionsGroup('What is shown:')
	.option('-p, --processes', 'processes that hold the sockets (always shown)')
	.option('-o, --options', 'add timers')
	.option('-e, --extended', 'add user, inode, cookie, mark, cgroup and open directions')
	.option('-m, --memory', 'add the sizes of buffers')
	.option('-i, --info', 'add what TCP knows: congestion window, retransmits, times, …')
	.option('--tos', 'add type of service, traffic class and priority')
	.option('--cgroup', 'add cgroup, systemd unit and container')
	.option('--inet-sockopt', 'add socket options')
	.option('--ascii', 'only ASCII; so it is where the locale has other characters than UTF-8')
	.option('--sort <FIELD[:asc|:desc],…>', 'order; of equals by the next field')
	.option('--columns <LIST>', 'fields to show, with commas between them');

const withSelection = (command: Command): Command => withSockets(command)
	.optionsGroup('Where from:')
	.option('--source <auto|netlink|ss>', 'where sockets are read from')
	.option('-N, --net <NAME>', 'another network namespace: a name as in `ip netns`, a container, a path or a pid')
	.option('--all-namespaces', 'all network namespaces at once')
	.option('--input <FILE>', 'show what `ss -D` wrote, `ss` printed or `conntop record` wrote instead of this machine; - reads standard input')
	.option('--at <TIME>', 'moment of the recording: 03:12, "yesterday 03:12", -3m, 2026-11-27T03:12:00Z; its end');

const withNames = (command: Command): Command => command
	.optionsGroup('Plain output:')
	.option('-n, --numeric', 'numbers whole, without units; no names of services')
	.option('-r, --resolve', 'names of hosts and services in place of numbers; with -n, of hosts only');

/** What reads a recording and nothing else. */
const withRecording = (command: Command): Command => withNames(withSockets(command))
	.option('-H, --no-header', 'no heading line')
	.option('--json', 'one JSON object per line')
	.addOption(new Option('--csv', 'comma-separated values').conflicts('json'))
	.optionsGroup('Which recording:')
	.option('--input <DIR|FILE>', 'folder or shard; what `conntop record` writes by default');

const withGroupedSelection = (command: Command): Command => withSelection(command)
	.optionsGroup('What is shown:')
	.option('--group <FIELD[,FIELD]>', 'group by listener, process, port, host, network, state, unit, container, user or namespace');

const withInterval = (command: Command, byDefault = 1): Command => command
	.optionsGroup('How often:')
	.option('--interval <SECONDS>', `time between samples, 0.1 to 3600; ${byDefault}`);

const withPlainOutput = (command: Command): Command => withNames(command)
	.option('-H, --no-header', 'no heading line')
	.option('-Q, --no-queues', 'without Recv-Q and Send-Q')
	.option('-O, --oneline', 'one line for each socket (always so)');

/** For `-K`, which stands for `close`. */
const consent = (): Option => new Option('--yes').hideHelp();

/** Runs a command, or the one that an option of `ss` stands for. */
const actionOf = (name: CommandName, handlers: Handlers) => async (filter: string[], options: Options): Promise<void> => {
	const meant = commandOf(options, name);
	if (meant !== undefined && meant !== name) {
		complain(`this is conntop ${meant}`);
	}

	await handlers[meant ?? name](options, filter);
};

/** All that the command line can be. */
export const createProgram = (version: string, handlers: Handlers): Command => {
	const program = new Command('conntop')
		.description('htop for connections: every socket of the machine, live')
		.version(version, '-V, --version')
		.addOption(new Option('-v').hideHelp())
		.on('option:v', () => {
			void write(`${version}\n`, 'prose');
			throw new CommanderError(0, 'commander.version', version);
		})
		.helpOption('-h, --help')
		.usage('[options] [FILTER…]\n       conntop list [options] [FILTER…]\n       conntop events [options] [FILTER…]\n       conntop summary [options] [FILTER…]\n       conntop close [options] FILTER…\n       conntop record [options] [FILTER…]\n       conntop history [options] [FILTER…] --at TIME\n       conntop compare [options] [FILTER…] --at TIME --at TIME\n       conntop help [TOPIC]')
		.helpCommand(false)
		.showSuggestionAfterError()
		.exitOverride()
		.configureOutput({
			writeOut(text) {
				void write(text, 'prose');
			},
			outputError(text) {
				complain(text.trim().replace(/^error: /v, '').replace(/\n\(Did you mean (?<name>.+)\?\)$/v, '; did you mean $<name>?'));
			},
		})
		.hook('preAction', (_, command) => {
			handlers.prepare(command.opts<Options>());
		});
	const liveCommand = withInterval(withGroupedSelection(program.command('live', {isDefault: true, hidden: true})));
	const live = withPlainOutput(liveCommand)
		.addOption(consent())
		.optionsGroup('Live view:')
		.option('--view <NAME>', 'open a view by its name; V saves one')
		.option('--theme <NAME>', 'auto, dark, light, colour-blind or monochrome')
		.option('--config <FILE>', 'settings file in place of ~/.config/conntop/config.toml')
		.option('--no-config', 'no settings file')
		.option('--screen-reader', 'print lines instead of drawing a screen')
		.option('--no-mouse', 'leave the mouse to the terminal')
		.option('--read-only', 'offer nothing that acts on a socket or a process')
		.optionsGroup('Plain output:')
		.option('--json', 'without a terminal: one JSON object per line')
		.addOption(new Option('--csv', 'without a terminal: comma-separated values').conflicts('json'))
		.action(actionOf('live', handlers));
	withPlainOutput(withGroupedSelection(program.command('list')))
		.addOption(consent())
		.description('print the sockets once and exit')
		.option('--json', 'one JSON object per line')
		.addOption(new Option('--csv', 'comma-separated values').conflicts('json'))
		.option('--verbose', 'say on standard error what the kernel was asked for, and how many sockets it kept back')
		.action(actionOf('list', handlers));
	const eventsCommand = withInterval(withSelection(program.command('events')));
	withNames(eventsCommand)
		.description('print a line for each socket that is opened, changes its state or is closed, until interrupted')
		.optionsGroup('Where from:')
		.option('--from <TIME>', 'beginning, in a recording')
		.option('--to <TIME>', 'end, in a recording')
		.optionsGroup('Plain output:')
		.option('--json', 'one JSON object per line')
		.action(actionOf('events', handlers));
	withGroupedSelection(program.command('summary'))
		.description('count sockets by protocol, family, state and problem, as `ss -s` and more; by group with --group')
		.option('--json', 'one JSON object')
		.action(actionOf('summary', handlers));
	withSelection(program.command('close'))
		.description('close the sockets that match in the kernel, as `ss -K`; say what would be closed without --yes')
		.option('--yes', 'close them')
		.option('--json', 'one JSON object per line')
		.action(actionOf('close', handlers));
	withInterval(withSelection(program.command('record')), 5)
		.description('write what the sockets do into a folder, until interrupted; see conntop help recordings')
		.optionsGroup('Where to:')
		.option('--to <DIR>', 'folder of the recording; ~/.local/state/conntop by default, for root /var/lib/conntop')
		.option('--keep <TIME>', 'nothing older is kept', '7d')
		.option('--max-size <SIZE>', 'the recording never has more bytes', '500M')
		.action(actionOf('record', handlers));
	withRecording(program.command('history'))
		.description('print the connections of a recording: those of a moment, or of a span of time')
		.option('--at <TIME>', 'those that were there then')
		.option('--from <TIME>', 'those from then on; from the beginning of the recording')
		.option('--to <TIME>', 'those until then; to its end')
		.action(actionOf('history', handlers));
	withRecording(program.command('compare'))
		.description('print what differs between two moments of a recording; exit code 3 if anything does')
		.option('--at <TIME>', 'a moment; to be given twice', (moment: string, moments: readonly string[] = []) => [...moments, moment])
		.action(async (filter: string[], {at, ...options}: Omit<Options, 'at'> & {readonly at?: readonly string[]}) => handlers.compare({...options, moments: at ?? []}, filter));
	program.command('help').argument('[TOPIC]', 'a command or a page')
		.description(`explain a command, or show a page: ${topics.join(', ')}`)
		.action(async (topic: string | undefined) => {
			const command = program.commands.find(each => each.name() === topic && topic !== 'live');
			if (topic === undefined || command !== undefined) {
				(command ?? program).outputHelp();
			} else {
				await handlers.help(topic);
			}
		});
	program.command('completion').argument('<SHELL>', shells.join(', ')).argument('[WORDS...]', 'what the shell asks about')
		.description(`write what makes a shell complete command lines: ${shells.join(', ')}`)
		.action(async (shell: string, words: string[]) => handlers.completion(shell, words, describeCommands(program)));
	// One page of help: that of the live view, with the other commands named.
	program.addHelpText('after', () => `\n${live.helpInformation().replace(/^Usage:[^\n]*\n\n/v, '').replace(/\nOptions:\n {2}-h, [^\n]*\n/v, '')}`);
	return program;
};

/**
Reads the command line and runs the command.

@throws CommanderError for what commander has said already; its `exitCode` is 0 for help and version. UsageError for what it does not know to be wrong.
*/
export const runProgram = async (commandLine: readonly string[], version: string, handlers: Handlers): Promise<void> => {
	const program = createProgram(version, handlers);
	refuseForeignOptions(commandLine);
	await refuseSlip(commandLine, program.commands.map(command => command.name()));
	await program.parseAsync([...commandLine], {from: 'user'});
};

/** The command line: options and commands. Help, errors and dispatch are generated from this description. */
import {Command, CommanderError, Option} from 'commander';
import type {Options} from './options.js';
import {refuseForeignOptions, refuseSlip} from './hints.js';
import {complain, write} from './output.js';
import {withSsOptions} from './ss-options.js';

/** One function per command, which gets its options and filter words. `prepare` runs before each of them, with the options. */
export type Handlers = Readonly<Record<'live' | 'list' | 'events' | 'summary' | 'close', (options: Options, filter: readonly string[]) => Promise<void>>> & {
	readonly prepare: (options: Options) => void;
};

const withSelection = (command: Command): Command => withSsOptions(command)
	.argument('[FILTER...]', 'words, a port, state established, dst 10/8, rtt > 50ms, …; see docs/filters.md')
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
	.option('-l, --listening', 'only listening and unconnected sockets')
	.option('-a, --all', 'all states (the default); the last of -a and -l wins')
	.optionsGroup('What to show:')
	.option('-p, --processes', 'accepted for ss users: processes are always shown')
	.option('-o, --options', 'add timer information')
	.option('-e, --extended', 'add user, inode, cookie, mark, cgroup and shutdown state')
	.option('-m, --memory', 'add buffer sizes')
	.option('-i, --info', 'add TCP internals: congestion window, retransmits, round-trip times, …')
	.option('--tos', 'add type of service, traffic class and priority')
	.option('--cgroup', 'add cgroup, systemd unit and container')
	.option('--inet-sockopt', 'add socket options')
	.option('--ascii', 'write ASCII only; the default where the locale is not UTF-8')
	.option('--sort <FIELD[:asc|:desc],…>', 'sort by this field, then by the next ones')
	.option('--columns <LIST>', 'fields to show, separated by commas')
	.optionsGroup('Source:')
	.option('--source <auto|netlink|ss>', 'how to read sockets; default: auto')
	.option('-N, --net <NAME>', 'read another network namespace: a name as in `ip netns`, a container, a path or a PID')
	.option('--all-namespaces', 'read all network namespaces')
	.option('--input <FILE>', 'read the output of `ss -D` or `ss` instead of this machine; - for standard input');

const withGroupedSelection = (command: Command): Command => withSelection(command)
	.optionsGroup('What to show:')
	.option('--group <FIELD[,FIELD]>', 'group by listener, process, port, host, network, state, unit, container, user or namespace');

const withInterval = (command: Command): Command => command
	.optionsGroup('Sampling:')
	.option('--interval <SECONDS>', 'time between samples, 0.1 to 3600; default: 1');

const withNames = (command: Command): Command => command
	.optionsGroup('Plain output:')
	.option('-n, --numeric', 'print exact numbers, without units')
	.option('-r, --resolve', 'print host and service names instead of numbers; with -n, host names only');

const withPlainOutput = (command: Command): Command => withNames(command)
	.option('-H, --no-header', 'omit the header line')
	.option('-Q, --no-queues', 'omit Recv-Q and Send-Q')
	.option('-O, --oneline', 'accepted for ss users: each socket is always on one line');

/**
Reads the command line and runs the command.

@throws CommanderError after commander has printed help, the version or an error; `exitCode` is 0 for help and version. UsageError for errors that commander does not check.
*/
export const runProgram = async (commandLine: readonly string[], version: string, handlers: Handlers): Promise<void> => {
	const program = new Command('conntop')
		.description('htop for connections: every socket of the machine, live')
		.version(version, '-V, --version')
		.addOption(new Option('-v').hideHelp())
		.on('option:v', () => {
			void write(`${version}\n`, 'prose');
			throw new CommanderError(0, 'commander.version', version);
		})
		.helpOption('-h, --help')
		.usage('[options] [FILTER…]\n       conntop list [options] [FILTER…]\n       conntop events [options] [FILTER…]\n       conntop summary [options] [FILTER…]\n       conntop close [options] FILTER…')
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
		.action(async (filter: string[], options: Options) => handlers.live(options, filter));
	withPlainOutput(withGroupedSelection(program.command('list')))
		.description('print the sockets once and exit')
		.option('--json', 'one JSON object per line')
		.addOption(new Option('--csv', 'comma-separated values').conflicts('json'))
		.option('--verbose', 'report on standard error what the kernel filtered, and how many sockets it left out')
		.action(async (filter: string[], options: Options) => handlers.list(options, filter));
	const eventsCommand = withInterval(withSelection(program.command('events')));
	withNames(eventsCommand)
		.description('print a line for each socket that opens, changes state or closes, until interrupted')
		.option('--json', 'one JSON object per line')
		.action(async (filter: string[], options: Options) => handlers.events(options, filter));
	withGroupedSelection(program.command('summary'))
		.description('count sockets by protocol, family, state and problem, like `ss -s`; --group adds counts by group')
		.option('--json', 'one JSON object')
		.action(async (filter: string[], options: Options) => handlers.summary(options, filter));
	withSelection(program.command('close'))
		.description('close the matching sockets in the kernel, like `ss -K`; without --yes, only list them')
		.option('--yes', 'close the sockets instead of listing them')
		.option('--json', 'one JSON object per line')
		.action(async (filter: string[], options: Options) => handlers.close(options, filter));
	// `conntop --help` is one page: the commands, then the options of the live view.
	program.addHelpText('after', () => `\n${live.helpInformation().replace(/^Usage:[^\n]*\n\n/v, '').replace(/\nOptions:\n {2}-h, [^\n]*\n/v, '')}`);
	refuseForeignOptions(commandLine);
	await refuseSlip(commandLine, [...program.commands.map(command => command.name()), 'help']);
	await program.parseAsync([...commandLine], {from: 'user'});
};

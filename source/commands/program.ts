/** The command line: options and commands. Help, errors and dispatch come from this one description. */
import {Command, CommanderError, Option} from 'commander';
import type {Options} from './options.js';
import {refuseForeignOptions, refuseSlip} from './hints.js';
import {complain, write} from './output.js';
import {withSsOptions} from './ss-options.js';

/** What each command does with its options and filter words; `prepare` sees the options of any of them first. */
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
	.option('--columns <LIST>', 'fields to show, with commas between them')
	.optionsGroup('Where from:')
	.option('--source <auto|netlink|ss>', 'where sockets are read from')
	.option('-N, --net <NAME>', 'another network namespace: a name as in `ip netns`, a container, a path or a pid')
	.option('--all-namespaces', 'all network namespaces at once')
	.option('--input <FILE>', 'show what `ss -D` wrote or `ss` printed instead of this machine; - reads standard input');

const withGroupedSelection = (command: Command): Command => withSelection(command)
	.optionsGroup('What is shown:')
	.option('--group <FIELD[,FIELD]>', 'group by listener, process, program, port, host, network, state, unit, container, user or namespace');

const withInterval = (command: Command): Command => command
	.optionsGroup('How often:')
	.option('--interval <SECONDS>', 'time between samples, 0.1 to 3600; 1 unless told');

const withNames = (command: Command): Command => command
	.optionsGroup('Plain output:')
	.option('-n, --numeric', 'numbers whole, without units; no names of services')
	.option('-r, --resolve', 'names of hosts and services in place of numbers; with -n, of hosts only');

const withPlainOutput = (command: Command): Command => withNames(command)
	.option('-H, --no-header', 'no heading line')
	.option('-Q, --no-queues', 'without Recv-Q and Send-Q')
	.option('-O, --oneline', 'one line for each socket (always so)');

/**
Reads the command line and runs the command.

@throws CommanderError for what commander has said already; its `exitCode` is 0 for help and version. UsageError for what it does not know to be wrong.
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
		.action(async (filter: string[], options: Options) => handlers.live(options, filter));
	withPlainOutput(withGroupedSelection(program.command('list')))
		.description('print the sockets once and exit')
		.option('--json', 'one JSON object per line')
		.addOption(new Option('--csv', 'comma-separated values').conflicts('json'))
		.option('--verbose', 'say on standard error what the kernel was asked for, and how many sockets it kept back')
		.action(async (filter: string[], options: Options) => handlers.list(options, filter));
	const eventsCommand = withInterval(withSelection(program.command('events')));
	withNames(eventsCommand)
		.description('print a line for each socket that is opened, changes its state or is closed, until interrupted')
		.option('--json', 'one JSON object per line')
		.action(async (filter: string[], options: Options) => handlers.events(options, filter));
	withGroupedSelection(program.command('summary'))
		.description('count sockets by protocol, family, state and problem, as `ss -s` and more; by group with --group')
		.option('--json', 'one JSON object')
		.action(async (filter: string[], options: Options) => handlers.summary(options, filter));
	withSelection(program.command('close'))
		.description('close the sockets that match in the kernel, as `ss -K`; say what would be closed without --yes')
		.option('--yes', 'close them')
		.option('--json', 'one JSON object per line')
		.action(async (filter: string[], options: Options) => handlers.close(options, filter));
	// One page of help: that of the live view, with the other commands named.
	program.addHelpText('after', () => `\n${live.helpInformation().replace(/^Usage:[^\n]*\n\n/v, '').replace(/\nOptions:\n {2}-h, [^\n]*\n/v, '')}`);
	refuseForeignOptions(commandLine);
	await refuseSlip(commandLine, [...program.commands.map(command => command.name()), 'help']);
	await program.parseAsync([...commandLine], {from: 'user'});
};

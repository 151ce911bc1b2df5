/** Groups of options that several commands share. Each function adds its group to a command. */
import {Option, type Command} from 'commander';
import {withSsOptions} from './ss-options.js';

/** Options that select sockets and what is shown of them, for all sources. */
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
	.option('--columns <LIST>', 'fields to show, separated by commas');

export const withSelection = (command: Command): Command => withSockets(command)
	.optionsGroup('Source:')
	.option('--source <auto|netlink|ss>', 'how to read sockets; default: auto')
	.option('-N, --net <NAME>', 'read another network namespace: a name as in `ip netns`, a container, a path or a PID')
	.option('--all-namespaces', 'read all network namespaces')
	.option('--input <FILE>', 'read the output of `ss -D`, `ss` or `conntop record` instead of this machine; - for standard input')
	.option('--at <TIME>', 'time in the recording: 03:12, "yesterday 03:12", -3m, 2026-11-27T03:12:00Z; default: its end');

export const withNames = (command: Command): Command => command
	.optionsGroup('Plain output:')
	.option('-n, --numeric', 'print exact numbers, without units')
	.option('-r, --resolve', 'print host and service names instead of numbers; with -n, host names only');

/** For commands that read only recordings. */
export const withRecording = (command: Command): Command => withNames(withSockets(command))
	.option('-H, --no-header', 'omit the header line')
	.option('--json', 'one JSON object per line')
	.addOption(new Option('--csv', 'comma-separated values').conflicts('json'))
	.optionsGroup('Recording:')
	.option('--input <DIR|FILE>', 'folder or file of the recording; default: the folder of `conntop record`');

export const withGroupedSelection = (command: Command): Command => withSelection(command)
	.optionsGroup('What to show:')
	.option('--group <FIELD[,FIELD]>', 'group by listener, process, program, port, host, network, state, unit, container, user or namespace');

/** For commands with rows. */
export const withRows = (command: Command): Command => withGroupedSelection(command)
	.option('--connections', 'one row per connection with both endpoints on this machine, that of the client; it is shown where either end matches');

export const withInterval = (command: Command, byDefault = 1): Command => command
	.optionsGroup('Sampling:')
	.option('--interval <SECONDS>', `time between samples, 0.1 to 3600; default: ${byDefault}`);

export const withPlainOutput = (command: Command): Command => withNames(command)
	.option('-H, --no-header', 'omit the header line')
	.option('-Q, --no-queues', 'omit Recv-Q and Send-Q')
	.option('-O, --oneline', 'accepted for ss users: each socket is always on one line');

/** Options of `close`, also for `-K`. */
export const consent = (): Option => new Option('--yes').hideHelp();

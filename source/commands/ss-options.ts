/**
Options of `ss` without an equivalent flag in conntop: what they select, or what to type instead.

Source: ss(8) and misc/ss.c of iproute2 6.18.
*/
import {Option, type Command} from 'commander';
import {protocolGroups, protocolNames, type ProtocolName} from '../table/columns/protocols.js';
import {UsageError} from './usage-error.js';

/** The tables of `ss -A`, by all of their names. */
export const ssTables: ReadonlyMap<string, readonly ProtocolName[]> = new Map<string, readonly ProtocolName[]>([
	['all', protocolNames],
	['inet', ['tcp', 'udp', 'raw', 'dccp', 'sctp', 'mptcp']],
	['tcp', ['tcp']],
	['udp', ['udp']],
	['raw', ['raw']],
	['dccp', ['dccp']],
	['sctp', ['sctp']],
	['mptcp', ['mptcp']],
	['unix', protocolGroups.unix],
	['unix_stream', ['u_str']],
	['unix_dgram', ['u_dgr']],
	['unix_seqpacket', ['u_seq']],
	['packet', protocolGroups.packet],
	['packet_raw', ['p_raw']],
	['packet_dgram', ['p_dgr']],
	['netlink', protocolGroups.netlink],
	['tipc', protocolGroups.tipc],
	['vsock', protocolGroups.vsock],
	['vsock_stream', ['v_str']],
	['vsock_dgram', ['v_dgr']],
	['xdp', ['xdp']],
]);

/** The protocols of a table. The Netid of a protocol is also a table name. */
const findTable = (name: string): readonly ProtocolName[] => {
	const found = ssTables.get(name) ?? protocolNames.filter(protocol => protocol === name);
	if (found.length === 0) {
		throw new UsageError(`-A takes table names separated by commas: ${ssTables.keys().toArray().join(', ')}; got "${name}"`);
	}

	return found;
};

/**
Returns the protocols that `-A LIST` selects: the named ones, without those with a leading `!`. If all names have a `!`, all other protocols.

@throws UsageError for an unknown table name.
*/
export const readTableList = (text: string): ReadonlySet<ProtocolName> => {
	const names = text.split(',').map(name => name.trim().toLowerCase());
	const excluded = names.filter(name => name.startsWith('!'));
	const selected = new Set(names.length === excluded.length ? protocolNames : names.filter(name => !name.startsWith('!')).flatMap(name => findTable(name)));
	const removed = new Set(excluded.flatMap(name => findTable(name.slice(1))));
	return new Set(selected.values().filter(protocol => !removed.has(protocol)));
};

/** The option that is equivalent to each family of `ss -f`. */
export const families: ReadonlyMap<string, string> = new Map([
	['inet', 'ipv4'],
	['inet6', 'ipv6'],
	['link', 'packet'],
	['unix', 'unix'],
	['netlink', 'netlink'],
	['vsock', 'vsock'],
	['tipc', 'tipc'],
	['xdp', 'xdp'],
]);

/** Options with another meaning or no meaning in conntop, and what to type instead. */
const refused: ReadonlyArray<readonly [flags: string, hint: string]> = [
	['-B, --bound-inactive', '-B shows bound, inactive sockets in ss; here, use the filter: state bound-inactive'],
	['-D, --diag [FILE]', '-D writes a dump in ss; conntop --input FILE shows what ss -D FILE wrote'],
	['-F, --filter [FILE]', '-F reads the filter from a file in ss; here, write conntop "$(cat FILE)"'],
	['-T, --threads', '-T shows threads in ss; conntop always shows processes, not threads'],
	['-b, --bpf', '-b shows the filters of packet sockets in ss; conntop does not read them'],
	['-Z, --context', '-Z shows security contexts in ss; conntop does not read them'],
	['-z, --contexts', '-z shows security contexts in ss; conntop does not read them'],
	['-c [NAME]', '-c selects commands in lsof and repeats in netstat; here, write the name as a filter, and conntop repeats by itself'],
	['-C', '-C is without colours in htop; here, use --theme monochrome'],
	['-P', '-P means numbers of ports in lsof; here, ports are numbers unless -r is given'],
	['-W, --wide', '-W prints addresses whole in netstat; conntop list prints everything whole into a pipe or a file'],
	['--programs', '--programs shows processes in netstat; conntop always shows them'],
	['--numeric-hosts', '--numeric-hosts is for netstat; here, hosts are addresses unless -r is given'],
	['--numeric-ports', '--numeric-ports is for netstat; here, ports are numbers unless -r is given'],
	['--tipcinfo', '--tipcinfo shows details of TIPC sockets in ss; conntop does not read them'],
	['--bpf-maps', '--bpf-maps shows the BPF local storage of sockets in ss; conntop does not read it'],
	['--bpf-map-id [ID]', '--bpf-map-id shows the BPF local storage of sockets in ss; conntop does not read it'],
];

/** Options of `ss` that are commands here. */
const commandOptions = [
	{flags: '-s, --summary', option: 'summary', command: 'summary'},
	{flags: '-E, --events', option: 'events', command: 'events'},
	{flags: '-K, --kill', option: 'kill', command: 'close'},
] as const;

export type CommandName = (typeof commandOptions)[number]['command'];

/**
Returns the command that an option of `ss` selects; undefined if there is no such option.

@throws UsageError if there are several such options, or if the command is neither `conntop` nor `conntop list`, which take them.
*/
export const commandOf = (options: Readonly<Partial<Record<'summary' | 'events' | 'kill' | 'yes', boolean>>>, name: string): CommandName | undefined => {
	const given = commandOptions.filter(({option}) => options[option]);
	const [first, second] = given;
	if (first === undefined) {
		if (options.yes && name !== 'close') {
			throw new UsageError('--yes belongs to conntop close');
		}

		return undefined;
	}

	if (second !== undefined || (name !== 'live' && name !== 'list' && name !== first.command)) {
		const commands = second === undefined ? [name, first.command] : given.map(({command}) => command);
		throw new UsageError(`${commands.map(command => `conntop ${command}`).join(' and ')} are commands of their own; give one of them`);
	}

	return first.command;
};

/** Makes the last of two mutually exclusive options win. */
const letLastWin = (command: Command, first: string, second: string): Command => command
	.on(`option:${first}`, () => {
		command.setOptionValue(second, undefined);
	})
	.on(`option:${second}`, () => {
		command.setOptionValue(first, undefined);
	});

const joinLists = (text: string, before: string | undefined): string => before === undefined ? text : `${before},${text}`;

/**
Adds the options of `ss` to a command that already has the options for tables. As in `ss`, the last of `-a` and `-l` wins.

@throws UsageError later, when the command line contains a rejected option.
*/
export const withSsOptions = (command: Command): Command => {
	letLastWin(command, 'all', 'listening')
		.option('-A, --query <LIST>', 'socket tables as in ss: tcp, unix_dgram, …, all; a leading ! excludes one', joinLists)
		.addOption(new Option('--socket <LIST>').argParser<string>(joinLists).hideHelp())
		.option('-f, --family <FAMILY>', `sockets of a family as in ss: ${families.keys().toArray().join(', ')}`)
		.on('option:family', (name: string) => {
			const option = families.get(name);
			if (option === undefined) {
				throw new UsageError(`-f takes one of ${families.keys().toArray().join(', ')}; got "${name}"`);
			}

			command.setOptionValue(option, true);
		});
	for (const {flags} of commandOptions) {
		command.addOption(new Option(flags).hideHelp());
	}

	for (const [flags, hint] of refused) {
		const option = new Option(flags).hideHelp();
		command.addOption(option).on(`option:${option.name()}`, () => {
			throw new UsageError(hint);
		});
	}

	return command;
};

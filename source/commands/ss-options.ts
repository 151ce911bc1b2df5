/**
Options of `ss` that are no flags of our own: what they select, and what to type instead of those that are refused.

Source: ss(8) and misc/ss.c of iproute2 6.18.
*/
import {Option, type Command} from 'commander';
import {protocolGroups, protocolNames, type ProtocolName} from '../table/columns/protocols.js';
import {UsageError} from './usage-error.js';

/** The tables that `ss -A` knows, by all of their names. */
const ssTables: ReadonlyMap<string, readonly ProtocolName[]> = new Map<string, readonly ProtocolName[]>([
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

/** The protocols of a table; the Netid of a protocol is a name of it, too. */
const findTable = (name: string): readonly ProtocolName[] => {
	const found = ssTables.get(name) ?? protocolNames.filter(protocol => protocol === name);
	if (found.length === 0) {
		throw new UsageError(`-A takes tables with commas between them: ${ssTables.keys().toArray().join(', ')}; got "${name}"`);
	}

	return found;
};

/**
The protocols that `-A LIST` selects: those that are named, without those with `!` in front; with nothing but such, all others.

@throws UsageError for a name that no table has.
*/
export const readTableList = (text: string): ReadonlySet<ProtocolName> => {
	const names = text.split(',').map(name => name.trim().toLowerCase());
	const excluded = names.filter(name => name.startsWith('!'));
	const selected = new Set(names.length === excluded.length ? protocolNames : names.filter(name => !name.startsWith('!')).flatMap(name => findTable(name)));
	const removed = new Set(excluded.flatMap(name => findTable(name.slice(1))));
	return new Set(selected.values().filter(protocol => !removed.has(protocol)));
};

/** The option that says the same as a family does, by the names of `ss -f`. */
const families: ReadonlyMap<string, string> = new Map([
	['inet', 'ipv4'],
	['inet6', 'ipv6'],
	['link', 'packet'],
	['unix', 'unix'],
	['netlink', 'netlink'],
	['vsock', 'vsock'],
	['tipc', 'tipc'],
	['xdp', 'xdp'],
]);

/** Options that mean something else here, or nothing, and what to type instead. */
const refused: ReadonlyArray<readonly [flags: string, hint: string]> = [
	['-s, --summary', '-s counts sockets in ss; here, use conntop summary'],
	['-E, --events', '-E shows sockets as they close in ss; here, use conntop events'],
	['-K, --kill', '-K closes sockets in ss; here, use conntop close FILTER, which shows first what it would close'],
	['-B, --bound-inactive', '-B shows bound, inactive sockets in ss; here, write the filter: state bound-inactive'],
	['-D, --diag [FILE]', '-D writes a dump in ss; conntop --input FILE shows what ss -D FILE wrote'],
	['-F, --filter [FILE]', '-F reads the filter from a file in ss; here, write conntop "$(cat FILE)"'],
	['-T, --threads', '-T shows threads in ss; conntop shows processes, always'],
	['-b, --bpf', '-b shows the filters of packet sockets in ss; conntop does not read them'],
	['-Z, --context', '-Z shows security contexts in ss; conntop does not read them'],
	['-z, --contexts', '-z shows security contexts in ss; conntop does not read them'],
	['--tipcinfo', '--tipcinfo shows more of TIPC sockets in ss; conntop does not read it'],
	['--bpf-maps', '--bpf-maps shows what BPF programs keep for sockets in ss; conntop does not read it'],
	['--bpf-map-id [ID]', '--bpf-map-id shows what BPF programs keep for sockets in ss; conntop does not read it'],
];

/** Has the last of two options count that exclude each other. */
const letLastCount = (command: Command, first: string, second: string): Command => command
	.on(`option:${first}`, () => {
		command.setOptionValue(second, undefined);
	})
	.on(`option:${second}`, () => {
		command.setOptionValue(first, undefined);
	});

const joinLists = (text: string, before: string | undefined): string => before === undefined ? text : `${before},${text}`;

/**
Adds the options of `ss` to a command that has those named like our tables. As in `ss`, the last of `-a` and `-l` counts.

@throws UsageError later, when the command line has one that is refused.
*/
export const withSsOptions = (command: Command): Command => {
	letLastCount(command, 'all', 'listening')
		.option('-A, --query <LIST>', 'tables as in ss: tcp, unix_dgram, …, all; ! in front excludes one', joinLists)
		.addOption(new Option('--socket <LIST>').argParser<string>(joinLists).hideHelp())
		.option('-f, --family <FAMILY>', `sockets of a family as in ss: ${families.keys().toArray().join(', ')}`)
		.on('option:family', (name: string) => {
			const option = families.get(name);
			if (option === undefined) {
				throw new UsageError(`-f takes one of ${families.keys().toArray().join(', ')}; got "${name}"`);
			}

			command.setOptionValue(option, true);
		});
	for (const [flags, hint] of refused) {
		const option = new Option(flags).hideHelp();
		command.addOption(option).on(`option:${option.name()}`, () => {
			throw new UsageError(hint);
		});
	}

	return command;
};

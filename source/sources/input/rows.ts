/** Converts rows of a saved text to the form that `ss -n` prints with Netid and state. */
import type {ServiceLookup} from '../../names/service-table.js';
import {
	hasInetEnds,
	Protocol,
	protocolNames,
} from '../../table/columns/protocols.js';
import {parseRow, type Row} from '../ss/rows.js';
import type {RowStart} from './lines.js';
import type {SavedOutput} from './outputs.js';

/** States that UDP, raw and netlink sockets have, too. */
const sharedStates: ReadonlySet<string | undefined> = new Set(['UNCONN', 'ESTAB', 'UNKNOWN', undefined]);

/** Words that only rows of TCP have. */
const tcpWords = /\s(?:timer:\(|rto:\d|cwnd:\d|wscale:\d|mss:\d)/v;

/** A row of netlink: `rtnl:kernel *`. IP rows have a second endpoint instead of the asterisk. */
const netlinkRow = /^-?\d+\s+-?\d+\s+\S[^\s:]*:\S+\s+\*(?:\s|$)/v;

const multipathWords = /\s(?:subflows|add_addr_signal|remote_key|token|write_seq)(?::|\s)/v;

/**
The protocol of the rows of an output without Netid, which are all from one table. The command decides; without one, states and words that only TCP has;
otherwise unconnected sockets are UDP.
*/
const protocolOf = ({command, rows}: SavedOutput): number => {
	const bare = rows.filter(({netid}) => netid === undefined);
	if (command.protocol !== undefined) {
		return command.protocol;
	}

	if (bare.length > 0 && bare.every(({rest}) => netlinkRow.test(rest))) {
		return Protocol.nl;
	}

	if (bare.some(({rest}) => multipathWords.test(rest))) {
		return Protocol.mptcp;
	}

	const isTcp = bare.some(({state, rest}) => !sharedStates.has(state) || tcpWords.test(rest));
	return !isTcp && bare.some(({state}) => state === 'UNCONN') ? Protocol.udp : Protocol.tcp;
};

/** The protocols that raw sockets carry, by their names in /etc/protocols. */
const carriedProtocols: Readonly<Record<string, number>> = {
	icmp: 1, igmp: 2, ipencap: 4, tcp: 6, udp: 17, gre: 47, esp: 50, ah: 51, 'ipv6-icmp': 58, ospf: 89, pim: 103, vrrp: 112, sctp: 132, udplite: 136,
};

const endpointForm = /^(?<address>.*):(?<port>[^:]+)$/v;

/** An endpoint with a numeric port; undefined if the name is unknown or ambiguous. */
const withPortNumber = (endpoint: string, protocol: number, findService: ServiceLookup): string | undefined => {
	const {address, port = ''} = endpointForm.exec(endpoint)?.groups ?? {};
	if (address === undefined || port === '*' || /^\d+$/v.test(port)) {
		return endpoint;
	}

	const carried = protocol === Protocol.raw && Object.hasOwn(carriedProtocols, port) ? [carriedProtocols[port]] : undefined;
	const numbers = carried ?? findService(port.toLowerCase());
	return numbers?.length === 1 ? `${address}:${numbers[0]}` : undefined;
};

const oldUsers = /users:\(\((?:"[^"]{0,15}",\d+,\d+\)(?:,\()?)+\)/v;
const oldEntry = /\("(?<name>[^"]{0,15})",(?<pid>\d+),(?<fd>\d+)\)/gv;

/** Old versions print entries of the process column without words: `("sshd",812,3)`. Adds the words. */
const withEntryWords = (text: string): string => {
	const users = text.includes('users:((') && !text.includes('pid=') ? oldUsers.exec(text)?.[0] : undefined;
	return users === undefined ? text : text.split(users).join(users.replaceAll(oldEntry, '("$<name>",pid=$<pid>,fd=$<fd>)'));
};

const toRow = ({netid, state = 'UNKNOWN', rest}: RowStart, protocol: number): Row | undefined =>
	parseRow(`${netid ?? protocolNames[protocol]} ${state} ${withEntryWords(rest).trimEnd()}`);

/** The converted rows of an output. */
export type SavedRows = {
	readonly rows: readonly Row[];
	/** Number of rows that could not be parsed. */
	readonly skipped: number;
	/** Number of rows with names that have no known number. */
	readonly named: number;
};

/** Parses the rows of an output. `findService` gives the ports for the name of a service. */
export const readRows = (output: SavedOutput, findService: ServiceLookup): SavedRows => {
	const protocol = protocolOf(output);
	const rows: Row[] = [];
	let skipped = 0;
	let named = 0;
	for (const start of output.rows) {
		const row = toRow({...start, ...(start.state === undefined && output.command.state !== undefined && {state: output.command.state})}, protocol);
		if (row === undefined) {
			skipped++;
		} else if (hasInetEnds(row.protocol)) {
			const [local, peer] = [row.local, row.peer].map(endpoint => withPortNumber(endpoint, row.protocol, findService));
			if (local === undefined || peer === undefined) {
				named++;
			} else {
				rows.push({...row, local, peer});
			}
		} else {
			rows.push(row);
		}
	}

	return {rows, skipped, named};
};

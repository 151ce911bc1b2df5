/** Classifies the lines of a saved text: headers and rows of `ss`, shell prompts and commands around them, or anything else. */
import {Protocol, type ProtocolName} from '../../table/columns/protocols.js';
import {stateByName, type StateName} from '../../table/columns/states.js';
import {protocolOfNetid} from '../ss/rows.js';

/** The start of a row. `ss` omits the Netid if it lists one table, and the state if it lists one state. */
export type RowStart = {
	readonly netid?: string;
	readonly state?: string;
	/** The text from Recv-Q on. */
	readonly rest: string;
};

/** Which of the optional columns are present. */
export type Columns = {readonly hasNetid: boolean; readonly hasState: boolean};

/** What a command line shows about the output that follows it. */
export type Command = {
	/** The protocol, if `ss` was asked for one table. */
	readonly protocol?: number;
	/** The state, if `ss` was asked for one state. */
	readonly state?: StateName;
};

const headerWords = /^\s*(?:(?:Netid|State|Recv-Q|Send-Q|Local|Peer|Address|Port|Process|:)\s*)+$/v;

/** The columns that a line of the header names; undefined for other lines. On a narrow terminal the header takes several lines. */
export const readHeader = (line: string): Columns | undefined =>
	headerWords.test(line) ? {hasNetid: line.includes('Netid'), hasState: line.includes('State')} : undefined;

const withNetid = /^\s*(?<netid>[a-z]+(?:_[a-z]+)?6?|\?\?\?|`-)\s*(?<state>FIN-WAIT-\d|[A-Z][\-A-Z_]*)\s*(?<rest>-?\d+\s+-?\d+(?:\s[\s\S]*)?)$/v;
const withState = /^\s*(?<state>FIN-WAIT-\d|[A-Z][\-A-Z_]*)\s*(?<rest>-?\d+\s+-?\d+(?:\s[\s\S]*)?)$/v;
const withQueues = /^\s*(?<rest>-?\d+\s+-?\d+\s+(?<local>\S+)(?:\s[\s\S]*)?)$/v;

const readNamed = (line: string): RowStart | undefined => {
	const {netid = '', state = '', rest = ''} = withNetid.exec(line)?.groups ?? {};
	return protocolOfNetid(netid) === undefined ? undefined : {netid, state, rest};
};

const readStated = (line: string): RowStart | undefined => {
	const {state = '', rest = ''} = withState.exec(line)?.groups ?? {};
	return stateByName(state) === undefined ? undefined : {state, rest};
};

const readBare = (line: string): RowStart | undefined => {
	const {rest = '', local = ''} = withQueues.exec(line)?.groups ?? {};
	return local.includes(':') ? {rest} : undefined;
};

/**
Parses the start of a row; undefined for other lines. The header decides which columns there are; without a header, the row itself does. Two numbers only count
as a row if a header or a command shows that the state is omitted.
*/
export const readRowStart = (line: string, columns: Columns | undefined, command: Command): RowStart | undefined => {
	if (columns === undefined) {
		return readNamed(line) ?? readStated(line) ?? (command.state === undefined ? undefined : readBare(line));
	}

	if (columns.hasNetid) {
		return readNamed(line);
	}

	return columns.hasState ? readStated(line) : readBare(line);
};

/** The characters that shell prompts end with. */
const promptEnd = /[#$%>❯➜]$/v;
const shutdownMark = /^(?:<->|-->)$/v;
const ssCommand = /(?:^|[#$%\/>❯➜])ss$/v;
/** Commands that run the command after them. */
const launchers: ReadonlySet<string> = new Set(['sudo', 'doas', 'time', 'watch', '+', '++', 'ip', 'nsenter', 'env', 'docker', 'podman', 'kubectl', 'chroot', 'timeout']);
/** Limit of the words of a line that are checked. */
const maxWords = 40;
/** The characters that end a command. */
const commandEnd = /^[&;>\|]|[;\|]$/v;

/** The position of the word that ends a prompt; -1 if the line does not start with one. */
const endOfPrompt = (words: readonly string[]): number => {
	const end = words.slice(0, 3).findIndex(word => promptEnd.test(word) && !shutdownMark.test(word));
	return end <= 0 || /^[\(\[]|@|:[\/~]/v.test(words[0]) ? end : -1;
};

/** The words after `ss` in a command line; undefined if it does not run `ss`. */
const wordsOfSs = (words: readonly string[]): readonly string[] | undefined => {
	const at = words.findIndex(word => ssCommand.test(word));
	const isRun = at === 0 || (at > 0 && (launchers.has(words[0]) || words.slice(0, at).some(word => promptEnd.test(word))));
	if (!isRun) {
		return undefined;
	}

	const end = words.findIndex((word, index) => index > at && commandEnd.test(word));
	return words.slice(at + 1, end === -1 ? words.length : end);
};

/** Names of tables in options: as letters, and in `-A`, `-f` and long options. */
const tables: Readonly<Record<string, ProtocolName | 'several'>> = {
	t: 'tcp',
	u: 'udp',
	w: 'raw',
	x: 'several',
	0: 'several',
	S: 'sctp',
	M: 'mptcp',
	d: 'dccp',
	tcp: 'tcp',
	udp: 'udp',
	raw: 'raw',
	unix: 'several',
	packet: 'several',
	sctp: 'sctp',
	mptcp: 'mptcp',
	dccp: 'dccp',
	netlink: 'nl',
	xdp: 'xdp',
	vsock: 'several',
	tipc: 'several',
};

/** States, by their names in the filters of `ss`. */
const filterStates: Readonly<Record<string, StateName>> = {
	established: 'ESTAB',
	'syn-sent': 'SYN-SENT',
	'syn-recv': 'SYN-RECV',
	'fin-wait-1': 'FIN-WAIT-1',
	'fin-wait-2': 'FIN-WAIT-2',
	'time-wait': 'TIME-WAIT',
	closed: 'UNCONN',
	unconnected: 'UNCONN',
	'close-wait': 'CLOSE-WAIT',
	'last-ack': 'LAST-ACK',
	listening: 'LISTEN',
	listen: 'LISTEN',
	closing: 'CLOSING',
};

const optionWord = /(?:^|\s)(?:--(?<long>[0-9a-z]+)(?:[ =](?<value>[\w,]+))?|-(?<letters>[0-9A-Za-z]+)(?:\s+(?<argument>[\w,]+))?)(?=\s|$)/gv;

const tablesIn = (words: string): ReadonlySet<string> => {
	const found = new Set<string>();
	const add = (name: string): void => {
		if (Object.hasOwn(tables, name)) {
			found.add(tables[name]);
		}
	};

	for (const {groups: {long, value, letters = '', argument} = {}} of words.matchAll(optionWord)) {
		const hasNames = long === undefined ? /[Af]$/v.test(letters) : ['family', 'query', 'socket'].includes(long);
		for (const name of hasNames ? (value ?? argument ?? '').split(',') : [long ?? '', ...letters]) {
			add(name);
		}
	}

	return found;
};

/** Parses a command line. Returns `other` for a prompt with another command or none; undefined for other lines. */
export const readCommand = (line: string): Command | 'other' | undefined => {
	const lineWords = line.trim().split(/\s+/v, maxWords);
	const ssWords = wordsOfSs(lineWords);
	if (ssWords === undefined) {
		return endOfPrompt(lineWords) === -1 ? undefined : 'other';
	}

	const words = ssWords.join(' ');
	const [table, ...others] = tablesIn(words);
	const [state, ...otherStates] = words.matchAll(/\sstate\s+(?<name>[\-12a-z]+)/gv).map(match => filterStates[match.groups?.name ?? '']).toArray();
	return {
		...(table !== undefined && table !== 'several' && others.length === 0 && {protocol: Protocol[table as ProtocolName]}),
		...(state !== undefined && otherStates.length === 0 && {state}),
	};
};

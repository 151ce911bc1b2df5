/**
Makes sockets of all families that this kernel lists, in the current namespace, and prints what `conntop list --json` shows of them with all columns, and what
the kernel answers just before and just after, decoded by the tests' own decoder.
*/
import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {fields} from '../../source/fields/registry.js';
import {expectedFields, type Expected} from '../helpers/expected-fields.js';
import {
	bindSocket,
	netlinkFamily,
	openSocket,
	packetFamily,
} from '../helpers/other-sockets.js';
import {
	openConnection,
	openListener,
	setOption,
	socketAddress,
} from '../helpers/raw-sockets.js';
import {openRichScene} from '../helpers/rich-scene.js';
import {readSockets} from '../helpers/sock-diag.js';

export type DecoderReport = {
	/** This process, which holds the sockets. */
	readonly pid: number;
	/** Ids of all fields that sockets have. */
	readonly ids: readonly string[];
	readonly rounds: readonly Round[];
};

/** The output of conntop, and the kernel's answers just before and just after. */
export type Round = {
	readonly before: readonly Expected[];
	readonly lines: readonly Expected[];
	readonly after: readonly Expected[];
	readonly messages: string;
};

/** Several rounds: a short difference, such as an unanswered probe, is not there in all of them. */
const maxRounds = 3;

const builtProgram = fileURLToPath(import.meta.resolve('../../dist/conntop.js'));
const {directory} = await openRichScene();

// Members of a group, with options (SOL_NETLINK 270: NETLINK_PKTINFO 3, NETLINK_CAP_ACK 10).
const member = openSocket(netlinkFamily, 3, 0);
bindSocket(member, Buffer.from(new Uint8Array(new Uint32Array([netlinkFamily, 0, 5]).buffer)));
setOption(member, 270, 3, 1);
setOption(member, 270, 10, 1);
// TCP: bound and inactive, bound to an interface (SO_BINDTODEVICE 25), and with the algorithm Vegas or DCTCP if available.
bindSocket(openSocket(2, 1, 0), socketAddress('127.0.0.1', 0));
const listener = openListener('127.0.0.1', 0, 5);
setOption(listener, 1, 25, Buffer.from('lo\0'));
const silent = openListener('127.0.0.1', 9000, 5);
for (const algorithm of ['vegas', 'dctcp', 'bbr', 'reno']) {
	try {
		setOption(openConnection('127.0.0.1', 9000), 6, 13, Buffer.from(algorithm));
	} catch {
		// This kernel lacks it, or allows it only with CAP_NET_ADMIN.
	}
}

setOption(silent, 0, 1, 0x20);
// Raw sockets of ICMP, OSPF and ICMPv6.
for (const [family, protocol] of [[2, 1], [2, 89], [10, 58]]) {
	openSocket(family, 3, protocol);
}

// A limit for pacing (SO_MAX_PACING_RATE 47), and a packet socket with rings (PACKET_RX_RING 5, PACKET_TX_RING 13; struct tpacket_req).
setOption(openConnection('127.0.0.1', 9000), 1, 47, 1_000_000);
const packets = openSocket(packetFamily, 2, 0);
const ring = Buffer.from(new Uint8Array(new Uint32Array([4096, 2, 2048, 4]).buffer));
setOption(packets, 263, 5, ring);
setOption(packets, 263, 13, ring);

const ids = fields.map(({id}) => id);
const output = path.join(directory, 'output');

/** Output goes through files, because a pipe to a child would add a pair of UNIX sockets. */
const list = (): Pick<Round, 'lines' | 'messages'> => {
	const [out, messages] = ['output', 'messages'].map(name => fs.openSync(path.join(directory, name), 'w'));
	const everything = ['-a', '-tuxw0M', '--netlink', '--columns', ids.join(',')];
	spawnSync(process.execPath, [builtProgram, 'list', '--json', ...everything], {stdio: ['ignore', out, messages]});
	fs.closeSync(out);
	fs.closeSync(messages);
	return {
		lines: fs.readFileSync(output, 'utf8').trim().split('\n').map(line => JSON.parse(line) as Expected),
		messages: fs.readFileSync(path.join(directory, 'messages'), 'utf8'),
	};
};

const decode = (): readonly Expected[] => readSockets().map(answer => expectedFields(answer));

/** Shows whether the sockets are unchanged: which there are, and their states. */
const summaryOf = (sockets: readonly Expected[]): string =>
	JSON.stringify(sockets.filter(({protocol}) => protocol !== 'nl').map(({protocol, cookie, state, timer}) => [protocol, cookie, state, timer].join(' ')).toSorted());

const rounds: Round[] = [];
for (let before = decode(); rounds.length < maxRounds;) {
	const {lines, messages} = list();
	const after = decode();
	if (summaryOf(before) === summaryOf(after)) {
		rounds.push({
			before, lines, messages, after,
		});
	}

	before = after;
}

const {promise, resolve} = Promise.withResolvers<void>();
process.stdout.write(JSON.stringify({pid: process.pid, ids, rounds} satisfies DecoderReport), () => {
	resolve();
});
await promise;
fs.rmSync(directory, {recursive: true});
// eslint-disable-next-line unicorn/no-process-exit -- this is a program.
process.exit();

import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {namespaceUnavailable, runInNamespace, startScene} from '../../helpers/namespace.js';
import {missingProgram, testUnless} from '../../helpers/unless.js';
import type {HealthResult, FoundProblem} from './health-program.js';

const program = fileURLToPath(import.meta.resolve('./health-program.ts'));

/** Why scenes with a slow link cannot run here; undefined if they can. */
const noQueue = namespaceUnavailable ?? missingProgram('tc') ?? await (async () => {
	const {exitCode, stderr} = await runInNamespace('tc qdisc add dev lo root tbf rate 10mbit burst 3000 latency 400ms');
	return exitCode === 0 ? undefined : `the kernel has no TBF: ${stderr.trim()}`;
})();

const noIp = namespaceUnavailable ?? missingProgram('ip');

const noSs = namespaceUnavailable ?? missingProgram('ss');

const play = async (name: string, source = 'netlink'): Promise<readonly FoundProblem[]> => {
	const scene = await startScene('health');
	try {
		const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, name, source]);
		if (stderr !== '') {
			throw new Error(stderr);
		}

		return (JSON.parse(stdout) as HealthResult).found;
	} finally {
		await scene.stop();
	}
};

const wordsOf = (found: readonly FoundProblem[]): readonly string[] => [...new Set(found.map(({health}) => health))].toSorted();

const explanationOf = (found: readonly FoundProblem[], health: string): string => found.find(socket => socket.health === health)?.explanation ?? '';

for (const source of ['netlink', 'ss']) {
	const reason = source === 'ss' ? noSs : namespaceUnavailable;

	testUnless(reason, `a listener whose owner accepts nothing has a full backlog, and new clients get no answer (${source})`, async t => {
		const found = await play('backlog', source);
		t.deepEqual(wordsOf(found), ['SYN unanswered', 'backlog full']);
		t.true(found.every(({health, state}) => state === (health === 'backlog full' ? 'LISTEN' : 'SYN-SENT')));
		t.regex(explanationOf(found, 'backlog full'), /holds 2 of 1 connection: .* drops new connections/v);
		t.regex(explanationOf(found, 'SYN unanswered'), /sent \d+ times without an answer/v);
	}, {isSerial: true});

	testUnless(reason, `connections to a destination that uses nearly all ports have the problem, one of them if all are in TIME-WAIT (${source})`, async t => {
		const found = await play('ports', source);
		t.deepEqual(wordsOf(found), ['few ports left']);
		t.true(found.every(({localPort}) => localPort >= 40_000 && localPort < 40_020));
		t.deepEqual([...new Set(found.map(({peerPort, state}) => `${peerPort} ${state}`))].toSorted(), ['7501 ESTAB', '7503 TIME-WAIT']);
		t.is(found.filter(({peerPort}) => peerPort === 7501).length, 18);
		t.is(found.filter(({peerPort}) => peerPort === 7503).length, 1);
		t.true(found.some(({explanation}) => explanation?.startsWith('Connections to this peer address and port use 18 of 20 local ports ')), JSON.stringify(found));
	}, {isSerial: true});

	testUnless(reason, `an owner that reads nothing while the peer sends is "not reading"; the peer is healthy (${source})`, async t => {
		const found = await play('unread', source);
		t.deepEqual(found.map(({health, localPort}) => [health, localPort]), [['not reading', 7002]]);
		t.regex(explanationOf(found, 'not reading'), /Recv-Q holds \S+, and the owner has read nothing for \d+s/v);
	}, {isSerial: true});

	testUnless(reason, `a peer that has closed its window is "peer not reading" (${source})`, async t => {
		const found = await play('stopped', source);
		t.deepEqual(wordsOf(found), ['not reading', 'peer not reading']);
		t.is(found.find(({health}) => health === 'not reading')?.localPort, 7003);
		t.is(found.find(({health}) => health === 'peer not reading')?.peerPort, 7003);
		t.regex(explanationOf(found, 'peer not reading'), /Send-Q has held \S+ for \d+s: the peer's window is closed/v);
	}, {isSerial: true});

	testUnless(reason ?? noIp, `a receiver that gets only three of four segments causes loss (${source})`, async t => {
		const found = await play('loss', source);
		t.deepEqual(found.map(({health, peerPort}) => [health, peerPort]), [['loss', 7004]]);
		t.regex(explanationOf(found, 'loss'), /segments? retransmitted|acknowledges nothing/v);
	}, {isSerial: true});

	testUnless(reason, `an owner that does not close after its peer has closed leaks the socket (${source})`, async t => {
		const found = await play('closeWait', source);
		t.deepEqual(found.map(({health, localPort, state}) => [health, localPort, state]), [['CLOSE-WAIT leak', 7007, 'CLOSE-WAIT']]);
		t.regex(explanationOf(found, 'CLOSE-WAIT leak'), /closed at least 1m\d\d ago/v);
	}, {isSerial: true});

	testUnless(reason, `a busy sender that waits for an answer to each piece is limited by its process (${source})`, async t => {
		const found = await play('appLimited', source);
		t.deepEqual(wordsOf(found), ['app limited']);
		t.regex(explanationOf(found, 'app limited'), /sends [\d.]+MB\/s, and the network could carry more/v);
	}, {isSerial: true});

	testUnless(reason ?? noQueue, `a send buffer that is too small for the link is reported (${source})`, async t => {
		const found = await play('sendBuffer', source);
		const {localPort, explanation} = found.find(({health}) => health === 'send buffer') ?? {};
		t.true(localPort !== undefined && localPort !== 7006);
		t.regex(explanation ?? '', /send buffer of 4\.5KB limited sending for \d+ % of the time/v);
	}, {isSerial: true});

	testUnless(reason, `a datagram socket that overflows is not read (${source})`, async t => {
		const found = await play('overrun', source);
		t.deepEqual(found.map(({health, localPort}) => [health, localPort]), [['not reading', 7010]]);
		t.regex(explanationOf(found, 'not reading'), /; \d+ datagrams dropped so far/v);
	}, {isSerial: true});
}

testUnless(namespaceUnavailable, 'a cut connection, on which nothing arrives, has losses', async t => {
	const found = await play('cut');
	t.deepEqual(wordsOf(found), ['loss']);
	t.regex(explanationOf(found, 'loss'), /acknowledges nothing: the first of 17 bytes has been retransmitted \d times/v);
}, {isSerial: true});

testUnless(namespaceUnavailable, 'a datagram that stays in the queue is not read', async t => {
	const found = await play('datagrams');
	t.deepEqual(found.map(({health, localPort}) => [health, localPort]), [['not reading', 7009]]);
}, {isSerial: true});

testUnless(namespaceUnavailable, 'a bulk transfer, requests with answers, and a silent connection are healthy', async t => {
	t.deepEqual(await play('healthy'), []);
}, {isSerial: true});

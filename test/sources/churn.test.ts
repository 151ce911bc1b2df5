import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {State} from '../../source/table/states.js';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import type {ChurnResult} from './churn-program.js';

const testInNamespace = namespaceUnavailable === undefined ? test : test.skip;
const because = namespaceUnavailable === undefined ? '' : ` (skipped: ${namespaceUnavailable})`;

const program = fileURLToPath(import.meta.resolve('./churn-program.ts'));

testInNamespace(`each of thousands of connections that no sample saw is told of once, with its bytes; what stays never flickers${because}`, async t => {
	const scene = await startScene('churn');
	try {
		const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, '3', '1000']);
		t.is(stderr, '');
		const {listenerPort, played, entries, shadows, missedByPolls, lost, sentInSamples, problems, stayed} = JSON.parse(stdout) as ChurnResult;
		t.deepEqual(problems, []);
		t.is(lost, 0);
		t.is(played.length, 3000);

		const ofConnections = entries.filter(({peerPort}) => peerPort !== 0);
		const inTimeWait = shadows.filter(({state}) => state === State.timeWait);
		const unseen = ofConnections.filter(entry => entry.unseen && entry.state !== 'TIME-WAIT');
		t.is(missedByPolls, entries.filter(entry => entry.unseen && entry.state !== 'TIME-WAIT').length);
		// An end is told of either as a socket that no sample saw, or as one that a sample found in TIME-WAIT.
		t.is(unseen.length + shadows.length, 2 * played.length);
		// One that a sample found in FIN-WAIT-2 may have gone on to TIME-WAIT, where it counts as closed, by a later sample; or not yet.
		const closedInTimeWait = ofConnections.filter(({event}) => event === 'closed').length - unseen.length;
		t.true(closedInTimeWait >= inTimeWait.length && closedInTimeWait <= shadows.length);
		const byPorts = new Map<string, {bytesSent?: number; bytesReceived?: number; ended?: string}>();
		for (const end of [...shadows, ...unseen, ...ofConnections.filter(({event}) => event === 'closed')]) {
			byPorts.set(`${end.localPort} ${end.peerPort}`, end);
		}

		t.is(byPorts.size, 2 * played.length);
		let sent = 0;
		for (const {port, up, down, manner} of played) {
			const client = byPorts.get(`${port} ${listenerPort}`);
			const server = byPorts.get(`${listenerPort} ${port}`);
			sent += up + down;
			const [here, there] = manner === 'server' ? [server, client] : [client, server];
			t.is(here?.ended ?? 'closed here', manner === 'unread' ? 'reset' : 'closed here');
			t.is(there?.ended, manner === 'unread' ? 'reset' : 'closed by peer');
			t.is(client?.bytesSent, up);
			t.is(server?.bytesSent, down);
			// The kernel counts the end of the other's data as a byte. Whoever closes first may be gone before it comes.
			const first = manner === 'server' ? server : client;
			const second = manner === 'server' ? client : server;
			const [toFirst, toSecond] = manner === 'server' ? [up, down] : [down, up];
			if (manner === 'unread') {
				t.is(first?.bytesReceived, toFirst);
				t.is(second?.bytesReceived, toSecond);
			} else {
				t.true(first?.bytesReceived === toFirst || first?.bytesReceived === toFirst + 1);
				t.is(second?.bytesReceived, toSecond + 1);
			}
		}

		t.is(sentInSamples, sent);
		t.true(shadows.every(({state}) => state === State.timeWait || state === State.finWait2));
		t.is(shadows.length, played.filter(({manner}) => manner !== 'unread').length);

		// Two UDP sockets and a listener came and went in each round; nothing else that has no peer did.
		const closed = entries.filter(({event, peerPort, localPort}) => event === 'closed' && peerPort === 0 && stayed.includes(localPort));
		t.is(closed.filter(({localPort}) => localPort === 5353).length, 6);
		t.is(closed.filter(({localPort}) => localPort === 8000).length, 3);
		t.is(closed.filter(({localPort}) => localPort === listenerPort).length, 0);

		// UNIX sockets by the hundred came and went beside those that stayed.
		const unix = entries.filter(({protocol}) => protocol === 'u_dgr');
		t.is(unix.filter(({local}) => local.startsWith('@stay')).length, 0);
		for (const event of ['opened', 'closed']) {
			t.is(unix.filter(entry => entry.event === event && entry.local.startsWith('@pass')).length, 3 * 600, event);
		}
	} finally {
		await scene.stop();
	}
});

/** The sockets of a small web server as the live view has shown them: a proxy, its clients, a database, and what is wrong with some. */
import type {Tone} from '../../source/fields/model/field.js';
import {makeSocket, type FakeSocket} from './fake-engine.js';

type Line = readonly [
	protocol: string, state: string, health: string, recvQ: number, sendQ: number, local: string, peer: string, rxRate: number | undefined, txRate: number | undefined, rtt: number | undefined, process: string,
];

/** Recorded from a machine with these programs; the longest addresses and ports that there are stand in the place of some. */
const lines: readonly Line[] = [
	['tcp', 'LISTEN', 'backlog full', 6, 5, '10.0.0.1:8080', '0.0.0.0:*', undefined, undefined, undefined, 'java/93'],
	['tcp', 'SYN-SENT', 'SYN unanswered', 0, 1, '127.0.0.1:52388', '127.0.0.1:7200', 0, 0, undefined, 'ab/107'],
	['tcp', 'SYN-SENT', 'SYN unanswered', 0, 1, '127.0.0.1:52404', '127.0.0.1:7200', 0, 0, undefined, 'ab/107'],
	['tcp', 'CLOSE-WAIT', 'CLOSE-WAIT leak', 1, 0, '192.168.100.200:34962', '198.51.100.219:443', 0, 0, 0.02, 'python3/96'],
	['tcp', 'ESTAB', 'not reading', 2_531_072, 0, '127.0.0.1:7100', '127.0.0.1:49822', 0, 0, 0.02, 'sleeper/101 ⇄ writer/102'],
	['tcp', 'ESTAB', 'peer not reading', 0, 4_116_480, '127.0.0.1:49822', '127.0.0.1:7100', 0, 0, 0.02, 'writer/102 ⇄ sleeper/101'],
	['tcp', 'ESTAB', '', 0, 0, '192.168.100.200:65535', '198.51.100.219:56973', 1126, 31_642, 1204.5, 'nginx/812'],
	['tcp', 'ESTAB', '', 0, 0, '10.0.0.1:443', '192.0.2.21:60873', 15, 2048, 0.02, 'nginx/87 ⇄ firefox/88'],
	['tcp', 'ESTAB', '', 0, 0, '192.0.2.21:60873', '10.0.0.1:443', 2048, 15, 0.01, 'firefox/88 ⇄ nginx/87'],
	['tcp', 'ESTAB', '', 0, 0, '10.0.0.1:80', '198.51.100.7:52977', 159, 99_942, 4.32, 'nginx/87 ⇄ curl/89'],
	['tcp', 'ESTAB', '', 0, 0, '198.51.100.7:52977', '10.0.0.1:80', 99_942, 159, 0.04, 'curl/89 ⇄ nginx/87'],
	['tcp', 'ESTAB', '', 0, 0, '127.0.0.1:5432', '127.0.0.1:39108', 0, 0, 0.03, 'postgres/91 ⇄ gunicorn/92'],
	['tcp', 'ESTAB', '', 0, 0, '[2001:db8:1234:5678:9abc:def0:1234:5678]:443', '[2001:db8:ffff:5678:9abc:def0:1234:1]:65001', 10, 10, 12, 'nginx/87'],
	['tcp', 'ESTAB', '', 0, 0, '[::ffff:192.168.100.200]:8443', '[::ffff:198.51.100.219]:65002', 10, 10, 12, 'java/93'],
	['tcp', 'FIN-WAIT-2', '', 0, 0, '198.51.100.219:443', '192.168.100.200:34962', 0, 0, 0.02, ''],
	['tcp', 'LISTEN', '', 0, 511, '0.0.0.0:443', '0.0.0.0:*', undefined, undefined, undefined, 'nginx/87'],
	['tcp', 'LISTEN', '', 0, 128, '[::]:22', '[::]:*', undefined, undefined, undefined, 'sshd/70'],
	['tcp', 'TIME-WAIT', '', 0, 0, '10.0.0.1:80', '198.51.100.3:49285', undefined, undefined, undefined, 'nginx/87'],
];

const healthTone = (health: string): Tone => health === 'SYN unanswered' || health === 'backlog full' ? 'bad' : 'warning';

const socketOf = ([protocol, state, health, recvQ, sendQ, local, peer, rxRate, txRate, rtt, process]: Line, index: number): FakeSocket => ({
	...makeSocket(index + 1, {
		protocol, state, recvQ, sendQ, local, peer, rxRate, txRate, rtt, process, health: health === '' ? undefined : health, age: 1000 + index * 7000, command: `/usr/bin/${process.split('/', 1)[0]} --config /etc/service.conf`,
	}),
	tones: {
		...(health !== '' && {health: healthTone(health)}), recvQ: recvQ === 0 ? 'dim' : 'warning', sendQ: sendQ === 0 || state === 'LISTEN' ? 'dim' : 'warning',
	},
});

/** With problems. */
export const webScene: readonly FakeSocket[] = lines.map((line, index) => socketOf(line, index));

/** Without problems, queues and UDP: what the usual page shows. */
export const calmScene: readonly FakeSocket[] = webScene.filter(({values: {health, protocol, recvQ, sendQ, state}}) =>
	health === undefined && protocol === 'tcp' && recvQ === 0 && (sendQ === 0 || state === 'LISTEN'));

/** Closes so many sockets at once that their events overflow the kernel's buffer, and prints how many events arrived and how many the feed reports as dropped. */
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {setImmediate as turn} from 'node:timers/promises';
import {openDestroyFeed} from '../../source/netlink/destroy-feed.js';
import {openDestroySocket} from '../../source/netlink/destroy-socket.js';
import {bindSocket, openSocket} from '../helpers/other-sockets.js';
import {closeSocket, socketAddress} from '../helpers/raw-sockets.js';

export type DroppedResult = {readonly rounds: ReadonlyArray<{readonly closed: number; readonly arrived: number; readonly dropped: number}>};

const sockets = 3000;
/** Space for a few hundred events. */
const bufferBytes = 0x4_00_00;
const feed = openDestroyFeed({open: () => openDestroySocket(bufferBytes)});

/** Bytes of messages queued in the kernel for NETLINK_SOCK_DIAG sockets (the fifth number of a line in /proc/net/netlink). */
const queued = (): number => readFileSync('/proc/net/netlink', 'latin1').split('\n').map(line => line.split(/ +/v))
	.filter(fields => fields[1] === '4').reduce((sum, fields) => sum + Number(fields[4]), 0);

/** Blocks this process, and thereby the feed. */
const pause = (): void => {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
};

/** Closes many sockets without letting the feed run. */
const closeMany = (): void => {
	for (let index = 0; index < sockets; index++) {
		const descriptor = openSocket(2, 2, 0);
		bindSocket(descriptor, socketAddress('127.0.0.1', 0));
		closeSocket(descriptor);
	}
};

const rounds: Array<DroppedResult['rounds'][number]> = [];
for (let round = 0; round < 3; round++) {
	const [arrivedBefore, droppedBefore] = [feed.waiting, feed.lost];
	closeMany();
	// The kernel sends events a little after it destroys sockets. Nothing is read until no more arrive.
	for (let before = -1; before !== queued();) {
		before = queued();
		pause();
	}

	while (feed.waiting - arrivedBefore + feed.lost - droppedBefore < sockets) {
		feed.drain();
		await turn();
	}

	rounds.push({closed: sockets, arrived: feed.waiting - arrivedBefore, dropped: feed.lost - droppedBefore});
}

feed.close();
process.stdout.write(JSON.stringify({rounds} satisfies DroppedResult));

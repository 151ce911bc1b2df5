/** Closes more sockets at once than the kernel's buffer has room for, and prints how many events came and how many the feed says were dropped. */
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {setImmediate as turn} from 'node:timers/promises';
import {openDestroyFeed} from '../../source/netlink/destroy-feed.js';
import {openDestroySocket} from '../../source/netlink/destroy-socket.js';
import {bindSocket, openSocket} from '../helpers/other-sockets.js';
import {closeSocket, socketAddress} from '../helpers/raw-sockets.js';

export type DroppedResult = {readonly rounds: ReadonlyArray<{readonly closed: number; readonly came: number; readonly dropped: number}>};

const sockets = 3000;
/** Room for some hundred events. */
const bufferBytes = 0x4_00_00;
const feed = openDestroyFeed({open: () => openDestroySocket(bufferBytes)});

/** Bytes of messages that wait in the kernel for netlink sockets of NETLINK_SOCK_DIAG (the fifth number of a line of /proc/net/netlink). */
const queued = (): number => readFileSync('/proc/net/netlink', 'latin1').split('\n').map(line => line.split(/ +/v))
	.filter(fields => fields[1] === '4').reduce((sum, fields) => sum + Number(fields[4]), 0);

/** Blocks this process, and so the feed. */
const pause = (): void => {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
};

/** Closes many sockets without giving the feed a turn. */
const closeMany = (): void => {
	for (let index = 0; index < sockets; index++) {
		const descriptor = openSocket(2, 2, 0);
		bindSocket(descriptor, socketAddress('127.0.0.1', 0));
		closeSocket(descriptor);
	}
};

const rounds: Array<DroppedResult['rounds'][number]> = [];
for (let round = 0; round < 3; round++) {
	const [cameBefore, droppedBefore] = [feed.waiting, feed.lost];
	closeMany();
	// The kernel sends events a little later than it destroys sockets. Nothing is taken until no more come.
	for (let before = -1; before !== queued();) {
		before = queued();
		pause();
	}

	while (feed.waiting - cameBefore + feed.lost - droppedBefore < sockets) {
		feed.drain();
		await turn();
	}

	rounds.push({closed: sockets, came: feed.waiting - cameBefore, dropped: feed.lost - droppedBefore});
}

feed.close();
process.stdout.write(JSON.stringify({rounds} satisfies DroppedResult));

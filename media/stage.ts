/**
The scene of the pictures: a small web server with a database, a cache and an application in one network namespace, and its visitors in another. Names, addresses and ports
are always the same. The addresses are those reserved for documentation.
*/
import {startScene, type Scene} from '../test/helpers/namespace.js';

const server = '192.0.2.10';
const serverV6 = '2001:db8:2::10';
const gateway = '192.0.2.1';
const people = ['203.0.113.24', '203.0.113.87', '203.0.113.141', '198.51.100.7', '198.51.100.52', '198.51.100.219'] as const;
const peopleV6 = ['2001:db8:51::c0de', '2001:db8:7a:4::19'] as const;

/** One direction of a connection and its rate. */
type Flow = {readonly scene: Scene; readonly id: number; readonly bytesPerSecond: number};

export type Stage = {
	/** The namespace in which the program runs. */
	readonly host: Scene;
	/** Ends the traffic and the processes. */
	readonly stop: () => Promise<void>;
};

/** Bytes per second. */
type Rates = {readonly toServer?: number; readonly toPerson?: number};

type Visit = {
	/** The visitor resets the connection, which leaves nothing. */
	readonly reset: () => Promise<void>;
	/** The server closes the connection, which leaves a TIME-WAIT. */
	readonly close: () => Promise<void>;
};

const stepsPerSecond = 10;

/** A factor around 1, by which the traffic of a step varies. */
const variation = (step: number): number => 1 + 0.45 * Math.sin(step / 23) + 0.3 * Math.sin(step / 7);

/** Builds the stage and starts the traffic. */
export const startStage = async (): Promise<Stage> => {
	const host = await startScene('sshd');
	const [nginx, app, postgres, redis, resolved, chrony, internet] = await Promise.all([
		host.join('nginx'),
		host.join('gunicorn'),
		host.join('postgres'),
		host.join('redis-server'),
		host.join('systemd-resolve'),
		host.join('chronyd'),
		host.neighbour('internet'),
	]);
	await link(host, internet);

	const flows = new Set<Flow>();
	let step = 0;
	const timer = setInterval(() => {
		step++;
		for (const {scene, id, bytesPerSecond} of flows) {
			void scene.send(id, Math.round(bytesPerSecond * variation(step + id) / stepsPerSecond));
		}
	}, 1000 / stepsPerSecond);
	const flow = (scene: Scene, id: number, bytesPerSecond = 0): (() => void) => {
		const entry = {scene, id, bytesPerSecond};
		if (bytesPerSecond > 0) {
			flows.add(entry);
		}

		return () => {
			flows.delete(entry);
		};
	};

	const listeners = new Map<number, Scene>([[22, host], [80, nginx], [443, nginx], [8000, app], [5432, postgres], [6379, redis]]);
	for (const [port, scene] of listeners) {
		if (port > 1000) {
			await scene.listen({port, backlog: 128});
		} else {
			await scene.listen({port, host: '0.0.0.0', backlog: 511});
			await scene.listen({
				port, host: '::', ipv6Only: true, backlog: 511,
			});
		}
	}

	await resolved.bindUdp({port: 53, host: '127.0.0.53'});
	await chrony.bindUdp({port: 123, host: '0.0.0.0'});
	await internet.listen({port: 443, host: '0.0.0.0'});

	const acceptedBy = async (port: number, peerPort: number): Promise<[Scene, number]> => {
		const scene = listeners.get(port) ?? host;
		return [scene, await scene.accepted(port, peerPort)];
	};

	/** Opens a connection between two processes of the server. */
	const connectWithin = async (scene: Scene, port: number, localPort: number, {toServer, toPerson}: Rates): Promise<void> => {
		const {id} = await scene.connect({port, localPort});
		const [other, accepted] = await acceptedBy(port, localPort);
		flow(scene, id, toServer);
		flow(other, accepted, toPerson);
	};

	/** Opens a session from outside to a port of the server. */
	const visit = async (port: number, person: number, peerPort: number, {toServer, toPerson}: Rates): Promise<Visit> => {
		const isV6 = person >= people.length;
		const {id} = await internet.connect({
			port,
			host: isV6 ? serverV6 : server,
			localAddress: (isV6 ? peopleV6[person - people.length] : people[person]) ?? gateway,
			localPort: peerPort,
		});
		const [scene, accepted] = await acceptedBy(port, peerPort);
		const stops = [flow(internet, id, toServer), flow(scene, accepted, toPerson)];
		const leave = (end: () => Promise<void>) => async (): Promise<void> => {
			for (const stop of stops) {
				stop();
			}

			await end();
		};

		return {reset: leave(async () => internet.reset(id)), close: leave(async () => scene.close(accepted))};
	};

	await connectWithin(nginx, 8000, 48_102, {toServer: 21_000, toPerson: 340_000});
	await connectWithin(nginx, 8000, 48_116, {toServer: 4000, toPerson: 52_000});
	await connectWithin(app, 5432, 51_876, {toServer: 6200, toPerson: 88_000});
	await connectWithin(app, 5432, 51_878, {});
	await connectWithin(app, 6379, 37_540, {toServer: 3000, toPerson: 11_000});

	const outgoing = await app.connect({port: 443, host: people[2], localPort: 44_310});
	flow(app, outgoing.id, 9500);

	// Connections that the application does not accept fill its accept queue.
	const {port: silent} = await app.listenWithoutAccept({port: 8125, backlog: 4});
	for (const localPort of [40_212, 40_214, 40_226]) {
		await nginx.connect({port: silent, localPort});
	}

	// A visitor that does not read the response.
	const slow = await internet.connect({
		port: 443, host: server, localAddress: people[4], localPort: 61_002, read: false,
	});
	await nginx.send(await nginx.accepted(443, 61_002), 4_000_000);

	await visit(22, 3, 50_022, {toServer: 60, toPerson: 900});
	await visit(443, 0, 52_814, {toServer: 2500, toPerson: 1_400_000});
	await visit(443, 6, 60_114, {toServer: 900, toPerson: 83_000});
	await visit(443, 1, 49_733, {toPerson: 12_000});

	// Visitors open and close sessions. The server closes every third one.
	const visits: Visit[] = [];
	let visitors = 0;
	const nextVisit = async (): Promise<void> => {
		visitors++;
		visits.push(await visit(visitors % 4 === 0 ? 80 : 443, visitors % (people.length + peopleV6.length), 53_000 + 137 * visitors % 9000, {
			toServer: 700, toPerson: 4000 * (1 + visitors % 5),
		}));
		const oldest = visits.length > 4 ? visits.shift() : undefined;
		await (visitors % 3 === 0 ? oldest?.close() : oldest?.reset());
	};

	const visitTimer = setInterval(() => {
		void nextVisit();
	}, 1300);

	return {
		host,
		async stop() {
			clearInterval(visitTimer);
			clearInterval(timer);
			await internet.reset(slow.id);
			for (const scene of [internet, chrony, resolved, redis, postgres, app, nginx, host]) {
				await scene.stop();
			}
		},
	};
};

/** Connects the two namespaces with a veth pair and sets the addresses of both sides. */
const link = async (host: Scene, internet: Scene): Promise<void> => {
	const ip = async (scene: Scene, words: string): Promise<void> => {
		const {exitCode, stderr} = await scene.run('ip', words.split(' '));
		if (exitCode !== 0) {
			throw new Error(`ip ${words}: ${stderr}`);
		}
	};

	await ip(host, `link add eth0 type veth peer name eth0 netns ${internet.pid}`);
	for (const address of [`${gateway}/24`, ...people.map(person => `${person}/32`)]) {
		await ip(internet, `address add ${address} dev eth0`);
	}

	for (const address of ['2001:db8:2::1/64', ...peopleV6.map(person => `${person}/128`)]) {
		await ip(internet, `address add ${address} dev eth0 nodad`);
	}

	await ip(host, `address add ${server}/24 dev eth0`);
	await ip(host, `address add ${serverV6}/64 dev eth0 nodad`);
	await ip(host, 'link set eth0 up');
	await ip(internet, 'link set eth0 up');
	await ip(host, `route add default via ${gateway}`);
	await ip(host, 'route add default via 2001:db8:2::1 dev eth0');
};

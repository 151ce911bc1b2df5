/** Serves metrics over HTTP to several clients at once, without one affecting the others. */
import http, {type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {contentTypes, type Format} from './exposition.js';
import type {ListenAddress} from './listen-address.js';
import type {Encoding, WriteMetrics} from './shared-writing.js';

/** Maximum number of connections. The oldest one is closed to make room for a new one, so that hanging clients do not block others. */
const maxConnections = 100;

/** Maximum bytes of a request header; browsers send less than 4 kB. */
const maxHeaderBytes = 16 * 1024;

/** Timeouts in milliseconds for the header of a request, and for the whole request. */
const headTimeout = 5000;
const requestTimeout = 10_000;

/** Milliseconds that a connection may be idle, or a client may read nothing of a response. Prometheus scrapes every 15 to 60 seconds. */
const idleTimeout = 75_000;
const writeTimeout = 10_000;

export type ServedMetrics = {
	readonly write: WriteMetrics;
	/** Why there are no current metrics, as a sentence; undefined if there are. */
	readonly unready: () => string | undefined;
};

export type MetricsServer = {
	/** The port, which the kernel chose if none was given. */
	readonly port: number;
	/** Closes all connections. */
	readonly close: () => void;
};

/** The format requested by the header `Accept`: OpenMetrics only if it is named and not refused. */
export const formatFor = (accept = ''): Format =>
	accept.split(',').some(range => /^\s*application\/openmetrics-text\b/v.test(range) && !/;\s*q=0(?:\.0*)?\s*(?:;|$)/v.test(range)) ? 'openMetrics' : 'text';

/** The encoding requested by the header `Accept-Encoding`. Prometheus and most collectors ask for gzip, which makes a scrape some eight times smaller. */
export const encodingFor = (accept: string | readonly string[] = ''): Encoding =>
	String(accept).split(',').some(coding => /^\s*gzip\s*(?:;|$)/v.test(coding) && !/;\s*q=0(?:\.0*)?\s*$/v.test(coding)) ? 'gzip' : 'identity';

const landingPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>conntop</title></head>
<body>
<h1>conntop</h1>
<p>What the sockets of this machine do, for Prometheus.</p>
<ul>
<li><a href="/metrics">/metrics</a></li>
<li><a href="/-/ready">/-/ready</a>: whether there are current metrics</li>
<li><a href="/-/healthy">/-/healthy</a>: whether conntop answers</li>
</ul>
</body>
</html>
`;

type Answer = {readonly status: number; readonly type: string; readonly body: Uint8Array; readonly encoding?: Encoding};

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const plain = (status: number, sentence: string): Answer => ({status, type: 'text/plain; charset=utf-8', body: bytesOf(`${sentence}\n`)});

const answer = async ({url = '/', method, headers}: IncomingMessage, {write, unready}: ServedMetrics): Promise<Answer> => {
	if (method !== 'GET' && method !== 'HEAD') {
		return plain(405, 'only GET and HEAD are answered');
	}

	switch (url.split('?', 1)[0]) {
		case '/': {
			return {status: 200, type: 'text/html; charset=utf-8', body: bytesOf(landingPage)};
		}

		case '/metrics': {
			const format = formatFor(headers.accept);
			const encoding = encodingFor(headers['accept-encoding']);
			try {
				return {
					status: 200, type: contentTypes[format], body: await write(format, encoding), encoding,
				};
			} catch (error) {
				return plain(503, error instanceof Error ? error.message : String(error));
			}
		}

		case '/-/ready': {
			const reason = unready();
			return reason === undefined ? plain(200, 'ready') : plain(503, reason);
		}

		case '/-/healthy': {
			return plain(200, 'healthy');
		}

		default: {
			return plain(404, 'there are /metrics, /-/ready and /-/healthy');
		}
	}
};

const respond = async (request: IncomingMessage, response: ServerResponse, metrics: ServedMetrics): Promise<void> => {
	const {status, type, body, encoding} = await answer(request, metrics);
	if (response.destroyed) {
		return;
	}

	response.writeHead(status, {
		'Content-Type': type,
		'Content-Length': body.length,
		'X-Content-Type-Options': 'nosniff',
		...(encoding !== undefined && {Vary: 'Accept, Accept-Encoding'}),
		...(encoding === 'gzip' && {'Content-Encoding': encoding}),
		...(status === 405 && {Allow: 'GET, HEAD'}),
	});
	// Do not wait for clients that do not read the response.
	const {socket} = response;
	const giveUp = setTimeout(() => {
		socket?.destroy();
	}, writeTimeout).unref();
	response.once('close', () => {
		clearTimeout(giveUp);
	});
	response.end(request.method === 'HEAD' ? undefined : body);
};

/** Closes the oldest connections if there are too many. */
const limitConnections = (server: Server): void => {
	const open = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		open.add(socket);
		socket.once('close', () => {
			open.delete(socket);
		});
		for (const oldest of open) {
			if (open.size <= maxConnections) {
				break;
			}

			open.delete(oldest);
			oldest.destroy();
		}
	});
};

/**
Starts the server.

@throws Error of `listen`, with a `code` such as EADDRINUSE.
*/
export const serveMetrics = async ({host, port}: ListenAddress, metrics: ServedMetrics): Promise<MetricsServer> => {
	const answering = new Set<Socket>();
	const server = http.createServer({
		maxHeaderSize: maxHeaderBytes, headersTimeout: headTimeout, requestTimeout, keepAliveTimeout: idleTimeout, connectionsCheckingInterval: 1000,
	}, (request, response) => {
		// A second request before the response: metrics clients do not pipeline.
		if (answering.has(request.socket)) {
			request.socket.destroy();
			return;
		}

		answering.add(request.socket);
		response.once('close', () => {
			answering.delete(request.socket);
		});
		// No valid request has a body.
		request.resume();
		respond(request, response, metrics).catch(() => {
			response.destroy();
		});
	});
	server.setTimeout(idleTimeout);
	limitConnections(server);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen({host, port, backlog: 128}, () => {
			server.off('error', reject);
			resolve();
		});
	});
	// If a connection cannot be accepted for lack of descriptors, continue.
	server.on('error', () => undefined);
	return {
		port: (server.address() as AddressInfo).port,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
};

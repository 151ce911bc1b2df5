/** The commands that tests can send to a scene. The scene assigns numbers to sockets. */
export type SceneCommands = {
	/** Listens for TCP and accepts connections. */
	readonly listen: (options: ListenOptions) => Promise<Bound>;
	/** Listens for TCP without accepting: connections stay in the queue, and in SYN-SENT if it is full. */
	readonly listenWithoutAccept: (options: Pick<ListenOptions, 'port' | 'host' | 'backlog'>) => Promise<Bound>;
	/** Connects by TCP. */
	readonly connect: (options: ConnectOptions) => Promise<Connected>;
	/** Waits for the connection between two ports that this process accepts. Returns its number. */
	readonly accepted: (port: number, peerPort: number | undefined) => Promise<number>;
	readonly bindUdp: (options: UdpOptions) => Promise<Bound>;
	readonly connectUdp: (options: {readonly port: number; readonly host?: string}) => Promise<Bound>;
	/** Writes bytes to a TCP connection or a connected UDP socket. */
	readonly send: (id: number, bytes: number) => Promise<void>;
	/** Returns the number of bytes that a TCP connection has read. */
	readonly received: (id: number) => Promise<number>;
	/** Starts to read on a connection that was opened with `read: false`. */
	readonly resume: (id: number) => Promise<void>;
	/** Shuts down the sending direction. */
	readonly end: (id: number) => Promise<void>;
	/** Closes a connection with a reset, which leaves no TIME-WAIT. */
	readonly reset: (id: number) => Promise<void>;
	/** Closes a socket of any kind. The peer of a connection closes, too, unless it is half-open. */
	readonly close: (id: number) => Promise<void>;
	/** Starts another process, a `sleep`, that holds the connection, too. */
	readonly share: (id: number) => Promise<{readonly pid: number}>;
};

export type Bound = {readonly id: number; readonly port: number};

/** `localPort` is absent if the scene did not wait for the connection. */
export type Connected = {readonly id: number; readonly localPort?: number};

export type ListenOptions = {
	/** Default: 0, which lets the kernel choose. */
	readonly port?: number;
	/** Default: 127.0.0.1. */
	readonly host?: string;
	readonly backlog?: number;
	readonly reusePort?: boolean;
	readonly ipv6Only?: boolean;
	/** Whether accepted connections read data. Otherwise Recv-Q grows. Default: true. */
	readonly read?: boolean;
	/** Whether accepted connections stay open, in CLOSE-WAIT, after the peer has closed. Default: false. */
	readonly halfOpen?: boolean;
};

export type ConnectOptions = {
	readonly port: number;
	readonly host?: string;
	readonly localAddress?: string;
	readonly localPort?: number;
	readonly read?: boolean;
	readonly halfOpen?: boolean;
	/** Whether to wait until the connection is established, and accepted if this process accepts it. Default: true. */
	readonly wait?: boolean;
};

export type UdpOptions = {readonly port?: number; readonly host?: string; readonly reusePort?: boolean};

/** One line on a scene process's standard input. */
export type SceneRequest = {readonly number: number; readonly command: keyof SceneCommands; readonly args: readonly unknown[]};

/** One line on its standard output. `ready` comes once, before all answers. */
export type SceneAnswer = {readonly ready: true} | {readonly number: number; readonly result?: unknown; readonly error?: string};

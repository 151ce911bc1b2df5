/** What tests can ask of a scene. Sockets are called by numbers that the scene gives. */
export type SceneCommands = {
	/** Listens for TCP and accepts what comes. */
	readonly listen: (options: ListenOptions) => Promise<Bound>;
	/** Listens for TCP and accepts nothing: connections stand unaccepted, and in SYN-SENT when the queue is full. */
	readonly listenWithoutAccept: (options: Pick<ListenOptions, 'port' | 'host' | 'backlog'>) => Promise<Bound>;
	/** Connects by TCP. */
	readonly connect: (options: ConnectOptions) => Promise<Connected>;
	/** The number of the connection that this process accepted between two ports, as soon as it is there. */
	readonly accepted: (port: number, peerPort: number | undefined) => Promise<number>;
	readonly bindUdp: (options: UdpOptions) => Promise<Bound>;
	readonly connectUdp: (options: {readonly port: number; readonly host?: string}) => Promise<Bound>;
	/** Writes so many bytes to a TCP connection or a connected UDP socket. */
	readonly send: (id: number, bytes: number) => Promise<void>;
	/** The number of bytes that a TCP connection has read. */
	readonly received: (id: number) => Promise<number>;
	/** Starts to read on a connection that was opened with `read: false`. */
	readonly resume: (id: number) => Promise<void>;
	/** Closes the sending half. */
	readonly end: (id: number) => Promise<void>;
	/** Closes a connection by a reset, which leaves no TIME-WAIT behind. */
	readonly reset: (id: number) => Promise<void>;
	/** Closes a socket of any kind. Unless they were opened half-open, the other end of a connection follows. */
	readonly close: (id: number) => Promise<void>;
	/** Lets another process, a `sleep`, hold the connection as well. */
	readonly share: (id: number) => Promise<{readonly pid: number}>;
};

export type Bound = {readonly id: number; readonly port: number};

/** `localPort` is absent where the connection was not waited for. */
export type Connected = {readonly id: number; readonly localPort?: number};

export type ListenOptions = {
	/** 0, the default, lets the kernel choose. */
	readonly port?: number;
	/** 127.0.0.1 by default. */
	readonly host?: string;
	readonly backlog?: number;
	readonly reusePort?: boolean;
	readonly ipv6Only?: boolean;
	/** Whether accepted connections read what comes (true); those that do not let Recv-Q grow. */
	readonly read?: boolean;
	/** Whether accepted connections stay when the other end has closed (false): they are then in CLOSE-WAIT. */
	readonly halfOpen?: boolean;
};

export type ConnectOptions = {
	readonly port: number;
	readonly host?: string;
	readonly localAddress?: string;
	readonly localPort?: number;
	readonly read?: boolean;
	readonly halfOpen?: boolean;
	/** Whether to wait until the connection stands (true), and until it is accepted where this process is who accepts. */
	readonly wait?: boolean;
};

export type UdpOptions = {readonly port?: number; readonly host?: string; readonly reusePort?: boolean};

/** One line on a scene process's standard input. */
export type SceneRequest = {readonly number: number; readonly command: keyof SceneCommands; readonly args: readonly unknown[]};

/** One line on its standard output; `ready` once, before all answers. */
export type SceneAnswer = {readonly ready: true} | {readonly number: number; readonly result?: unknown; readonly error?: string};

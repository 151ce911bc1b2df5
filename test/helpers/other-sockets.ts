/** Sockets of families other than IP, opened with system calls. */
import {Buffer} from 'node:buffer';
import {getSystemErrorName} from 'node:util';
import koffi from 'koffi';

const libc = koffi.load(null);
const socketCall = libc.func('int socket(int domain, int type, int protocol)');
const pairCall = libc.func('int socketpair(int domain, int type, int protocol, _Out_ int *pair)');
const bindCall = libc.func('int bind(int fd, const void *address, uint32_t length)');
const listenCall = libc.func('int listen(int fd, int backlog)');
const connectCall = libc.func('int connect(int fd, const void *address, uint32_t length)');
const sockFilterProgram = koffi.struct('conntop_sock_fprog', {length: 'unsigned short', filter: 'const void *'});
const filterCall = libc.func('setsockopt', 'int', ['int', 'int', 'int', koffi.pointer(sockFilterProgram), 'uint32_t']);

export const unixFamily = 1;
export const netlinkFamily = 16;
export const packetFamily = 17;

const check = (call: string, result: unknown): number => {
	if (typeof result !== 'number' || result < 0) {
		throw new Error(`${call}: ${getSystemErrorName(-koffi.errno())}`);
	}

	return result;
};

export const openSocket = (domain: number, type: number, protocol: number): number => check('socket', socketCall(domain, type, protocol));

/** Opens two connected sockets. */
export const openPair = (domain: number, type: number): void => {
	check('socketpair', pairCall(domain, type, 0, [0, 0]));
};

export const bindSocket = (descriptor: number, address: Uint8Array): void => {
	check('bind', bindCall(descriptor, address, address.byteLength));
};

export const listenSocket = (descriptor: number, backlog: number): void => {
	check('listen', listenCall(descriptor, backlog));
};

export const connectSocket = (descriptor: number, address: Uint8Array): void => {
	check('connect', connectCall(descriptor, address, address.byteLength));
};

/** A struct sockaddr_un: a path, or a name that starts with a NUL. */
export const nameAddress = (name: Uint8Array): Uint8Array => Buffer.concat([new Uint8Array(new Uint16Array([unixFamily]).buffer), name]);

/** A struct sockaddr_ll: type of packets and interface. */
export const linkAddress = (etherType: number, interfaceIndex: number): Uint8Array => {
	const type = Buffer.alloc(2);
	type.writeUInt16BE(etherType);
	return Buffer.concat([new Uint8Array(new Uint16Array([packetFamily]).buffer), type, new Uint8Array(new Int32Array([interfaceIndex]).buffer), Buffer.alloc(12)]);
};

/** Attaches a filter to a socket (SO_ATTACH_FILTER): code, jump if true, jump if false, operand. */
export const attachFilter = (descriptor: number, program: ReadonlyArray<readonly [code: number, yes: number, no: number, operand: number]>): void => {
	const filter = Buffer.concat(program.map(([code, yes, no, operand]) =>
		Buffer.concat([new Uint8Array(new Uint16Array([code]).buffer), Buffer.of(yes, no), new Uint8Array(new Uint32Array([operand]).buffer)])));
	check('setsockopt', filterCall(descriptor, 1, 26, {length: program.length, filter}, koffi.sizeof(sockFilterProgram)));
};

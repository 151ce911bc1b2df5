/**
The envelope of a frame: a header of 40 bytes with its kind and time, and the compressed body. A checksum covers both, so that a damaged frame is rejected
completely: a wrong byte must not turn into a socket that did not exist.

| Bytes | Content |
| --- | --- |
| 0–3 | `ctf1` |
| 4–7 | CRC-32 of all following bytes |
| 8 | 1 for a keyframe, 2 for changes |
| 9 | version of the body |
| 10–11 | 0 |
| 12–15 | number of the frame in the recorder's run, from 1 |
| 16–23 | milliseconds of the recorder's clock, a double |
| 24–31 | milliseconds since 1970, a double |
| 32–35 | length of the decompressed body |
| 36–39 | number of the recorder's run |
| 40– | body, compressed with zstd |
*/
import {promisify} from 'node:util';
import {
	constants,
	crc32,
	zstdCompress,
	zstdCompressSync,
	zstdDecompressSync,
} from 'node:zlib';
import {FrameError} from './bytes.js';

const magic = 0x31_66_74_63;
const headLength = 40;

/** The version of written bodies, and the newest that can be read. */
export const bodyVersion = 1;

/** Maximum length of a body in bytes, enough for about ten million sockets. */
const maxBodyLength = 1_000_000_000;

export type FrameHead = {
	readonly kind: 'key' | 'changes';
	readonly number: number;
	readonly session: number;
	readonly now: number;
	readonly wall: number;
};

const kinds = ['', 'key', 'changes'] as const;

/** Bytes from which on a body is compressed in another thread: a keyframe of 100,000 sockets takes 20 ms. */
const largeBody = 1_000_000;

const compression = {params: {[constants.ZSTD_c_compressionLevel]: 3}};

const compressAside = promisify<Uint8Array, typeof compression, Uint8Array>(zstdCompress);

const compress = async (body: Uint8Array): Promise<Uint8Array> =>
	body.length < largeBody ? zstdCompressSync(body, compression) : compressAside(body, compression);

/** @param body Must not change before the returned promise resolves. */
export const packFrame = async ({kind, number, session, now, wall}: FrameHead, body: Uint8Array): Promise<Uint8Array> => {
	const packed = await compress(body);
	const frame = new Uint8Array(headLength + packed.length);
	const view = new DataView(frame.buffer);
	view.setUint32(0, magic, true);
	view.setUint8(8, kinds.indexOf(kind));
	view.setUint8(9, bodyVersion);
	view.setUint32(12, number, true);
	view.setFloat64(16, now, true);
	view.setFloat64(24, wall, true);
	view.setUint32(32, body.length, true);
	view.setUint32(36, session, true);
	frame.set(packed, headLength);
	view.setUint32(4, crc32(frame.subarray(8)), true);
	return frame;
};

/**
Returns the header and the body of a frame.

@throws FrameError if the frame is damaged or its version is newer.
*/
export const unpackFrame = (frame: Uint8Array): {readonly head: FrameHead; readonly body: Uint8Array} => {
	if (frame.length < headLength) {
		throw new FrameError('it ends too early');
	}

	const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
	if (view.getUint32(0, true) !== magic) {
		throw new FrameError('it has no frame signature');
	}

	if (view.getUint32(4, true) !== crc32(frame.subarray(8))) {
		throw new FrameError('its checksum is wrong');
	}

	const version = view.getUint8(9);
	if (version > bodyVersion) {
		throw new FrameError(`it has version ${version}; this conntop reads up to version ${bodyVersion}`);
	}

	const kind = kinds.at(view.getUint8(8));
	const length = view.getUint32(32, true);
	if (kind === undefined || kind === '' || length > maxBodyLength) {
		throw new FrameError('its header is invalid');
	}

	return {
		head: {
			kind, number: view.getUint32(12, true), session: view.getUint32(36, true), now: view.getFloat64(16, true), wall: view.getFloat64(24, true),
		},
		body: unpackBody(frame.subarray(headLength), length),
	};
};

const unpackBody = (packed: Uint8Array, length: number): Uint8Array => {
	try {
		const body = zstdDecompressSync(packed, {maxOutputLength: Math.max(1, length)});
		if (body.length === length) {
			return body;
		}
	} catch {
		// Reported below.
	}

	throw new FrameError('its body cannot be decompressed');
};

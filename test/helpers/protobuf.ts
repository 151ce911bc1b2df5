/** Reads messages in the wire format of Protocol Buffers by the numbers of their fields, without a schema. */

export type Message = {
	/** The length-delimited values of a field: messages, texts or bytes. */
	readonly parts: (field: number) => readonly Uint8Array[];
	readonly messages: (field: number) => readonly Message[];
	readonly text: (field: number) => string;
	readonly double: (field: number) => number | undefined;
	/** Varint, or fixed 64 bits. */
	readonly integer: (field: number) => bigint | undefined;
	readonly has: (field: number) => boolean;
};

type Value = bigint | Uint8Array;

const decoder = new TextDecoder('utf-8', {fatal: true});

/** Decodes a message; throws if it is not well-formed. */
export const decodeMessage = (bytes: Uint8Array): Message => {
	const fields = new Map<number, Value[]>();
	let at = 0;
	const take = (length: number): Uint8Array => {
		if (at + length > bytes.length) {
			throw new Error('the message ends too early');
		}

		at += length;
		return bytes.subarray(at - length, at);
	};

	const varint = (): bigint => {
		let value = 0n;
		for (let shift = 0n; ; shift += 7n) {
			const [byte] = take(1);
			value |= BigInt(byte & 0x7F) << shift;
			if (byte < 0x80) {
				return value;
			}
		}
	};

	while (at < bytes.length) {
		const key = Number(varint());
		const type = key % 8;
		const read: Readonly<Record<number, () => Value>> = {
			0: varint, 1: () => take(8), 2: () => take(Number(varint())), 5: () => take(4),
		};
		if (read[type] === undefined) {
			throw new Error(`there is no wire type ${type}`);
		}

		const values = fields.get(key >> 3) ?? [];
		values.push(read[type]());
		fields.set(key >> 3, values);
	}

	const parts = (field: number): readonly Uint8Array[] => (fields.get(field) ?? []).filter(value => value instanceof Uint8Array);
	const view = (part: Uint8Array): DataView => new DataView(part.buffer, part.byteOffset, part.byteLength);
	return {
		parts,
		messages: field => parts(field).map(part => decodeMessage(part)),
		text: field => decoder.decode(parts(field).at(-1) ?? new Uint8Array(0)),
		double(field) {
			const part = parts(field).at(-1);
			return part === undefined ? undefined : view(part).getFloat64(0, true);
		},
		integer(field) {
			const value = fields.get(field)?.at(-1);
			return value instanceof Uint8Array ? view(value).getBigUint64(0, true) : value;
		},
		has: field => fields.has(field),
	};
};

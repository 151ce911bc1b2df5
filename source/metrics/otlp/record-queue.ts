/**
A queue of log records for a receiver. Batches are sent one after the other, and each is retried until the receiver accepts it. Meanwhile, records wait in the queue, up
to a limit; further records are dropped and counted.

The batch processor of the SDK is not used, because it silently drops a batch whose retries fail.
*/
import type {LogRecordExporter, LogRecordProcessor, ReadableLogRecord} from '@opentelemetry/sdk-logs';
import {isRefused, isSuccess, reasonOf} from './failures.js';

export type QueueOptions = {
	readonly exporter: Pick<LogRecordExporter, 'export' | 'shutdown'>;
	/** Maximum number of waiting records, and of records in a batch. */
	readonly most: number;
	readonly batch: number;
	/** Milliseconds to wait for more records before sending a batch. */
	readonly delay: number;
	/** Milliseconds before a retry: the first delay and the maximum. */
	readonly firstRetry?: number;
	readonly lastRetry?: number;
	/** Milliseconds to wait for queued records at exit. */
	readonly lastFlush?: number;
	/** Called with the reason when an export has failed, and with the number of records dropped with it. */
	readonly onFailure: (reason: string, given: number) => void;
	readonly onSuccess: () => void;
};

export type RecordQueue = LogRecordProcessor & {
	readonly sent: () => number;
	readonly dropped: () => number;
	readonly queued: () => number;
};

const exportOne = async (exporter: QueueOptions['exporter'], records: ReadableLogRecord[]): Promise<Error | undefined> => new Promise(resolve => {
	try {
		exporter.export(records, result => {
			resolve(isSuccess(result) ? undefined : result.error ?? new Error('the export failed'));
		});
	} catch (error) {
		resolve(error instanceof Error ? error : new Error(String(error)));
	}
});

export const createRecordQueue = ({
	exporter, most, batch, delay, firstRetry = 1000, lastRetry = 30_000, lastFlush = 2000, onFailure, onSuccess,
}: QueueOptions): RecordQueue => {
	let waiting: ReadableLogRecord[] = [];
	let sent = 0;
	let dropped = 0;
	let retry = firstRetry;
	let timer: NodeJS.Timeout | undefined;
	let sending: Promise<void> | undefined;
	let isClosed = false;

	const schedule = (milliseconds: number): void => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			timer = undefined;
			void send();
		}, milliseconds).unref();
	};

	/** Sends a batch. Returns whether another one can be sent at once. */
	const hasMadeRoom = async (): Promise<boolean> => {
		const records = waiting.slice(0, batch);
		const error = await exportOne(exporter, records);
		if (error === undefined) {
			waiting = waiting.slice(records.length);
			sent += records.length;
			retry = firstRetry;
			onSuccess();
			return true;
		}

		const given = isRefused(error) ? records.length : 0;
		waiting = waiting.slice(given);
		dropped += given;
		onFailure(reasonOf(error), given);
		return given > 0;
	};

	const send = async (): Promise<void> => {
		sending ??= (async () => {
			let isGoing = true;
			while (isGoing && waiting.length > 0) {
				isGoing = await hasMadeRoom(); // eslint-disable-line no-await-in-loop -- One batch after the other.
			}

			sending = undefined;
			if (isGoing || isClosed) {
				return;
			}

			schedule(retry);
			retry = Math.min(lastRetry, retry * 2);
		})();
		await sending;
	};

	return {
		sent: () => sent,
		dropped: () => dropped,
		queued: () => waiting.length,
		onEmit(record) {
			if (isClosed || waiting.length >= most) {
				dropped++;
				return;
			}

			waiting.push(record);
			if (timer === undefined && sending === undefined) {
				schedule(waiting.length >= batch ? 0 : delay);
			}
		},
		async forceFlush() {
			await send();
		},
		async shutdown() {
			isClosed = true;
			clearTimeout(timer);
			const late = Promise.withResolvers<void>();
			const giveUp = setTimeout(late.resolve, lastFlush);
			await Promise.race([(async () => {
				await sending;
				await send();
			})(), late.promise]);
			clearTimeout(giveUp);
			dropped += waiting.length;
			waiting = [];
			await Promise.race([exporter.shutdown(), Promise.resolve()]);
		},
	};
};

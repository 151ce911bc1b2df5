/** The options of `conntop serve`. */
import {isIP} from 'node:net';
import process from 'node:process';
import {readExportSettings, type ExportSettings} from '../../metrics/otlp/settings.js';
import {defaultPort, parseListenAddress, type ListenAddress} from '../../metrics/prometheus/listen-address.js';
import type {ServeSection} from '../../preferences/serve-section.js';
import type {Options, Settings} from '../options.js';
import type {RecorderSettings} from '../recordings/open-recorder.js';
import {readKeep, readMaxSize} from '../recordings/record-options.js';
import {UsageError} from '../usage-error.js';

export type ServeSettings = Settings & {
	/** Address to serve metrics on; absent if none. */
	readonly listen?: ListenAddress;
	/** Settings of the export of metrics and log records; absent if none. */
	readonly exporting?: ExportSettings;
	/** What is recorded beside; absent for nothing. */
	readonly recording?: Pick<RecorderSettings, 'to' | 'keep' | 'maxSize'>;
	/** Names for peers and services. */
	readonly section: ServeSection;
	/** Version of this program. */
	readonly version: string;
};

const readListen = (text: string): ListenAddress => {
	const address = parseListenAddress(text, each => isIP(each) !== 0);
	if (address === undefined) {
		throw new UsageError(`--listen takes an IP address and a port, such as 127.0.0.1:${defaultPort} or [::1]:${defaultPort}, or a port; got "${text}"`);
	}

	return address;
};

/** Reads `[serve]` of the settings file. Errors there are fatal, because data would be stored for months under wrong names. */
const readSection = async ({config}: Options): Promise<ServeSection> => {
	const {defaultPath, loadConfiguration, noConfiguration} = await import('../../preferences/configuration-file.js');
	if (config === false) {
		return noConfiguration.serve;
	}

	const file = typeof config === 'string' ? config : defaultPath();
	const {serve, isServeBroken, problems} = await loadConfiguration(file);
	// The live view reports errors elsewhere in the file; but a file named on the command line must exist.
	if (isServeBroken || (typeof config === 'string' && problems.some(problem => problem.startsWith(`${file} cannot be read`)))) {
		throw new UsageError(problems[0] ?? `${file} is invalid`, problems.slice(1));
	}

	return serve;
};

const readRecording = ({record, to, keep, maxSize}: Options): Pick<ServeSettings, 'recording'> => {
	const given = Object.entries({'--to': to, '--keep': keep, '--max-size': maxSize}).find(([, value]) => value !== undefined)?.[0];
	if (record !== true) {
		if (given !== undefined) {
			throw new UsageError(`${given} is about a recording, which --record asks for`);
		}

		return {};
	}

	return {recording: {to, keep: readKeep(keep ?? '7d'), maxSize: readMaxSize(maxSize ?? '500M')}};
};

/**
Reads the options of `conntop serve`.

@throws UsageError
*/
export const readServeOptions = async (options: Options, settings: Settings, version: string): Promise<ServeSettings> => {
	const exporting = readExportSettings(options.otlp, process.env);
	if (exporting !== undefined && 'problem' in exporting) {
		throw new UsageError(exporting.problem);
	}

	return {
		...settings,
		...((options.listen !== undefined || exporting === undefined) && {listen: readListen(options.listen ?? String(defaultPort))}),
		...(exporting !== undefined && {exporting}),
		...readRecording(options),
		section: await readSection(options),
		version,
	};
};

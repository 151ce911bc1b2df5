/** Changes that a release makes to files. */

const numbersOf = (version: string): readonly number[] | undefined => /^\d+\.\d+\.\d+$/v.test(version) ? version.split('.').map(Number) : undefined;

/** Whether a text is a version that is later than another. */
export const isNewer = (version: string, other: string): boolean => {
	const [a, b] = [numbersOf(version), numbersOf(other)];
	const index = a?.findIndex((number, place) => number !== b?.[place]) ?? -1;
	return a !== undefined && b !== undefined && index !== -1 && a[index] > b[index];
};

/**
A changelog in which what was unreleased is a version.

@param date As `2026-11-27`.
@returns Undefined where nothing is unreleased.
*/
export const withRelease = (changelog: string, version: string, date: string): string | undefined => {
	const {unreleased = ''} = /^## \[Unreleased\]\n(?<unreleased>.*?)^(?:## |\[)/msv.exec(changelog)?.groups ?? {};
	return unreleased.includes('\n- ')
		? changelog
			.replace('## [Unreleased]\n', () => `## [Unreleased]\n\n## [${version}] - ${date}\n`)
			.replace('[Unreleased]: #unreleased\n', () => `[Unreleased]: #unreleased\n[${version}]: #${version.replaceAll('.', '')}---${date}\n`)
		: undefined;
};

/** The text of package.json or of its lock with another version in the first places that have it. */
export const withVersion = (text: string, current: string, version: string, times: number): string => {
	let changed = text;
	for (let time = 0; time < times; time++) {
		changed = changed.replace(`"version": "${current}"`, () => `"version": "${version}"`);
	}

	return changed;
};

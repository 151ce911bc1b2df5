/** Reads CHANGELOG.md, and writes it in the format of Debian changelogs. */

/** One version of the changelog. */
export type Release = {
	readonly version: string;
	/** As `2026-11-23`. */
	readonly date: string;
	/** Its sections, without the heading. */
	readonly text: string;
	/** Its points, each in one line. */
	readonly points: readonly string[];
};

const heading = /^## \[(?<version>\d[^\]]*)\] - (?<date>\d{4}-\d{2}-\d{2})$/v;

const pointsOf = (text: string): readonly string[] =>
	text.split(/^- /mv).slice(1).map(point => point.split('\n\n', 1)[0].replaceAll(/\s+/gv, ' ').trim());

/** The versions of a changelog, the newest first, without unreleased changes. */
export const readChangelog = (changelog: string): readonly Release[] =>
	changelog.split(/^(?=## )/mv).flatMap(section => {
		const [first, ...rest] = section.split('\n');
		const {version, date} = heading.exec(first)?.groups ?? {};
		const text = rest.join('\n').replaceAll(/^\[[^\]]+\]: .*$/gmv, '').trim();
		return version === undefined || date === undefined
			? []
			: [{
				version, date, text, points: pointsOf(text),
			}];
	});

const wrap = (text: string, indent: string, first: string, width = 78): string => {
	const lines = [''];
	for (const word of text.split(' ')) {
		const last = lines.at(-1) ?? '';
		if (last !== '' && indent.length + last.length + 1 + word.length > width) {
			lines.push(word);
		} else {
			lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
		}
	}

	return lines.map((line, index) => (index === 0 ? first : indent) + line).join('\n');
};

/** As `Mon, 23 Nov 2026 00:00:00 +0000`. */
const longDate = (date: string): string => new Date(`${date}T00:00:00Z`).toUTCString().replace('GMT', '+0000');

/** A changelog in Debian's format. */
export const debianChangelog = (releases: readonly Release[], maintainer: string): string => releases.map(({version, date, points}) => [
	`conntop (${version}) unstable; urgency=medium`,
	...points.map(point => wrap(point.replaceAll('`', ''), ' '.repeat(4), '  * ')),
	` -- ${maintainer}  ${longDate(date)}`,
].join('\n\n')).join('\n\n') + '\n';

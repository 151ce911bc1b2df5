/**
What a cgroup's path says of the processes in it: the systemd unit, the container, the Kubernetes pod. Paths are those of cgroup v2, under systemd's
names (`docker-ID.scope`) as well as under plain ones (`/docker/ID`). Container runtimes keep the names of containers to themselves; the path has the
id, of which twelve digits are shown, as the runtimes' own tools do.
*/

export type CgroupLabels = {
	/** The innermost service, scope or slice, as systemd calls it. */
	readonly unit?: string;
	/** Runtime and id or name of the innermost container: `docker:0123456789ab`, `lxc:NAME`, `machine:NAME`. */
	readonly container?: string;
	/** Unique id of the Kubernetes pod. */
	readonly pod?: string;
};

/** Digits of an id that are shown. */
const shownDigits = 12;

const unitPattern = /^.+\.(?:service|scope|slice)$/v;

/** The ids that runtimes give to containers: 64 digits, or what each of them has instead. */
const idPattern = /^[0-9a-f]{64}$/v;

/** Whole components that name a container with an id of 64 digits, with the name of the runtime before it; systemd's suffix is cut before. */
const namedIdPattern = /^(?:(?<runtime>[a-z][.0-9_a-z]*(?:-[.0-9_a-z]+)*)[\-_])?(?<id>[0-9a-f]{64})$/v;

/** Conmon watches a container from outside, in a cgroup of its own. */
const monitorPattern = /(?:^|-)conmon$/v;

/** What runtimes call themselves where that is not what people call them. */
const runtimeNames: ReadonlyMap<string, string> = new Map([
	['libpod', 'podman'],
	['libpod-payload', 'podman'],
	['cri-containerd', 'containerd'],
	['crio', 'cri-o'],
	['cri-dockerd', 'docker'],
	['moby', 'docker'],
]);

/** Parents of components that are an id and nothing else, and that id. */
const parentRuntimes: ReadonlyArray<readonly [parent: RegExp, runtime: string, id: RegExp]> = [
	[/^(?:docker|moby)$/v, 'docker', idPattern],
	[/^(?:libpod_parent|podman)$/v, 'podman', idPattern],
	// Containerd itself calls the parent like the namespace that the container is in.
	[/^(?:containerd|nerdctl|k8s\.io|default)$/v, 'containerd', idPattern],
	[/^crio$/v, 'cri-o', idPattern],
	[/^kata_overhead$/v, 'kata', idPattern],
	[/^buildkit$/v, 'buildkit', /^[0-9a-z]{25}$/v],
	// On Fargate, the id is that of the task with a number.
	[/^[0-9a-f]{32}$/v, 'ecs', /^[0-9a-f]{32}-\d+$/v],
	[/^(?:mesos|garden)$/v, 'container', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/v],
];

/**
What runc and others take for the path of a cgroup under systemd (`SLICE:PREFIX:NAME`), as a component: so it is called where a runtime was told to use systemd's names
without systemd.
*/
const triplePattern = /^(?<slice>(?:[^:]+\.slice)?):(?<runtime>[^:]+):(?<name>[^:]+)$/v;

/** The pod of a component: plain (`podUID`) or systemd's (`kubepods-burstable-podUID.slice`, whose hyphens are underscores), below any slice of the kubelet. */
const podPattern = /^(?:(?:[^:]+-)?kubepods(?:-besteffort|-burstable|-guaranteed)?-)?pod(?<uid>[0-9a-f]{8}(?:[\-_][0-9a-f]{4}){3}[\-_][0-9a-f]{12}|[0-9a-f]{32})(?:\.slice)?$/v;

const lxcPattern = /^lxc\.payload\.(?<name>.+)$/v;
const machinePattern = /^machine-(?<name>.+)\.scope$/v;
const nspawnPattern = /^systemd-nspawn@(?<name>.+)\.service$/v;

/** Systemd writes other characters than letters, digits, `:`, `_`, `.` as `\x2d`, byte by byte. */
const unescapeUnit = (name: string): string => {
	if (!name.includes(String.raw`\x`)) {
		return name;
	}

	const bytes = [...new TextEncoder().encode(name)];
	const result: number[] = [];
	for (let at = 0; at < bytes.length; at++) {
		const code = String.fromCodePoint(...bytes.slice(at, at + 4));
		if (/^\\x[0-9a-f]{2}$/v.test(code)) {
			result.push(Number.parseInt(code.slice(2), 16));
			at += 3;
		} else {
			result.push(bytes[at]);
		}
	}

	return new TextDecoder().decode(new Uint8Array(result));
};

/** Of an id, the digits that people know it by; names are whole. */
const shortened = (id: string): string => idPattern.test(id) ? id.slice(0, shownDigits) : id;

const labelOf = (runtime: string, id: string): string => `${runtimeNames.get(runtime) ?? runtime}:${shortened(id)}`;

/** The runtime that components without its name belong to, as far as the one above says. */
const runtimeBelow = (parent: string, id: string): string | undefined => parentRuntimes.find(([pattern, , ids]) => pattern.test(parent) && ids.test(id))?.[1];

const containerAt = (components: readonly string[], index: number): string | undefined => {
	const component = components[index];
	const parent = components[index - 1] ?? '';
	const triple = triplePattern.exec(component)?.groups;
	if (triple !== undefined) {
		return labelOf(triple.runtime, triple.name);
	}

	const {runtime, id} = namedIdPattern.exec(component.replace(/\.scope$/v, ''))?.groups ?? {};
	if (id !== undefined && (runtime === undefined || !monitorPattern.test(runtime))) {
		return labelOf(runtime ?? runtimeBelow(parent, id) ?? (podPattern.test(parent) ? 'kubernetes' : 'container'), id);
	}

	const other = runtimeBelow(parent, component);
	if (other !== undefined) {
		return `${other}:${component.slice(0, shownDigits)}`;
	}

	const lxc = lxcPattern.exec(component)?.groups?.name ?? (/^lxc(?:\.payload)?$/v.test(parent) ? component : undefined);
	if (lxc !== undefined) {
		return `lxc:${lxc}`;
	}

	const machine = (machinePattern.exec(component) ?? nspawnPattern.exec(component))?.groups?.name;
	return machine === undefined ? undefined : `machine:${unescapeUnit(machine)}`;
};

/** Reads the labels from a cgroup's path, which is taken as it is: any program that may make cgroups may name them. */
export const labelCgroup = (path: string): CgroupLabels => {
	const components = path.split('/').filter(component => component !== '');
	let unit: string | undefined;
	let container: string | undefined;
	let pod: string | undefined;
	for (let index = components.length - 1; index >= 0; index--) {
		const component = components[index];
		unit ??= unitPattern.test(component) ? component : undefined;
		container ??= containerAt(components, index);
		pod ??= podPattern.exec(triplePattern.exec(component)?.groups?.slice ?? component)?.groups?.uid.replaceAll('_', '-');
	}

	return {
		...(unit !== undefined && {unit}),
		...(container !== undefined && {container}),
		...(pod !== undefined && {pod}),
	};
};
